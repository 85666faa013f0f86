#pragma once
// Contents of files that are kept for a while, uploads of imports and made exports: in a book as a
// blob, in office.db (where blobs have no place) as bytes. Encrypted either way.
#include "documents/blob_store.hpp"
#include "store/pool.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace contents {

enum class Of { imports, exports }; // whose: the table with the content's row

class Writer { // what is not kept is gone
public:
    Writer() = default;
    Writer(Writer const&) = delete;
    Writer& operator=(Writer const&) = delete;
    virtual ~Writer() = default;
    virtual void write(std::string_view piece) = 0;
    virtual std::uint64_t finish() = 0; // bytes; nothing is written afterwards
    virtual std::unique_ptr<net::BodySource> open() const = 0; // what was written
    // Its row, in the transaction that makes the owner's.
    virtual void keep(store::Transaction& transaction, Of of, std::int64_t owner_id) = 0;
    virtual void committed() = 0;
};

class Removal { // of one content: the file goes once the row is gone for good
public:
    explicit Removal(std::optional<documents::BlobRemoval> blob) : blob_(std::move(blob)) {}
    void committed()
    {
        if (blob_) blob_->committed();
    }

private:
    std::optional<documents::BlobRemoval> blob_;
};

class Contents {
public:
    explicit Contents(documents::BlobStore& blobs) : blobs_(blobs) {}

    std::unique_ptr<Writer> create(store::FileId const& file);
    // nullptr: there is none (any more).
    std::unique_ptr<net::BodySource>
    open(store::Reader const& db, store::FileId const& file, Of of, std::int64_t owner_id) const;
    Removal remove(store::Transaction& transaction, Of of, std::int64_t owner_id);

private:
    documents::BlobStore& blobs_;
};

// Hands the whole of a source to `take`, piece by piece, until that says false.
template <class Take> void each_piece(net::BodySource& source, Take take)
{
    std::string piece;
    for (bool more = true; more; piece.clear()) {
        more = source.read(piece);
        if (!piece.empty() && !take(piece)) return;
    }
}

class TextSource final : public net::BodySource { // a text in memory, handed out in pieces
public:
    explicit TextSource(std::string text) : text_(std::move(text)) {}
    bool read(std::string& chunk) override;

private:
    std::string text_;
    std::size_t at_ = 0;
};

} // namespace contents

#pragma once
// Contents of files (blobs): one encrypted file each under books/<book-id>/blobs/, written once and
// never changed. Who needs one keeps its row in the book's table `blob`, where the wrapped key is;
// without the row a blob is noise. The file's bytes are in docs/formats/blob.md.
//
// A file and a row cannot be committed together. While one is without the other, an empty file
// under pending_blobs/ names the blob in doubt; after a crash the row decides (settle_pending).
//
//   auto writer = blobs.create(book_id);            auto removal = blobs.remove(book_id, blob_id);
//   writer.write(piece); …                          transaction.exec("DELETE FROM blob …");
//   auto const blob = writer.finish();              transaction.commit(receipt);
//   transaction.exec("INSERT INTO blob …");         removal.committed(); // the file goes
//   transaction.commit(receipt);
//   writer.committed(); // the file stays
#include "base/clock.hpp"
#include "base/files.hpp"
#include "crypto/aead.hpp"
#include "crypto/hash.hpp"
#include "net/message.hpp"

#include <boost/describe.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace documents {

struct Blob {               // a row of the book's table `blob`
    std::string id;         // 32 hex digits
    Bytes wrapped_key;      // its own key, under the book's blob key
    std::int64_t bytes = 0; // of the content
    std::string sha256;     // of the content, hex
    std::int64_t stored_bytes = 0;
    std::string stored_sha256; // of the file, ciphertext and all
};
BOOST_DESCRIBE_STRUCT(Blob, (), (id, wrapped_key, bytes, sha256, stored_bytes, stored_sha256))

// The file is missing, or not what was written. Never a caller's fault.
struct BlobDamaged : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class BlobStore;

class BlobWriter { // constant memory; the file is removed unless `committed` was called
public:
    BlobWriter(BlobWriter const&) = delete;
    BlobWriter& operator=(BlobWriter const&) = delete;
    BlobWriter(BlobWriter&&) noexcept;
    BlobWriter& operator=(BlobWriter&&) = delete;
    ~BlobWriter();

    void write(std::string_view piece);
    Blob finish();    // on the disk under its name; once
    void committed(); // its row is durable

private:
    friend class BlobStore;
    BlobWriter(BlobStore& store, std::string book_id);
    void seal_chunk(bool last);
    void put(ByteView bytes);

    BlobStore* store_;
    std::string book_id_;
    Blob blob_;
    crypto::ChunkCipher cipher_;
    std::filesystem::path aside_;
    base::File file_;
    crypto::Sha256 content_hash_;
    crypto::Sha256 stored_hash_;
    Bytes pending_; // a full chunk waits here until it is known whether it is the last
    std::uint64_t chunks_ = 0;
};

class BlobReader final : public net::BodySource { // hands out nothing that is not authenticated
public:
    bool read(std::string& chunk) override; // throws BlobDamaged

private:
    friend class BlobStore;
    BlobReader(base::File file, Blob const& blob, Key key);

    base::File file_;
    crypto::ChunkCipher cipher_;
    std::uint64_t left_; // bytes of content
    std::uint64_t chunks_ = 0;
    bool over_ = false;
};

class BlobRemoval { // nothing happens unless `committed` is called
public:
    BlobRemoval(BlobRemoval const&) = delete;
    BlobRemoval& operator=(BlobRemoval const&) = delete;
    BlobRemoval(BlobRemoval&&) noexcept;
    BlobRemoval& operator=(BlobRemoval&&) = delete;
    ~BlobRemoval();
    void committed(); // its row is gone for good

private:
    friend class BlobStore;
    BlobRemoval(BlobStore& store, std::string book_id, std::string blob_id);
    BlobStore* store_;
    std::string book_id_;
    std::string blob_id_;
};

class BlobStore {
public:
    struct Parts {
        std::filesystem::path folder; // the data folder
        std::function<Key(std::string const& book_id)> wrapping_key;
        std::uintmax_t free_bytes_min = 0; // left on the disk for everything else
    };
    explicit BlobStore(Parts parts) : parts_(std::move(parts)) {}

    BlobWriter create(std::string const& book_id);
    // Throws BlobDamaged when the file is missing, has another length, or its key does not open.
    std::unique_ptr<BlobReader> open(std::string const& book_id, Blob const& blob) const;
    BlobRemoval remove(std::string const& book_id, std::string const& blob_id);

    std::filesystem::path
    file_of(std::string const& book_id, std::string const& blob_id) const; // may not exist

    // While somebody holds this, files of removed blobs stay: a backup copies what the moment that
    // it has pinned names. They go when the last holder lets go.
    std::shared_ptr<void> hold_files();

    // After a crash: blobs in doubt that no row names are removed. Called once, at start. Returns
    // how many were. nullopt: it cannot be told now, the doubt stays.
    using RowExists =
        std::function<std::optional<bool>(std::string const& book_id, std::string const& blob_id)>;
    std::size_t settle_pending(RowExists const& row_exists);

private:
    friend class BlobWriter;
    friend class BlobRemoval;
    std::filesystem::path pending_folder() const { return parts_.folder / "pending_blobs"; }
    void require_room() const;
    void mark(std::string const& book_id, std::string const& blob_id);
    void unmark(std::string const& book_id, std::string const& blob_id) noexcept;
    void unlink(std::string const& book_id, std::string const& blob_id) noexcept;
    void let_go();

    Parts parts_;
    std::mutex mutex_;
    int holders_ = 0;
    std::vector<std::pair<std::string, std::string>> waiting_; // to be removed then
};

} // namespace documents

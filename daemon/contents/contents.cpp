#include "contents/contents.hpp"

#include "base/present.hpp"
#include "documents/blob_rows.hpp"

namespace contents {

namespace {

constexpr std::size_t piece_bytes = 64 << 10;

class InBook final : public Writer {
public:
    InBook(documents::BlobStore& blobs, std::string book_id)
        : blobs_(blobs), book_id_(std::move(book_id)), writer_(blobs.create(book_id_))
    {
    }

    void write(std::string_view piece) override { writer_.write(piece); }
    std::uint64_t finish() override
    {
        blob_ = writer_.finish();
        return static_cast<std::uint64_t>(blob_.bytes);
    }
    std::unique_ptr<net::BodySource> open() const override { return blobs_.open(book_id_, blob_); }
    void keep(store::Transaction& book, Of of, std::int64_t owner_id) override
    {
        documents::insert_blob(book, blob_);
        if (of == Of::imports)
            book.exec(
                "INSERT INTO import_content (import_id, blob_id) VALUES (?1, ?2)", owner_id,
                blob_.id
            );
        else
            book.exec(
                "INSERT INTO export_content (export_id, blob_id) VALUES (?1, ?2)", owner_id,
                blob_.id
            );
    }
    void committed() override { writer_.committed(); }

private:
    documents::BlobStore& blobs_;
    std::string book_id_;
    documents::BlobWriter writer_;
    documents::Blob blob_;
};

class InOffice final : public Writer {
public:
    void write(std::string_view piece) override { bytes_ += piece; }
    std::uint64_t finish() override { return bytes_.size(); }
    std::unique_ptr<net::BodySource> open() const override
    {
        return std::make_unique<TextSource>(bytes_);
    }
    void keep(store::Transaction& office, Of of, std::int64_t owner_id) override
    {
        auto const bytes = base::as_bytes(bytes_);
        if (of == Of::imports)
            office.exec(
                "INSERT INTO import_content (import_id, bytes) VALUES (?1, ?2)", owner_id, bytes
            );
        else
            office.exec(
                "INSERT INTO export_content (export_id, bytes) VALUES (?1, ?2)", owner_id, bytes
            );
    }
    void committed() override {}

private:
    std::string bytes_;
};

std::optional<std::string> blob_id(store::Reader const& book, Of of, std::int64_t owner_id)
{
    if (of == Of::imports)
        return book.one<std::string>(
            "SELECT blob_id FROM import_content WHERE import_id = ?1", owner_id
        );
    return book.one<std::string>(
        "SELECT blob_id FROM export_content WHERE export_id = ?1", owner_id
    );
}

std::optional<Bytes> office_bytes(store::Reader const& office, Of of, std::int64_t owner_id)
{
    if (of == Of::imports)
        return office.one<Bytes>("SELECT bytes FROM import_content WHERE import_id = ?1", owner_id);
    return office.one<Bytes>("SELECT bytes FROM export_content WHERE export_id = ?1", owner_id);
}

} // namespace

bool TextSource::read(std::string& chunk)
{
    auto const piece = std::string_view{text_}.substr(at_, piece_bytes);
    chunk += piece;
    at_ += piece.size();
    return at_ < text_.size();
}

std::unique_ptr<Writer> Contents::create(store::FileId const& file)
{
    if (file.kind == store::Kind::book) return std::make_unique<InBook>(blobs_, file.book_id);
    return std::make_unique<InOffice>();
}

std::unique_ptr<net::BodySource> Contents::open(
    store::Reader const& db, store::FileId const& file, Of of, std::int64_t owner_id
) const
{
    if (file.kind != store::Kind::book) {
        auto const bytes = office_bytes(db, of, owner_id);
        if (!bytes) return nullptr;
        return std::make_unique<TextSource>(std::string{base::as_text(*bytes)});
    }
    auto const id = blob_id(db, of, owner_id);
    if (!id) return nullptr;
    return blobs_.open(file.book_id, base::present(documents::read_blob(db, *id)));
}

Removal Contents::remove(store::Transaction& transaction, Of of, std::int64_t owner_id)
{
    std::optional<std::string> id;
    std::optional<documents::BlobRemoval> blob;
    if (transaction.file().kind == store::Kind::book) id = blob_id(transaction, of, owner_id);
    if (id) blob.emplace(blobs_.remove(transaction.file().book_id, *id));
    if (of == Of::imports)
        transaction.exec("DELETE FROM import_content WHERE import_id = ?1", owner_id);
    else
        transaction.exec("DELETE FROM export_content WHERE export_id = ?1", owner_id);
    if (id) documents::delete_blob(transaction, *id);
    return Removal{std::move(blob)};
}

} // namespace contents

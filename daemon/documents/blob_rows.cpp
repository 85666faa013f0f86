#include "documents/blob_rows.hpp"

#include "base/log.hpp"

#include <algorithm>

namespace documents {

void insert_blob(store::Transaction& book, Blob const& blob)
{
    book.exec(
        R"(INSERT INTO blob (id, wrapped_key, bytes, sha256, stored_bytes, stored_sha256)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6))",
        blob.id, blob.wrapped_key, blob.bytes, blob.sha256, blob.stored_bytes, blob.stored_sha256
    );
}

void delete_blob(store::Transaction& book, std::string const& blob_id)
{
    book.exec("DELETE FROM blob WHERE id = ?1", blob_id);
}

std::optional<Blob> read_blob(store::Reader const& book, std::string const& blob_id)
{
    return book.one<Blob>(
        R"(SELECT id, wrapped_key, bytes, sha256, stored_bytes, stored_sha256
             FROM blob WHERE id = ?1)",
        blob_id
    );
}

std::vector<Blob> blobs_to_save(store::Reader const& book)
{
    return book.all<Blob>(
        R"(SELECT id, wrapped_key, bytes, sha256, stored_bytes, stored_sha256
             FROM blob ORDER BY id)"
    );
}

void settle_blobs(BlobStore& blobs, store::Pool& pool, Books const& books)
{
    auto const row_exists = [&](auto const& book_id, auto const& blob_id) -> std::optional<bool> {
        auto const book = std::find_if(books.begin(), books.end(), [&](auto const& known) {
            return known.second.book_id == book_id;
        });
        if (book == books.end()) return false;
        try {
            return read_blob(pool.read(book->second), blob_id).has_value();
        } catch (store::Error const&) {
            return std::nullopt;
        }
    };
    if (auto const removed = blobs.settle_pending(row_exists); removed > 0)
        base::log::info("documents", "blobs_settled", {{"removed", std::to_string(removed)}});
}

} // namespace documents

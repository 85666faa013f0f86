#include "documents/blob_rows.hpp"

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

std::vector<Blob> read_blobs(store::Reader const& book)
{
    return book.all<Blob>(
        R"(SELECT id, wrapped_key, bytes, sha256, stored_bytes, stored_sha256
             FROM blob ORDER BY id)"
    );
}

} // namespace documents

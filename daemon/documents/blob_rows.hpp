#pragma once
// The rows of a book's table `blob`. They are written in the transaction that writes what the
// content belongs to, so that one audit row covers both.
#include "documents/blob_store.hpp"
#include "store/pool.hpp"

#include <optional>

namespace documents {

void insert_blob(store::Transaction& book, Blob const& blob);
void delete_blob(store::Transaction& book, std::string const& blob_id);
std::optional<Blob> read_blob(store::Reader const& book, std::string const& blob_id);

std::vector<Blob> blobs_to_save(store::Reader const& book); // what a backup copies with the book

// At start, before anybody writes: what a crash left between a file and its row. `books` are all
// of the office; a blob in doubt whose book does not open stays in doubt.
using Books = std::vector<std::pair<std::int64_t, store::FileId>>; // by client
void settle_blobs(BlobStore& blobs, store::Pool& pool, Books const& books);

} // namespace documents

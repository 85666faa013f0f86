#pragma once
// The rows of a book's table `blob`. They are written in the transaction that writes what the
// content belongs to, so that one audit row covers both.
#include "documents/blob_store.hpp"
#include "store/transaction.hpp"

#include <optional>

namespace documents {

void insert_blob(store::Transaction& book, Blob const& blob);
void delete_blob(store::Transaction& book, std::string const& blob_id);
std::optional<Blob> read_blob(store::Reader const& book, std::string const& blob_id);
std::vector<Blob> read_blobs(store::Reader const& book); // all of the book

} // namespace documents

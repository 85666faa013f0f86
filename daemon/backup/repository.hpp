#pragma once
// The backup repository: page segments, copies of blobs, and one sealed manifest for every restore
// point. Layout and manifest in docs/formats/repository.md. Nothing here can be read without the
// keys; a copy of the whole folder needs none.
#include "backup/segment.hpp"
#include "base/secret.hpp"
#include "store/json.hpp"
#include "store/table_facts.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace backup {

struct SavedFile {         // one database at one position of its history
    std::int64_t kind = 0; // store::Kind
    std::string book_id;
    std::int64_t epoch = 1;
    std::string segment; // file name under segments/
    std::string sha256;
    std::int64_t bytes = 0;
    std::int64_t sequence = 0; // of the audit chain
    std::string chain_head;    // hex
    std::vector<store::TableFacts> tables;
};
BOOST_DESCRIBE_STRUCT(
    SavedFile, (), (kind, book_id, epoch, segment, sha256, bytes, sequence, chain_head, tables)
)

struct SavedBlob {
    std::string book_id;
    std::string blob_id;
    std::int64_t bytes = 0;
    std::string sha256; // of the ciphertext
};
BOOST_DESCRIBE_STRUCT(SavedBlob, (), (book_id, blob_id, bytes, sha256))

struct Manifest {        // a restore point (復元ポイント)
    std::int64_t id = 0; // start, in seconds; counts up
    std::string kind;    // daily, manual
    std::string version; // of kuramori
    std::string instance_id;
    Instant started_at;
    Instant finished_at;
    std::int64_t bytes_written = 0; // for this point; unchanged databases are not written again
    std::vector<SavedFile> files;
    std::vector<SavedBlob> blobs;
};
BOOST_DESCRIBE_STRUCT(
    Manifest,
    (),
    (id, kind, version, instance_id, started_at, finished_at, bytes_written, files, blobs)
)

class Repository {
public:
    Repository(std::filesystem::path folder, Key const& backup_key);

    void prepare(); // makes the folders
    std::filesystem::path segment(std::string const& name) const;
    std::filesystem::path blob(std::string const& book_id, std::string const& blob_id) const;
    Key const& mac_key() const { return mac_key_; }

    std::vector<std::int64_t> points() const; // newest first
    void save(Manifest const& manifest);
    std::optional<Manifest> load(std::int64_t id) const; // nullopt: missing, damaged or foreign

    // Drops restore points beyond the newest `keep` (never `protect`), then every segment and blob
    // that no remaining point names. Returns the ids dropped. Nothing is dropped when a remaining
    // manifest cannot be read.
    std::vector<std::int64_t> prune(std::size_t keep, std::optional<std::int64_t> protect);

    std::filesystem::path const& folder() const { return folder_; }

private:
    std::filesystem::path manifest_file(std::int64_t id) const;
    std::filesystem::path folder_;
    Key mac_key_;
    Key manifest_key_;
};

} // namespace backup

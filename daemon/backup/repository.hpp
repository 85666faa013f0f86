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
#include <set>
#include <span>
#include <stdexcept>
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

// The repository holds another office's backups: nothing may be written or removed there.
struct ForeignRepository : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Copies a file to a name that nothing has yet, flushed. Returns the SHA-256 of what was copied.
std::string copy_hashed(std::filesystem::path const& from, std::filesystem::path const& to);

class Repository {
public:
    Repository(std::filesystem::path folder, Key const& backup_key);

    // Makes the folders and marks the repository as this office's. Throws ForeignRepository.
    void prepare(std::string const& instance_id);
    std::filesystem::path segment(std::string const& name) const;
    std::filesystem::path blob(std::string const& book_id, std::string const& blob_id) const;
    Key const& mac_key() const { return mac_key_; }

    std::vector<std::int64_t> points() const; // newest first
    void save(Manifest const& manifest);
    std::optional<Manifest> load(std::int64_t id) const; // nullopt: missing, damaged or foreign

    // Copies a blob that is not there yet; when `suspect`, also one that is not what it should be.
    enum class Copied { now, before, not_at_all }; // the last: the source is missing or damaged
    Copied copy_blob(std::filesystem::path const& source, SavedBlob const& blob, bool suspect);
    bool has_blob(SavedBlob const& blob) const; // reads all of it

    // Drops restore points beyond the newest `keep` (never `protect`), then every segment and blob
    // that no remaining point names. Returns the ids dropped. Nothing is dropped when a remaining
    // manifest cannot be read.
    std::vector<std::int64_t> prune(std::size_t keep, std::optional<std::int64_t> protect);
    // What a run left that a crash cut off: segments without a point, and everything half written.
    void sweep_segments();

    std::filesystem::path const& folder() const { return folder_; }

private:
    std::filesystem::path manifest_file(std::int64_t id) const;
    std::optional<std::set<std::string>> named_by(std::span<std::int64_t const> ids) const;
    void remove_unnamed(char const* part, std::set<std::string> const& named) const;
    std::filesystem::path folder_;
    Key mac_key_;
    Key manifest_key_;
};

} // namespace backup

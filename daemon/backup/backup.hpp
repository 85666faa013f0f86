#pragma once
// Backups: consistent pinned snapshots of every file while users write, verification by restoring,
// and the restore itself.
#include "backup/repository.hpp"
#include "http/route.hpp"
#include "jobs/jobs.hpp"
#include "keyring/keyring.hpp"

#include <functional>
#include <mutex>

namespace backup {

enum class PointState { complete, verified, damaged };
BOOST_DESCRIBE_ENUM(PointState, complete, verified, damaged)

struct RestorePoint { // as listed; kept in log.db, made anew from the manifests when it lacks one
    std::int64_t id = 0;
    std::string kind;
    Instant started_at;
    Instant finished_at;
    std::int64_t bytes = 0;
    std::int64_t files = 0;
    std::int64_t blobs = 0;
    std::int64_t rows = 0;
    PointState state = PointState::complete;
    std::optional<Instant> verified_at;
    std::optional<std::int64_t> verify_seconds;
    std::optional<std::string> fault;
};
BOOST_DESCRIBE_STRUCT(
    RestorePoint,
    (),
    (id,
     kind,
     started_at,
     finished_at,
     bytes,
     files,
     blobs,
     rows,
     state,
     verified_at,
     verify_seconds,
     fault)
)

struct Overview {
    std::vector<RestorePoint> restore_points;
    std::optional<Instant> last_at;
    std::optional<Instant> last_proven_at;
    std::optional<std::string> last_fault;
    Instant next_at;
    std::int64_t generations = 0;
    std::string repository;
    std::int64_t free_bytes = 0;
    bool same_device = false;
    std::optional<std::int64_t> running_job;
};
BOOST_DESCRIBE_STRUCT(
    Overview,
    (),
    (restore_points,
     last_at,
     last_proven_at,
     last_fault,
     next_at,
     generations,
     repository,
     free_bytes,
     same_device,
     running_job)
)

// ---- restoring, also without a daemon ----

struct Fault {        // what verification found
    std::string code; // manifest_damaged, segment_damaged, database_damaged, figures_differ, …
    std::string file; // segment or blob
};

// Writes one saved database into `target`, which must not exist, checking the segment's MAC and
// hash. Throws std::system_error when `target` cannot be written.
std::optional<Fault> restore_file(
    Repository const& repository, SavedFile const& saved, std::filesystem::path const& target
);

// Opens the restored database and compares it with what was recorded at the pinned moment:
// integrity of all pages, every table's rows and hash, the audit chain from end to end.
std::optional<Fault> prove_file(
    SavedFile const& saved,
    std::filesystem::path const& restored,
    store::DatabaseKey const& key,
    Key const& audit_root
);

// Everything of a restore point into an empty folder, in the layout of a data folder; proves each
// database on the way. The keyring must be there already (Keyring::rebuild). A book whose keys were
// destroyed stays away.
std::optional<Fault> restore_all(
    Repository const& repository,
    Manifest const& manifest,
    keyring::Keyring& keys,
    std::filesystem::path const& folder
);

class Backup {
public:
    struct Parts {
        store::Pool& pool;
        keyring::Keyring& keys;
        jobs::Jobs& jobs;
        base::Clock const& clock;
        std::filesystem::path repository;
        std::string time_of_day; // "23:00", Japan
        std::size_t generations = 14;
        // While it lives, the files of blobs that are deleted meanwhile stay.
        std::function<std::shared_ptr<void>()> hold_blobs;
        // The blobs of a pinned book, and where one lies.
        std::function<std::vector<SavedBlob>(store::Reader const& book, std::string const& book_id)>
            blobs_of;
        std::function<std::filesystem::path(std::string const& book_id, std::string const& blob_id)>
            blob_file;
    };
    explicit Backup(Parts parts);

    // Both run as jobs; the result is a RestorePoint. A point that lacks something because the data
    // are damaged is made nevertheless, and then told as backup_incomplete.
    std::int64_t start(std::string const& kind, std::string const& actor);
    std::int64_t start_verify(std::int64_t point, std::string const& actor);
    Result<json::value> run(std::string const& kind, jobs::Progress& progress);
    Result<json::value> verify(std::int64_t point, jobs::Progress& progress);

    Overview overview();
    Instant next_run(Instant now) const;
    void write_key_copy(); // after each change of the keys; throws ForeignRepository

    http::RoomRoutes routes();
    Result<Overview> list(http::Call& call);
    Result<http::Accepted> post(http::Call& call);
    Result<http::Accepted> post_verify(http::Call& call);

private:
    struct Made {
        RestorePoint point;
        std::vector<FieldFault> lost; // what could not be saved: "client:12", "book_not_saved"
    };
    Result<Made> make(std::string const& kind, jobs::Progress& progress);
    std::optional<Fault> prove(Repository const&, Manifest const&, jobs::Progress& progress);
    void prune(Repository& repository);
    void remember(RestorePoint const& point);
    std::vector<RestorePoint> remembered();

    Parts parts_;
    std::mutex running_;      // one backup or verification at a time
    std::mutex copying_keys_; // copies are numbered, and the newest must hold the newest keys
};

RestorePoint point_of(Manifest const& manifest); // as it is before anybody has verified it

} // namespace backup

// Restoring, and proving a restore point by doing it.
#include "audit/recorder.hpp"
#include "backup/backup.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "store/connection.hpp"

#include <set>

namespace backup {

namespace {

struct Scratch { // goes with everything in it
    std::filesystem::path folder;
    explicit Scratch(std::filesystem::path const& in) : folder(in / base::random_id())
    {
        base::make_private_folder(folder);
    }
    Scratch(Scratch const&) = delete;
    Scratch& operator=(Scratch const&) = delete;
    ~Scratch()
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
};

store::FileId file_of(SavedFile const& saved)
{
    return {static_cast<store::Kind>(saved.kind), saved.book_id, saved.epoch};
}

std::optional<Fault> check_blob(Repository const& repository, SavedBlob const& blob)
{
    if (!std::filesystem::exists(repository.blob(blob.book_id, blob.blob_id)))
        return Fault{"blob_missing", blob.blob_id};
    if (!repository.has_blob(blob)) return Fault{"blob_damaged", blob.blob_id};
    return std::nullopt;
}

// SQLite's companions of a database that is closed and complete.
void remove_companions(std::filesystem::path const& database)
{
    for (auto const* suffix : {"-wal", "-shm"}) std::filesystem::remove(database.string() + suffix);
}

std::optional<Fault> restore_and_prove(
    Repository const& repository,
    SavedFile const& saved,
    std::filesystem::path const& target,
    keyring::Keyring& keys
)
{
    if (auto fault = restore_file(repository, saved, target)) return fault;
    auto const key = keys.find_database_key(file_of(saved));
    if (!key) return Fault{"key_missing", saved.segment};
    auto fault = prove_file(saved, target, *key, keys.audit_root());
    remove_companions(target);
    return fault;
}

bool same(std::vector<store::TableFacts> const& a, std::vector<store::TableFacts> const& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](auto const& x, auto const& y) {
        return x.table == y.table && x.rows == y.rows && x.hash == y.hash;
    });
}

} // namespace

std::optional<Fault> restore_file(
    Repository const& repository, SavedFile const& saved, std::filesystem::path const& target
)
{
    base::make_private_folder(target.parent_path());
    auto out = base::File::create(target);
    std::uint32_t expected = 0;
    bool in_order = true;
    auto const read = read_segment(
        repository.segment(saved.segment), repository.mac_key(),
        [&](std::uint32_t number, SegmentWriter::Page content) {
            in_order = in_order && number == ++expected;
            out.write(content);
        }
    );
    if (read.fault == SegmentFault::unreadable) return Fault{"segment_missing", saved.segment};
    if (read.fault != SegmentFault::none || !in_order || read.facts.sha256 != saved.sha256 ||
        read.head.file != file_of(saved) || read.head.database_pages != expected)
        return Fault{"segment_damaged", saved.segment};
    out.sync();
    base::sync_folder(target.parent_path());
    return std::nullopt;
}

std::optional<Fault> prove_file(
    SavedFile const& saved,
    std::filesystem::path const& restored,
    store::DatabaseKey const& key,
    Key const& audit_root
)
try {
    auto const connection = store::Connection::open(restored, key, store::Access::write);
    store::Reader const db{*connection};
    if (!store::integrity_faults(db).empty()) return Fault{"database_damaged", saved.segment};
    if (!same(store::table_facts(db), saved.tables)) return Fault{"figures_differ", saved.segment};
    if (saved.sequence == 0) return std::nullopt;
    auto const head = audit::head_of(db);
    if (head.seq != saved.sequence || base::to_hex(head.hash) != saved.chain_head)
        return Fault{"chain_head_differs", saved.segment};
    if (audit::first_bad_row(db, audit::chain_key(audit_root, file_of(saved))) != 0)
        return Fault{"chain_broken", saved.segment};
    return std::nullopt;
} catch (store::Error const&) {
    return Fault{"database_damaged", saved.segment};
}

std::optional<Fault> restore_all(
    Repository const& repository,
    Manifest const& manifest,
    keyring::Keyring& keys,
    std::filesystem::path const& folder
)
{
    for (auto const& saved : manifest.files) {
        if (keys.destroyed(file_of(saved))) continue;
        auto const target = store::path_of(folder, file_of(saved));
        if (auto fault = restore_and_prove(repository, saved, target, keys)) return fault;
    }
    std::set<std::filesystem::path> folders;
    for (auto const& blob : manifest.blobs) {
        if (keys.destroyed({store::Kind::book, blob.book_id, 1})) continue;
        auto const source = repository.blob(blob.book_id, blob.blob_id);
        auto const target =
            folder / "books" / blob.book_id / "blobs" / blob.blob_id.substr(0, 2) / blob.blob_id;
        if (!std::filesystem::exists(source)) return Fault{"blob_missing", blob.blob_id};
        base::make_private_folder(target.parent_path());
        if (copy_hashed(source, target) != blob.sha256) return Fault{"blob_damaged", blob.blob_id};
        folders.insert(target.parent_path());
    }
    for (auto const& made : folders) base::sync_folder(made);
    return std::nullopt;
}

// One database at a time through the scratch folder: the disk needs room for the largest, not all.
std::optional<Fault>
Backup::prove(Repository const& repository, Manifest const& manifest, jobs::Progress& progress)
{
    Scratch const scratch{parts_.pool.folder() / "tmp"};
    auto const target = scratch.folder / "restored.db";
    auto const total = static_cast<std::int64_t>(manifest.files.size() + manifest.blobs.size());
    std::int64_t done = 0;
    for (auto const& saved : manifest.files) {
        if (progress.cancelled()) throw jobs::Cancelled{};
        std::filesystem::remove(target);
        if (!parts_.keys.destroyed(file_of(saved)))
            if (auto fault = restore_and_prove(repository, saved, target, parts_.keys))
                return fault;
        progress.advance(++done, total);
    }
    for (auto const& blob : manifest.blobs) {
        if (progress.cancelled()) throw jobs::Cancelled{};
        if (auto fault = check_blob(repository, blob)) return fault;
        progress.advance(++done, total);
    }
    return std::nullopt;
}

Result<json::value> Backup::verify(std::int64_t point_id, jobs::Progress& progress)
{
    std::scoped_lock const one_at_a_time{running_};
    Repository const repository{parts_.repository, parts_.keys.backup_key()};
    auto const started = std::chrono::steady_clock::now();
    progress.step("proving");
    std::optional<Fault> fault;
    if (auto const manifest = repository.load(point_id))
        fault = prove(repository, *manifest, progress);
    else
        fault = Fault{"manifest_damaged", std::to_string(point_id)};
    auto points = remembered();
    for (auto& point : points) {
        if (point.id != point_id) continue;
        point.state = fault ? PointState::damaged : PointState::verified;
        point.verified_at = parts_.clock.now();
        point.verify_seconds = std::chrono::duration_cast<std::chrono::seconds>(
                                   std::chrono::steady_clock::now() - started
        )
                                   .count();
        point.fault.reset();
        if (fault) point.fault = fault->code;
        remember(point);
        if (!fault) return json::to(point);
    }
    if (!fault) return Problem{::Fault::not_found, "no_such_restore_point"};
    base::log::error("backup", "verify_failed", {{"code", fault->code}, {"file", fault->file}});
    return Problem{::Fault::conflict, "backup_" + fault->code};
}

} // namespace backup

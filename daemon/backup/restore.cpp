// Restoring, and proving a restore point by doing it.
#include "audit/recorder.hpp"
#include "backup/backup.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "store/connection.hpp"

#include <fmt/format.h>

#include <fstream>
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

std::string hash_of_file(std::filesystem::path const& file)
{
    crypto::Sha256 hash;
    std::ifstream in{file, std::ios::binary};
    std::vector<char> chunk(1 << 20);
    while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || in.gcount() > 0)
        hash.add(base::as_bytes({chunk.data(), static_cast<std::size_t>(in.gcount())}));
    return base::to_hex(hash.finish());
}

std::optional<Fault> check_blob(Repository const& repository, SavedBlob const& blob)
{
    auto const file = repository.blob(blob.book_id, blob.blob_id);
    if (!std::filesystem::exists(file)) return Fault{"blob_missing", blob.blob_id};
    if (hash_of_file(file) != blob.sha256) return Fault{"blob_damaged", blob.blob_id};
    return std::nullopt;
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
    std::ofstream out{target, std::ios::binary | std::ios::trunc};
    std::filesystem::permissions(target, std::filesystem::perms{0600});
    std::uint32_t expected = 0;
    bool in_order = true;
    auto const read = read_segment(
        repository.segment(saved.segment), repository.mac_key(),
        [&](std::uint32_t number, SegmentWriter::Page content) {
            in_order = in_order && number == ++expected;
            out.write(
                reinterpret_cast<char const*>(content.data()),
                static_cast<std::streamsize>(content.size())
            );
        }
    );
    out.close();
    if (read.fault == SegmentFault::unreadable) return Fault{"segment_missing", saved.segment};
    if (read.fault != SegmentFault::none || !in_order || read.facts.sha256 != saved.sha256 ||
        read.head.file != file_of(saved) || read.head.database_pages != expected)
        return Fault{"segment_damaged", saved.segment};
    if (!out) return Fault{"target_not_writable", saved.segment};
    base::sync_file(target);
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
        auto const target = store::path_of(folder, file_of(saved));
        if (auto fault = restore_file(repository, saved, target)) return fault;
        auto const key = keys.database_key(file_of(saved));
        if (auto fault = prove_file(saved, target, key, keys.audit_root())) return fault;
    }
    for (auto const& blob : manifest.blobs) {
        if (auto fault = check_blob(repository, blob)) return fault;
        auto const target =
            folder / "books" / blob.book_id / "blobs" / blob.blob_id.substr(0, 2) / blob.blob_id;
        base::make_private_folder(target.parent_path());
        std::filesystem::copy_file(repository.blob(blob.book_id, blob.blob_id), target);
        base::sync_file(target);
    }
    return std::nullopt;
}

// One database at a time through the scratch folder: the disk needs room for the largest, not all.
Result<json::value> Backup::verify(std::int64_t point_id, jobs::Progress& progress)
{
    std::scoped_lock const one_at_a_time{running_};
    Repository const repository{parts_.repository, parts_.keys.backup_key()};
    auto const manifest = repository.load(point_id);
    auto const started = std::chrono::steady_clock::now();
    std::optional<Fault> fault;
    if (!manifest) {
        fault = Fault{"manifest_damaged", std::to_string(point_id)};
    } else {
        progress.step("proving");
        Scratch const scratch{parts_.pool.folder() / "tmp"};
        auto const total = static_cast<std::int64_t>(manifest->files.size());
        auto const audit_root = parts_.keys.audit_root();
        std::int64_t done = 0;
        for (auto const& saved : manifest->files) {
            if (progress.cancelled()) throw jobs::Cancelled{};
            auto const target = scratch.folder / "restored.db";
            for (auto const* suffix : {"", "-wal", "-shm"})
                std::filesystem::remove(target.string() + suffix);
            fault = restore_file(repository, saved, target);
            if (!fault)
                fault =
                    prove_file(saved, target, parts_.keys.database_key(file_of(saved)), audit_root);
            if (fault) break;
            progress.advance(++done, total);
        }
        for (auto const& blob : manifest->blobs)
            if (!fault) fault = check_blob(repository, blob);
    }
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

#include "backup/backup.hpp"

#include "audit/recorder.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "keyring/key_store_copy.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace backup {

namespace {

store::FileId const office{store::Kind::office, {}, 1};
store::FileId const log_file{store::Kind::log, {}, 1};

struct BookRow {
    std::string book_id;
    std::int64_t epoch = 1;
};
BOOST_DESCRIBE_STRUCT(BookRow, (), (book_id, epoch))

audit::Head head_of(store::Reader const& db, store::Kind kind)
{
    if (kind == store::Kind::log) return {0, Bytes(32)};
    return audit::head_of(db);
}

SavedFile const* same_position(
    Manifest const* last, store::FileId const& file, std::int64_t sequence, std::string const& head
)
{
    if (!last || sequence == 0) return nullptr; // log.db has no position: always written
    for (auto const& saved : last->files)
        if (saved.kind == static_cast<std::int64_t>(file.kind) && saved.book_id == file.book_id &&
            saved.epoch == file.epoch && saved.sequence == sequence && saved.chain_head == head)
            return &saved;
    return nullptr;
}

std::int64_t rows_in(Manifest const& manifest)
{
    std::int64_t rows = 0;
    for (auto const& file : manifest.files)
        for (auto const& table : file.tables) rows += table.rows;
    return rows;
}

RestorePoint point_of(Manifest const& manifest)
{
    RestorePoint point;
    point.id = manifest.id;
    point.kind = manifest.kind;
    point.started_at = manifest.started_at;
    point.finished_at = manifest.finished_at;
    point.bytes = manifest.bytes_written;
    point.files = static_cast<std::int64_t>(manifest.files.size());
    point.blobs = static_cast<std::int64_t>(manifest.blobs.size());
    point.rows = rows_in(manifest);
    return point;
}

} // namespace

Backup::Backup(Parts parts) : parts_(std::move(parts)) {}

SavedFile Backup::save_file(
    Repository& repository,
    store::FileId const& file,
    Manifest const* last,
    store::PinnedPages const& pinned,
    std::int64_t point,
    std::int64_t& bytes_written
)
{
    auto const head = head_of(pinned.reader(), file.kind);
    SavedFile saved;
    saved.kind = static_cast<std::int64_t>(file.kind);
    saved.book_id = file.book_id;
    saved.epoch = file.epoch;
    saved.sequence = head.seq;
    saved.chain_head = base::to_hex(head.hash);
    if (auto const* same = same_position(last, file, head.seq, saved.chain_head))
        if (std::filesystem::exists(repository.segment(same->segment))) return *same;

    SegmentHead segment;
    segment.file = file;
    segment.sequence = head.seq;
    segment.at = parts_.clock.now();
    segment.database_pages = pinned.page_count();
    segment.pages = pinned.page_count();
    std::copy_n(head.hash.begin(), 32, segment.chain_head.begin());
    // Named for its point: two backups in one second must not share a file.
    saved.segment = fmt::format(
        "{}-{}-{:012}-{}.seg", static_cast<int>(file.kind),
        file.book_id.empty() ? "office" : file.book_id, point, head.seq
    );
    SegmentWriter writer{repository.segment(saved.segment), segment, repository.mac_key()};
    std::array<Byte, store::PinnedPages::page_bytes> page{};
    for (std::uint32_t number = 1; number <= pinned.page_count(); ++number) {
        pinned.read_page(number, page);
        writer.add_page(number, page);
    }
    saved.tables = store::table_facts(pinned.reader());
    auto const facts = writer.finish();
    saved.sha256 = facts.sha256;
    saved.bytes = static_cast<std::int64_t>(facts.bytes);
    bytes_written += saved.bytes;
    return saved;
}

// Blobs never change: one that is in the repository is not read again.
void Backup::save_blob(Repository& repository, SavedBlob& blob, std::int64_t& bytes_written)
{
    auto const target = repository.blob(blob.book_id, blob.blob_id);
    auto const source = parts_.blob_file(blob.book_id, blob.blob_id);
    if (!std::filesystem::exists(target)) {
        base::make_private_folder(target.parent_path());
        auto aside = target;
        aside += ".tmp";
        std::filesystem::copy_file(
            source, aside, std::filesystem::copy_options::overwrite_existing
        );
        base::sync_file(aside);
        std::filesystem::rename(aside, target);
        base::sync_folder(target.parent_path());
        bytes_written += blob.bytes;
    }
}

Result<json::value> Backup::run(std::string const& kind, jobs::Progress& progress)
{
    std::scoped_lock const one_at_a_time{running_};
    Repository repository{parts_.repository, parts_.keys.backup_key()};
    repository.prepare();
    auto const points = repository.points();
    std::optional<Manifest> last;
    if (!points.empty()) last = repository.load(points.front());

    Manifest manifest;
    manifest.started_at = parts_.clock.now();
    manifest.id = manifest.started_at.time_since_epoch().count();
    if (!points.empty()) manifest.id = std::max(manifest.id, points.front() + 1);
    manifest.kind = kind;
    manifest.version = KURAMORI_VERSION;
    manifest.instance_id = parts_.keys.contents().instance_id;
    keyring::write_key_store_copy(parts_.keys, parts_.repository);

    progress.step("saving");
    auto const held = parts_.hold_blobs();
    std::vector<store::FileId> files;
    {
        // office.db first: whatever its outbox still promises is replayed after a restore.
        auto const pinned = store::PinnedPages::pin(parts_.pool, office);
        manifest.files.push_back(save_file(
            repository, office, last ? &*last : nullptr, pinned, manifest.id, manifest.bytes_written
        ));
        pinned.reader().each<BookRow>(
            "SELECT book_id, epoch FROM client ORDER BY id",
            [&](BookRow row) {
                files.push_back({store::Kind::book, std::move(row.book_id), row.epoch});
            }
        );
    }
    std::erase_if(files, [&](auto const& file) { return !parts_.pool.exists(file); });
    files.push_back(log_file);
    auto const total = static_cast<std::int64_t>(files.size()) + 1;
    std::int64_t done = 1;
    for (auto const& file : files) {
        if (progress.cancelled()) throw jobs::Cancelled{};
        progress.advance(done++, total);
        auto const pinned = store::PinnedPages::pin(parts_.pool, file);
        manifest.files.push_back(save_file(
            repository, file, last ? &*last : nullptr, pinned, manifest.id, manifest.bytes_written
        ));
        if (file.kind != store::Kind::book) continue;
        for (auto& blob : parts_.blobs_of(pinned.reader(), file.book_id)) {
            save_blob(repository, blob, manifest.bytes_written);
            manifest.blobs.push_back(std::move(blob));
        }
    }
    manifest.finished_at = parts_.clock.now();
    repository.save(manifest);
    auto const point = point_of(manifest);
    remember(point);

    progress.step("pruning");
    std::optional<std::int64_t> newest_verified;
    for (auto const& known : remembered())
        if (known.state == PointState::verified && !newest_verified) newest_verified = known.id;
    for (auto const id : repository.prune(parts_.generations, newest_verified))
        base::log::info("backup", "point_pruned", {{"point", std::to_string(id)}});
    return json::to(point);
}

void Backup::write_key_copy() { keyring::write_key_store_copy(parts_.keys, parts_.repository); }

} // namespace backup

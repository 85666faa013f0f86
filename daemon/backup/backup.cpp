#include "backup/backup.hpp"

#include "audit/recorder.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "keyring/key_store_copy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

namespace backup {

namespace {

store::FileId const office{store::Kind::office, {}, 1};
store::FileId const log_file{store::Kind::log, {}, 1};

struct BookRow {
    std::int64_t id = 0;
    std::string book_id;
    std::int64_t epoch = 1;
    std::string state;
};
BOOST_DESCRIBE_STRUCT(BookRow, (), (id, book_id, epoch, state))

audit::Head head_of(store::Reader const& db, store::Kind kind)
{
    if (kind == store::Kind::log) return {0, Bytes(32)};
    return audit::head_of(db);
}

std::int64_t rows_in(Manifest const& manifest)
{
    std::int64_t rows = 0;
    for (auto const& file : manifest.files)
        for (auto const& table : file.tables) rows += table.rows;
    return rows;
}

// One restore point in the making. Until it is kept, what was written for it goes with it.
class Making {
public:
    Making(Backup::Parts const& parts, Repository& repository, std::string const& kind);
    Making(Making const&) = delete;
    Making& operator=(Making const&) = delete;
    ~Making();

    // The newest point: what has not changed since is taken over, unless it is not to be trusted.
    void follow(Manifest last, bool trusted);
    std::vector<BookRow> save_office();
    void save_book(BookRow const& book);
    void save_log();
    Manifest const& keep();

    std::vector<FieldFault> lost;

private:
    SavedFile save(store::FileId const& file, store::PinnedPages const& pinned);
    SavedFile const* unchanged(store::FileId const& file, audit::Head const& head) const;
    void save_blobs(BookRow const& book, std::vector<SavedBlob> blobs);
    void take_over(BookRow const& book);
    void tell_lost(BookRow const& book, char const* what, char const* why);

    Backup::Parts const& parts_;
    Repository& repository_;
    Manifest manifest_;
    std::optional<Manifest> last_;
    bool trusted_ = false;
    std::vector<std::string> written_; // names of segments
};

Making::Making(Backup::Parts const& parts, Repository& repository, std::string const& kind)
    : parts_(parts), repository_(repository)
{
    auto const points = repository.points();
    manifest_.started_at = parts.clock.now();
    manifest_.id = manifest_.started_at.time_since_epoch().count();
    if (!points.empty()) manifest_.id = std::max(manifest_.id, points.front() + 1);
    manifest_.kind = kind;
    manifest_.version = KURAMORI_VERSION;
    manifest_.instance_id = parts.keys.contents().instance_id;
}

Making::~Making()
{
    std::error_code ignored;
    for (auto const& name : written_) std::filesystem::remove(repository_.segment(name), ignored);
}

void Making::follow(Manifest last, bool trusted)
{
    last_ = std::move(last);
    trusted_ = trusted;
}

SavedFile const* Making::unchanged(store::FileId const& file, audit::Head const& head) const
{
    if (!last_ || !trusted_) return nullptr;
    if (head.seq == 0) return nullptr; // log.db has no position: always written
    std::error_code missing;
    for (auto const& saved : last_->files)
        if (saved.kind == static_cast<std::int64_t>(file.kind) && saved.book_id == file.book_id &&
            saved.epoch == file.epoch && saved.sequence == head.seq &&
            saved.chain_head == base::to_hex(head.hash) &&
            std::filesystem::file_size(repository_.segment(saved.segment), missing) ==
                static_cast<std::uintmax_t>(saved.bytes))
            return &saved;
    return nullptr;
}

SavedFile Making::save(store::FileId const& file, store::PinnedPages const& pinned)
{
    auto const head = head_of(pinned.reader(), file.kind);
    if (auto const* same = unchanged(file, head)) return *same;
    SavedFile saved;
    saved.kind = static_cast<std::int64_t>(file.kind);
    saved.book_id = file.book_id;
    saved.epoch = file.epoch;
    saved.sequence = head.seq;
    saved.chain_head = base::to_hex(head.hash);
    // Named after the point, which no other has: a clock that ran back must not overwrite a segment
    // that an older point needs.
    saved.segment = fmt::format(
        "{}-{}-{}-{:012}.seg", static_cast<int>(file.kind),
        file.book_id.empty() ? "office" : file.book_id, file.epoch, manifest_.id
    );
    saved.tables = store::table_facts(pinned.reader());

    SegmentHead segment;
    segment.file = file;
    segment.sequence = head.seq;
    segment.at = parts_.clock.now();
    segment.database_pages = pinned.page_count();
    segment.pages = pinned.page_count();
    std::copy_n(head.hash.begin(), 32, segment.chain_head.begin());
    written_.push_back(saved.segment);
    SegmentWriter writer{repository_.segment(saved.segment), segment, repository_.mac_key()};
    std::array<Byte, store::PinnedPages::page_bytes> page{};
    for (std::uint32_t number = 1; number <= pinned.page_count(); ++number) {
        pinned.read_page(number, page);
        writer.add_page(number, page);
    }
    auto const facts = writer.finish();
    saved.sha256 = facts.sha256;
    saved.bytes = static_cast<std::int64_t>(facts.bytes);
    manifest_.bytes_written += saved.bytes;
    return saved;
}

// office.db first: whatever its outbox still promises is replayed after a restore.
std::vector<BookRow> Making::save_office()
{
    auto const pinned = store::PinnedPages::pin(parts_.pool, office);
    manifest_.files.push_back(save(office, pinned));
    return pinned.reader().all<BookRow>("SELECT id, book_id, epoch, state FROM client ORDER BY id");
}

void Making::save_log()
{
    manifest_.files.push_back(save(log_file, store::PinnedPages::pin(parts_.pool, log_file)));
}

// A book that is damaged or gone must not keep the others from being saved: the last good copy of
// it stays in the new point, so that no generation can push it out.
void Making::save_book(BookRow const& book)
try {
    store::FileId const file{store::Kind::book, book.book_id, book.epoch};
    if (!parts_.pool.exists(file)) {
        if (book.state == "creating") return;
        throw store::Error("the book's file is missing", 0);
    }
    std::vector<SavedBlob> blobs;
    SavedFile saved;
    {
        auto const pinned = store::PinnedPages::pin(parts_.pool, file);
        saved = save(file, pinned);
        blobs = parts_.blobs_of(pinned.reader(), book.book_id);
    }
    manifest_.files.push_back(std::move(saved));
    save_blobs(book, std::move(blobs)); // the book is not pinned meanwhile
} catch (store::Error const& error) {
    if (error.disk_full()) throw;
    tell_lost(book, "book_not_saved", error.what());
    take_over(book);
}

void Making::save_blobs(BookRow const& book, std::vector<SavedBlob> blobs)
{
    for (auto& blob : blobs) {
        auto const source = parts_.blob_file(blob.book_id, blob.blob_id);
        auto const copied = repository_.copy_blob(source, blob, last_ && !trusted_);
        if (copied == Repository::Copied::not_at_all) {
            tell_lost(book, "blob_not_saved", blob.blob_id.c_str());
            continue;
        }
        if (copied == Repository::Copied::now) manifest_.bytes_written += blob.bytes;
        manifest_.blobs.push_back(std::move(blob));
    }
}

void Making::take_over(BookRow const& book)
{
    if (!last_) return;
    for (auto const& saved : last_->files)
        if (saved.book_id == book.book_id) manifest_.files.push_back(saved);
    for (auto const& blob : last_->blobs)
        if (blob.book_id == book.book_id) manifest_.blobs.push_back(blob);
}

void Making::tell_lost(BookRow const& book, char const* what, char const* why)
{
    base::log::error(
        "backup", "not_saved", {{"client", std::to_string(book.id)}, {"code", what}, {"what", why}}
    );
    lost.push_back({fmt::format("client:{}", book.id), what});
}

Manifest const& Making::keep()
{
    manifest_.finished_at = parts_.clock.now();
    repository_.save(manifest_);
    written_.clear();
    return manifest_;
}

} // namespace

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

Backup::Backup(Parts parts) : parts_(std::move(parts)) {}

Result<Backup::Made> Backup::make(std::string const& kind, jobs::Progress& progress)
try {
    std::scoped_lock const one_at_a_time{running_};
    Repository repository{parts_.repository, parts_.keys.backup_key()};
    repository.prepare(parts_.keys.contents().instance_id);
    repository.sweep_segments();

    progress.step("saving");
    auto const held = parts_.hold_blobs();
    Making making{parts_, repository, kind};
    auto const known = remembered();
    if (!known.empty())
        if (auto last = repository.load(known.front().id))
            making.follow(std::move(*last), known.front().state != PointState::damaged);
    auto const books = making.save_office();
    auto const total = static_cast<std::int64_t>(books.size()) + 2;
    std::int64_t done = 1;
    for (auto const& book : books) {
        if (progress.cancelled()) throw jobs::Cancelled{};
        progress.advance(done++, total);
        making.save_book(book);
    }
    making.save_log();
    write_key_copy(); // after the last book was pinned: no point without its keys
    Made made{point_of(making.keep()), std::move(making.lost)};
    remember(made.point);
    progress.step("pruning");
    prune(repository);
    return made;
} catch (ForeignRepository const&) {
    return Problem{::Fault::conflict, "backup_repository_foreign"};
}

void Backup::prune(Repository& repository)
{
    std::optional<std::int64_t> newest_verified;
    for (auto const& known : remembered())
        if (known.state == PointState::verified && !newest_verified) newest_verified = known.id;
    for (auto const id : repository.prune(parts_.generations, newest_verified))
        base::log::info("backup", "point_pruned", {{"point", std::to_string(id)}});
}

namespace {

Problem incomplete(std::vector<FieldFault> lost)
{
    return {::Fault::conflict, "backup_incomplete", std::move(lost)};
}

} // namespace

Result<json::value> Backup::run(std::string const& kind, jobs::Progress& progress)
{
    TRY(auto made, make(kind, progress));
    if (!made.lost.empty()) return incomplete(std::move(made.lost));
    return json::to(made.point);
}

// The nightly point is proved as soon as it is made.
std::int64_t Backup::start(std::string const& kind, std::string const& actor)
{
    auto work = [this, kind](jobs::Progress& progress) -> Result<json::value> {
        if (kind != "daily") return run(kind, progress);
        TRY(auto made, make(kind, progress));
        TRY(auto proved, verify(made.point.id, progress));
        if (!made.lost.empty()) return incomplete(std::move(made.lost));
        return proved;
    };
    return parts_.jobs.submit("backup", std::nullopt, actor, std::move(work));
}

void Backup::write_key_copy()
{
    std::scoped_lock const one_at_a_time{copying_keys_};
    Repository repository{parts_.repository, parts_.keys.backup_key()};
    repository.prepare(parts_.keys.contents().instance_id);
    keyring::write_key_store_copy(parts_.keys, parts_.repository);
}

} // namespace backup

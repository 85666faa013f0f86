// Backups of a small office, proved and restored; and what verification makes of each harm.
#include "backup/backup.hpp"
#include "bad_disk.hpp"
#include "base/files.hpp"
#include "keyring/key_store_copy.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

namespace {

namespace fs = std::filesystem;

struct Quiet final : jobs::Progress {
    bool stop = false;
    int steps = 0;
    void step(std::string_view) override {}
    void advance(std::int64_t, std::int64_t) override { ++steps; }
    bool cancelled() const override { return stop; }
};

std::string const blob_id = "ffeeddccbbaa99887766554433221100";

struct Backups : ScratchFolder {
    fs::path const data = path / "data";
    fs::path const repository_folder = path / "repository";
    fs::path const target = path / "restored";
    base::SetClock clock{Instant{std::chrono::seconds{1'795'000'000}}};
    store::FileId const office{store::Kind::office, {}, 1};
    store::FileId const log{store::Kind::log, {}, 1};
    store::FileId const book{store::Kind::book, "00112233445566778899aabbccddeeff", 1};
    std::unique_ptr<keyring::Keyring> keys =
        (fs::create_directories(data), keyring::Keyring::create(data, test_root(), clock));
    store::Pool pool{{data, 64, 2000}, [this](store::FileId const& file) {
                         return keys->database_key(file);
                     }};
    audit::Recorder recorder{clock, keys->audit_root()};
    jobs::Jobs jobs{pool, clock, 0};
    fs::path const blob_source = data / "blob";
    bool with_blob = false;
    Quiet progress;
    backup::Backup backup{
        {pool, *keys, jobs, clock, repository_folder, "23:00", 3,
         [] { return std::shared_ptr<void>{}; },
         [this](store::Reader const&, std::string const& id) {
             std::vector<backup::SavedBlob> blobs;
             auto const hash = crypto::sha256(base::as_bytes("content"));
             if (with_blob) blobs.push_back({id, blob_id, 7, base::to_hex(hash)});
             return blobs;
         },
         [this](std::string const&, std::string const&) { return blob_source; }}
    };
    backup::Repository repository{repository_folder, keys->backup_key()};

    Backups()
    {
        for (auto const& file : {office, log}) pool.create(file);
        keys->create_book_keys(book.book_id);
        pool.create(book);
        auto transaction = pool.begin(office);
        transaction.exec(
            R"(INSERT INTO client (code, name, name_kana, name_key, kana_key, state, colour,
                                   book_id, created_at, updated_at)
               VALUES ('1', 'n', 'k', 'n', 'k', 'active', 1, ?1, 0, 0))",
            book.book_id
        );
        transaction.commit(recorder.append(transaction, {"test", "client.create", "client:1", "{}"})
        );
        change(book);
    }
    void change(store::FileId const& file)
    {
        auto transaction = pool.begin(file);
        transaction.commit(recorder.append(transaction, {"test", "a", "b", R"({"n":1})"}));
    }
    void add_blob(std::string_view content = "content")
    {
        with_blob = true;
        base::replace_file(blob_source, base::as_bytes(content));
    }
    std::int64_t run() { return backup.run("manual", progress).value().at("id").as_int64(); }
    std::string fault_of(Result<json::value> const& outcome)
    {
        return outcome ? std::string{} : outcome.error().code;
    }
    std::string verify(std::int64_t point) { return fault_of(backup.verify(point, progress)); }
    backup::Manifest manifest(std::int64_t point) { return repository.load(point).value(); }
    fs::path segment(std::int64_t point, store::Kind kind)
    {
        for (auto const& file : manifest(point).files)
            if (file.kind == static_cast<std::int64_t>(kind))
                return repository.segment(file.segment);
        return {};
    }
    std::size_t segments() const
    {
        auto const entries = fs::directory_iterator{repository_folder / "segments"};
        return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
    }
    std::unique_ptr<keyring::Keyring> restore(std::int64_t point) // with the keys it brings back
    {
        fs::create_directories(target);
        auto copy = keyring::read_key_store_copy(repository_folder, test_root());
        auto restored = keyring::Keyring::rebuild(target, copy.root.clone(), copy.contents, clock);
        CHECK_FALSE(backup::restore_all(repository, manifest(point), *restored, target));
        return restored;
    }
    backup::PointState state_of(std::int64_t point)
    {
        for (auto const& listed : backup.overview().restore_points)
            if (listed.id == point) return listed.state;
        throw std::logic_error("no such point");
    }
};

} // namespace

TEST_CASE_FIXTURE(Backups, "a point is proved, and restored with its blobs, chains and keys")
{
    add_blob();
    auto const point = run();
    CHECK(verify(point).empty());
    CHECK(state_of(point) == backup::PointState::verified);

    auto const restored_keys = restore(point);
    store::Pool restored{{target, 8, 2000}, [&](store::FileId const& file) {
                             return restored_keys->database_key(file);
                         }};
    for (auto const& file : {office, book})
        CHECK(audit::head_of(restored.read(file)).hash == audit::head_of(pool.read(file)).hash);
    auto const blob = target / "books" / book.book_id / "blobs" / "ff" / blob_id;
    CHECK(base::as_text(base::read_file(blob, 100)) == "content");
    CHECK_FALSE(fs::exists(target / "index.db"));
    CHECK(fs::exists(target / "office.db"));
}

TEST_CASE_FIXTURE(Backups, "what has not changed is not written again, and both points prove")
{
    auto const first = run();
    auto const office_and_book_and_log = segments();
    CHECK(office_and_book_and_log == 3);
    auto const second = run();
    CHECK(segments() == 4); // log.db has no position: always written
    change(book);
    auto const third = run();
    CHECK(segments() == 6);
    for (auto const point : {first, second, third}) CHECK(verify(point).empty());
}

TEST_CASE_FIXTURE(Backups, "a clock that stands still or runs back spoils no older point")
{
    auto const first = run();
    auto const second = run(); // within the same second
    clock.set(clock.now() - std::chrono::hours{24 * 400});
    change(office);
    auto const third = run();
    CHECK(first < second);
    CHECK(second < third);
    for (auto const point : {first, second, third}) CHECK(verify(point).empty());
    CHECK(backup.overview().restore_points.front().id == third);
}

TEST_CASE_FIXTURE(Backups, "each harm is found, named, and keeps the point from being trusted")
{
    add_blob();
    auto const point = run();
    std::string expected;
    SUBCASE("a page")
    {
        flip_bit(segment(point, store::Kind::book), 5000);
        expected = "backup_segment_damaged";
    }
    SUBCASE("a segment is gone")
    {
        fs::remove(segment(point, store::Kind::office));
        expected = "backup_segment_missing";
    }
    SUBCASE("the segments of two databases exchanged")
    {
        auto const one = segment(point, store::Kind::office);
        auto const other = segment(point, store::Kind::log);
        fs::rename(one, path / "aside");
        fs::rename(other, one);
        fs::rename(path / "aside", other);
        expected = "backup_segment_damaged";
    }
    SUBCASE("a blob")
    {
        flip_bit(repository.blob(book.book_id, blob_id), 3);
        expected = "backup_blob_damaged";
    }
    SUBCASE("a blob is gone")
    {
        fs::remove(repository.blob(book.book_id, blob_id));
        expected = "backup_blob_missing";
    }
    SUBCASE("the manifest")
    {
        flip_bit(repository_folder / "points" / fmt::format("{:012}.manifest", point), 40);
        expected = "backup_manifest_damaged";
    }
    SUBCASE("figures that the database does not have")
    {
        auto wrong = manifest(point);
        ++wrong.files[0].tables[0].rows;
        repository.save(wrong);
        expected = "backup_figures_differ";
    }
    SUBCASE("another chain head")
    {
        auto wrong = manifest(point);
        wrong.files[0].chain_head[0] = wrong.files[0].chain_head[0] == 'a' ? 'b' : 'a';
        repository.save(wrong);
        expected = "backup_chain_head_differs";
    }
    CHECK(verify(point) == expected);
    CHECK(state_of(point) == backup::PointState::damaged);
    CHECK(verify(run()).empty()); // nothing damaged is taken over into the next point
}

TEST_CASE_FIXTURE(Backups, "a chain that somebody has rewritten does not prove, figures or not")
{
    {
        auto transaction = pool.begin(book);
        transaction.exec("UPDATE audit SET actor = 'nobody'");
        transaction.commit(recorder.append(transaction, {"test", "a", "b", "{}"}));
    }
    CHECK(verify(run()) == "backup_chain_broken");
}

TEST_CASE_FIXTURE(Backups, "a book that is lost stays in every new point as it was")
{
    add_blob();
    auto const good = run();
    pool.close(book);
    fs::remove_all(data / "books");
    with_blob = false;
    for (int i = 0; i < 5; ++i) { // beyond the three generations that are kept
        change(office);
        auto const outcome = backup.run("manual", progress);
        CHECK(fault_of(outcome) == "backup_incomplete");
        REQUIRE(outcome.error().fields.size() == 1);
        CHECK(outcome.error().fields[0].field == "client:1");
        CHECK(outcome.error().fields[0].message == "book_not_saved");
    }
    auto const newest = repository.points().front();
    CHECK(newest > good);
    CHECK(manifest(newest).files.size() == 3);
    CHECK(manifest(newest).blobs.size() == 1);
    CHECK(verify(newest).empty());
}

TEST_CASE_FIXTURE(Backups, "a damaged book does not keep the others from being saved")
{
    run();
    pool.close(book);
    flip_bit(store::path_of(data, book), 100);
    change(office);
    CHECK(fault_of(backup.run("manual", progress)) == "backup_incomplete");
    CHECK(verify(repository.points().front()).empty());
}

TEST_CASE_FIXTURE(Backups, "a blob that is lost here is kept there; lost in both, it is told")
{
    add_blob();
    run();
    fs::remove(blob_source);
    auto const second = run();
    CHECK(manifest(second).blobs.size() == 1);
    CHECK(verify(second).empty());
    fs::remove(repository.blob(book.book_id, blob_id));
    auto const outcome = backup.run("manual", progress);
    CHECK(fault_of(outcome) == "backup_incomplete");
    CHECK(outcome.error().fields.at(0).message == "blob_not_saved");
    CHECK(verify(repository.points().front()).empty()); // everything else can be restored
}

TEST_CASE_FIXTURE(Backups, "a run that is cancelled, or whose disk is full, leaves nothing behind")
{
    auto const first = run();
    auto const before = segments();
    change(office);
    change(book);
    SUBCASE("cancelled")
    {
        progress.stop = true;
        CHECK_THROWS_AS(backup.run("manual", progress), jobs::Cancelled);
        progress.stop = false;
    }
    SUBCASE("a full disk")
    {
        // large enough for the WALs, too small for a snapshot
        FilesAtMost const tight{fs::file_size(segment(first, store::Kind::book)) - 1};
        CHECK_THROWS_AS(backup.run("manual", progress), std::system_error);
    }
    CHECK(repository.points() == std::vector<std::int64_t>{first});
    CHECK(segments() == before);
    CHECK(verify(first).empty());
    CHECK(verify(run()).empty());
}

TEST_CASE_FIXTURE(Backups, "a verification without room for its scratch copy is no verdict")
{
    auto const point = run();
    {
        FilesAtMost const tight{8192};
        CHECK_THROWS_AS(backup.verify(point, progress), std::system_error);
    }
    CHECK(state_of(point) == backup::PointState::complete);
    CHECK(fs::is_empty(data / "tmp"));
    CHECK(verify(point).empty());
}

TEST_CASE_FIXTURE(Backups, "the newest proven point outlives every generation that is not")
{
    auto const proven = run();
    CHECK(verify(proven).empty());
    for (int i = 0; i < 5; ++i) run();
    CHECK(repository.points().size() == 4); // three generations, and the proven one
    CHECK(repository.points().back() == proven);
    CHECK(verify(proven).empty());
}

TEST_CASE_FIXTURE(Backups, "no point is without the keys of its books, whenever they were made")
{
    run();
    keys->create_book_keys("aa112233445566778899aabbccddeeff"); // a client, made meanwhile
    run();
    auto const copy = keyring::read_key_store_copy(repository_folder, test_root());
    CHECK(copy.contents.keys.size() == keys->contents().keys.size());
}

TEST_CASE_FIXTURE(Backups, "a book whose keys were destroyed is out of reach, and in nobody's way")
{
    add_blob();
    auto const point = run();
    keys->destroy_book_keys(book.book_id);
    CHECK(verify(point).empty());
    backup.write_key_copy();
    restore(point);
    CHECK(fs::exists(target / "office.db"));
    CHECK_FALSE(fs::exists(target / "books"));
}

TEST_CASE_FIXTURE(Backups, "another office's repository is refused, its keys stay")
{
    run();
    ScratchFolder const elsewhere;
    auto const other = keyring::Keyring::create(elsewhere.path, test_root(9), clock);
    backup::Backup stranger{
        {pool, *other, jobs, clock, repository_folder, "23:00", 3,
         [] { return std::shared_ptr<void>{}; },
         [](store::Reader const&, std::string const&) { return std::vector<backup::SavedBlob>{}; },
         [](std::string const&, std::string const&) { return fs::path{}; }}
    };
    for (int i = 0; i < 3; ++i) {
        CHECK_THROWS_AS(stranger.write_key_copy(), backup::ForeignRepository);
        CHECK(fault_of(stranger.run("manual", progress)) == "backup_repository_foreign");
    }
    CHECK_NOTHROW(keyring::read_key_store_copy(repository_folder, test_root()));
}

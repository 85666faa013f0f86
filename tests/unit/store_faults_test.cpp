// What the store does when the disk fails it: full, damaged, or cut off in the middle.
#include "bad_disk.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

#include <thread>

namespace {

store::FileId book(int number) { return {store::Kind::book, fmt::format("{:032x}", number), 1}; }

struct Faults : TestOffice {
    void set(store::FileId const& file, std::string const& key, std::string const& value)
    {
        auto transaction = pool.begin(file);
        transaction.exec(
            "INSERT INTO setting (key, value) VALUES (?1, ?2) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            key, value
        );
        transaction.commit(recorder.append(transaction, {"test", "set", "setting", "{}"}));
    }
    std::optional<std::string> get(std::string const& key)
    {
        return pool.read(office).one<std::string>("SELECT value FROM setting WHERE key = ?1", key);
    }
};

} // namespace

TEST_CASE("a commit that is durable is a success, though the checkpoint behind it fails")
{
    ScratchFolder const folder;
    base::SetClock const clock{Instant{}};
    audit::Recorder const recorder{clock, test_root()};
    store::FileId const office{store::Kind::office, {}, 1};
    store::Pool pool{{folder.path, 8, 1}, test_key}; // a checkpoint after each commit
    pool.create(office);
    auto const write = [&](std::string const& key, std::size_t size) {
        auto transaction = pool.begin(office);
        transaction.exec(
            "INSERT INTO setting (key, value) VALUES (?1, ?2)", key, std::string(size, 'x')
        );
        transaction.commit(recorder.append(transaction, {"test", "set", "setting", "{}"}));
    };
    int seen = 0;
    pool.on_commit([&](store::FileId const&) {
        ++seen;
        throw std::runtime_error("an observer fails as well");
    });
    for (int i = 0; i < 20; ++i) write(fmt::format("before {}", i), 20'000);
    {
        auto const size = std::filesystem::file_size(folder.path / "office.db");
        FilesAtMost const tight{size + 4096};
        CHECK_NOTHROW(write("within", 60'000));
    }
    CHECK(seen == 21);
    auto const kept = [&] {
        return pool.read(office).one<std::int64_t>(
            "SELECT length(value) FROM setting WHERE key = 'within'"
        );
    };
    CHECK(kept() == 60'000);
    write("after", 1);
    CHECK(kept() == 60'000);
}

TEST_CASE_FIXTURE(Faults, "a full disk refuses the write, keeps what was there and is called full")
{
    set(office, "kept", std::string(100'000, 'x'));
    {
        FilesAtMost const tight{std::filesystem::file_size(path / "office.db-wal") + 1};
        try {
            set(office, "lost", std::string(100'000, 'y'));
            FAIL("the write must not succeed");
        } catch (store::Error const& error) {
            CHECK_FALSE(error.unique_violation());
        }
        CHECK(get("kept"));
        CHECK_FALSE(get("lost"));
    }
    set(office, "later", "1");
    CHECK(get("kept"));
    CHECK(get("later"));
    CHECK(store::Error("no space", 10, ENOSPC).disk_full());
    CHECK_FALSE(store::Error("broken", 10, EIO).disk_full());
}

TEST_CASE_FIXTURE(Faults, "a damaged page spoils the read that met it, not the next one")
{
    for (int i = 0; i < 40; ++i) set(office, fmt::format("k{}", i), std::string(20'000, 'x'));
    pool.close(office);
    auto const size = static_cast<std::int64_t>(std::filesystem::file_size(path / "office.db"));
    flip_bit(path / "office.db", size - 2000); // an overflow page of a setting
    {
        auto const read = pool.read(office);
        CHECK_THROWS_AS(read.all<std::string>("SELECT value FROM setting"), store::Error);
    }
    CHECK(audit::head_of(pool.read(office)).seq == 40);
    {
        auto transaction = pool.begin(office);
        CHECK_THROWS_AS(transaction.all<std::string>("SELECT value FROM setting"), store::Error);
    }
    auto transaction = pool.begin(office);
    transaction.commit(recorder.append(transaction, {"test", "a", "b", "{}"}));
    CHECK(audit::head_of(pool.read(office)).seq == 41);
}

TEST_CASE_FIXTURE(Faults, "a damaged book closes, and its neighbours go on")
{
    for (int i = 1; i <= 2; ++i) pool.create(book(i));
    for (int i = 1; i <= 2; ++i) {
        auto transaction = pool.begin(book(i));
        transaction.commit(recorder.append(transaction, {"test", "a", "b", "{}"}));
        pool.close(book(i));
    }
    flip_bit(store::path_of(path, book(1)), 100);
    CHECK_THROWS_AS(pool.read(book(1)), store::Error);
    CHECK_THROWS_AS(pool.begin(book(1)), store::Error);
    pool.close(book(1));
    CHECK(audit::head_of(pool.read(book(2))).seq == 1);
}

TEST_CASE("a writer that needs room never waits for a file that somebody else holds")
{
    constexpr int books = 6;
    ScratchFolder const folder;
    base::SetClock const clock{Instant{}};
    audit::Recorder const recorder{clock, test_root()};
    store::Pool pool{{folder.path, 2, 2000}, test_key}; // far fewer handles than the threads use
    for (int i = 0; i < books; ++i) pool.create(book(i));
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 60; ++i) {
                auto transaction = pool.begin(book((t + i) % books));
                auto const neighbour = pool.read(book((t * 5 + i * 7) % books));
                transaction.commit(recorder.append(transaction, {"test", "a", "b", "{}"}));
            }
        });
    for (auto& thread : threads) thread.join();
    std::int64_t rows = 0;
    for (int i = 0; i < books; ++i) rows += audit::head_of(pool.read(book(i))).seq;
    CHECK(rows == 4 * 60);
}

TEST_CASE_FIXTURE(Faults, "reading does not wait for whoever writes the same file")
{
    pool.close(office);
    auto const transaction = pool.begin(office); // opens the file and stays
    std::thread{[&] { CHECK(audit::head_of(pool.read(office)).seq == 0); }}.join();
}

TEST_CASE_FIXTURE(Faults, "a receipt of a write that is over commits no other")
{
    std::optional<store::AuditReceipt> receipt;
    {
        auto transaction = pool.begin(office);
        receipt = recorder.append(transaction, {"test", "a", "b", "{}"});
    }
    auto transaction = pool.begin(office); // most likely in the same place in memory
    transaction.exec("INSERT INTO setting (key, value) VALUES ('unseen', '1')");
    CHECK_THROWS_AS(transaction.commit(*receipt), std::logic_error);
}

TEST_CASE_FIXTURE(Faults, "what a crash left in a WAL is in the file before anything is added")
{
    set(office, "k", "1");
    auto const crashed = path / "crashed";
    std::filesystem::create_directories(crashed);
    for (auto const* name : {"office.db", "office.db-wal"}) // as kill -9 leaves them
        std::filesystem::copy_file(path / name, crashed / name);
    REQUIRE(std::filesystem::file_size(crashed / "office.db-wal") > 0);
    store::Pool after{{crashed, 8, 2000}, test_key};
    {
        auto const opened = after.begin(office);
    }
    CHECK(std::filesystem::file_size(crashed / "office.db-wal") == 0);
    CHECK(after.read(office).one<std::string>("SELECT value FROM setting") == "1");
}

#include "scratch_folder.hpp"
#include "store/engine.hpp"
#include "store/pinned_pages.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <thread>

namespace {

void set(TestOffice& test, std::string const& key, std::string const& value)
{
    auto transaction = test.pool.begin(test.office);
    transaction.exec(
        "INSERT INTO setting (key, value) VALUES (?1, ?2) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        key, value
    );
    transaction.commit(
        test.recorder.append(transaction, {"test", "setting.set", "setting:" + key, "{}"})
    );
}

std::optional<std::string> get(store::Reader const& db, std::string const& key)
{
    return db.one<std::string>("SELECT value FROM setting WHERE key = ?1", key);
}

std::string content_of(std::filesystem::path const& file)
{
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

void write_pages(store::PinnedPages const& pinned, std::filesystem::path const& file)
{
    std::ofstream out{file, std::ios::binary};
    std::array<Byte, store::PinnedPages::page_bytes> page{};
    for (std::uint32_t n = 1; n <= pinned.page_count(); ++n) {
        pinned.read_page(n, page);
        out.write(reinterpret_cast<char const*>(page.data()), page.size());
    }
}

} // namespace

TEST_CASE_FIXTURE(TestOffice, "the engine is new enough, encrypts and notices damage")
{
    auto const facts = store::assert_engine(path / "tmp");
    CHECK(facts.sqlite_version == "3.51.3");
    CHECK(facts.cipher_version.starts_with("4.14"));
    CHECK(std::filesystem::is_empty(path / "tmp"));
}

TEST_CASE_FIXTURE(TestOffice, "what was committed is read back, what was not is gone")
{
    set(*this, "kept", "1");
    {
        auto transaction = pool.begin(office);
        transaction.exec("INSERT INTO setting (key, value) VALUES ('dropped', '1')");
    }
    auto const read = pool.read(office);
    CHECK(get(read, "kept") == "1");
    CHECK_FALSE(get(read, "dropped"));
}

TEST_CASE_FIXTURE(TestOffice, "a receipt of one transaction does not commit another")
{
    pool.create({store::Kind::book, "00112233445566778899aabbccddeeff", 1});
    auto one = pool.begin(office);
    auto other = pool.begin({store::Kind::book, "00112233445566778899aabbccddeeff", 1});
    auto const receipt = recorder.append(one, {"test", "a", "b", "{}"});
    CHECK_THROWS_AS(other.commit(receipt), std::logic_error);
}

TEST_CASE_FIXTURE(TestOffice, "office.db cannot be written without audit")
{
    CHECK_THROWS_AS(pool.batch(office), std::logic_error);
}

TEST_CASE_FIXTURE(TestOffice, "no name stands in clear in any file, the WAL included")
{
    set(*this, "name", "山田太郎商店");
    for (auto const* file : {"office.db", "office.db-wal"}) {
        auto const content = content_of(path / file);
        CHECK(content.size() > 0);
        CHECK(content.find("山田太郎商店") == std::string::npos);
        CHECK(content.find("setting") == std::string::npos);
    }
}

TEST_CASE_FIXTURE(TestOffice, "another key does not open the file")
{
    store::DatabaseKey const wrong;
    pool.close(office);
    CHECK_THROWS_AS(
        store::Connection::open(path / "office.db", wrong, store::Access::write), store::Error
    );
}

TEST_CASE_FIXTURE(TestOffice, "ATTACH is refused")
{
    auto const key = test_key(office);
    auto const db = store::Connection::open(path / "office.db", key, store::Access::write);
    CHECK_THROWS_AS(db->script("ATTACH ':memory:' AS other"), store::Error);
}

TEST_CASE_FIXTURE(TestOffice, "a read sees one moment while others write")
{
    set(*this, "n", "1");
    auto const read = pool.read(office);
    CHECK(get(read, "n") == "1");
    set(*this, "n", "2");
    CHECK(get(read, "n") == "1");
    CHECK(get(pool.read(office), "n") == "2");
}

TEST_CASE_FIXTURE(TestOffice, "many threads write one file without losing a change")
{
    constexpr int writers = 4;
    constexpr int each = 25;
    std::vector<std::thread> threads;
    for (int w = 0; w < writers; ++w)
        threads.emplace_back([&, w] {
            for (int i = 0; i < each; ++i) set(*this, fmt::format("{}-{}", w, i), "x");
        });
    for (auto& thread : threads) thread.join();
    auto const read = pool.read(office);
    CHECK(read.one<std::int64_t>("SELECT count(*) FROM setting") == writers * each);
    CHECK(audit::head_of(read).seq == writers * each);
}

TEST_CASE("more books than handles are served by closing the ones not used for longest")
{
    ScratchFolder const folder;
    base::SetClock const clock{Instant{}};
    audit::Recorder const recorder{clock, test_root()};
    store::Pool pool{{folder.path, 8, 2000}, test_key};
    std::vector<store::FileId> books;
    for (int i = 0; i < 20; ++i) {
        books.push_back({store::Kind::book, fmt::format("{:032x}", i + 1), 1});
        pool.create(books.back());
        auto transaction = pool.begin(books.back());
        transaction.commit(recorder.append(transaction, {"test", "a", "b", "{}"}));
    }
    for (auto const& book : books) CHECK(audit::head_of(pool.read(book)).seq == 1);
    CHECK(pool.open_connections() <= 9);
}

TEST_CASE_FIXTURE(TestOffice, "pinned pages rebuild the pinned moment while writers go on")
{
    for (int i = 0; i < 300; ++i) set(*this, fmt::format("k{}", i), std::string(200, 'x'));
    auto const pinned = store::PinnedPages::pin(pool, office);
    auto const head = audit::head_of(pinned.reader());
    for (int i = 0; i < 300; ++i) set(*this, fmt::format("k{}", i), std::string(300, 'y'));

    auto const copy = path / "copy.db";
    write_pages(pinned, copy);
    auto const key = test_key(office);
    auto const restored = store::Connection::open(copy, key, store::Access::write);
    store::Reader const db{*restored};
    CHECK(audit::head_of(db).hash == head.hash);
    CHECK(db.one<std::int64_t>("SELECT count(*) FROM setting WHERE length(value) = 200") == 300);
}

TEST_CASE_FIXTURE(TestOffice, "pages pinned after a checkpoint stay, though the WAL starts over")
{
    for (int i = 0; i < 50; ++i) set(*this, fmt::format("k{}", i), std::string(200, 'x'));
    pool.close(office); // checkpoints: the WAL is empty now
    auto const pinned = store::PinnedPages::pin(pool, office);
    auto const seq = audit::head_of(pinned.reader()).seq;
    for (int i = 0; i < 2500; ++i) set(*this, "busy", std::to_string(i)); // passes a checkpoint
    auto const copy = path / "copy.db";
    write_pages(pinned, copy);
    auto const restored = store::Connection::open(copy, test_key(office), store::Access::write);
    CHECK(audit::head_of(store::Reader{*restored}).seq == seq);
}

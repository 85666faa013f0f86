// A restore in place, cut off at every moment of the exchange.
#include "backup/in_place.hpp"
#include "base/files.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

#include <set>

namespace {

namespace fs = std::filesystem;
using Names = std::initializer_list<char const*>;

struct Exchange : ScratchFolder {
    fs::path const work = path / "restoring";
    Instant const now{std::chrono::seconds{1'795'000'000}};
    backup::InPlace place{path};

    Exchange()
    {
        fill(path, "old");
        put(path / ".lock", "");
    }
    static void put(fs::path const& file, std::string_view text)
    {
        base::make_private_folder(file.parent_path());
        base::create_file(file, base::as_bytes(text));
    }
    static void fill(fs::path const& folder, std::string_view what)
    {
        for (auto const* name : {"office.db", "keyring.db", "books/1/book.db"})
            put(folder / name, what);
        if (what == "old") put(folder / "index.db", what); // not restored: rebuilt
    }
    std::string text_of(fs::path const& file) const
    {
        auto const bytes = base::read_file(file, 100);
        return std::string{base::as_text(bytes)};
    }
    bool holds(fs::path const& folder, std::string_view what) const
    {
        for (auto const* name : {"office.db", "keyring.db", "books/1/book.db"})
            if (!fs::exists(folder / name) || text_of(folder / name) != what) return false;
        return true;
    }
    std::set<std::string> names() const
    {
        std::set<std::string> all;
        for (auto const& entry : fs::directory_iterator{path})
            all.insert(entry.path().filename().string());
        return all;
    }
    // The exchange, as far as a run came before it was cut off.
    void prove()
    {
        fill(place.prepare(), "new");
        place.proven();
    }
    void move_out(Names names = {"books", "index.db", "office.db", "keyring.db"})
    {
        base::make_private_folder(work / "old");
        for (auto const* name : names) fs::rename(path / name, work / "old" / name);
    }
    void move_in(Names names = {"books", "office.db", "keyring.db"})
    {
        fs::rename(work / "proven", work / "placing");
        for (auto const* name : names) fs::rename(work / "placing" / name, path / name);
    }
    void finishes(std::string const& aside = "before-restore-20261118-200640")
    {
        CHECK(place.begun());
        auto const old = place.finish(now);
        REQUIRE(old);
        CHECK(holds(path, "new"));
        CHECK(holds(*old, "old"));
        CHECK(fs::exists(*old / "index.db"));
        CHECK_FALSE(place.begun());
        CHECK(old->filename() == aside);
        CHECK(names() == std::set<std::string>{".lock", "office.db", "keyring.db", "books", aside});
    }
};

} // namespace

TEST_CASE_FIXTURE(Exchange, "while the copy is made the old data stand, and nothing has begun")
{
    fill(place.prepare(), "new");
    CHECK_FALSE(place.begun());
    CHECK(holds(path, "old"));
    prove(); // cut off, and done again
    finishes();
}

TEST_CASE_FIXTURE(Exchange, "cut off before anything is moved, and taken back")
{
    prove();
    CHECK(place.begun());
    SUBCASE("finished") { finishes(); }
    SUBCASE("withdrawn")
    {
        place.withdraw();
        CHECK_FALSE(place.begun());
        CHECK(holds(path, "old"));
        CHECK_FALSE(fs::exists(work));
    }
}

TEST_CASE_FIXTURE(Exchange, "cut off while the old is moved out")
{
    prove();
    SUBCASE("at the first") { move_out({}); }
    SUBCASE("half way") { move_out({"books", "index.db"}); }
    SUBCASE("at the last") { move_out(); }
    CHECK_THROWS_AS(place.prepare(), std::logic_error); // the old data are in there
    CHECK_THROWS_AS(place.withdraw(), std::logic_error);
    finishes();
}

TEST_CASE_FIXTURE(Exchange, "cut off while the new is moved in")
{
    prove();
    move_out();
    SUBCASE("at the first") { move_in({}); }
    SUBCASE("half way") { move_in({"office.db"}); }
    SUBCASE("at the last") { move_in(); }
    CHECK_THROWS_AS(place.prepare(), std::logic_error);
    finishes();
}

TEST_CASE_FIXTURE(Exchange, "cut off when only the marks are left")
{
    prove();
    move_out();
    move_in();
    fs::rename(work / "old", path / "before-restore-1");
    CHECK(place.begun());
    CHECK_FALSE(place.finish(now)); // told where the old lie by the run that was cut off
    CHECK(holds(path, "new"));
    CHECK(holds(path / "before-restore-1", "old"));
    CHECK_FALSE(fs::exists(work));
}

TEST_CASE_FIXTURE(Exchange, "two restores in one second keep both old states")
{
    prove();
    finishes();
    fill(place.prepare(), "newer");
    place.proven();
    auto const old = place.finish(now);
    REQUIRE(old);
    CHECK(old->filename() == "before-restore-20261118-200640-2");
    CHECK(holds(*old, "new"));
    CHECK(holds(path, "newer"));
}

TEST_CASE("a restore into an empty data folder has nothing to keep")
{
    ScratchFolder const folder;
    backup::InPlace place{folder.path};
    Exchange::fill(place.prepare(), "new");
    place.proven();
    CHECK_FALSE(place.finish(Instant{}));
    CHECK(fs::exists(folder.path / "office.db"));
}

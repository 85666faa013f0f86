#include "audit/history.hpp"
#include "domain/text.hpp"
#include "employees/ledger_rows.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

namespace {

using employees::Employee, employees::Ledger;

Date day(char const* text) { return parse_date(text).value(); }

struct Book : TestOffice { // clock: 2026-11-18
    store::FileId const book{store::Kind::book, std::string(32, 'c'), 1};
    Date const today = domain::date_in_japan(clock.now());

    Book() { pool.create(book); }

    static Ledger ledger(std::string const& number = "1")
    {
        Ledger made;
        made.basic.number = number;
        made.basic.birth_date = day("1990-04-01");
        made.basic.hired_on = day("2012-04-01");
        made.name.last_name = "髙橋";
        made.name.first_name = "愛";
        made.name.last_kana = "タカハシ";
        made.name.first_kana = "アイ";
        made.address.emplace();
        made.address->city = "港区";
        made.remuneration.emplace();
        made.remuneration->health_standard = Yen{300'000};
        made.tax.emplace();
        CHECK(employees::tidy(made).empty());
        return made;
    }
    std::int64_t add(Ledger const& what)
    {
        auto transaction = pool.begin(book);
        auto const written = employees::write_employee(
            transaction, recorder, what, {}, "account:1", "employee.create", clock.now()
        );
        transaction.commit(written.receipt);
        return written.id;
    }
    void save(std::int64_t id, Ledger const& what)
    {
        auto transaction = pool.begin(book);
        auto const before = employees::read_employee(transaction, id, today);
        auto const written = employees::write_employee(
            transaction, recorder, what, before, "account:1", "employee.update", clock.now()
        );
        transaction.commit(written.receipt);
    }
    Employee read(std::int64_t id, char const* as_of = nullptr)
    {
        return employees::read_employee(pool.read(book), id, as_of ? day(as_of) : today).value();
    }
    template <class T> T row(store::Sql sql, std::int64_t id)
    {
        return pool.read(book).one<T>(sql, id).value();
    }
    std::vector<std::string> changed_fields(std::int64_t id) // by the last change
    {
        auto const history = audit::history_of(pool.read(book), employees::object_of(id), 10);
        std::vector<std::string> fields;
        for (auto const& change : history.items.at(0).changes) fields.push_back(change.field);
        return fields;
    }
};

using Fields = std::vector<std::string>;

} // namespace

TEST_CASE_FIXTURE(Book, "a record comes back as it was written, with its row for lists")
{
    auto const id = add(ledger());
    auto const back = read(id);
    CHECK(back.version == 1);
    CHECK(json::to(back.ledger) == json::to(ledger()));
    CHECK(row<std::string>("SELECT name FROM employee WHERE id = ?1", id) == "髙橋　愛");
    CHECK(row<std::string>("SELECT name_key FROM employee WHERE id = ?1", id) == "高橋愛");
    CHECK(row<std::string>("SELECT kana_key FROM employee WHERE id = ?1", id) == "タカハシアイ");
    CHECK(row<std::int64_t>("SELECT health_standard FROM employee WHERE id = ?1", id) == 300'000);
    CHECK_FALSE(employees::read_employee(pool.read(book), id + 1, today));
}

TEST_CASE_FIXTURE(Book, "the same 適用日 corrects a version, another one adds a version")
{
    auto const id = add(ledger());
    auto corrected = ledger();
    corrected.address->city = "品川区";
    save(id, corrected);
    CHECK(read(id).versions.addresses.size() == 1);
    CHECK(read(id).ledger.address->city == "品川区");
    CHECK(read(id).version == 2);

    auto moved = corrected;
    moved.address->city = "大田区";
    moved.address->valid_from = day("2020-01-01");
    save(id, moved);
    auto const back = read(id);
    REQUIRE(back.versions.addresses.size() == 2);
    CHECK(back.versions.addresses[0].city == "大田区"); // newest first
    CHECK(back.versions.addresses[1].city == "品川区");
    CHECK(back.ledger.address->city == "大田区");
    CHECK(read(id, "2019-12-31").ledger.address->city == "品川区");
    CHECK(read(id, "2020-01-01").ledger.address->city == "大田区");
    CHECK(read(id, "2000-01-01").ledger.address->city == "品川区"); // before all: the first to come
}

TEST_CASE_FIXTURE(Book, "a version that begins later waits for its day")
{
    auto const id = add(ledger());
    auto married = ledger();
    married.name.last_name = "佐藤";
    married.name.last_kana = "サトウ";
    married.name.valid_from = day("2027-01-01");
    save(id, married);
    CHECK(read(id).ledger.name.last_name == "髙橋");
    CHECK(row<std::string>("SELECT name FROM employee WHERE id = ?1", id) == "髙橋　愛");
    CHECK(read(id, "2027-01-01").ledger.name.last_name == "佐藤");
    CHECK(changed_fields(id) == Fields{"name.valid_from", "name.last_name", "name.last_kana"});
}

TEST_CASE_FIXTURE(Book, "a dated section that is left out stays as it is, and no change is claimed")
{
    auto const id = add(ledger());
    auto without = ledger();
    without.address.reset();
    without.basic.note = "新しいメモ";
    save(id, without);
    CHECK(read(id).ledger.address->city == "港区");
    CHECK(changed_fields(id) == Fields{"basic.note"});
}

TEST_CASE_FIXTURE(Book, "a section without history goes when it is left out")
{
    auto const id = add(ledger());
    auto without = ledger();
    without.tax.reset();
    save(id, without);
    CHECK_FALSE(read(id).ledger.tax);
    auto again = ledger();
    again.relatives.resize(1);
    again.relatives[0].relation = "妻";
    again.relatives[0].last_name = "髙橋";
    again.relatives[0].first_name = "花";
    CHECK(employees::tidy(again).empty());
    save(id, again);
    CHECK(read(id).ledger.relatives.size() == 1);
    save(id, ledger());
    CHECK(read(id).ledger.relatives.empty());
}

TEST_CASE_FIXTURE(Book, "a 社員番号 is there once, retired people included")
{
    auto retired = ledger("7");
    retired.basic.attendance = domain::Attendance::retired;
    retired.basic.retired_on = day("2020-03-31");
    auto const first = add(retired);
    CHECK_THROWS_AS(add(ledger("7")), store::Error);
    auto const second = add(ledger("8"));
    try {
        save(second, ledger("7"));
        FAIL("taken");
    } catch (store::Error const& error) {
        CHECK(error.unique_violation());
    }
    CHECK(read(second).ledger.basic.number == "8"); // nothing of it stayed
    CHECK(read(second).version == 1);
    CHECK(first != second);
}

TEST_CASE_FIXTURE(Book, "every write leaves one audit row that names what changed")
{
    auto const id = add(ledger());
    auto changed = ledger();
    changed.basic.telephone = "090-0123-4567";
    changed.remuneration->health_standard = Yen{320'000};
    save(id, changed);
    CHECK(changed_fields(id) == Fields{"basic.telephone", "remuneration.health_standard"});
    auto const read = pool.read(book);
    CHECK(audit::head_of(read).seq == 2);
    CHECK(audit::first_bad_row(read, audit::chain_key(test_root(), book)) == 0);
    auto const actor = read.one<std::string>("SELECT actor FROM audit WHERE seq = 2");
    CHECK(actor == "account:1");
}

TEST_CASE_FIXTURE(Book, "an import is undone to the last letter")
{
    auto const id = add(ledger());
    auto const snapshot = employees::snapshot_of(pool.read(book), id);
    auto changed = ledger();
    changed.address->city = "大田区";
    changed.address->valid_from = day("2021-01-01");
    changed.tax.reset();
    changed.basic.number = "99";
    save(id, changed);
    {
        auto transaction = pool.begin(book);
        auto const receipt =
            employees::put_back(transaction, recorder, id, snapshot, "account:1", clock.now());
        transaction.commit(receipt);
    }
    auto const back = read(id);
    CHECK(json::to(back.ledger) == json::to(ledger()));
    CHECK(back.versions.addresses.size() == 1);
    CHECK(back.version == 3); // whoever has seen version 2 must look again
    CHECK(employees::snapshot_of(pool.read(book), id) == snapshot);
    CHECK(row<std::string>("SELECT number FROM employee WHERE id = ?1", id) == "1");
}

TEST_CASE_FIXTURE(Book, "whoever an import has added is gone when it is undone")
{
    auto const id = add(ledger());
    auto transaction = pool.begin(book);
    transaction.commit(
        employees::put_back(transaction, recorder, id, std::nullopt, "account:1", clock.now())
    );
    auto const read = pool.read(book);
    CHECK_FALSE(employees::read_employee(read, id, today));
    CHECK(read.one<std::int64_t>("SELECT count(*) FROM section") == 0);
    CHECK(audit::head_of(read).seq == 2);
}

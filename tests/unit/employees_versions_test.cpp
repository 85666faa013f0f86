// 適用日: what a change of a dated section says in the history, and taking a version away.
#include "audit/history.hpp"
#include "employees/ledger_rows.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

using namespace employees;

namespace {

Date day(char const* text) { return parse_date(text).value(); }

struct Book : TestOffice {
    store::FileId const book{store::Kind::book, "b1", 1};
    std::int64_t id = 0;

    Book()
    {
        pool.create(book);
        Ledger ledger;
        ledger.basic.number = "1";
        ledger.basic.birth_date = day("1988-07-14");
        ledger.name = {day("2012-04-01"), "髙﨑", "祐太朗", "タカサキ", "ユウタロウ", {}, {}, {}};
        ledger.employment = employed("2012-04-01", "製造部");
        write(ledger);
    }
    static Employment employed(char const* from, char const* department)
    {
        Employment employment;
        employment.valid_from = day(from);
        employment.department = department;
        return employment;
    }
    Employee read(char const* as_of)
    {
        return read_employee(pool.read(book), id, day(as_of)).value();
    }
    void write(Ledger const& ledger)
    {
        auto transaction = pool.begin(book);
        std::optional<Employee> before;
        if (id != 0) before = read_employee(transaction, id, domain::date_in_japan(clock.now()));
        auto const* const action = id == 0 ? "employee.create" : "employee.update";
        auto const written =
            write_employee(transaction, recorder, ledger, before, "account:1", action, clock.now());
        id = written.id;
        transaction.commit(written.receipt);
    }
    void change_employment(Employment employment)
    {
        auto ledger = read("2026-11-20").ledger;
        ledger.employment = std::move(employment);
        write(ledger);
    }
    bool remove(DatedSection section, char const* from)
    {
        auto transaction = pool.begin(book);
        auto const before = read_employee(transaction, id, day("2026-11-20")).value();
        auto const written = remove_version(
            transaction, recorder, before, section, day(from), "account:1", clock.now()
        );
        if (written) transaction.commit(written->receipt);
        return written.has_value();
    }
    std::vector<std::string> last_changes()
    {
        std::vector<std::string> out;
        auto const history = audit::history_of(pool.read(book), object_of(id), 1);
        for (auto const& change : history.items.at(0).changes)
            out.push_back(
                change.field + " " + json::serialize(change.from) + " " + json::serialize(change.to)
            );
        return out;
    }
};

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE_FIXTURE(Book, "a new version is compared with the one that it follows")
{
    change_employment(employed("2020-04-01", "営業部"));
    CHECK(
        last_changes() ==
        Lines{
            R"(employment.valid_from "2012-04-01" "2020-04-01")",
            R"(employment.department "製造部" "営業部")"
        }
    );
}

TEST_CASE_FIXTURE(Book, "correcting an old version is compared with that version, not with today's")
{
    change_employment(employed("2020-04-01", "営業部"));
    change_employment(employed("2012-04-01", "製造一部"));
    CHECK(last_changes() == Lines{R"(employment.department "製造部" "製造一部")"});
    CHECK(read("2026-11-20").ledger.employment->department == "営業部");
}

TEST_CASE_FIXTURE(Book, "a dated section that is not sent stays and is not said to have changed")
{
    auto ledger = read("2026-11-20").ledger;
    ledger.employment.reset();
    ledger.basic.telephone = "03-1111-2222";
    write(ledger);
    CHECK(last_changes() == Lines{R"(basic.telephone null "03-1111-2222")"});
    CHECK(read("2026-11-20").ledger.employment->department == "製造部");
}

TEST_CASE_FIXTURE(Book, "a version with a mistyped 適用日 can be taken away, lists follow")
{
    change_employment(employed("2020-04-01", "営業部"));
    CHECK(remove(DatedSection::employment, "2020-04-01"));
    CHECK(read("2026-11-20").ledger.employment->department == "製造部");
    CHECK(pool.read(book).one<std::string>("SELECT department FROM employee") == "製造部");
    CHECK(last_changes().front() == R"(employment.valid_from "2020-04-01" null)");
    CHECK_FALSE(remove(DatedSection::employment, "2020-04-01"));
    CHECK(remove(DatedSection::employment, "2012-04-01"));
    CHECK_FALSE(read("2026-11-20").ledger.employment);
}

TEST_CASE_FIXTURE(
    Book, "a version that was entered ahead of its day is in the lists from that day on"
)
{
    auto const department = [&] {
        return pool.read(book).one<std::string>("SELECT department FROM employee").value();
    };
    auto const due = [&](char const* on) {
        return people_with_due_versions(pool.read(book), day(on));
    };
    change_employment(employed("2026-12-01", "営業部"));
    CHECK(department() == "製造部");
    CHECK(due("2026-11-30").empty());
    REQUIRE(due("2026-12-01").size() == 1);

    clock.advance(std::chrono::hours{24 * 30});
    auto transaction = pool.begin(book);
    transaction.commit(begin_due_version(transaction, recorder, id, clock.now()));
    CHECK(department() == "営業部");
    CHECK(due("2026-12-20").empty());
    CHECK(last_changes().empty());
}

TEST_CASE_FIXTURE(Book, "the only 氏名 cannot be taken away")
{
    CHECK_FALSE(remove(DatedSection::name, "2012-04-01"));
    CHECK(read("2026-11-20").ledger.name.last_name == "髙﨑");
}

TEST_CASE_FIXTURE(Book, "what one step did to many people is one item of the client's history")
{
    id = 0;
    Ledger ledger;
    ledger.basic.birth_date = day("1990-01-01");
    ledger.name = {day("2012-04-01"), "佐藤", "花", "サトウ", "ハナ", {}, {}, {}};
    auto transaction = pool.begin(book);
    std::optional<store::AuditReceipt> receipt;
    clock.advance(std::chrono::seconds{5});
    for (int i = 10; i < 15; ++i) {
        ledger.basic.number = std::to_string(i);
        receipt = write_employee(
                      transaction, recorder, ledger, {}, "account:1", "employee.create", clock.now()
        )
                      .receipt;
    }
    transaction.commit(*receipt);
    auto const steps = audit::steps_of_kind(pool.read(book), "employee", 10);
    REQUIRE(steps.items.size() == 2);
    CHECK(steps.items.at(0).count == 5);
    CHECK(steps.items.at(0).changes.empty());
    CHECK(steps.items.at(1).object == "employee:1");
}

#include "asked.hpp"
#include "employees/employees.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

namespace {

using employees::Employee, employees::EmployeeSearch, employees::Ledger;

struct Staff : TestOffice { // 従業員 of one client, over the functions behind the routes
    store::FileId const book{store::Kind::book, std::string(32, 'd'), 1};
    employees::Employees employees{{pool, recorder, [](std::string const& actor) {
                                        return "<" + actor + ">";
                                    }}};
    std::deque<Asked> asked_; // alive as long as the test

    Staff() { pool.create(book); }

    http::Call& call() { return asked_.emplace_back(clock.now()).client(1, book).call; }
    http::Call& call(std::int64_t id, std::int64_t version)
    {
        auto& asked = asked_.emplace_back(clock.now());
        return asked.client(1, book).param("employee_id", id).seen(version).call;
    }
    static Ledger ledger(
        std::string const& number,
        std::string const& last = "山田",
        std::string const& kana = "ヤマダ"
    )
    {
        Ledger made;
        made.basic.number = number;
        made.basic.birth_date = *parse_date("1990-04-01");
        made.basic.hired_on = parse_date("2012-04-01");
        made.name.last_name = last;
        made.name.first_name = "太郎";
        made.name.last_kana = kana;
        made.name.first_kana = "タロウ";
        return made;
    }
    Employee add(Ledger const& what)
    {
        auto made = employees.post(call(), what);
        REQUIRE(made.has_value());
        return made->body;
    }
    std::string found(EmployeeSearch const& wanted)
    {
        std::string numbers;
        auto const list = employees.search(call(), wanted);
        for (auto const& person : list->employees) numbers += person.number + " ";
        return numbers;
    }
    std::string found(std::string const& text)
    {
        EmployeeSearch wanted;
        wanted.text = text;
        return found(wanted);
    }
};

} // namespace

TEST_CASE_FIXTURE(Staff, "people are found by the beginning of name, kana or number")
{
    add(ledger("001"));
    add(ledger("002", "髙橋", "タカハシ"));
    add(ledger("010", "山﨑", "ヤマザキ"));
    CHECK(found("") == "001 002 010 ");
    CHECK(found("やま") == "001 010 ");
    CHECK(found("ﾔﾏﾀﾞ") == "001 ");
    CHECK(found("高橋") == "002 ");
    CHECK(found("髙") == "002 ");
    CHECK(found("山崎") == "010 ");
    CHECK(found("ヤマダ　タ") == "001 ");
    CHECK(found("００") == "001 002 ");
    CHECK(found("太郎").empty()); // a prefix of the whole name, not of its parts
    CHECK(found("%") == "");
    CHECK(found("　・") == "001 002 010 ");
}

TEST_CASE_FIXTURE(Staff, "lists sort, filter and page")
{
    for (int i = 1; i <= 7; ++i) {
        auto one = ledger(fmt::format("{:03}", i));
        one.employment.emplace();
        one.employment->department = i % 2 == 0 ? "営業部" : "総務部";
        if (i == 3) {
            one.basic.attendance = domain::Attendance::retired;
            one.basic.retired_on = parse_date("2020-03-31");
        }
        if (i == 4) one.basic.attendance = domain::Attendance::on_leave;
        add(one);
    }
    EmployeeSearch wanted;
    wanted.attendance = "present";
    CHECK(found(wanted) == "001 002 004 005 006 007 ");
    wanted.attendance = "retired";
    CHECK(found(wanted) == "003 ");
    wanted.attendance.reset();
    wanted.department = "営業部";
    wanted.sort = "-number";
    CHECK(found(wanted) == "006 004 002 ");
    EmployeeSearch page;
    page.size = 3;
    page.page = 3;
    CHECK(found(page) == "007 ");
    auto const list = employees.search(call(), page);
    CHECK(list->total == 7);
    CHECK(list->departments.size() == 2);
    page.size = 201;
    CHECK(employees.search(call(), page).error().code == "invalid_fields");
}

TEST_CASE_FIXTURE(Staff, "of two who edit one person the second is told, with both versions")
{
    auto const person = add(ledger("1"));
    auto mine = person.ledger;
    mine.basic.telephone = "090-0123-4567";
    auto const saved = employees.put(call(person.id, 1), mine);
    REQUIRE(saved.has_value());
    CHECK(saved->version == 2);
    auto const late = employees.put(call(person.id, 1), person.ledger);
    REQUIRE_FALSE(late.has_value());
    CHECK(late.error().fault == Fault::conflict);
    CHECK(late.error().code == "version_conflict");
    CHECK(late.error().context.find("090-0123-4567") != std::string::npos);
    CHECK(employees.put(call(99, 1), person.ledger).error().code == "not_found");
    auto& blind = call();
    blind.params.emplace_back("employee_id", "1");
    CHECK(employees.put(blind, person.ledger).error().code == "precondition_required");
}

TEST_CASE_FIXTURE(
    Staff, "a number that is taken and an establishment that is not there are refused"
)
{
    add(ledger("1"));
    auto const taken = employees.post(call(), ledger("１"));
    REQUIRE_FALSE(taken.has_value());
    CHECK(taken.error().code == "employee_number_taken");
    CHECK(taken.error().fields.at(0).field == "basic.number");
    auto lost = ledger("2");
    lost.employment.emplace();
    lost.employment->establishment_id = 5;
    CHECK(employees.post(call(), lost).error().fields.at(0).field == "employment.establishment_id");
}

TEST_CASE_FIXTURE(Staff, "retiring and taking back leave a history that names who did it")
{
    auto const person = add(ledger("1"));
    auto const retired =
        employees.retire(call(person.id, 1), {*parse_date("2026-03-31"), "自己都合"});
    REQUIRE(retired.has_value());
    CHECK(retired->ledger.basic.attendance == domain::Attendance::retired);
    CHECK(retired->ledger.basic.retired_on == parse_date("2026-03-31"));
    CHECK(
        employees.retire(call(person.id, 2), {*parse_date("2026-03-31"), {}}).error().code ==
        "already_retired"
    );
    auto const early = employees.reinstate(call(person.id, 1));
    CHECK(early.error().code == "version_conflict");
    auto const back = employees.reinstate(call(person.id, 2));
    REQUIRE(back.has_value());
    CHECK_FALSE(back->ledger.basic.retired_on);
    CHECK(employees.reinstate(call(person.id, 3)).error().code == "not_retired");

    auto const history = employees.history(call(person.id, 0));
    REQUIRE(history->items.size() == 3);
    CHECK(history->items[0].action == "employee.reinstate");
    CHECK(history->items[1].action == "employee.retire");
    CHECK(history->items[2].action == "employee.create");
    CHECK(history->items[1].actor == "<account:1>");
    CHECK(employees.history(call(99, 0)).error().code == "not_found");
}

TEST_CASE_FIXTURE(Staff, "nobody retires before they were hired")
{
    auto const person = add(ledger("1"));
    auto const odd = employees.retire(call(person.id, 1), {*parse_date("2011-03-31"), {}});
    REQUIRE_FALSE(odd.has_value());
    CHECK(odd.error().fields.at(0).field == "basic.retired_on");
}

TEST_CASE_FIXTURE(Staff, "people of an ended client can be read, not changed")
{
    auto const person = add(ledger("1"));
    auto& change = call(person.id, 1);
    change.client.ended = true;
    CHECK(employees.put(change, person.ledger).error().code == "client_ended");
    auto& look = call(person.id, 0);
    look.client.ended = true;
    CHECK(employees.get(look).has_value());
}

TEST_CASE_FIXTURE(Staff, "a record as of a day")
{
    auto const person = add(ledger("1"));
    auto married = person.ledger;
    married.name.last_name = "佐藤";
    married.name.valid_from = parse_date("2020-06-01");
    REQUIRE(employees.put(call(person.id, 1), married).has_value());
    auto& then = call(person.id, 0);
    asked_.back().request.query = "as_of=2020-05-31";
    CHECK(employees.get(then)->ledger.name.last_name == "山田");
    asked_.back().request.query = "as_of=2020-06-01";
    CHECK(employees.get(then)->ledger.name.last_name == "佐藤");
    asked_.back().request.query = "as_of=2020-06-31";
    CHECK(employees.get(then).error().fields.at(0).message == "not_a_date");
}

#pragma once
// Made-up 従業員: a ledger as it was first written, and as it was after each change since.
#include "base/present.hpp"
#include "demo/company.hpp"
#include "employees/ledger.hpp"

#include <functional>
#include <list>

namespace demo {

struct Person {
    std::vector<employees::Ledger> states; // at least one; the last is how it stands
};

std::vector<Person> make_people(Company const& company, Date today);

// ---- The parts of one record, each in its own file.

struct Change {
    Date on;
    std::function<void(employees::Ledger&)> apply;
};

struct Draft {
    Draft(Company const& of, Date day, Dice with) : company(of), today(day), dice(with) {}

    Company const& company;
    Date today;
    Dice dice;
    std::int64_t number = 0; // from 1, in order of hiring
    bool head = false;       // 代表者
    bool officer = false;
    Date hired{};
    std::optional<Date> left;
    Date birth{};
    HumanName name;
    Nation const* nation = nullptr; // foreigners only
    View status;                    // 在留資格
    bool student = false;           // 留学, 昼間学生
    std::int64_t weekly = 0;        // 所定労働時間, minutes
    Place const* home = nullptr;
    employees::Ledger first;
    std::list<Change> changes; // a list keeps those of one day in order when it is sorted

    // Of the first ledger, once they are filled.
    employees::Employment const& employment() const { return base::present(first.employment); }
    employees::Address& address() { return base::present(first.address); }
    bool female() const { return first.basic.sex == domain::Sex::female; }
    Date last_day() const { return left.value_or(today); }
    bool short_hours_only() const // 資格外活動: at most 28 hours a week
    {
        return status == "留学" || status == "家族滞在";
    }
    int age() const { return domain::age_on(birth, last_day()); }
    void later(Date on, std::function<void(employees::Ledger&)> apply)
    {
        changes.push_back({on, std::move(apply)});
    }
};

void add_pay(Draft& draft);       // 報酬, with 定時決定
void add_insurance(Draft& draft); // 健保・厚年・雇保, 在留資格
void add_family(Draft& draft);    // 家族, 税, 婚姻 (改姓・転居)

employees::Address make_address(Dice& dice, Place const& place);
void move_house(employees::Ledger& ledger, employees::Address const& address); // with the family
std::string one_line(employees::Address const& address);
Place const& home_near(Dice& dice, Place const& work);

} // namespace demo

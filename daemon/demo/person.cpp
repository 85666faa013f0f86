#include "demo/person.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace demo {

namespace {

using domain::Attendance, domain::EmploymentType, domain::Sex;

struct Career { // 入社 and 退職 of one person
    Date hired{};
    std::optional<Date> left;
    bool head = false;
    bool officer = false;
};

Date hiring_day(Dice& dice, Company const& company, Date today)
{
    auto const draw = dice.between(0, 99);
    auto const years = draw < 12   ? dice.between(0, 0)
                       : draw < 34 ? dice.between(1, 2)
                       : draw < 70 ? dice.between(3, 9)
                       : draw < 94 ? dice.between(10, 24)
                                   : dice.between(25, 38);
    auto const latest = domain::add_years(today, -static_cast<int>(years));
    auto day = dice.day(domain::add_years(latest, -1), latest);
    if (dice.percent(45)) day = Date{day.year(), std::chrono::April, std::chrono::day{1}};
    if (day > today) day = domain::add_years(day, -1);
    return std::max(day, company.founded);
}

std::list<Career> careers_of(Company const& company, Date today)
{
    auto dice = company.dice.branch(0);
    std::list<Career> careers; // a list keeps those of one day in order when it is sorted
    auto const officers = company.corporation ? 1 + (company.people >= 8 ? 1 : 0) +
                                                    std::min<std::int64_t>(company.people / 60, 5)
                                              : 0;
    for (std::int64_t i = 0; i < company.people; ++i) {
        Career career;
        career.officer = i < officers;
        career.head = company.corporation && i == 0;
        career.hired = hiring_day(dice, company, today);
        if (career.head) {
            auto const grown_up = domain::add_years(company.head_birth, 26);
            career.hired = std::max(company.founded, grown_up);
        } else if (!career.officer && company.people >= 3 && dice.percent(19)) {
            auto const recent = std::max(career.hired, domain::add_years(today, -7));
            career.left = dice.day(plus_days(recent, 20), plus_days(today, -1));
            if (dice.percent(60)) // the last day of a month
                career.left = Date{career.left->year() / career.left->month() / std::chrono::last};
            if (*career.left >= today) career.left.reset();
        }
        careers.push_back(career);
    }
    careers.sort([](Career const& a, Career const& b) {
        return a.head != b.head ? a.head : a.hired < b.hired;
    });
    return careers;
}

int age_at_hiring(Dice& dice)
{
    auto const draw = dice.between(0, 99);
    if (draw < 14) return 18;
    if (draw < 22) return 20;
    if (draw < 45) return 22;
    if (draw < 86) return static_cast<int>(dice.between(23, 45));
    return static_cast<int>(dice.between(46, 64));
}

void give_birth_date(Draft& draft)
{
    auto& dice = draft.dice;
    if (draft.head) {
        draft.birth = draft.company.head_birth;
        return;
    }
    auto const age = draft.officer ? static_cast<int>(dice.between(25, 50)) : age_at_hiring(dice);
    auto const latest = domain::add_years(draft.hired, -age);
    draft.birth = dice.day(plus_days(domain::add_years(latest, -1), 1), latest);
    while (draft.age() > 76) draft.birth = domain::add_years(draft.birth, 9);
    if (auto const youngest = domain::add_years(draft.hired, -18); draft.birth > youngest)
        draft.birth = youngest;
}

// The name in katakana or kanji, and in Latin letters as on the 在留カード.
void give_foreign_name(Draft& draft)
{
    auto& dice = draft.dice;
    draft.nation = &tables().nations.pick(dice);
    auto const& family = dice.pick(draft.nation->families);
    auto const& given = dice.pick(draft.female() ? draft.nation->females : draft.nation->males);
    draft.name = {
        std::string{family.text},
        std::string{given.text},
        std::string{family.kana},
        std::string{given.kana},
        {}
    };
    auto& name = draft.first.name;
    name.roman_name = fmt::format("{} {}", family.roman, given.roman);
    if (family.text == family.kana && dice.percent(30)) { // kept in Latin letters
        draft.name.last = family.roman;
        draft.name.first = given.roman;
    }
    do draft.status = dice.pick(draft.nation->statuses);
    while (draft.status == "留学" && draft.age() > 28);
    draft.student = draft.status == "留学";
    if (dice.percent(12)) { // 通称
        auto const other = make_name(dice, draft.first.basic.sex, draft.birth);
        name.business_name = other.last + "　" + other.first;
    }
}

void give_name(Draft& draft)
{
    auto& dice = draft.dice;
    auto const& company = draft.company;
    if (draft.head) {
        draft.name = company.head;
    } else if (!draft.officer && dice.per_mille(company.industry->foreign_per_mille)) {
        give_foreign_name(draft);
    } else {
        draft.name = make_name(dice, draft.first.basic.sex, draft.birth);
        if (draft.officer && dice.percent(55)) { // 同族会社
            draft.name.last = company.head.last;
            draft.name.last_kana = company.head.last_kana;
            draft.name.usual_last = company.head.usual_last;
        }
    }
    auto& name = draft.first.name;
    name.valid_from = draft.hired;
    name.last_name = draft.name.last;
    name.first_name = draft.name.first;
    name.last_kana = draft.name.last_kana;
    name.first_kana = draft.name.first_kana;
    if (!draft.name.usual_last.empty() && dice.percent(60))
        name.filing_name = draft.name.usual_last + "　" + draft.name.first;
}

std::string employee_number(Draft const& draft)
{
    auto const year = static_cast<int>(draft.hired.year()) % 100;
    switch (draft.company.dice.branch(1).between(0, 3)) { // each company has its way
    case 0: return fmt::format("{:04}", draft.number);
    case 1: return fmt::format("E-{:04}", draft.number);
    case 2: return fmt::format("{:02}{:04}", year, draft.number);
    default: return fmt::format("{}", 1000 + draft.number);
    }
}

void fill_basic(Draft& draft)
{
    auto& dice = draft.dice;
    auto& basic = draft.first.basic;
    basic.number = employee_number(draft);
    basic.birth_date = draft.birth;
    basic.hired_on = draft.hired;
    if (dice.percent(88)) basic.telephone = make_mobile(dice);
    if (dice.percent(55))
        basic.email = fmt::format("{:04}@k{}.example.jp", draft.number, draft.company.client.code);
    if (dice.percent(4)) basic.note = "車通勤。通勤届は毎年4月に更新。";
}

std::int64_t working_time(Draft& draft, bool part_time)
{
    auto& dice = draft.dice;
    if (!part_time) return dice.percent(80) ? 2400 : 2250;
    if (draft.student || draft.short_hours_only())
        return dice.pick(std::array{600, 900, 1200, 1680});
    return dice.pick(std::array{600, 900, 1200, 1200, 1440, 1500, 1770, 1800});
}

void fill_employment(Draft& draft)
{
    auto& dice = draft.dice;
    auto const& company = draft.company;
    auto const& industry = *company.industry;
    employees::Employment out;
    out.valid_from = draft.hired;
    std::size_t at = 0;
    if (company.establishments.size() > 1 && !draft.head && dice.percent(40))
        at = static_cast<std::size_t>(dice.between(1, std::ssize(company.establishments) - 1));
    out.establishment_id = static_cast<std::int64_t>(at) + 1; // as a new book numbers them
    draft.home = &home_near(dice, *company.places[at]);
    if (company.people >= 10 && !draft.head) out.department = dice.pick(industry.departments);
    out.occupation = dice.pick(industry.occupations);
    draft.student =
        draft.student || (!draft.nation && !draft.officer && draft.age() <= 23 && dice.percent(15));
    bool const old = draft.age() >= 62;
    bool const part_time =
        draft.student || draft.short_hours_only() ||
        (!draft.officer && dice.percent(industry.part_time_percent + (old ? 20 : 0)));
    draft.weekly = working_time(draft, part_time);
    out.weekly_minutes = draft.weekly;
    if (draft.officer) {
        out.type = EmploymentType::officer;
        out.title =
            draft.head
                ? base::present(company.client.profile.representative_title)
                : std::string{
                      dice.pick(std::array<View, 4>{"専務取締役", "常務取締役", "取締役", "監査役"})
                  };
        out.occupation = "経営";
    } else if (part_time) {
        out.type = EmploymentType::part_time;
    } else if (old || dice.percent(7)) {
        out.type = EmploymentType::contract;
    } else if (dice.percent(1)) {
        out.type = dice.percent(70) ? EmploymentType::dispatched : EmploymentType::outsourced;
    } else if (draft.age() >= 35 && dice.percent(22)) {
        out.title = dice.pick(std::array<View, 4>{"主任", "係長", "課長", "部長"});
    }
    if (out.type == EmploymentType::contract ||
        (out.type == EmploymentType::part_time && dice.percent(60))) {
        out.term = domain::ContractTerm::fixed_term;
        out.contract_from = std::max(draft.hired, domain::add_years(draft.last_day(), -1));
        out.contract_to = plus_days(domain::add_years(*out.contract_from, 1), -1);
        out.contract_renewal = dice.percent(80) ? "更新する場合がある" : "自動更新";
    }
    out.short_time = company.specified && draft.weekly >= 1200 && draft.weekly < 1800;
    draft.first.employment = std::move(out);
}

void add_transfer(Draft& draft)
{
    auto const from = plus_days(draft.hired, 200);
    auto const until = plus_days(draft.last_day(), -10);
    auto const& now = draft.employment();
    if (!now.department || from >= until || !draft.dice.percent(14)) return;
    auto moved = now;
    moved.valid_from = draft.dice.day(from, until);
    moved.department = draft.dice.pick(draft.company.industry->departments);
    if (!moved.title && draft.age() >= 30 && now.type == EmploymentType::regular)
        moved.title = "主任";
    draft.later(*moved.valid_from, [moved](employees::Ledger& ledger) {
        ledger.employment = moved;
    });
}

// Everybody but the newly married, who move anyway; a few moves lie ahead.
void add_move(Draft& draft)
{
    auto const from = plus_days(draft.hired, 100);
    auto until = plus_days(draft.last_day(), draft.left ? -10 : 30);
    if (from >= until || !draft.dice.percent(11)) return;
    auto moved = make_address(draft.dice, home_near(draft.dice, *draft.home));
    moved.valid_from = draft.dice.day(from, until);
    moved.householder = draft.address().householder;
    moved.householder_relation = draft.address().householder_relation;
    draft.later(*moved.valid_from, [moved](employees::Ledger& ledger) {
        move_house(ledger, moved);
    });
}

void add_leaving(Draft& draft)
{
    auto& dice = draft.dice;
    if (!draft.left) {
        if (draft.officer || !dice.per_mille(24)) return;
        bool const child = draft.female() && draft.age() >= 23 && draft.age() <= 43;
        draft.first.basic.attendance = Attendance::on_leave;
        draft.first.basic.note = child ? "産前産後休業・育児休業中。" : "私傷病により休職中。";
        return;
    }
    auto const left = *draft.left;
    std::string reason{dice.pick(
        std::array<View, 5>{"自己都合", "自己都合", "自己都合", "契約期間満了", "会社都合"}
    )};
    if (draft.age() >= 60 && dice.percent(70)) reason = "定年";
    draft.later(left, [left, reason](employees::Ledger& ledger) {
        ledger.basic.attendance = Attendance::retired;
        ledger.basic.retired_on = left;
        ledger.basic.retirement_reason = reason;
        auto const next = plus_days(left, 1);
        auto const lose = [&](auto& insurance) {
            if (!insurance || insurance->state != domain::InsuranceState::enrolled) return;
            insurance->state = domain::InsuranceState::lost;
            insurance->lost_on = next;
        };
        lose(ledger.health);
        lose(ledger.pension);
        lose(ledger.employment_insurance);
        if (ledger.health && ledger.health->lost_on == next) ledger.health->loss_reason = "退職";
        for (auto& relative : ledger.relatives) {
            if (!relative.social_from || relative.social_to) continue;
            relative.social_to = next;
            relative.social_to_reason = "被保険者の資格喪失";
        }
    });
}

Person person_of(Draft draft)
{
    draft.changes.sort([](Change const& a, Change const& b) { return a.on < b.on; });
    Person person;
    person.states.push_back(std::move(draft.first));
    std::optional<Date> day;
    for (auto const& change : draft.changes) {
        if (day != change.on) person.states.push_back(person.states.back());
        day = change.on;
        change.apply(person.states.back());
    }
    return person;
}

Person make_person(Company const& company, Career const& career, std::int64_t number, Date today)
{
    Draft draft{company, today, company.dice.branch(static_cast<std::uint64_t>(number) + 100)};
    draft.number = number;
    draft.head = career.head;
    draft.officer = career.officer;
    draft.hired = career.hired;
    draft.left = career.left;
    draft.first.basic.sex = career.head ? company.head_sex
                            : draft.dice.percent(company.industry->female_percent) ? Sex::female
                                                                                   : Sex::male;
    give_birth_date(draft);
    give_name(draft);
    fill_basic(draft);
    fill_employment(draft);
    draft.first.address = make_address(draft.dice, *draft.home);
    draft.first.address->valid_from = draft.hired;
    add_pay(draft);
    add_insurance(draft);
    add_family(draft);
    add_transfer(draft);
    add_move(draft);
    add_leaving(draft);
    return person_of(std::move(draft));
}

} // namespace

std::vector<Person> make_people(Company const& company, Date today)
{
    std::vector<Person> people;
    std::int64_t number = 0;
    for (auto const& career : careers_of(company, today))
        people.push_back(make_person(company, career, ++number, today));
    return people;
}

} // namespace demo

// 家族 and 税 of a made-up person, and what a wedding changes.
#include "demo/person.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace demo {

namespace {

using domain::DependentState, domain::Living, domain::Sex;
using employees::Ledger, employees::Relative;

struct Household {
    bool married = false;
    std::optional<Date> wedding; // while employed; absent: before
    std::string last;            // the family's name
    std::string last_kana;
    std::vector<Relative> children;
};

// Everybody who lives together has the employee's address as it is at that moment.
void join(Ledger& ledger, Relative relative)
{
    relative.id = std::ssize(ledger.relatives) + 1;
    if (relative.living == Living::together && ledger.address) {
        relative.postal_code = ledger.address->postal_code;
        relative.address = one_line(*ledger.address);
    }
    ledger.relatives.push_back(std::move(relative));
}

void live_apart(Draft& draft, Relative& relative)
{
    auto& dice = draft.dice;
    relative.living = Living::apart_domestic;
    auto const prefecture = static_cast<std::size_t>(dice.between(1, 47));
    auto const address = make_address(dice, dice.pick(tables().homes.at(prefecture)));
    relative.postal_code = address.postal_code;
    relative.address = one_line(address);
}

// 被扶養者: of 健康保険 only when the employee is in it, and below 75.
void depend(Draft& draft, Relative& relative, Date since, std::string const& reason)
{
    relative.dependent = DependentState::tax_only;
    relative.tax_from = std::max(since, draft.hired);
    auto const& health = draft.first.health;
    if (!health || !health->acquired_on) return;
    auto const insured_since = *health->acquired_on;
    if (domain::age_on(base::present(relative.birth_date), draft.last_day()) >= 75) return;
    relative.dependent = DependentState::tax_and_social;
    relative.social_from = std::max(since, insured_since);
    relative.social_from_reason = since > insured_since ? reason : "被保険者の資格取得";
}

void earn(Relative& relative, std::int64_t revenue)
{
    relative.yearly_revenue = Yen{revenue};
    relative.yearly_income = Yen{std::max<std::int64_t>(0, revenue - 650'000)}; // 給与所得控除
}

Relative make_spouse(Draft& draft, Household const& household)
{
    auto& dice = draft.dice;
    Relative out;
    out.sex = draft.female() ? Sex::male : Sex::female;
    out.relation = draft.female() ? "夫" : "妻";
    auto const birth = plus_days(draft.birth, dice.between(-2200, 2200));
    out.birth_date = std::min(birth, domain::add_years(draft.last_day(), -19));
    out.last_name = household.last;
    out.last_kana = household.last_kana;
    auto const since = household.wedding.value_or(draft.hired);
    if (draft.nation && dice.percent(45)) {
        auto const& given = dice.pick(draft.female() ? draft.nation->males : draft.nation->females);
        out.first_name = given.text;
        out.first_kana = given.kana;
        out.living = Living::apart_abroad;
        out.address = draft.nation->name;
    } else {
        auto const& given = dice.pick(tables().given_names(*out.sex, *out.birth_date));
        out.first_name = given.text;
        out.first_kana = given.kana;
        if (dice.percent(60)) out.telephone = make_mobile(dice);
    }
    if (dice.percent(draft.female() ? 5 : 42)) {
        bool const at_home = dice.percent(45);
        out.occupation = at_home ? "無職" : "パート";
        earn(out, at_home ? 0 : dice.between(30, 122) * 10'000);
        depend(draft, out, since, "婚姻");
        if (out.social_from && out.living != Living::apart_abroad)
            out.basic_pension_number = dice.filled("3###-######");
    } else {
        out.occupation = dice.percent(80) ? "会社員" : "自営業";
        earn(out, dice.between(220, 640) * 10'000);
    }
    return out;
}

std::string relation_of(Sex sex, int nth)
{
    static constexpr View sons[] = {"長男", "二男", "三男", "四男"};
    static constexpr View daughters[] = {"長女", "二女", "三女", "四女"};
    auto const& names = sex == Sex::male ? sons : daughters;
    return std::string{names[static_cast<std::size_t>(nth)]};
}

std::vector<Relative>
make_children(Draft& draft, Household const& household, Date first_possible, bool supports)
{
    auto& dice = draft.dice;
    auto const until =
        std::min(plus_days(draft.last_day(), -30), domain::add_years(draft.birth, 45));
    auto from = std::max(first_possible, domain::add_years(draft.last_day(), -22));
    std::vector<Date> births;
    for (auto wanted = dice.pick(std::array{0, 1, 1, 2, 2, 2, 3}); wanted > 0; --wanted) {
        if (from >= until) break;
        births.push_back(dice.day(from, std::min(until, domain::add_years(from, 6))));
        from = domain::add_months(births.back(), 15);
    }
    std::vector<Relative> children;
    int sons = 0;
    int daughters = 0;
    for (auto const birth : births) {
        Relative child;
        child.sex = dice.percent(51) ? Sex::male : Sex::female;
        child.relation = relation_of(*child.sex, *child.sex == Sex::male ? sons++ : daughters++);
        child.birth_date = birth;
        child.last_name = household.last;
        child.last_kana = household.last_kana;
        auto const& given = dice.pick(tables().given_names(*child.sex, birth));
        child.first_name = given.text;
        child.first_kana = given.kana;
        auto const age = domain::age_on(birth, draft.last_day());
        if (age >= 6) child.occupation = age >= 18 ? "大学生" : age >= 15 ? "高校生" : "小中学生";
        if (age >= 18 && dice.percent(35)) live_apart(draft, child);
        if (dice.percent(1)) child.disability = domain::Disability::general;
        if (age >= 18 && dice.percent(40)) earn(child, dice.between(10, 95) * 10'000);
        if (supports) depend(draft, child, birth, "出生");
        children.push_back(std::move(child));
    }
    return children;
}

std::optional<Relative> make_parent(Draft& draft)
{
    auto& dice = draft.dice;
    if (draft.nation || draft.age() < 36 || !dice.percent(7)) return std::nullopt;
    Relative parent;
    parent.sex = dice.percent(75) ? Sex::female : Sex::male;
    parent.relation = *parent.sex == Sex::female ? "実母" : "実父";
    parent.birth_date =
        plus_days(domain::add_years(draft.birth, -static_cast<int>(dice.between(22, 34))), 40);
    if (domain::age_on(*parent.birth_date, draft.last_day()) > 96) return std::nullopt;
    parent.last_name = draft.name.last; // the maiden name of a daughter who married
    parent.last_kana = draft.name.last_kana;
    auto const& given = dice.pick(tables().given_names(*parent.sex, *parent.birth_date));
    parent.first_name = given.text;
    parent.first_kana = given.kana;
    parent.occupation = "無職";
    earn(parent, dice.between(40, 110) * 10'000);
    if (dice.percent(9)) parent.disability = domain::Disability::special;
    if (dice.percent(40)) live_apart(draft, parent);
    depend(draft, parent, draft.hired, "収入減少");
    return parent;
}

// 婚姻: a new name for most women and a few men, usually a new address, a spouse.
void add_wedding(Draft& draft, Date day, Household const& household, Relative const& spouse)
{
    auto& dice = draft.dice;
    employees::Name name = draft.first.name;
    bool const renamed = household.last != draft.name.last;
    name.valid_from = day;
    name.last_name = household.last;
    name.last_kana = household.last_kana;
    name.filing_name.reset();
    if (renamed && dice.percent(30))
        name.business_name = draft.name.last + "　" + draft.name.first; // 旧姓
    std::optional<employees::Address> address;
    if (dice.percent(75)) {
        address = make_address(dice, home_near(dice, *draft.home));
        address->valid_from = day;
    }
    draft.later(day, [=](Ledger& ledger) {
        if (renamed) ledger.name = name;
        if (address) move_house(ledger, *address);
        join(ledger, spouse);
        ledger.tax->has_spouse = true;
    });
}

Household found_household(Draft& draft)
{
    auto& dice = draft.dice;
    Household out{false, {}, draft.name.last, draft.name.last_kana, {}};
    auto const age = draft.age();
    auto const chance = age < 22 ? 2 : age < 30 ? 26 : age < 40 ? 58 : age < 60 ? 70 : 76;
    out.married = dice.percent(chance);
    if (!out.married) return out;
    auto const day = domain::add_years(draft.birth, static_cast<int>(dice.between(22, 36)));
    auto const wedding = plus_days(day, dice.between(0, 360));
    if (wedding <= plus_days(draft.hired, 60)) return out;
    if (wedding >= plus_days(draft.last_day(), -60)) {
        out.married = false;
        return out;
    }
    out.wedding = wedding;
    if (!draft.nation && dice.percent(draft.female() ? 92 : 4)) {
        auto const& last = tables().surnames.pick(dice);
        out.last = last.text;
        out.last_kana = last.kana;
    }
    return out;
}

void fill_tax(Draft& draft, bool has_spouse, bool single_parent)
{
    auto& dice = draft.dice;
    employees::Tax tax;
    bool const second_job =
        draft.employment().type == domain::EmploymentType::part_time && dice.percent(9);
    tax.table = second_job ? domain::TaxTable::otsu : domain::TaxTable::kou;
    if (dice.per_mille(17)) tax.disability = domain::Disability::general;
    tax.working_student = draft.student && dice.percent(70);
    tax.has_spouse = has_spouse;
    tax.single_parent = single_parent;
    draft.first.tax = tax;
}

void fill_contacts(Draft& draft, std::optional<Relative> const& spouse)
{
    auto& dice = draft.dice;
    auto& address = draft.address();
    auto const self = draft.name.last + "　" + draft.name.first;
    if (spouse && draft.female()) {
        address.householder = spouse->last_name + "　" + spouse->first_name;
        address.householder_relation = "妻";
    } else if (dice.percent(70)) {
        address.householder = self;
        address.householder_relation = "本人";
    }
    if (draft.nation || !dice.percent(65)) return;
    auto& basic = draft.first.basic;
    basic.emergency_telephone = make_mobile(dice);
    if (spouse) {
        basic.emergency_name = spouse->last_name + "　" + spouse->first_name;
        basic.emergency_relation = spouse->relation;
        return;
    }
    auto const mother = domain::add_years(draft.birth, -28);
    auto const& given = dice.pick(tables().given_names(Sex::female, mother));
    basic.emergency_name = fmt::format("{}　{}", draft.name.last, given.text);
    basic.emergency_relation = "母";
}

} // namespace

void add_family(Draft& draft)
{
    auto& dice = draft.dice;
    auto household = found_household(draft);
    bool const single_parent = !household.married && draft.female() && draft.age() >= 27 &&
                               draft.age() <= 52 && dice.percent(5);
    fill_tax(draft, household.married && !household.wedding, single_parent);
    auto const since = household.wedding.value_or(domain::add_years(draft.birth, 24));
    bool const supports = single_parent || dice.percent(draft.female() ? 25 : 80);
    if (household.married || single_parent)
        household.children = make_children(draft, household, since, supports);

    std::optional<Relative> at_first;
    if (household.married) {
        auto const spouse = make_spouse(draft, household);
        if (household.wedding)
            add_wedding(draft, *household.wedding, household, spouse);
        else
            at_first = spouse;
    }
    fill_contacts(draft, at_first);
    if (at_first) join(draft.first, *at_first);
    if (auto parent = make_parent(draft)) join(draft.first, std::move(*parent));
    for (auto const& child : household.children) {
        auto const born = base::present(child.birth_date);
        if (born <= draft.hired && !household.wedding)
            join(draft.first, child);
        else
            draft.later(plus_days(born, 10), [child](Ledger& ledger) { join(ledger, child); });
    }
}

} // namespace demo

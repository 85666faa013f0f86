// 報酬, 社会保険 and 雇用保険 of a made-up person; 在留資格 of a foreigner.
#include "demo/person.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace demo {

namespace {

using domain::EmploymentType, domain::InsuranceState, domain::LabourClass;

bool insurable(Draft const& draft) { return draft.employment().type != EmploymentType::outsourced; }

// 健保・厚年: four days in five of a full week, or 20 hours in a 特定適用事業所.
bool socially_insured(Draft const& draft)
{
    auto const& employment = draft.employment();
    if (!draft.company.social || !insurable(draft)) return false;
    return draft.officer || draft.weekly >= 1800 || (employment.short_time && !draft.student);
}

Date reaches_70(Draft const& draft) { return domain::reaches_age_on(draft.birth, 70); }
Date turns_75(Draft const& draft) { return domain::add_years(draft.birth, 75); } // 後期高齢者医療

Date first_of_month(Date date) { return Date{date.year(), date.month(), std::chrono::day{1}}; }

std::int64_t age_factor(int age) // percent of the wage at 35
{
    if (age < 22) return 66;
    if (age < 26) return 75;
    if (age < 32) return 88;
    if (age < 42) return 102;
    if (age < 52) return 118;
    if (age < 62) return 126;
    return 84;
}

struct Pay {
    domain::PayType type = domain::PayType::monthly;
    std::int64_t wage = 0; // a month, or an hour
    std::int64_t commute = 0;
    std::int64_t in_kind = 0;
    std::int64_t monthly(std::int64_t weekly_minutes) const
    {
        auto const whole = type == domain::PayType::hourly  ? wage * weekly_minutes * 52 / 12 / 60
                           : type == domain::PayType::daily ? wage * 21
                                                            : wage;
        return whole + commute;
    }
};

Pay starting_pay(Draft& draft)
{
    auto& dice = draft.dice;
    Pay pay;
    auto const& industry = *draft.company.industry;
    if (draft.officer) {
        auto const scale = std::min<std::int64_t>(draft.company.people, 120);
        pay.wage = dice.between(26, 50 + scale) * 10'000;
        return pay;
    }
    if (draft.employment().type == EmploymentType::part_time) {
        pay.type = domain::PayType::hourly;
        pay.wage = dice.between(106, 148) * 10;
    } else {
        auto const age = domain::age_on(draft.birth, draft.hired);
        pay.wage = industry.wage * age_factor(age) * dice.between(85, 122) / 10'000;
        if (draft.employment().title) pay.wage = pay.wage * 118 / 100;
        if (industry.name == "建設業" && dice.percent(22)) {
            pay.type = domain::PayType::daily;
            pay.wage = pay.wage / 21 / 100 * 100;
        } else {
            pay.wage = pay.wage / 1000 * 1000;
        }
    }
    if (dice.percent(82)) pay.commute = dice.between(20, 240) * 100;
    if (dice.percent(3)) pay.in_kind = dice.between(40, 160) * 100; // 社宅
    return pay;
}

employees::Remuneration remuneration_of(Draft const& draft, Pay const& pay, Date from)
{
    employees::Remuneration out;
    out.valid_from = from;
    out.pay_type = pay.type;
    auto const cash = pay.monthly(draft.weekly);
    out.cash = Yen{cash};
    out.in_kind = Yen{pay.in_kind};
    if (!socially_insured(draft)) return out;
    auto const whole = cash + pay.in_kind;
    if (from < turns_75(draft)) out.health_standard = Yen{tables().health_standard(whole)};
    if (from < reaches_70(draft))
        out.pension_standard = Yen{tables().pension_standard(whole, from)};
    return out;
}

void raise(Pay& pay, Dice& dice)
{
    auto const more = pay.wage * dice.between(102, 112) / 100;
    auto const unit = pay.type == domain::PayType::monthly ? 1000 : 10;
    pay.wage = more / unit * unit;
}

void raise_from(Draft& draft, Pay& pay, Date day)
{
    raise(pay, draft.dice);
    draft.later(day, [next = remuneration_of(draft, pay, day)](employees::Ledger& ledger) {
        ledger.remuneration = next;
    });
}

void add_health(Draft& draft, Date acquired)
{
    auto& dice = draft.dice;
    employees::HealthInsurance health;
    if (socially_insured(draft) && acquired < turns_75(draft)) {
        bool const too_old = turns_75(draft) <= draft.last_day();
        health.state = too_old ? InsuranceState::lost : InsuranceState::enrolled;
        health.acquired_on = acquired;
        health.reference = std::to_string(draft.number);
        health.card_symbol = draft.company.establishments.front().card_symbol;
        health.card_number = health.reference;
        health.card_branch = "00";
        health.certificate_needed = dice.percent(9);
        if (too_old) {
            health.lost_on = turns_75(draft);
            health.loss_reason = "75歳到達";
        }
    }
    draft.first.health = health;
}

void add_pension(Draft& draft, Date acquired)
{
    auto& dice = draft.dice;
    employees::Pension pension;
    if (socially_insured(draft)) {
        auto const leaves = reaches_70(draft);
        pension.over_70 = leaves <= draft.last_day();
        if (acquired < leaves) {
            pension.state = pension.over_70 ? InsuranceState::lost : InsuranceState::enrolled;
            pension.acquired_on = acquired;
            pension.reference = std::to_string(draft.number);
            if (pension.over_70) pension.lost_on = leaves;
        }
        pension.two_employers = draft.officer && dice.percent(3);
    }
    if (dice.percent(3))
        pension.no_number_reason = "不明";
    else if (socially_insured(draft) || dice.percent(40))
        pension.basic_number = dice.filled("3###-######");
    draft.first.pension = pension;
}

void add_employment_insurance(Draft& draft)
{
    auto& dice = draft.dice;
    employees::EmploymentInsurance out;
    bool const also_employee = draft.officer && !draft.head && dice.percent(15); // 兼務役員
    if (draft.officer)
        out.labour_class = also_employee ? LabourClass::officer_employee : LabourClass::officer;
    else if (draft.weekly < 1200)
        out.labour_class = LabourClass::temporary;
    if (draft.officer && !also_employee)
        out.not_enrolled_reason = "役員";
    else if (draft.student)
        out.not_enrolled_reason = "昼間学生";
    else if (draft.weekly < 1200)
        out.not_enrolled_reason = "週20時間未満";
    if (out.not_enrolled_reason) {
        if (!draft.officer) out.state = InsuranceState::exempt;
        draft.first.employment_insurance = out;
        return;
    }
    out.state = InsuranceState::enrolled;
    out.acquired_on = draft.hired;
    out.acquisition = domain::age_on(draft.birth, draft.hired) <= 22
                          ? domain::AcquisitionKind::first
                          : domain::AcquisitionKind::again;
    auto const number = dice.filled("######-#");
    out.number =
        fmt::format("{:02}0{}-{}", draft.home->prefecture_code, dice.between(1, 9), number);
    out.wants_separation_slip = draft.left && dice.percent(60);
    draft.first.employment_insurance = out;
}

void add_residence(Draft& draft)
{
    if (!draft.nation) return;
    auto& dice = draft.dice;
    employees::Residence out;
    out.nationality = draft.nation->name;
    out.status = draft.status;
    out.card_number = dice.filled("@@########@@");
    auto const day = draft.last_day();
    auto const years = draft.status == "永住者" ? 7 : 3;
    auto const latest = dice.percent(8) ? plus_days(day, 60) : domain::add_years(day, years);
    out.expires_on = dice.day(plus_days(day, 3), latest);
    out.outside_activity = draft.short_hours_only();
    draft.first.residence = std::move(out);
}

} // namespace

void add_pay(Draft& draft)
{
    if (!insurable(draft)) return;
    auto pay = starting_pay(draft);
    draft.first.remuneration = remuneration_of(draft, pay, first_of_month(draft.hired));
    // 定時決定: from September on
    auto last = Date{draft.last_day().year(), std::chrono::September, std::chrono::day{1}};
    if (last > draft.last_day()) last = domain::add_years(last, -1);
    auto const earlier = domain::add_years(last, -static_cast<int>(draft.dice.between(1, 3)));
    auto const first_possible = domain::add_months(draft.hired, 4);
    if (draft.dice.percent(22) && earlier > first_possible) raise_from(draft, pay, earlier);
    if (draft.dice.percent(55) && last > first_possible) raise_from(draft, pay, last);
}

void add_insurance(Draft& draft)
{
    add_residence(draft);
    if (!insurable(draft)) return;
    auto const applied = draft.company.establishments.front().applied_on.value_or(draft.hired);
    auto const acquired = std::max(draft.hired, applied);
    add_health(draft, acquired);
    add_pension(draft, acquired);
    add_employment_insurance(draft);
}

} // namespace demo

// The rules of a person's record.
#include "domain/numbers.hpp"
#include "domain/text_rules.hpp"
#include "employees/ledger.hpp"

#include <set>

namespace employees {

namespace {

Date const earliest_birth{std::chrono::year{1873}, std::chrono::January, std::chrono::day{1}};
Date const latest_day{std::chrono::year{2100}, std::chrono::December, std::chrono::day{31}};
constexpr std::size_t relatives_max = 30;
constexpr std::int64_t relative_id_max = 1'000'000;
constexpr Yen yen_max{1'000'000'000};
constexpr auto minutes_of_a_week = std::chrono::minutes{std::chrono::weeks{1}}.count();

class Rules final : public domain::TextRules {
public:
    explicit Rules(std::string where) : where_(std::move(where)) {}
    std::vector<FieldFault> faults;

    void enter(std::string where) { where_ = std::move(where); }
    void add(char const* field, char const* code) override
    {
        faults.push_back({where_.empty() ? field : where_ + "." + field, code});
    }
    void day(Day const& date, char const* field)
    {
        if (date && (*date < earliest_birth || *date > latest_day)) add(field, "out_of_range");
    }
    void order(Day const& first, Day const& then, char const* field)
    {
        if (first && then && *then < *first) add(field, "before_start");
    }
    void money(std::optional<Yen> const& amount, char const* field)
    {
        if (amount && (*amount < Yen{0} || *amount > yen_max)) add(field, "out_of_range");
    }

private:
    std::string where_;
};

void tidy_basic(Basic& basic, Rules& rules)
{
    rules.enter("basic");
    basic.number = domain::half_width(basic.number);
    rules.required(basic.number, "number", 20);
    if (basic.birth_date < earliest_birth || basic.birth_date > latest_day)
        rules.add("birth_date", "out_of_range");
    rules.day(basic.hired_on, "hired_on");
    rules.day(basic.retired_on, "retired_on");
    if (basic.hired_on && *basic.hired_on < basic.birth_date) rules.add("hired_on", "before_birth");
    rules.order(basic.hired_on, basic.retired_on, "retired_on");
    if (basic.attendance == domain::Attendance::retired && !basic.retired_on)
        rules.add("retired_on", "required");
    rules.optional(basic.retirement_reason, "retirement_reason", 200);
    rules.form(basic.telephone, "telephone", "bad_telephone", domain::telephone);
    rules.form(basic.email, "email", "bad_email", domain::email);
    rules.optional(basic.emergency_name, "emergency_name", 100);
    rules.optional(basic.emergency_relation, "emergency_relation", 30);
    rules.form(
        basic.emergency_telephone, "emergency_telephone", "bad_telephone", domain::telephone
    );
    rules.lines(basic.note, "note", 4000);
}

void tidy_name(Name& name, Rules& rules)
{
    rules.enter("name");
    rules.required(name.last_name, "last_name", 60);
    rules.required(name.first_name, "first_name", 60);
    rules.required_kana(name.last_kana, "last_kana");
    rules.required_kana(name.first_kana, "first_kana");
    rules.optional(name.filing_name, "filing_name", 60);
    rules.optional(name.roman_name, "roman_name", 100);
    rules.optional(name.business_name, "business_name", 100);
    rules.day(name.valid_from, "valid_from");
}

void tidy_address(Address& address, Rules& rules)
{
    rules.enter("address");
    rules.form(address.postal_code, "postal_code", "bad_postal_code", domain::postal_code);
    rules.optional(address.prefecture, "prefecture", 10);
    rules.optional(address.city, "city", 60);
    rules.optional(address.street, "street", 120);
    rules.optional(address.building, "building", 120);
    rules.optional(address.kana, "kana", 300);
    rules.form(
        address.registered_postal_code, "registered_postal_code", "bad_postal_code",
        domain::postal_code
    );
    rules.optional(address.registered_address, "registered_address", 300);
    rules.optional(address.householder, "householder", 100);
    rules.optional(address.householder_relation, "householder_relation", 30);
}

void tidy_employment(Employment& employment, Rules& rules)
{
    rules.enter("employment");
    rules.optional(employment.department, "department", 100);
    rules.optional(employment.title, "title", 60);
    rules.optional(employment.occupation, "occupation", 100);
    rules.optional(employment.contract_renewal, "contract_renewal", 100);
    rules.order(employment.contract_from, employment.contract_to, "contract_to");
    if (employment.weekly_minutes &&
        (*employment.weekly_minutes < 0 || *employment.weekly_minutes > minutes_of_a_week))
        rules.add("weekly_minutes", "out_of_range");
}

void tidy_insurance(Ledger& ledger, Rules& rules)
{
    if (auto& health = ledger.health) {
        rules.enter("health");
        rules.form(
            health->reference, "reference", "bad_insured_reference", domain::insured_reference
        );
        rules.optional(health->loss_reason, "loss_reason", 60);
        rules.optional(health->card_symbol, "card_symbol", 30);
        rules.optional(health->card_number, "card_number", 30);
        rules.optional(health->card_branch, "card_branch", 5);
        rules.order(health->acquired_on, health->lost_on, "lost_on");
    }
    if (auto& pension = ledger.pension) {
        rules.enter("pension");
        rules.form(
            pension->reference, "reference", "bad_insured_reference", domain::insured_reference
        );
        rules.form(
            pension->basic_number, "basic_number", "bad_basic_pension_number",
            domain::basic_pension_number
        );
        rules.optional(pension->no_number_reason, "no_number_reason", 60);
        rules.order(pension->acquired_on, pension->lost_on, "lost_on");
    }
    if (auto& insurance = ledger.employment_insurance) {
        rules.enter("employment_insurance");
        rules.form(
            insurance->number, "number", "bad_employment_insured_number",
            domain::employment_insured_number
        );
        rules.optional(insurance->not_enrolled_reason, "not_enrolled_reason", 60);
        rules.optional(insurance->no_number_reason, "no_number_reason", 60);
        rules.order(insurance->acquired_on, insurance->lost_on, "lost_on");
    }
}

// The highest number that is in use. A relative keeps the number for life.
std::int64_t check_ids(std::vector<Relative> const& relatives, Rules& rules)
{
    std::set<std::int64_t> seen;
    for (std::size_t i = 0; i < relatives.size(); ++i) {
        auto const& id = relatives[i].id;
        if (!id) continue;
        rules.enter("relatives." + std::to_string(i));
        if (*id < 1 || *id > relative_id_max)
            rules.add("id", "out_of_range");
        else if (!seen.insert(*id).second)
            rules.add("id", "taken");
    }
    return seen.empty() ? 0 : *seen.rbegin();
}

void tidy_relatives(std::vector<Relative>& relatives, Rules& rules)
{
    if (relatives.size() > relatives_max) {
        rules.enter("");
        rules.add("relatives", "too_many");
    }
    auto last_id = check_ids(relatives, rules);
    for (std::size_t i = 0; i < relatives.size(); ++i) {
        auto& relative = relatives[i];
        if (!relative.id) relative.id = ++last_id;
        rules.enter("relatives." + std::to_string(i));
        rules.required(relative.relation, "relation", 30);
        rules.required(relative.last_name, "last_name", 60);
        rules.required(relative.first_name, "first_name", 60);
        rules.kana(relative.last_kana, "last_kana");
        rules.kana(relative.first_kana, "first_kana");
        rules.day(relative.birth_date, "birth_date");
        rules.form(relative.postal_code, "postal_code", "bad_postal_code", domain::postal_code);
        rules.optional(relative.address, "address", 300);
        rules.form(relative.telephone, "telephone", "bad_telephone", domain::telephone);
        rules.optional(relative.occupation, "occupation", 100);
        rules.money(relative.yearly_revenue, "yearly_revenue");
        rules.money(relative.yearly_income, "yearly_income");
        rules.form(
            relative.basic_pension_number, "basic_pension_number", "bad_basic_pension_number",
            domain::basic_pension_number
        );
        rules.optional(relative.social_from_reason, "social_from_reason", 60);
        rules.optional(relative.social_to_reason, "social_to_reason", 60);
        rules.order(relative.social_from, relative.social_to, "social_to");
        rules.order(relative.tax_from, relative.tax_to, "tax_to");
    }
}

} // namespace

std::vector<FieldFault> tidy(Ledger& ledger)
{
    Rules rules{""};
    tidy_basic(ledger.basic, rules);
    tidy_name(ledger.name, rules);
    Date const start = ledger.basic.hired_on.value_or(ledger.basic.birth_date);
    auto const dated = [&](Day& valid_from) {
        if (!valid_from) valid_from = start;
    };
    dated(ledger.name.valid_from);
    if (ledger.address) {
        tidy_address(*ledger.address, rules);
        rules.day(ledger.address->valid_from, "valid_from");
        dated(ledger.address->valid_from);
    }
    if (ledger.employment) {
        tidy_employment(*ledger.employment, rules);
        rules.day(ledger.employment->valid_from, "valid_from");
        dated(ledger.employment->valid_from);
    }
    if (ledger.remuneration) {
        rules.enter("remuneration");
        rules.money(ledger.remuneration->cash, "cash");
        rules.money(ledger.remuneration->in_kind, "in_kind");
        rules.money(ledger.remuneration->health_standard, "health_standard");
        rules.money(ledger.remuneration->pension_standard, "pension_standard");
        rules.day(ledger.remuneration->valid_from, "valid_from");
        dated(ledger.remuneration->valid_from);
    }
    tidy_insurance(ledger, rules);
    if (ledger.residence) {
        rules.enter("residence");
        rules.optional(ledger.residence->nationality, "nationality", 60);
        rules.optional(ledger.residence->status, "status", 60);
        rules.form(
            ledger.residence->card_number, "card_number", "bad_residence_card_number",
            domain::residence_card_number
        );
    }
    tidy_relatives(ledger.relatives, rules);
    return std::move(rules.faults);
}

} // namespace employees

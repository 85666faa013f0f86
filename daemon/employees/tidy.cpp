// The rules of a person's record.
#include "domain/numbers.hpp"
#include "domain/text.hpp"
#include "employees/ledger.hpp"

#include <algorithm>
#include <set>

namespace employees {

namespace {

Date const earliest_birth{std::chrono::year{1873}, std::chrono::January, std::chrono::day{1}};
Date const latest_day{std::chrono::year{2100}, std::chrono::December, std::chrono::day{31}};
constexpr std::size_t relatives_max = 30;
constexpr std::int64_t relative_id_max = 1'000'000;
constexpr Yen yen_max{1'000'000'000};
constexpr auto minutes_of_a_week = std::chrono::minutes{std::chrono::weeks{1}}.count();

class Rules {
public:
    explicit Rules(std::string where) : where_(std::move(where)) {}
    std::vector<FieldFault> faults;

    void enter(std::string where) { where_ = std::move(where); }
    void add(char const* field, char const* code)
    {
        faults.push_back({where_.empty() ? field : where_ + "." + field, code});
    }
    void required(std::string& text, char const* field, std::size_t longest)
    {
        text = domain::trimmed(text);
        if (text.empty()) return add(field, "required");
        one_line(text, field, longest);
    }
    void free(Text& text, char const* field, std::size_t longest)
    {
        if (auto const* given = kept(text)) one_line(*given, field, longest);
    }
    void lines(Text& text, char const* field, std::size_t longest)
    {
        if (auto const* given = kept(text)) check(*given, field, longest);
    }
    template <class Form> void form(Text& text, char const* field, char const* code, Form make)
    {
        auto const* given = kept(text);
        if (!given) return;
        auto const canonical = make(*given);
        if (!canonical) return add(field, code);
        text = canonical;
    }
    void kana(std::string& text, char const* field)
    {
        auto const canonical = domain::kana(text);
        if (!canonical) return add(field, "bad_kana");
        text = *canonical;
        if (text.empty()) add(field, "required");
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
    static std::string const* kept(Text& text) // nullptr: absent, or blank, which is the same
    {
        if (!text) return nullptr;
        text = domain::trimmed(*text);
        if (text->empty()) text.reset();
        return text ? &*text : nullptr;
    }
    void one_line(std::string const& text, char const* field, std::size_t longest)
    {
        if (domain::has_line_breaks(text)) return add(field, "control_characters");
        check(text, field, longest);
    }
    void check(std::string const& text, char const* field, std::size_t longest)
    {
        if (text.size() > longest && domain::length(text) > longest) add(field, "too_long");
        if (domain::has_hostile_characters(text)) add(field, "control_characters");
        if (domain::holds_my_number(text)) add(field, "my_number_not_allowed");
    }
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
    rules.free(basic.retirement_reason, "retirement_reason", 200);
    rules.form(basic.telephone, "telephone", "bad_telephone", domain::telephone);
    rules.form(basic.email, "email", "bad_email", domain::email);
    rules.free(basic.emergency_name, "emergency_name", 100);
    rules.free(basic.emergency_relation, "emergency_relation", 30);
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
    rules.kana(name.last_kana, "last_kana");
    rules.kana(name.first_kana, "first_kana");
    rules.free(name.filing_name, "filing_name", 60);
    rules.free(name.roman_name, "roman_name", 100);
    rules.free(name.business_name, "business_name", 100);
    rules.day(name.valid_from, "valid_from");
}

void tidy_address(Address& address, Rules& rules)
{
    rules.enter("address");
    rules.form(address.postal_code, "postal_code", "bad_postal_code", domain::postal_code);
    rules.free(address.prefecture, "prefecture", 10);
    rules.free(address.city, "city", 60);
    rules.free(address.street, "street", 120);
    rules.free(address.building, "building", 120);
    rules.free(address.kana, "kana", 300);
    rules.form(
        address.registered_postal_code, "registered_postal_code", "bad_postal_code",
        domain::postal_code
    );
    rules.free(address.registered_address, "registered_address", 300);
    rules.free(address.householder, "householder", 100);
    rules.free(address.householder_relation, "householder_relation", 30);
}

void tidy_employment(Employment& employment, Rules& rules)
{
    rules.enter("employment");
    rules.free(employment.department, "department", 100);
    rules.free(employment.title, "title", 60);
    rules.free(employment.occupation, "occupation", 100);
    rules.free(employment.contract_renewal, "contract_renewal", 100);
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
        rules.free(health->loss_reason, "loss_reason", 60);
        rules.free(health->card_symbol, "card_symbol", 30);
        rules.free(health->card_number, "card_number", 30);
        rules.free(health->card_branch, "card_branch", 5);
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
        rules.free(pension->no_number_reason, "no_number_reason", 60);
        rules.order(pension->acquired_on, pension->lost_on, "lost_on");
    }
    if (auto& insurance = ledger.employment_insurance) {
        rules.enter("employment_insurance");
        rules.form(
            insurance->number, "number", "bad_employment_insured_number",
            domain::employment_insured_number
        );
        rules.free(insurance->not_enrolled_reason, "not_enrolled_reason", 60);
        rules.free(insurance->no_number_reason, "no_number_reason", 60);
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
        rules.form(relative.last_kana, "last_kana", "bad_kana", domain::kana);
        rules.form(relative.first_kana, "first_kana", "bad_kana", domain::kana);
        rules.day(relative.birth_date, "birth_date");
        rules.form(relative.postal_code, "postal_code", "bad_postal_code", domain::postal_code);
        rules.free(relative.address, "address", 300);
        rules.form(relative.telephone, "telephone", "bad_telephone", domain::telephone);
        rules.free(relative.occupation, "occupation", 100);
        rules.money(relative.yearly_revenue, "yearly_revenue");
        rules.money(relative.yearly_income, "yearly_income");
        rules.form(
            relative.basic_pension_number, "basic_pension_number", "bad_basic_pension_number",
            domain::basic_pension_number
        );
        rules.free(relative.social_from_reason, "social_from_reason", 60);
        rules.free(relative.social_to_reason, "social_to_reason", 60);
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
        rules.free(ledger.residence->nationality, "nationality", 60);
        rules.free(ledger.residence->status, "status", 60);
        rules.form(
            ledger.residence->card_number, "card_number", "bad_residence_card_number",
            domain::residence_card_number
        );
    }
    tidy_relatives(ledger.relatives, rules);
    return std::move(rules.faults);
}

} // namespace employees

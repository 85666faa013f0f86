// The rules of 顧問先 and 事業所 fields.
#include "clients/clients.hpp"
#include "domain/numbers.hpp"
#include "domain/text_rules.hpp"

namespace clients {

namespace {

class Faults final : public domain::TextRules {
public:
    std::vector<FieldFault> all;

    void add(char const* field, char const* code) override { all.push_back({field, code}); }
};

} // namespace

std::vector<FieldFault> tidy(ClientInput& input)
{
    Faults faults;
    input.code = domain::half_width(input.code);
    faults.required(input.code, "code", 20);
    faults.required(input.name, "name", 200);
    faults.required_kana(input.name_kana, "name_kana");
    auto& profile = input.profile;
    faults.form(
        profile.corporate_number, "profile.corporate_number", "bad_corporate_number",
        domain::corporate_number
    );
    faults.optional(profile.representative_title, "profile.representative_title", 60);
    faults.optional(profile.representative_name, "profile.representative_name", 100);
    faults.kana(profile.representative_kana, "profile.representative_kana");
    faults.form(profile.postal_code, "profile.postal_code", "bad_postal_code", domain::postal_code);
    faults.optional(profile.address, "profile.address", 300);
    faults.optional(profile.address_kana, "profile.address_kana", 300);
    faults.form(profile.telephone, "profile.telephone", "bad_telephone", domain::telephone);
    faults.form(profile.fax, "profile.fax", "bad_telephone", domain::telephone);
    faults.optional(profile.industry, "profile.industry", 100);
    faults.optional(profile.bonus_months, "profile.bonus_months", 60);
    faults.optional(profile.contact_name, "profile.contact_name", 100);
    faults.form(profile.contact_email, "profile.contact_email", "bad_email", domain::email);
    faults.lines(profile.note, "profile.note", 4000);
    auto const between = [&](auto const& value, char const* field, int low, int high) {
        if (value && (*value < low || *value > high)) faults.add(field, "out_of_range");
    };
    between(profile.fiscal_month, "profile.fiscal_month", 1, 12);
    between(profile.closing_day, "profile.closing_day", 1, 31);
    between(profile.pay_day, "profile.pay_day", 1, 31);
    between(profile.pay_month_offset, "profile.pay_month_offset", 0, 2);
    if (profile.contract_from && profile.contract_to &&
        *profile.contract_to < *profile.contract_from)
        faults.add("profile.contract_to", "before_start");
    return std::move(faults.all);
}

std::vector<FieldFault> tidy(EstablishmentInput& input)
{
    Faults faults;
    faults.required(input.name, "name", 200);
    faults.kana(input.name_kana, "name_kana");
    faults.form(input.postal_code, "postal_code", "bad_postal_code", domain::postal_code);
    faults.optional(input.address, "address", 300);
    faults.form(input.telephone, "telephone", "bad_telephone", domain::telephone);
    faults.form(input.symbol, "symbol", "bad_establishment_symbol", domain::establishment_symbol);
    faults.form(input.number, "number", "bad_establishment_number", domain::establishment_number);
    faults.optional(input.insurer_branch, "insurer_branch", 60);
    faults.form(
        input.insurer_number, "insurer_number", "bad_insurer_number", domain::insurer_number
    );
    faults.optional(input.insurer_name, "insurer_name", 100);
    faults.optional(input.card_symbol, "card_symbol", 30);
    faults.optional(input.pension_office, "pension_office", 60);
    faults.form(
        input.labour_number, "labour_number", "bad_labour_number", domain::labour_insurance_number
    );
    faults.optional(input.labour_industry, "labour_industry", 100);
    faults.optional(input.labour_office, "labour_office", 60);
    faults.form(
        input.employment_office_number, "employment_office_number", "bad_employment_office_number",
        domain::employment_office_number
    );
    faults.optional(input.hello_work, "hello_work", 60);
    return std::move(faults.all);
}

} // namespace clients

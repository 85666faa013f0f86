#include "clients/directory.hpp"

#include "base/random.hpp"
#include "domain/text.hpp"

#include <fmt/format.h>

namespace clients {

namespace {

constexpr std::int64_t colours = 12;

json::value names(std::string const& code, std::string const& name, std::string const& kana)
{
    return json::object{{"code", code}, {"name", name}, {"name_kana", kana}};
}

} // namespace

std::optional<DirectoryRow> directory_row(store::Reader const& db, std::int64_t id)
{
    return db.one<DirectoryRow>(
        R"(SELECT id, version, code, name, name_kana, state, colour, book_id, epoch
             FROM client WHERE id = ?1)",
        id
    );
}

std::string object_of(std::int64_t id) { return fmt::format("client:{}", id); }

store::FileId book_of(DirectoryRow const& row)
{
    return {store::Kind::book, row.book_id, row.epoch};
}

std::optional<Profile> read_profile(store::Reader const& book)
{
    return book.one<Profile>(
        R"(SELECT entity, corporate_number, representative_title, representative_name,
                  representative_kana, postal_code, address, address_kana, telephone, fax,
                  industry, fiscal_month, contract_from, contract_to, does_procedures,
                  does_payroll, does_year_end, does_consulting, closing_day, pay_day,
                  pay_month_offset, bonus_months, contact_name, contact_email, note
             FROM profile WHERE id = 1)"
    );
}

void write_profile(store::Transaction& book, Profile const& p)
{
    book.exec(
        R"(INSERT OR REPLACE INTO profile
             (id, entity, corporate_number, representative_title, representative_name,
              representative_kana, postal_code, address, address_kana, telephone, fax, industry,
              fiscal_month, contract_from, contract_to, does_procedures, does_payroll,
              does_year_end, does_consulting, closing_day, pay_day, pay_month_offset,
              bonus_months, contact_name, contact_email, note)
           VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                   ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25))",
        p.entity, p.corporate_number, p.representative_title, p.representative_name,
        p.representative_kana, p.postal_code, p.address, p.address_kana, p.telephone, p.fax,
        p.industry, p.fiscal_month, p.contract_from, p.contract_to, p.does_procedures,
        p.does_payroll, p.does_year_end, p.does_consulting, p.closing_day, p.pay_day,
        p.pay_month_offset, p.bonus_months, p.contact_name, p.contact_email, p.note
    );
}

void put_into_outbox(
    store::Transaction& db,
    std::int64_t id,
    std::string const& profile,
    std::string const& actor,
    std::string_view action
)
{
    db.exec(
        R"(INSERT OR REPLACE INTO client_outbox (client_id, profile, actor, action)
           VALUES (?1, ?2, ?3, ?4))",
        id, profile, actor, action
    );
}

std::int64_t insert_directory_row(store::Transaction& db, ClientInput const& input, Instant now)
{
    auto const count = db.one<std::int64_t>("SELECT count(*) FROM client");
    db.exec(
        R"(INSERT INTO client (code, name, name_kana, name_key, kana_key, state, colour, book_id,
                               created_at, updated_at)
           VALUES (?1, ?2, ?3, ?4, ?5, 'creating', ?6, ?7, ?8, ?8))",
        input.code, input.name, input.name_kana, domain::company_key(input.name),
        domain::company_key(input.name_kana), count.value_or(0) % colours, base::random_id(), now
    );
    return db.last_id();
}

void update_directory_row(
    store::Transaction& db, std::int64_t id, ClientInput const& input, Instant now
)
{
    db.exec(
        R"(UPDATE client SET code = ?2, name = ?3, name_kana = ?4, name_key = ?5, kana_key = ?6,
                             version = version + 1, updated_at = ?7
            WHERE id = ?1)",
        id, input.code, input.name, input.name_kana, domain::company_key(input.name),
        domain::company_key(input.name_kana), now
    );
}

json::value names_of(DirectoryRow const& row) { return names(row.code, row.name, row.name_kana); }
json::value names_of(ClientInput const& input)
{
    return names(input.code, input.name, input.name_kana);
}

} // namespace clients

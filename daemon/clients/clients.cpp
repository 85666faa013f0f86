#include "clients/clients.hpp"

#include "base/log.hpp"
#include "base/random.hpp"
#include "domain/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace clients {

namespace {

constexpr std::int64_t colours = 12;

store::FileId const office{store::Kind::office, {}, 1};

struct OutboxRow {
    std::int64_t client_id = 0;
    std::string profile;
    std::string actor;
    std::string action;
};
BOOST_DESCRIBE_STRUCT(OutboxRow, (), (client_id, profile, actor, action))

std::optional<DirectoryRow> directory_row(store::Reader const& db, std::int64_t id)
{
    return db.one<DirectoryRow>(
        R"(SELECT id, version, code, name, name_kana, name_key, kana_key, state, colour, book_id,
                  epoch, updated_at
             FROM client WHERE id = ?1)",
        id
    );
}

std::string object_of(std::int64_t id) { return fmt::format("client:{}", id); }

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

} // namespace

// The second half of a change: keys, file and profile of the book, then the outbox is emptied.
// Every step may be done again after a crash.
void Clients::apply_to_book(
    std::int64_t client_id,
    std::string const& profile,
    std::string const& actor,
    std::string const& action
)
{
    auto const row = directory_row(parts_.pool.read(office), client_id);
    if (!row) throw store::Error("the outbox names a client that is not there", 0);
    auto const book = row->book();
    if (!parts_.pool.exists(book)) {
        parts_.create_book_keys(row->book_id);
        parts_.pool.create(book);
    }
    auto const after = json::from_text<Profile>(profile).value();
    {
        auto transaction = parts_.pool.begin(book);
        auto const before = read_profile(transaction);
        write_profile(transaction, after);
        auto const body =
            audit::changes_between(before ? json::to(*before) : json::value{}, json::to(after));
        transaction.commit(parts_.recorder.append(transaction, {actor, action, "profile", body}));
    }
    auto transaction = parts_.pool.begin(office);
    transaction.exec("DELETE FROM client_outbox WHERE client_id = ?1", client_id);
    transaction.exec(
        "UPDATE client SET state = 'active' WHERE id = ?1 AND state = 'creating'", client_id
    );
    transaction.commit(
        parts_.recorder.append(transaction, {actor, "client.applied", object_of(client_id), "{}"})
    );
}

void Clients::replay_outbox()
{
    auto const pending = parts_.pool.read(office).all<OutboxRow>(
        "SELECT client_id, profile, actor, action FROM client_outbox ORDER BY client_id"
    );
    for (auto const& row : pending) {
        base::log::warning(
            "clients", "outbox_replayed", {{"client", std::to_string(row.client_id)}}
        );
        apply_to_book(row.client_id, row.profile, row.actor, row.action);
    }
}

std::optional<http::ClientInPath> Clients::find_client(std::int64_t client_id)
{
    auto const directory = directory_.view();
    auto const* const row = directory->find(client_id);
    if (!row) return std::nullopt;
    return http::ClientInPath{row->id, row->book(), row->state == ClientState::ended};
}

Result<Client> Clients::read(std::int64_t client_id)
{
    auto const directory = directory_.view();
    auto const* const row = directory->find(client_id);
    if (!row) return Problem{Fault::not_found, "not_found"};
    auto const book = parts_.pool.read(row->book());
    Client client;
    client.id = row->id;
    client.version = row->version;
    client.code = row->code;
    client.name = row->name;
    client.name_kana = row->name_kana;
    client.state = row->state;
    client.colour = row->colour;
    client.employees = parts_.count_employees(row->id);
    client.profile = read_profile(book).value_or(Profile{});
    return client;
}

Result<Client> Clients::create(ClientInput input, std::string const& actor)
{
    if (auto faults = tidy(input); !faults.empty())
        return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    auto const profile = json::to_text(input.profile);
    std::int64_t id = 0;
    {
        auto transaction = parts_.pool.begin(office);
        auto const count = transaction.one<std::int64_t>("SELECT count(*) FROM client");
        try {
            transaction.exec(
                R"(INSERT INTO client (code, name, name_kana, name_key, kana_key, state, colour,
                                       book_id, created_at, updated_at)
                   VALUES (?1, ?2, ?3, ?4, ?5, 'creating', ?6, ?7, ?8, ?8))",
                input.code, input.name, input.name_kana, domain::search_key(input.name),
                domain::search_key(input.name_kana), count.value_or(0) % colours, base::random_id(),
                parts_.clock.now()
            );
        } catch (store::Error const& error) {
            if (!error.unique_violation()) throw;
            return Problem{Fault::conflict, "client_code_taken", {{"code", "taken"}}};
        }
        id = transaction.last_id();
        put_into_outbox(transaction, id, profile, actor, "client.create");
        json::object const made{
            {"code", input.code}, {"name", input.name}, {"name_kana", input.name_kana}
        };
        transaction.commit(parts_.recorder.append(
            transaction, {actor, "client.create", object_of(id), audit::changes_between({}, made)}
        ));
    }
    apply_to_book(id, profile, actor, "client.create");
    return read(id);
}

Result<Client> Clients::put(http::Call& call, ClientInput const& wanted)
{
    if (call.client.ended) return Problem{Fault::conflict, "client_ended"};
    TRY(auto const seen, call.if_match());
    auto input = wanted;
    if (auto faults = tidy(input); !faults.empty())
        return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    auto const profile = json::to_text(input.profile);
    auto const id = call.client.id;
    TRY(auto const current, read(id));
    if (current.version != seen)
        return Problem{
            Fault::conflict,
            "version_conflict",
            {},
            json::serialize(json::object{{"current", json::to(current)}})
        };
    {
        auto transaction = parts_.pool.begin(office);
        auto const row = directory_row(transaction, id);
        if (!row || row->version != seen) return Problem{Fault::conflict, "version_conflict"};
        try {
            transaction.exec(
                R"(UPDATE client SET code = ?2, name = ?3, name_kana = ?4, name_key = ?5,
                                     kana_key = ?6, version = version + 1, updated_at = ?7
                    WHERE id = ?1)",
                id, input.code, input.name, input.name_kana, domain::search_key(input.name),
                domain::search_key(input.name_kana), call.now
            );
        } catch (store::Error const& error) {
            if (!error.unique_violation()) throw;
            return Problem{Fault::conflict, "client_code_taken", {{"code", "taken"}}};
        }
        put_into_outbox(transaction, id, profile, call.caller.actor, "client.update");
        json::object const before{
            {"code", row->code}, {"name", row->name}, {"name_kana", row->name_kana}
        };
        json::object const after{
            {"code", input.code}, {"name", input.name}, {"name_kana", input.name_kana}
        };
        transaction.commit(parts_.recorder.append(
            transaction, {call.caller.actor, "client.update", object_of(id),
                          audit::changes_between(before, after)}
        ));
    }
    apply_to_book(id, profile, call.caller.actor, "client.update");
    return read(id);
}

Result<Client> Clients::set_state(http::Call& call, ClientState state, char const* action)
{
    TRY(auto const seen, call.if_match());
    auto const id = call.client.id;
    auto transaction = parts_.pool.begin(office);
    auto const row = directory_row(transaction, id);
    if (!row || row->version != seen) return Problem{Fault::conflict, "version_conflict"};
    transaction.exec(
        R"(UPDATE client SET state = ?2, version = version + 1, updated_at = ?3 WHERE id = ?1)", id,
        state, call.now
    );
    auto const body = audit::changes_between(
        json::object{{"state", json::to(row->state)}}, json::object{{"state", json::to(state)}}
    );
    transaction.commit(
        parts_.recorder.append(transaction, {call.caller.actor, action, object_of(id), body})
    );
    return read(id);
}

std::vector<std::pair<std::int64_t, store::FileId>> Clients::all_books()
{
    std::vector<std::pair<std::int64_t, store::FileId>> books;
    auto const directory = directory_.view();
    for (auto const* row : directory->by_id()) books.emplace_back(row->id, row->book());
    return books;
}

std::int64_t Clients::count()
{
    auto const directory = directory_.view();
    return std::count_if(directory->by_id().begin(), directory->by_id().end(), [](auto const* row) {
        return row->state == ClientState::active;
    });
}

} // namespace clients

#include "clients/clients.hpp"

#include "base/present.hpp"

#include <fmt/format.h>

namespace clients {

namespace {

constexpr std::int64_t establishments_max = 500;

struct Stamp {
    std::int64_t id = 0;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(Stamp, (), (id, version))

std::string object_of(std::int64_t id) { return fmt::format("establishment:{}", id); }

std::optional<EstablishmentInput> read_details(store::Reader const& book, std::int64_t id)
{
    return book.one<EstablishmentInput>(
        R"(SELECT name, name_kana, postal_code, address, telephone, symbol, number, health_insurer,
                  insurer_branch, insurer_number, insurer_name, card_symbol, pension_office,
                  applied_on, specified, labour_number, labour_unified, labour_industry,
                  labour_office, employment_office_number, hello_work, established_on
             FROM establishment WHERE id = ?1)",
        id
    );
}

std::optional<Establishment> read_establishment(store::Reader const& book, std::int64_t id)
{
    auto const stamp = book.one<Stamp>("SELECT id, version FROM establishment WHERE id = ?1", id);
    if (!stamp) return std::nullopt;
    return Establishment{stamp->id, stamp->version, base::present(read_details(book, id))};
}

void write_details(
    store::Transaction& book, std::int64_t id, std::int64_t version, EstablishmentInput const& e
)
{
    book.exec(
        R"(INSERT OR REPLACE INTO establishment
             (id, version, name, name_kana, postal_code, address, telephone, symbol, number,
              health_insurer, insurer_branch, insurer_number, insurer_name, card_symbol,
              pension_office, applied_on, specified, labour_number, labour_unified,
              labour_industry, labour_office, employment_office_number, hello_work,
              established_on)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
                   ?19, ?20, ?21, ?22, ?23, ?24))",
        id, version, e.name, e.name_kana, e.postal_code, e.address, e.telephone, e.symbol, e.number,
        e.health_insurer, e.insurer_branch, e.insurer_number, e.insurer_name, e.card_symbol,
        e.pension_office, e.applied_on, e.specified, e.labour_number, e.labour_unified,
        e.labour_industry, e.labour_office, e.employment_office_number, e.hello_work,
        e.established_on
    );
}

Problem version_conflict(Establishment const& current)
{
    return {
        Fault::conflict,
        "version_conflict",
        {},
        json::serialize(json::object{{"current", json::to(current)}})
    };
}

} // namespace

Result<EstablishmentList> Clients::list_establishments(http::Call& call)
{
    EstablishmentList list;
    auto const book = parts_.pool.read(call.client.book);
    auto const ids = book.all<std::int64_t>("SELECT id FROM establishment ORDER BY id");
    for (auto const id : ids)
        list.establishments.push_back(base::present(read_establishment(book, id)));
    return list;
}

Result<Establishment> Clients::add_establishment(
    store::FileId const& book, EstablishmentInput input, std::string const& actor
)
{
    if (auto faults = tidy(input); !faults.empty())
        return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    auto transaction = parts_.pool.begin(book);
    if (transaction.one<std::int64_t>("SELECT count(*) FROM establishment") >= establishments_max)
        return Problem{Fault::conflict, "too_many_establishments"};
    auto const last =
        transaction.one<std::int64_t>("SELECT seq FROM sqlite_sequence WHERE name = 'establishment'"
        );
    auto const id = last.value_or(0) + 1;
    write_details(transaction, id, 1, input);
    transaction.commit(parts_.recorder.append(
        transaction,
        {actor, "establishment.create", object_of(id), audit::changes_between({}, json::to(input))}
    ));
    return Establishment{id, 1, std::move(input)};
}

Result<http::Created<Establishment>>
Clients::post_establishment(http::Call& call, EstablishmentInput const& input)
{
    if (call.client.ended) return Problem{Fault::conflict, "client_ended"};
    TRY(auto made, idempotency_.once<Establishment>(call, "createEstablishment", input, [&] {
        return add_establishment(call.client.book, input, call.caller.actor);
    }));
    return http::Created<Establishment>{std::move(made)};
}

Result<Establishment> Clients::put_establishment(http::Call& call, EstablishmentInput const& wanted)
{
    if (call.client.ended) return Problem{Fault::conflict, "client_ended"};
    TRY(auto const seen, call.if_match());
    auto input = wanted;
    if (auto faults = tidy(input); !faults.empty())
        return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    auto const id = call.id("establishment_id");
    auto transaction = parts_.pool.begin(call.client.book);
    auto const current = read_establishment(transaction, id);
    if (!current) return Problem{Fault::not_found, "not_found"};
    if (current->version != seen) return version_conflict(*current);
    write_details(transaction, id, seen + 1, input);
    transaction.commit(parts_.recorder.append(
        transaction, {call.caller.actor, "establishment.update", object_of(id),
                      audit::changes_between(json::to(current->details), json::to(input))}
    ));
    return Establishment{id, seen + 1, std::move(input)};
}

Result<http::None> Clients::delete_establishment(http::Call& call)
{
    TRY(auto const seen, call.if_match());
    auto const id = call.id("establishment_id");
    auto transaction = parts_.pool.begin(call.client.book);
    auto const current = read_establishment(transaction, id);
    if (!current) return Problem{Fault::not_found, "not_found"};
    if (current->version != seen) return version_conflict(*current);
    if (transaction.one<std::int64_t>(
            "SELECT 1 FROM employee WHERE establishment_id = ?1 LIMIT 1", id
        ))
        return Problem{Fault::conflict, "establishment_in_use"};
    transaction.exec("DELETE FROM establishment WHERE id = ?1", id);
    transaction.commit(parts_.recorder.append(
        transaction, {call.caller.actor, "establishment.delete", object_of(id),
                      audit::changes_between(json::to(current->details), {})}
    ));
    return http::None{};
}

} // namespace clients

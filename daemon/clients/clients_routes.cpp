#include "clients/clients.hpp"
#include "domain/text.hpp"

#include <algorithm>

namespace clients {

namespace {

store::FileId const office{store::Kind::office, {}, 1};

} // namespace

Result<ClientList> Clients::page_of(http::Caller const& caller, ClientSearch const& wanted)
{
    ClientList list;
    list.page = wanted.page.value_or(1);
    list.size = wanted.size.value_or(50);
    if (list.page < 1 || list.page > 100'000 || list.size < 1 || list.size > 200)
        return Problem{Fault::invalid, "invalid_fields", {{"page", "out_of_range"}}};
    auto const text = domain::trimmed(wanted.text.value_or(""));
    auto const key = domain::company_key(text);
    auto const end = domain::prefix_end(key);
    auto const text_end = domain::prefix_end(text);
    std::optional<std::string> state;
    if (wanted.state) state = boost::describe::enum_to_string(*wanted.state, "");
    auto const sort = wanted.sort.value_or("code");
    auto const read = parts_.pool.read(office);
    list.total = read.one<std::int64_t>(
                         R"(SELECT count(*) FROM client
            WHERE state <> 'creating' AND (?1 IS NULL OR state = ?1)
              AND (?2 = '' OR (name_key >= ?2 AND name_key < ?3)
                           OR (kana_key >= ?2 AND kana_key < ?3)
                           OR (lower(code) >= ?2 AND lower(code) < ?3)
                           OR (name >= ?6 AND name < ?7))
              AND (?4 OR id IN (SELECT client_id FROM assignment WHERE account_id = ?5)))",
                         state, key, end, caller.all_clients, caller.account_id, text, text_end
    )
                     .value_or(0);
    read.each<ClientRow>(
        R"(SELECT id, code, name, name_kana, state, colour, updated_at FROM client
            WHERE state <> 'creating' AND (?1 IS NULL OR state = ?1)
              AND (?2 = '' OR (name_key >= ?2 AND name_key < ?3)
                           OR (kana_key >= ?2 AND kana_key < ?3)
                           OR (lower(code) >= ?2 AND lower(code) < ?3)
                           OR (name >= ?6 AND name < ?7))
              AND (?4 OR id IN (SELECT client_id FROM assignment WHERE account_id = ?5))
            ORDER BY CASE WHEN ?8 = 'name' THEN kana_key END,
                     CASE WHEN ?8 = '-name' THEN kana_key END DESC,
                     CASE WHEN ?8 = 'updated' THEN updated_at END,
                     CASE WHEN ?8 = '-updated' THEN updated_at END DESC,
                     CASE WHEN ?8 = '-code' THEN code END DESC,
                     code
            LIMIT ?9 OFFSET ?10)",
        [&](ClientRow row) {
            list.clients.push_back(
                {row.id, std::move(row.code), std::move(row.name), std::move(row.name_kana),
                 row.state, row.colour, row.updated_at, 0}
            );
        },
        state, key, end, caller.all_clients, caller.account_id, text, text_end, sort, list.size,
        (list.page - 1) * list.size
    );
    for (auto& client : list.clients) client.employees = parts_.count_employees(client.id);
    return list;
}

Result<ClientList> Clients::list(http::Call& call)
{
    ClientSearch wanted;
    TRY(wanted.page, call.query_number("page", 1, 100'000, 1));
    TRY(wanted.size, call.query_number("size", 1, 200, 50));
    wanted.sort = call.query("sort");
    if (auto const state = call.query("state")) {
        ClientState value{};
        if (!boost::describe::enum_from_string(state->c_str(), value))
            return Problem{Fault::invalid, "invalid_fields", {{"state", "not_a_choice"}}};
        wanted.state = value;
    }
    return page_of(call.caller, wanted);
}

Result<ClientList> Clients::search(http::Call& call, ClientSearch const& wanted)
{
    return page_of(call.caller, wanted);
}

Result<http::Created<Client>> Clients::post(http::Call& call, ClientInput const& input)
{
    TRY(auto made, idempotency_.once<Client>(call, "createClient", input, [&] {
        return create(input, call.caller.actor);
    }));
    return http::Created<Client>{std::move(made)};
}

Result<Client> Clients::get(http::Call& call) { return read(call.client.id); }
Result<Client> Clients::end(http::Call& call)
{
    return set_state(call, ClientState::ended, "client.end");
}
Result<Client> Clients::resume(http::Call& call)
{
    return set_state(call, ClientState::active, "client.resume");
}

http::RoomRoutes Clients::routes()
{
    using http::Right, http::Scope, http::Verb, http::on, http::Route;
    constexpr auto view = Right::client_view;
    constexpr auto edit = Right::client_edit;
    static constexpr Route table[] = {
        {Verb::get, "/api/v1/clients", view, Scope::office, "listClients", on<&Clients::list>},
        {Verb::post, "/api/v1/clients/search", view, Scope::office, "searchClients",
         on<&Clients::search>},
        {Verb::post, "/api/v1/clients", Right::client_create, Scope::office, "createClient",
         on<&Clients::post>},
        {Verb::get, "/api/v1/clients/{client_id}", view, Scope::client, "getClient",
         on<&Clients::get>},
        {Verb::put, "/api/v1/clients/{client_id}", edit, Scope::client, "updateClient",
         on<&Clients::put>},
        {Verb::post, "/api/v1/clients/{client_id}/end", Right::client_create, Scope::client,
         "endClient", on<&Clients::end>},
        {Verb::post, "/api/v1/clients/{client_id}/resume", Right::client_create, Scope::client,
         "resumeClient", on<&Clients::resume>},
        {Verb::get, "/api/v1/clients/{client_id}/history", view, Scope::client, "getClientHistory",
         on<&Clients::history>},
        {Verb::get, "/api/v1/clients/{client_id}/establishments", view, Scope::client,
         "listEstablishments", on<&Clients::list_establishments>},
        {Verb::post, "/api/v1/clients/{client_id}/establishments", edit, Scope::client,
         "createEstablishment", on<&Clients::post_establishment>},
        {Verb::put, "/api/v1/clients/{client_id}/establishments/{establishment_id}", edit,
         Scope::client, "updateEstablishment", on<&Clients::put_establishment>},
        {Verb::del, "/api/v1/clients/{client_id}/establishments/{establishment_id}", edit,
         Scope::client, "deleteEstablishment", on<&Clients::delete_establishment>},
    };
    return {table, this};
}

} // namespace clients

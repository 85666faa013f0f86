#include "clients/clients.hpp"
#include "domain/text.hpp"

#include <algorithm>

namespace clients {

Result<ClientList> Clients::page_of(http::Caller const& caller, ClientSearch const& wanted)
{
    ClientList list;
    list.page = wanted.page.value_or(1);
    list.size = wanted.size.value_or(50);
    if (list.page < 1 || list.page > 100'000 || list.size < 1 || list.size > 200)
        return Problem{Fault::invalid, "invalid_fields", {{"page", "out_of_range"}}};
    Typed const typed{wanted.text.value_or("")};
    auto const first = (list.page - 1) * list.size;
    auto const take = [&](RosterRow const* row) {
        if (wanted.state && row->state != *wanted.state) return;
        if (!caller.may_see_client(row->id) || !row->starts_with(typed)) return;
        auto const place = list.total++;
        if (place < first || place >= first + list.size) return;
        list.clients.push_back(
            {row->id, row->code, row->name, row->name_kana, row->state, row->colour,
             row->updated_at, parts_.count_employees(row->id)}
        );
    };
    auto const roster = roster_.view();
    std::string_view sort = wanted.sort ? *wanted.sort : std::string_view{"code"};
    bool const descending = sort.starts_with('-');
    if (descending) sort.remove_prefix(1);
    auto const& order = sort == "name"      ? roster->by_kana()
                        : sort == "updated" ? roster->by_change()
                                            : roster->by_code();
    if (descending)
        std::for_each(order.rbegin(), order.rend(), take);
    else
        std::for_each(order.begin(), order.end(), take);
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

#include "enrolment/client_accounts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace enrolment {

namespace {

store::FileId const office{store::Kind::office, {}, 1};

bool of_one_client(http::AccountClass account_class)
{
    return account_class == http::AccountClass::client ||
           account_class == http::AccountClass::employee;
}

Problem wrong(char const* field, char const* fault)
{
    return {Fault::invalid, "invalid_fields", {{field, fault}}};
}

} // namespace

std::vector<std::int64_t> ClientAccounts::ids_of(std::int64_t client_id) const
{
    return parts_.pool.read(office).all<std::int64_t>(
        R"(SELECT account.id FROM account JOIN assignment ON account_id = account.id
            WHERE client_id = ?1 AND class IN ('client', 'employee')
            ORDER BY state = 'disabled', class, name, account.id)",
        client_id
    );
}

// Accounts of the office that look after the client are none of the company's business.
Result<Account> ClientAccounts::of_client(http::Call const& call, std::int64_t account_id) const
{
    auto const ids = ids_of(call.client.id);
    if (std::find(ids.begin(), ids.end(), account_id) == ids.end())
        return Problem{Fault::not_found, "not_found"};
    return parts_.desk.accounts.find(account_id);
}

Result<accounts::AccountList> ClientAccounts::list(http::Call& call)
{
    accounts::AccountList list;
    for (auto const id : ids_of(call.client.id)) {
        auto account = parts_.desk.accounts.find(id);
        if (!account) continue; // deleted meanwhile
        bool const locked = parts_.desk.log.locked(account->login_id, call.now);
        bool const second_factor = parts_.desk.second_factors.state_of(id).in_force();
        list.accounts.push_back({std::move(*account), second_factor, locked});
    }
    return list;
}

// Nobody of a company hands out more than they have themselves, nor takes over somebody who has it.
bool ClientAccounts::more_than_own(http::Call const& call, std::uint64_t rights) const
{
    return call.caller.account_class == http::AccountClass::client &&
           (rights & ~call.caller.rights) != 0;
}

Result<void>
ClientAccounts::may_give(http::Call const& call, std::vector<std::string> const& roles) const
{
    TRY(auto const set, parts_.desk.roles.set_of(roles));
    if (!of_one_client(set.account_class)) return wrong("roles", "role_of_office");
    if (more_than_own(call, set.rights)) return wrong("roles", "more_than_own");
    // Heavy rights take two people of the office.
    if (parts_.desk.policies.two_person() && !roles::guarded_of(set.rights).empty())
        return wrong("roles", "guarded_by_two");
    return {};
}

Result<Account> ClientAccounts::in_reach(http::Call const& call, std::int64_t account_id) const
{
    TRY(auto account, of_client(call, account_id));
    if (account.id == call.caller.account_id) return Problem{Fault::conflict, "own_account"};
    TRY(auto const set, parts_.desk.roles.set_of(account.roles));
    if (more_than_own(call, set.rights)) return Problem{Fault::forbidden, "more_than_own"};
    return account;
}

Result<void> ClientAccounts::known_employee(http::Call const& call, std::int64_t employee_id) const
{
    auto const book = parts_.pool.read(call.client.book);
    if (!book.one<std::int64_t>("SELECT 1 FROM employee WHERE id = ?1", employee_id))
        return wrong("employee_id", "unknown");
    auto const taken = parts_.pool.read(office).one<std::int64_t>(
        R"(SELECT 1 FROM account JOIN assignment ON account_id = account.id
            WHERE employee_id = ?1 AND client_id = ?2)",
        employee_id, call.client.id
    );
    if (taken) return wrong("employee_id", "has_account");
    return {};
}

Result<http::Created<accounts::Invited>>
ClientAccounts::create(http::Call& call, ClientAccountWish const& wanted)
{
    TRY_VOID(may_give(call, wanted.roles));
    if (wanted.employee_id) TRY_VOID(known_employee(call, *wanted.employee_id));
    auto code = auth::new_setup_code();
    TRY(auto account, parts_.desk.accounts.create(
                          {wanted.login_id,
                           wanted.name,
                           wanted.roles,
                           false,
                           {call.client.id},
                           wanted.employee_id,
                           wanted.ends_on},
                          auth::setup_code_hash(code), call.caller.actor
                      ));
    return http::Created<accounts::Invited>{{std::move(account), std::move(code), std::nullopt}};
}

Result<accounts::Invited> ClientAccounts::invite_again(http::Call& call)
{
    TRY(auto const account, in_reach(call, call.id("account_id")));
    auto code = auth::new_setup_code();
    TRY(auto invited, parts_.desk.accounts.invite_again(
                          account.id, auth::setup_code_hash(code), call.caller.actor
                      ));
    parts_.desk.sessions.close_account(account.id);
    parts_.desk.log.forget_failures(account.login_id, call.now, call.caller.actor);
    return accounts::Invited{std::move(invited), std::move(code), std::nullopt};
}

Result<Account> ClientAccounts::disable(http::Call& call)
{
    TRY(auto const account, in_reach(call, call.id("account_id")));
    TRY(auto disabled, parts_.desk.accounts.disable(account.id, call.caller.actor));
    parts_.desk.sessions.close_account(account.id); // the same second
    return disabled;
}

Result<http::Download> ClientAccounts::make_sheets(http::Call& call, SheetOrder const& order)
{
    for (auto const id : order.account_ids) TRY_VOID(in_reach(call, id));
    auto const place = call.caller.account_class == http::AccountClass::client
                           ? std::string{"御社の担当者"}
                           : parts_.desk.accounts.office_name();
    auto const ask = fmt::format("{}　{}", place, call.caller.name);
    TRY(auto pdf, parts_.enrolment.sheets(order.account_ids, ask, call.caller.actor));
    return sheets_download(std::move(pdf));
}

http::RoomRoutes ClientAccounts::routes()
{
    using http::on, http::Proof, http::Right, http::Scope, http::Verb;
    constexpr auto right = Right::account_client;
    constexpr auto client = Scope::client;
    static constexpr http::Route table[] = {
        {Verb::get, "/api/v1/clients/{client_id}/accounts", right, client, "listClientAccounts",
         on<&ClientAccounts::list>},
        {Verb::post, "/api/v1/clients/{client_id}/accounts", right, client, "createClientAccount",
         on<&ClientAccounts::create>, Proof::fresh},
        {Verb::post, "/api/v1/clients/{client_id}/accounts/{account_id}/invite", right, client,
         "inviteClientAccountAgain", on<&ClientAccounts::invite_again>, Proof::fresh},
        {Verb::post, "/api/v1/clients/{client_id}/accounts/{account_id}/disable", right, client,
         "disableClientAccount", on<&ClientAccounts::disable>, Proof::fresh},
        {Verb::post, "/api/v1/clients/{client_id}/account-sheets", right, client,
         "makeClientAccountSheets", on<&ClientAccounts::make_sheets>, Proof::fresh},
    };
    return {table, this};
}

} // namespace enrolment

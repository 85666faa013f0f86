#include "auth/accounts_desk.hpp"

namespace auth {

Result<AccountList> AccountsDesk::list_accounts(http::Call& call)
{
    AccountList list;
    for (auto& account : parts_.accounts.list()) {
        bool const locked = parts_.log.locked(account.login_id, call.now);
        bool const second_factor = parts_.second_factors.state_of(account.id).in_force();
        list.accounts.push_back({std::move(account), second_factor, locked});
    }
    return list;
}

Result<http::Created<Invited>>
AccountsDesk::create_account(http::Call& call, NewAccount const& wanted)
{
    auto code = new_setup_code();
    TRY(auto account, parts_.accounts.create(wanted, setup_code_hash(code), call.caller.actor));
    return http::Created<Invited>{{std::move(account), std::move(code)}};
}

Result<Invited> AccountsDesk::invite_again(http::Call& call)
{
    auto const id = call.id("account_id");
    if (id == call.caller.account_id) return Problem{Fault::conflict, "own_account"};
    auto code = new_setup_code();
    TRY(auto account, parts_.accounts.invite_again(id, setup_code_hash(code), call.caller.actor));
    parts_.sessions.close_account(id);
    parts_.log.forget_failures(account.login_id);
    return Invited{std::move(account), std::move(code)};
}

Result<Account> AccountsDesk::disable_account(http::Call& call)
{
    auto const id = call.id("account_id");
    if (id == call.caller.account_id) return Problem{Fault::conflict, "own_account"};
    TRY(auto account, parts_.accounts.disable(id, call.caller.actor));
    parts_.sessions.close_account(id); // the same second
    return account;
}

Result<Account> AccountsDesk::unlock_account(http::Call& call)
{
    TRY(auto account, parts_.accounts.unlocked(call.id("account_id"), call.caller.actor));
    parts_.log.forget_failures(account.login_id);
    return account;
}

Result<Account> AccountsDesk::remove_second_factor(http::Call& call)
{
    auto const id = call.id("account_id");
    if (id == call.caller.account_id) return Problem{Fault::conflict, "own_account"};
    TRY(auto account, parts_.accounts.find(id));
    parts_.second_factors.remove(id, call.caller.actor);
    parts_.sessions.close_account(id);
    return account;
}

Result<Assignment> AccountsDesk::get_assignment(http::Call& call)
{
    TRY(auto const account, parts_.accounts.find(call.id("account_id")));
    return Assignment{account.all_clients, parts_.accounts.clients_of(account.id)};
}

Result<Assignment> AccountsDesk::set_assignment(http::Call& call, Assignment const& wanted)
{
    TRY(auto const account,
        parts_.accounts.assign(
            call.id("account_id"), wanted.all_clients, wanted.client_ids, call.caller.actor
        ));
    parts_.sessions.refresh_account(parts_.accounts.caller_of(account));
    return Assignment{account.all_clients, parts_.accounts.clients_of(account.id)};
}

} // namespace auth

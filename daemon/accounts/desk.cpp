#include "accounts/desk.hpp"

#include "base/present.hpp"

namespace accounts {

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

// Rights over numbers and whole ledgers, newly given, in an office of several people.
bool AccountsDesk::needs_second_person(http::Call const& call, std::uint64_t added) const
{
    return parts_.policies.two_person() && !call.request.admin_socket &&
           !roles::guarded_of(added).empty();
}

Result<http::Created<Invited>>
AccountsDesk::create_account(http::Call& call, AccountWish const& wanted)
{
    TRY(auto const set, parts_.roles.set_of(wanted.roles));
    auth::NewAccount now{wanted.login_id,   wanted.name,        wanted.roles,  wanted.all_clients,
                         wanted.client_ids, wanted.employee_id, wanted.ends_on};
    bool const waits = needs_second_person(call, set.rights);
    if (waits) {
        std::erase_if(now.roles, [&](auto const& name) {
            return !roles::guarded_of(roles::rights_of(base::present(parts_.roles.find(name))))
                        .empty();
        });
        if (now.roles.empty())
            return Problem{Fault::invalid, "invalid_fields", {{"roles", "guarded_only"}}};
        TRY_VOID(checked_reason(wanted.reason.value_or(""))); // before the account is there
    }
    auto code = auth::new_setup_code();
    TRY(auto account, parts_.accounts.create(now, auth::setup_code_hash(code), call.caller.actor));
    std::optional<Grant> waiting;
    if (waits) {
        TRY(waiting, parts_.grants.request(
                         {account.id, wanted.roles, wanted.reason.value_or("")}, call.caller
                     ));
    }
    return http::Created<Invited>{{std::move(account), std::move(code), std::move(waiting)}};
}

// Loses rights at once, inside open sessions; gaining guarded ones takes a fresh sign-in.
Result<RolesAnswer> AccountsDesk::set_roles(http::Call& call, RolesWish const& wanted)
{
    TRY(auto const account, parts_.accounts.find(call.id("account_id")));
    TRY(auto const set, parts_.roles.set_of(wanted.roles));
    auto const before = parts_.roles.set_of(account.roles);
    auto const added = set.rights & ~(before ? before->rights : 0);
    if (needs_second_person(call, added)) {
        TRY(auto waiting, parts_.grants.request(
                              {account.id, wanted.roles, wanted.reason.value_or("")}, call.caller
                          ));
        return RolesAnswer{account, std::move(waiting)};
    }
    TRY(auto changed,
        parts_.accounts.set_roles(account.id, wanted.roles, call.caller.actor, call.caller.actor));
    if (roles::guarded_of(added).empty() || account.id == call.caller.account_id)
        parts_.sessions.refresh_account(parts_.accounts.caller_of(changed));
    else
        parts_.sessions.close_account(changed.id);
    return RolesAnswer{std::move(changed), parts_.grants.waiting_for(account.id)};
}

Result<GrantList> AccountsDesk::list_grants(http::Call&) { return GrantList{parts_.grants.list()}; }

Result<Grant> AccountsDesk::approve_grant(http::Call& call, Comment const& given)
{
    TRY(auto grant, parts_.grants.approve(call.id("grant_id"), given.comment, call.caller));
    parts_.sessions.close_account(grant.account_id);
    return grant;
}

Result<Grant> AccountsDesk::refuse_grant(http::Call& call, Comment const& given)
{
    return parts_.grants.refuse(call.id("grant_id"), given.comment, call.caller);
}

Result<Grant> AccountsDesk::withdraw_grant(http::Call& call)
{
    return parts_.grants.withdraw(call.id("grant_id"), call.caller);
}

Result<Invited> AccountsDesk::invite_again(http::Call& call)
{
    auto const id = call.id("account_id");
    if (id == call.caller.account_id) return Problem{Fault::conflict, "own_account"};
    auto code = auth::new_setup_code();
    TRY(auto account,
        parts_.accounts.invite_again(id, auth::setup_code_hash(code), call.caller.actor));
    parts_.sessions.close_account(id);
    parts_.log.forget_failures(account.login_id, call.now, call.caller.actor);
    return Invited{std::move(account), std::move(code), std::nullopt};
}

Result<Account> AccountsDesk::disable_account(http::Call& call)
{
    auto const id = call.id("account_id");
    if (id == call.caller.account_id) return Problem{Fault::conflict, "own_account"};
    TRY(auto account, parts_.accounts.disable(id, call.caller.actor));
    parts_.sessions.close_account(id); // the same second
    return account;
}

Result<Account> AccountsDesk::change_account(http::Call& call, AccountChange const& wanted)
{
    TRY(auto const version, call.if_match());
    return parts_.accounts.change(call.id("account_id"), version, wanted, call.caller.actor);
}

Result<http::None> AccountsDesk::delete_account(http::Call& call)
{
    auto const id = call.id("account_id");
    if (id == call.caller.account_id) return Problem{Fault::conflict, "own_account"};
    TRY(auto const account, parts_.accounts.find(id));
    if (account.state == auth::AccountState::active)
        return Problem{Fault::conflict, "account_not_disabled"};
    parts_.log.forget(id, account.login_id);
    TRY_VOID(parts_.accounts.erase(id, call.caller.actor));
    parts_.sessions.close_account(id);
    return http::None{};
}

Result<Account> AccountsDesk::unlock_account(http::Call& call)
{
    TRY(auto account, parts_.accounts.unlocked(call.id("account_id"), call.caller.actor));
    parts_.log.forget_failures(account.login_id, call.now, call.caller.actor);
    return account;
}

Result<Lockouts> AccountsDesk::list_lockouts(http::Call& call)
{
    Lockouts all;
    TRY(all.page, call.query_number("page", 1, 100'000, 1));
    TRY(all.size, call.query_number("size", 1, 200, 50));
    all.total = parts_.log.lockouts_total();
    all.lockouts = parts_.log.lockouts((all.page - 1) * all.size, all.size);
    return all;
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
    return parts_.accounts.assignment_of(call.id("account_id"));
}

Result<Assignment> AccountsDesk::set_assignment(http::Call& call, Assignment const& wanted)
{
    auto const id = call.id("account_id");
    TRY(auto const account, parts_.accounts.assign(id, wanted, call.caller.actor));
    parts_.sessions.refresh_account(parts_.accounts.caller_of(account));
    return parts_.accounts.assignment_of(id);
}

} // namespace accounts

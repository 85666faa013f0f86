#include "accounts/desk.hpp"
#include "accounts/roles_desk.hpp"

namespace accounts {

using http::Proof, http::Right, http::Scope, http::Verb, http::on, http::Route;

http::RoomRoutes AccountsDesk::routes()
{
    constexpr auto manage = Right::account_manage;
    constexpr auto view = Right::account_view;
    constexpr auto office = Scope::office;
    static constexpr Route table[] = {
        {Verb::get, "/api/v1/accounts", view, office, "listAccounts",
         on<&AccountsDesk::list_accounts>},
        {Verb::post, "/api/v1/accounts", manage, office, "createAccount",
         on<&AccountsDesk::create_account>, Proof::fresh},
        {Verb::put, "/api/v1/accounts/{account_id}", manage, office, "changeAccount",
         on<&AccountsDesk::change_account>, Proof::fresh},
        {Verb::del, "/api/v1/accounts/{account_id}", manage, office, "deleteAccount",
         on<&AccountsDesk::delete_account>, Proof::fresh},
        {Verb::post, "/api/v1/accounts/{account_id}/invite", manage, office, "inviteAccountAgain",
         on<&AccountsDesk::invite_again>, Proof::fresh},
        {Verb::post, "/api/v1/accounts/{account_id}/disable", manage, office, "disableAccount",
         on<&AccountsDesk::disable_account>, Proof::fresh},
        {Verb::post, "/api/v1/accounts/{account_id}/unlock", manage, office, "unlockAccount",
         on<&AccountsDesk::unlock_account>, Proof::fresh},
        {Verb::get, "/api/v1/lockouts", view, office, "listLockouts",
         on<&AccountsDesk::list_lockouts>},
        {Verb::del, "/api/v1/accounts/{account_id}/second-factor", manage, office,
         "removeSecondFactor", on<&AccountsDesk::remove_second_factor>, Proof::fresh},
        {Verb::put, "/api/v1/accounts/{account_id}/roles", manage, office, "setAccountRoles",
         on<&AccountsDesk::set_roles>, Proof::fresh},
        {Verb::get, "/api/v1/accounts/{account_id}/clients", view, office, "getAccountClients",
         on<&AccountsDesk::get_assignment>},
        {Verb::put, "/api/v1/accounts/{account_id}/clients", Right::assignment_manage, office,
         "setAccountClients", on<&AccountsDesk::set_assignment>, Proof::fresh},
        {Verb::get, "/api/v1/grants", view, office, "listGrants", on<&AccountsDesk::list_grants>},
        {Verb::post, "/api/v1/grants/{grant_id}/approve", Right::grant_approve, office,
         "approveGrant", on<&AccountsDesk::approve_grant>, Proof::fresh},
        {Verb::post, "/api/v1/grants/{grant_id}/refuse", Right::grant_approve, office,
         "refuseGrant", on<&AccountsDesk::refuse_grant>, Proof::fresh},
        {Verb::post, "/api/v1/grants/{grant_id}/withdraw", manage, office, "withdrawGrant",
         on<&AccountsDesk::withdraw_grant>},
    };
    return {table, this};
}

http::RoomRoutes RolesDesk::routes()
{
    static constexpr Route table[] = {
        {Verb::get, "/api/v1/roles", Right::account_view, Scope::office, "listRoles",
         on<&RolesDesk::list_roles>},
        {Verb::post, "/api/v1/roles", Right::role_manage, Scope::office, "createRole",
         on<&RolesDesk::create_role>, Proof::fresh},
        {Verb::put, "/api/v1/roles/{role_id}", Right::role_manage, Scope::office, "changeRole",
         on<&RolesDesk::change_role>, Proof::fresh},
        {Verb::del, "/api/v1/roles/{role_id}", Right::role_manage, Scope::office, "removeRole",
         on<&RolesDesk::remove_role>, Proof::fresh},
    };
    return {table, this};
}

} // namespace accounts

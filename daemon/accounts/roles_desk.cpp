#include "accounts/roles_desk.hpp"

namespace accounts {

Result<RoleList> RolesDesk::list_roles(http::Call&)
{
    return RoleList{roles::catalogue().rights, parts_.roles.all(), parts_.two_person};
}

Result<http::Created<roles::Role>>
RolesDesk::create_role(http::Call& call, roles::RoleWish const& wish)
{
    TRY(auto role, parts_.roles.create(wish, call.caller.actor));
    return http::Created<roles::Role>{std::move(role)};
}

// Whoever has it, has it changed, inside open sessions.
Result<roles::Role> RolesDesk::change_role(http::Call& call, roles::RoleWish const& wish)
{
    TRY(auto const version, call.if_match());
    auto const id = call.id("role_id");
    TRY(auto role, parts_.roles.change(id, version, wish, call.caller.actor));
    for (auto const account_id : parts_.roles.accounts_with(id))
        if (auto const account = parts_.accounts.find(account_id))
            parts_.sessions.refresh_account(parts_.accounts.caller_of(*account));
    return role;
}

Result<http::None> RolesDesk::remove_role(http::Call& call)
{
    TRY_VOID(parts_.roles.remove(call.id("role_id"), call.caller.actor));
    return http::None{};
}

} // namespace accounts

#include "auth/own_passkeys.hpp"

namespace auth {

// A password alone must not add a factor beside one that the account has.
Result<void> OwnPasskeys::may_enrol(http::Call const& call) const
{
    bool const waits = !call.caller.may(http::Right::signed_in);
    if (!waits || parts_.second_factors.state_of(call.caller.account_id).in_force())
        return Problem{Fault::conflict, "second_factor_exists"};
    return {};
}

Result<passkeys::CreationOptions> OwnPasskeys::offer_first(http::Call& call)
{
    TRY_VOID(may_enrol(call));
    return offer(call);
}

Result<http::WithHeaders<Enrolled>>
OwnPasskeys::add_first(http::Call& call, passkeys::NewPasskey const& given)
{
    TRY_VOID(may_enrol(call));
    TRY(auto codes, keep(call, given, true));
    TRY(auto const account, parts_.accounts.find(call.caller.account_id));
    TRY(auto entered, parts_.door.enter(call, account, Factor::passkey, Method::passkey));
    return http::WithHeaders<Enrolled>{
        {std::move(codes), std::move(entered.body)}, std::move(entered.headers), 200
    };
}

Result<PasskeyList> OwnPasskeys::list(http::Call& call)
{
    return PasskeyList{parts_.passkeys.list(call.caller.account_id)};
}

Result<passkeys::CreationOptions> OwnPasskeys::offer(http::Call& call)
{
    TRY(auto const account, parts_.accounts.find(call.caller.account_id));
    return parts_.passkeys.offer(
        {call.caller.session, call.request.peer}, {account.id, account.login_id, account.name},
        call.now
    );
}

Result<std::vector<std::string>>
OwnPasskeys::keep(http::Call const& call, passkeys::NewPasskey const& given, bool only_first)
{
    TRY(auto const made, parts_.passkeys.accept(call.caller.session, given, call.now));
    TRY(auto codes, parts_.second_factors.add_passkey(call.caller.account_id, made, only_first));
    parts_.sessions.close_others(call.caller.account_id, call.caller.session);
    return codes;
}

Result<RecoveryCodes> OwnPasskeys::add(http::Call& call, passkeys::NewPasskey const& given)
{
    TRY(auto codes, keep(call, given, false));
    parts_.door.refresh_view(call);
    return RecoveryCodes{std::move(codes)};
}

Result<passkeys::Passkey> OwnPasskeys::rename(http::Call& call, PasskeyName const& wanted)
{
    return parts_.passkeys.rename(call.caller.account_id, call.id("passkey_id"), wanted.name);
}

Result<http::None> OwnPasskeys::remove(http::Call& call)
{
    TRY(auto const account, parts_.accounts.find(call.caller.account_id));
    bool const required = parts_.policies.of(account.account_class).second_factor;
    TRY_VOID(parts_.second_factors.remove_passkey(account.id, call.id("passkey_id"), required));
    parts_.sessions.close_others(account.id, call.caller.session);
    parts_.door.refresh_view(call);
    return http::None{};
}

} // namespace auth

#include "auth/own_account.hpp"

namespace auth {

Result<http::None> OwnAccount::change_password(http::Call& call, PasswordChange const& wanted)
{
    // The code is not asked for: whoever changes a password is signed in with it.
    TRY(auto const account, parts_.accounts.find(call.caller.account_id));
    TRY_VOID(parts_.door.check_password(call, wanted.current));
    TRY(auto const password,
        parts_.door.new_password(wanted.password.view(), Door::owner_of(account)));
    auto const history = parts_.policies.of(account.account_class).history;
    TRY(auto const changed,
        parts_.accounts.set_password(account.id, password, history, "account.change_password"));
    parts_.sessions.close_others(changed.id, call.caller.session);
    parts_.door.refresh_view(call);
    return http::None{};
}

Result<SessionList> OwnAccount::list_sessions(http::Call& call)
{
    return SessionList{parts_.sessions.list(call.caller.account_id, call.caller.session, call.now)};
}

Result<http::None> OwnAccount::end_session(http::Call& call)
{
    if (!parts_.sessions.close_one(call.caller.account_id, call.id("session_id")))
        return Problem{Fault::not_found, "not_found"};
    parts_.log.add(call, "", call.caller.account_id, Attempt::ended);
    return http::None{};
}

Result<http::None> OwnAccount::end_other_sessions(http::Call& call)
{
    parts_.sessions.close_others(call.caller.account_id, call.caller.session);
    parts_.log.add(call, "", call.caller.account_id, Attempt::ended);
    return http::None{};
}

Result<SignInHistory> OwnAccount::list_sign_ins(http::Call& call)
{
    SignInHistory history;
    TRY(history.page, call.query_number("page", 1, 100'000, 1));
    TRY(history.size, call.query_number("size", 1, 200, 50));
    history.total = parts_.log.attempts_of(call.caller.account_id);
    history.sign_ins = parts_.log.history_of(
        call.caller.account_id, (history.page - 1) * history.size, history.size
    );
    return history;
}

Result<SecondFactorState> OwnAccount::get_second_factor(http::Call& call)
{
    return parts_.second_factors.state_of(call.caller.account_id);
}

// A password alone must not add a way in beside a passkey that the account has, and an open screen
// that was left must not either.
Result<void> OwnAccount::may_enrol(http::Call const& call) const
{
    auto const state = parts_.second_factors.state_of(call.caller.account_id);
    if (state.passkeys == 0) return {};
    if (!call.caller.may(http::Right::signed_in))
        return Problem{Fault::conflict, "second_factor_exists"};
    if (!http::proved_lately(call.caller, call.now))
        return Problem{Fault::forbidden, "proof_needed"};
    return {};
}

Result<TotpOffer> OwnAccount::offer_second_factor(http::Call& call)
{
    TRY_VOID(may_enrol(call));
    TRY(auto const account, parts_.accounts.find(call.caller.account_id));
    return parts_.second_factors.offer_totp(account.id, account.login_id);
}

Result<http::WithHeaders<Enrolled>>
OwnAccount::confirm_second_factor(http::Call& call, SecondStep const& given)
{
    TRY_VOID(may_enrol(call));
    TRY(auto const account, parts_.accounts.find(call.caller.account_id));
    TRY(auto codes, parts_.second_factors.confirm_totp(account.id, given.code.view()));
    parts_.sessions.close_others(account.id, call.caller.session);
    TRY(auto entered, parts_.door.enter(call, account, Factor::totp));
    return http::WithHeaders<Enrolled>{
        {std::move(codes), std::move(entered.body)}, std::move(entered.headers), 200
    };
}

Result<http::None> OwnAccount::remove_second_factor(http::Call& call)
{
    TRY(auto const account, parts_.accounts.find(call.caller.account_id));
    bool const required = parts_.policies.of(account.account_class).second_factor;
    TRY_VOID(parts_.second_factors.remove_totp(account.id, required));
    parts_.sessions.close_others(account.id, call.caller.session);
    parts_.door.refresh_view(call);
    return http::None{};
}

Result<RecoveryCodes> OwnAccount::renew_recovery_codes(http::Call& call)
{
    TRY(auto codes, parts_.second_factors.renew_recovery_codes(call.caller.account_id));
    return RecoveryCodes{std::move(codes)};
}

} // namespace auth

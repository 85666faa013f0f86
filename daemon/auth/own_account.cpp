#include "auth/own_account.hpp"

namespace auth {

Result<http::None> OwnAccount::change_password(http::Call& call, PasswordChange const& wanted)
{
    // The code is not asked for: whoever changes a password is signed in with it.
    TRY(auto const account, parts_.accounts.find(call.caller.account_id));
    TRY_VOID(parts_.door.check_password(call, wanted.current));
    TRY(auto const password,
        parts_.door.new_password(wanted.password.view(), account.login_id, account.name, account.id)
    );
    TRY(auto const changed,
        parts_.accounts.set_password(
            account.id, password, parts_.policy.password.history, "account.change_password"
        ));
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

Result<TotpOffer> OwnAccount::offer_second_factor(http::Call& call)
{
    TRY(auto const account, parts_.accounts.find(call.caller.account_id));
    return parts_.second_factors.offer_totp(account.id, account.login_id);
}

Result<http::WithHeaders<Enrolled>>
OwnAccount::confirm_second_factor(http::Call& call, SecondStep const& given)
{
    TRY(auto const account, parts_.accounts.find(call.caller.account_id));
    TRY(auto codes, parts_.second_factors.confirm_totp(account.id, given.code.view()));
    parts_.sessions.close_others(account.id, call.caller.session);
    TRY(auto entered, parts_.door.enter(call, account, true));
    return http::WithHeaders<Enrolled>{
        {std::move(codes), std::move(entered.body)}, std::move(entered.headers), 200
    };
}

Result<http::None> OwnAccount::remove_second_factor(http::Call& call)
{
    TRY(auto const account, parts_.accounts.find(call.caller.account_id));
    if (parts_.policy.second_factor_for.contains(account.account_class))
        return Problem{Fault::conflict, "second_factor_required"};
    parts_.second_factors.remove(account.id, call.caller.actor);
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

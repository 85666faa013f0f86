#include "auth/sign_in.hpp"

#include "auth/cookie.hpp"
#include "base/log.hpp"

#include <algorithm>
#include <array>

namespace auth {

namespace {

Problem sign_in_wrong() { return {Fault::unauthenticated, "sign_in_wrong"}; }

constexpr std::string_view cookie_name = "__Host-kuramori";

constexpr std::size_t login_id_max = 64;
constexpr std::int64_t days_warned = 7; // AUT-01

} // namespace

std::shared_ptr<http::Caller const>
Door::caller_of(net::Request const& request, Instant now, http::Look look)
{
    static auto const nobody = std::make_shared<http::Caller const>();
    if (request.admin_socket)
        return std::make_shared<http::Caller const>(console_caller(request.peer_uid));
    auto const token = cookie_in(request.headers.find("Cookie"), cookie_name);
    auto known = token.empty() ? nullptr : parts_.sessions.find(token, now, look);
    return known ? known : nobody;
}

Door::Owner Door::owner_of(Account const& account)
{
    return {account.login_id, account.name, account.account_class, account.id};
}

// The rules first: comparing with each past password is a hash.
Result<HashedPassword> Door::new_password(std::string_view password, Owner const& owner)
{
    std::array<std::string, 3> const context{
        owner.login_id, owner.name, parts_.accounts.office_name()
    };
    auto const policy = parts_.policies.password_of(owner.account_class);
    if (auto faults = password_faults(policy, password, context); !faults.empty())
        return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    for (auto const& past : parts_.accounts.past_hashes(owner.account_id)) {
        TRY(bool const same, parts_.hashing.verify(password, past));
        if (same) return Problem{Fault::invalid, "invalid_fields", {{"password", "password_used"}}};
    }
    TRY(auto hash, parts_.hashing.hash(password));
    return HashedPassword{std::move(hash), is_long(policy, password)};
}

// What every refusal of the door does: a row in the history, a failure of the name (unless it is
// locked: trying must not prolong that), a failure of the address.
Problem Door::refused(
    http::Call const& call,
    std::string const& login_id,
    std::optional<std::int64_t> account_id,
    Attempt outcome,
    Problem answer,
    Method method
)
{
    parts_.log.add(call, login_id, account_id, outcome, method);
    if (outcome != Attempt::locked) {
        auto const account = parts_.accounts.find(account_id.value_or(0));
        std::optional<Lockout> lockout;
        if (account) lockout = parts_.policies.lockout_of(account->account_class);
        parts_.log.count_failure(call, login_id, account_id, lockout);
    }
    if (call.request.admin_socket) return answer;
    parts_.throttle.count_name(login_id, call.now);
    note_name(call, login_id);
    if (parts_.throttle.count_failure(call.request.peer, call.now))
        base::log::warning("auth", "address_throttled", {{"address", call.request.peer}});
    return answer;
}

void Door::note_name(http::Call const& call, std::string const& login_id)
{
    if (!parts_.throttle.note_name(call.request.peer, login_id, call.now)) return;
    base::log::warning("auth", "many_names_tried", {{"address", call.request.peer}});
    if (parts_.find)
        parts_.find(
            {"many_names", call.now, std::nullopt, call.request.peer, "{}", call.request.request_id}
        );
}

// A thread is not held: who comes too soon is told when to come again. What is said depends on what
// was tried, never on what exists.
Result<void> Door::may_try(http::Call const& call, std::string const& login_id)
{
    if (call.request.admin_socket) return {};
    auto const refuse = [](char const* code, std::chrono::seconds wait) {
        json::object const context{{"seconds", wait.count()}};
        return Problem{Fault::too_many, code, {}, json::serialize(context)};
    };
    if (auto const wait = parts_.throttle.wait_of(call.request.peer, call.now); wait.count() > 0) {
        note_name(call, login_id);
        return refuse("too_many_attempts", wait);
    }
    auto const wait = parts_.throttle.wait_of_name(login_id, call.now);
    if (wait.count() > 0) return refuse("tried_too_soon", wait);
    return {};
}

std::optional<Problem> Door::kept_out(http::Call const& call, http::Caller const& caller) const
{
    if (call.request.admin_socket) return std::nullopt;
    for (auto* const gate : gates_)
        if (auto passed = gate->admit(caller, call.request, call.now); !passed)
            return std::move(passed).error();
    return std::nullopt;
}

Problem
Door::wrong_sign_in(http::Call const& call, std::int64_t account_id, Problem otherwise) const
{
    if (!call.request.admin_socket)
        for (auto* const gate : gates_)
            if (auto passed = gate->admit_stranger(account_id, call.request, call.now); !passed)
                return std::move(passed).error();
    return otherwise;
}

// One answer, after the same work, for a wrong password, an unknown name, a disabled and a locked
// account, and for the right password where a gate keeps the account out (enter).
Door::Entered Door::sign_in(http::Call& call, SignIn const& wanted)
{
    auto const login_id = wanted.login_id.substr(0, login_id_max);
    TRY_VOID(may_try(call, login_id));
    auto const known = parts_.accounts.credentials(login_id);
    bool const active = known && known->state == AccountState::active;
    bool const is_locked = parts_.log.locked(login_id, call.now);
    TRY(bool const right,
        parts_.hashing.verify(wanted.password.view(), active ? known->password_hash : std::nullopt)
    );
    std::optional<std::int64_t> account_id;
    if (known) account_id = known->id;
    if (!known || is_locked || !right) {
        auto const outcome = is_locked ? Attempt::locked : Attempt::wrong;
        return refused(
            call, login_id, account_id, outcome,
            wrong_sign_in(call, account_id.value_or(0), sign_in_wrong())
        );
    }
    TRY(auto const account, parts_.accounts.find(known->id));
    return enter(call, account, Factor::none);
}

// The session waits for it, and ends when the name gets locked over it.
Door::Entered Door::give_second_factor(http::Call& call, SecondStep const& given)
{
    TRY(auto const account, parts_.accounts.find(call.caller.account_id));
    TRY_VOID(may_try(call, account.login_id));
    if (parts_.log.locked(account.login_id, call.now)) {
        parts_.sessions.close(call.caller.session);
        return refused(
            call, account.login_id, account.id, Attempt::locked,
            wrong_sign_in(call, account.id, sign_in_wrong())
        );
    }
    auto const factor = parts_.second_factors.take(account.id, given.code.view());
    if (!factor)
        return refused(
            call, account.login_id, account.id, Attempt::wrong_code,
            {Fault::forbidden, "code_wrong", {{"code", "code_wrong"}}}
        );
    return enter(call, account, *factor);
}

Door::Entered Door::replace_password(http::Call& call, NewPassword const& wanted)
{
    TRY(auto const account, parts_.accounts.find(call.caller.account_id));
    auto const view = json::from_text<SessionView>(parts_.sessions.view_of(call.caller.session));
    if (!view || view->stage != Stage::new_password)
        return Problem{Fault::conflict, "nothing_to_do"};
    TRY(auto const password, new_password(wanted.password.view(), owner_of(account)));
    auto const history = parts_.policies.of(account.account_class).history;
    TRY(auto const changed,
        parts_.accounts.set_password(account.id, password, history, "account.change_password"));
    parts_.sessions.close_others(changed.id, call.caller.session);
    return enter(call, changed, view->factor);
}

Result<void> Door::check_password(http::Call const& call, SecretText const& password)
{
    TRY(auto const account, parts_.accounts.find(call.caller.account_id));
    Problem const wrong{Fault::forbidden, "password_wrong", {{"password", "password_wrong"}}};
    TRY_VOID(may_try(call, account.login_id));
    if (parts_.log.locked(account.login_id, call.now))
        return refused(call, account.login_id, account.id, Attempt::locked, wrong);
    auto const known = parts_.accounts.credentials(account.login_id);
    auto const hash = known ? known->password_hash : std::nullopt;
    TRY(bool const right, parts_.hashing.verify(password.view(), hash));
    if (!right) return refused(call, account.login_id, account.id, Attempt::wrong, wrong);
    return {};
}

Result<Factor> Door::check_again(
    http::Call const& call, SecretText const& password, std::optional<SecretText> const& code
)
{
    TRY_VOID(check_password(call, password));
    TRY(auto const account, parts_.accounts.find(call.caller.account_id));
    if (!parts_.second_factors.state_of(account.id).in_force()) return Factor::none;
    auto const factor = code ? parts_.second_factors.take(account.id, code->view()) : std::nullopt;
    if (!factor)
        return refused(
            call, account.login_id, account.id, Attempt::wrong_code,
            {Fault::forbidden, "code_wrong", {{"code", "code_wrong"}}}
        );
    return *factor;
}

Door::Entered Door::prove(http::Call& call, PersonProof const& given)
{
    TRY(auto const factor, check_again(call, given.password, given.code));
    return proved(call, Method::password, factor);
}

Door::Entered Door::proved(http::Call& call, Method method, Factor factor)
{
    TRY(auto const account, parts_.accounts.find(call.caller.account_id));
    parts_.log.add(call, account.login_id, account.id, Attempt::stepped_up, method, factor);
    auto view = json::from_text<SessionView>(parts_.sessions.view_of(call.caller.session));
    auto caller = call.caller;
    caller.proved_at = call.now;
    auto const opened = parts_.sessions.renew(call.caller.session, std::move(caller), call.now);
    if (!opened || !view) return Problem{Fault::unauthenticated, "sign_in_needed"};
    return shown(std::move(*view), *opened, 200);
}

Stage Door::stage_of(Account const& account, Credentials const& known, Proofs const& proofs) const
{
    if (proofs.second_factor && !proofs.second_factor_given) return Stage::second_factor;
    auto const of = account.account_class;
    PasswordInUse const password{known.password_long, proofs.second_factor, known.password_set_at};
    if (expired(parts_.policies.password_of(of), password, proofs.now)) return Stage::new_password;
    if (!proofs.second_factor && parts_.policies.of(of).second_factor) return Stage::enrol;
    return Stage::open;
}

Door::Entered Door::enter(http::Call& call, Account const& account, Factor given, Method method)
{
    auto caller = parts_.accounts.caller_of(account);
    // Who guessed the password must not learn from the answer that it was right; the history tells
    // its owner. A passkey is guessed by nobody: its owner hears the reason.
    if (auto kept = kept_out(call, caller)) {
        auto const outcome = outcome_of(*kept);
        auto answer = method == Method::passkey ? std::move(*kept)
                                                : wrong_sign_in(call, account.id, sign_in_wrong());
        return refused(call, account.login_id, account.id, outcome, std::move(answer), method);
    }
    auto const known = parts_.accounts.credentials(account.login_id);
    if (!known) return Problem{Fault::unauthenticated, "sign_in_needed"};
    Proofs const proofs{
        parts_.second_factors.state_of(account.id).in_force(), given != Factor::none, call.now
    };
    SessionView view;
    view.stage = stage_of(account, *known, proofs);
    if (view.stage == Stage::open) {
        caller.proved_at = call.now;
        parts_.log.forget_failures(account.login_id, call.now);
        parts_.throttle.forget_name(account.login_id);
        parts_.log.add(call, account.login_id, account.id, Attempt::ok, method, given);
        parts_.accounts.signed_in(account.id, call.request.peer, device_of(call.request));
    } else {
        caller.rights = 0;
        caller.grant(http::Right::signing_in);
    }
    view.factor = given;
    view.account_id = account.id;
    view.login_id = account.login_id;
    tell_rights(view, account, caller);
    tell_credentials(view, account, *known, call.now);
    if (account.last_sign_in_at)
        view.previous_sign_in = PreviousSignIn{
            *account.last_sign_in_at, account.last_sign_in_address.value_or(""),
            account.last_sign_in_device.value_or("")
        };
    view.office_name = parts_.accounts.office_name();
    view.version = KURAMORI_VERSION;
    return shown(std::move(view), place_of(call, std::move(caller)), 200);
}

// These may change while the session lasts, and are told anew each time it is asked for.
void Door::tell_rights(SessionView& view, Account const& account, http::Caller const& caller) const
{
    view.name = account.name;
    view.account_class = account.account_class;
    view.all_clients = caller.all_clients;
    view.roles.clear();
    for (auto& role : parts_.roles.all())
        if (std::find(account.roles.begin(), account.roles.end(), role.role) != account.roles.end())
            view.roles.push_back({role.role, std::move(role.ja), std::move(role.en)});
    view.rights.clear();
    for (unsigned bit = 1; bit < 64; ++bit)
        if (auto const right = static_cast<http::Right>(bit); caller.may(right))
            view.rights.emplace_back(http::name_of(right));
}

void Door::tell_credentials(
    SessionView& view, Account const& account, Credentials const& known, Instant now
) const
{
    auto const factors = parts_.second_factors.state_of(account.id);
    view.second_factor = factors.in_force();
    view.totp = factors.totp;
    view.passkey = factors.passkeys > 0;
    PasswordInUse const password{known.password_long, view.second_factor, known.password_set_at};
    auto const of = account.account_class;
    view.password_rules = parts_.policies.rules_of(of);
    auto const days = days_left(parts_.policies.password_of(of), password, now);
    view.password_days_left = days && *days <= days_warned ? days : std::nullopt;
}

void Door::refresh_view(http::Call const& call)
{
    auto view = json::from_text<SessionView>(parts_.sessions.view_of(call.caller.session));
    auto const account = parts_.accounts.find(call.caller.account_id);
    if (!view || !account) return; // ended meanwhile
    auto const known = parts_.accounts.credentials(account->login_id);
    if (!known) return;
    tell_credentials(*view, *account, *known, call.now);
    parts_.sessions.remember_view(call.caller.session, json::to_text(*view));
}

// A session that goes on keeps its age; one of somebody else's in the same browser ends.
Sessions::Opened Door::place_of(http::Call const& call, http::Caller caller)
{
    if (call.caller.account_id == caller.account_id)
        if (auto opened = parts_.sessions.renew(call.caller.session, caller, call.now))
            return std::move(*opened);
    if (!call.caller.session.empty()) parts_.sessions.close(call.caller.session);
    SessionPlace place{call.request.peer, device_of(call.request)};
    return parts_.sessions.open(std::move(caller), std::move(place), call.now);
}

Door::Entered Door::shown(SessionView view, Sessions::Opened const& opened, unsigned status)
{
    view.csrf_token = opened.csrf_token;
    parts_.sessions.remember_view(opened.reference, json::to_text(view));
    std::string cookie{cookie_name};
    cookie += "=" + opened.token;
    cookie += cookie_rules;
    return http::WithHeaders<SessionView>{
        std::move(view), {{"Set-Cookie", std::move(cookie)}}, status
    };
}

Result<SessionView> Door::get_session(http::Call& call)
{
    TRY(auto view, json::from_text<SessionView>(parts_.sessions.view_of(call.caller.session)));
    TRY(auto const account, parts_.accounts.find(call.caller.account_id));
    tell_rights(view, account, call.caller);
    return view;
}

Result<http::WithHeaders<http::None>> Door::sign_out(http::Call& call)
{
    parts_.log.add(call, "", call.caller.account_id, Attempt::out);
    parts_.sessions.close(call.caller.session);
    std::string cookie{cookie_name};
    cookie += "=; Max-Age=0";
    cookie += cookie_rules;
    return http::WithHeaders<http::None>{
        {}, {{"Set-Cookie", std::move(cookie)}, {"Clear-Site-Data", "\"cache\", \"storage\""}}, 204
    };
}

} // namespace auth

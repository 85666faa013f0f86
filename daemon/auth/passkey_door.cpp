#include "auth/passkey_door.hpp"

#include "auth/cookie.hpp"
#include "base/random.hpp"

#include <array>

namespace auth {

namespace {

// Ties an answer to the browser that got the question, while nobody is signed in there yet.
constexpr std::string_view visit_cookie = "__Host-kuramori-passkey";
constexpr std::size_t visit_size = 43; // 256 bits

using passkeys::GivenPasskey, passkeys::Purpose;

std::string new_visit()
{
    std::array<Byte, 32> bytes{};
    base::fill_random(bytes);
    return base::to_base64url(bytes);
}

std::string cookie_of(std::string_view visit, std::string_view life)
{
    std::string cookie{visit_cookie};
    cookie += "=";
    cookie += visit;
    cookie += life;
    cookie += cookie_rules;
    return cookie;
}

Problem wrong(Fault fault) { return {fault, "passkey_wrong"}; }

} // namespace

Result<PasskeyPlace> PasskeyDoor::get_place(http::Call&)
{
    return PasskeyPlace{parts_.passkeys.host()};
}

Result<http::WithHeaders<passkeys::RequestOptions>> PasskeyDoor::ask_sign_in(http::Call& call)
{
    TRY_VOID(parts_.door.may_try(call, ""));
    auto const visit = new_visit();
    TRY(auto options,
        parts_.passkeys.ask({visit, call.request.peer}, Purpose::sign_in, std::nullopt, call.now));
    return http::WithHeaders<passkeys::RequestOptions>{
        std::move(options), {{"Set-Cookie", cookie_of(visit, "; Max-Age=300")}}
    };
}

// One answer for a passkey that nobody has, a wrong signature, a disabled and a locked account.
Door::Entered PasskeyDoor::sign_in(http::Call& call, GivenPasskey const& given)
{
    TRY_VOID(parts_.door.may_try(call, ""));
    auto const visit = cookie_in(call.request.headers.find("Cookie"), visit_cookie);
    if (visit.size() != visit_size) return Problem{Fault::conflict, "passkey_offer_over"};
    TRY(auto const checked,
        parts_.passkeys.check(std::string{visit}, Purpose::sign_in, std::nullopt, given, call.now));
    auto const refuse = [&](std::string const& login_id, Attempt outcome) {
        return parts_.door.refused(
            call, login_id, checked.account_id, outcome, wrong(Fault::unauthenticated),
            Method::passkey
        );
    };
    if (!checked.account_id) return refuse("", Attempt::wrong);
    TRY(auto const account, parts_.accounts.find(*checked.account_id));
    if (parts_.log.locked(account.login_id, call.now))
        return refuse(account.login_id, Attempt::locked);
    if (!checked.right || account.state != AccountState::active)
        return refuse(account.login_id, Attempt::wrong);
    TRY(auto entered, parts_.door.enter(call, account, Factor::passkey, Method::passkey));
    entered.headers.emplace_back("Set-Cookie", cookie_of("", "; Max-Age=0"));
    return entered;
}

Result<passkeys::RequestOptions> PasskeyDoor::ask_step(http::Call& call)
{
    auto const purpose =
        call.caller.may(http::Right::signed_in) ? Purpose::proof : Purpose::second_step;
    return parts_.passkeys.ask(
        {call.caller.session, call.request.peer}, purpose, call.caller.account_id, call.now
    );
}

// Failures count as those of codes do; the session that waits ends when the name gets locked.
Result<void> PasskeyDoor::check(http::Call& call, Purpose purpose, GivenPasskey const& given)
{
    TRY(auto const account, parts_.accounts.find(call.caller.account_id));
    TRY_VOID(parts_.door.may_try(call, account.login_id));
    bool const waits = purpose == Purpose::second_step;
    if (parts_.log.locked(account.login_id, call.now)) {
        if (waits) parts_.sessions.close(call.caller.session);
        return parts_.door.refused(
            call, account.login_id, account.id, Attempt::locked,
            wrong(waits ? Fault::unauthenticated : Fault::forbidden), Method::passkey
        );
    }
    TRY(auto const checked,
        parts_.passkeys.check(call.caller.session, purpose, account.id, given, call.now));
    if (checked.right) return {};
    return parts_.door.refused(
        call, account.login_id, account.id, Attempt::wrong, wrong(Fault::forbidden), Method::passkey
    );
}

Door::Entered PasskeyDoor::give_step(http::Call& call, GivenPasskey const& given)
{
    TRY_VOID(check(call, Purpose::second_step, given));
    TRY(auto const account, parts_.accounts.find(call.caller.account_id));
    return parts_.door.enter(call, account, Factor::passkey, Method::passkey);
}

Door::Entered PasskeyDoor::prove(http::Call& call, GivenPasskey const& given)
{
    TRY_VOID(check(call, Purpose::proof, given));
    return parts_.door.proved(call, Method::passkey, Factor::passkey);
}

} // namespace auth

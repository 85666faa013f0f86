// First use: the office's first administrator, and people who were invited with a code.
#include "auth/sign_in.hpp"
#include "base/secret.hpp"

namespace auth {

namespace {

Problem setup_code_wrong() { return {Fault::forbidden, "setup_code_wrong"}; }

} // namespace

Result<SetupState> Door::get_setup(http::Call&)
{
    bool const needed = parts_.accounts.first_needed();
    return SetupState{
        needed, needed ? parts_.accounts.office_name() : std::string{},
        needed ? parts_.policies.rules_of(http::AccountClass::administrator)
               : parts_.policies.strictest_rules()
    };
}

Door::Entered Door::set_up_first(http::Call& call, FirstSetup const& wanted)
{
    TRY_VOID(may_try(call, wanted.login_id));
    if (!parts_.accounts.first_needed()) return Problem{Fault::conflict, "setup_is_over"};
    TRY(auto const password,
        new_password(wanted.password.view(), Owner{wanted.login_id, wanted.name}));
    auto const account = parts_.accounts.create_first(
        wanted.code, wanted.login_id, wanted.name, password, !parts_.policies.two_person()
    );
    if (!account) {
        if (account.error().code != "setup_code_wrong") return account.error();
        return refused(call, wanted.login_id, std::nullopt, Attempt::wrong, account.error());
    }
    TRY(auto entered, enter(call, *account, Factor::none));
    entered.status = 201;
    return entered;
}

// An invited account's owner chooses the password. Guessing is counted like sign-in.
Door::Entered Door::set_up_account(http::Call& call, AccountSetup const& wanted)
{
    auto const login_id = wanted.login_id.substr(0, 64);
    TRY_VOID(may_try(call, login_id));
    auto const known = parts_.accounts.credentials(login_id);
    bool const right =
        known && known->state == AccountState::invited && known->setup_hash &&
        base::equal_in_constant_time(*known->setup_hash, setup_code_hash(wanted.code)) &&
        known->setup_expires && call.now < *known->setup_expires;
    bool const is_locked = parts_.log.locked(login_id, call.now);
    if (is_locked || !right) {
        auto const outcome = is_locked ? Attempt::locked : Attempt::wrong;
        auto const account_id = known ? known->id : 0;
        return refused(
            call, login_id, std::nullopt, outcome,
            wrong_sign_in(call, account_id, setup_code_wrong())
        );
    }
    TRY(auto const invited, parts_.accounts.find(known->id));
    // Before the code is used up: it is still good where the account may come in from.
    if (auto const kept = kept_out(call, parts_.accounts.caller_of(invited)))
        return refused(
            call, login_id, known->id, outcome_of(*kept),
            wrong_sign_in(call, known->id, setup_code_wrong())
        );
    TRY(auto const password, new_password(wanted.password.view(), owner_of(invited)));
    auto const history = parts_.policies.of(invited.account_class).history;
    TRY(auto const account,
        parts_.accounts.set_password(invited.id, password, history, "account.set_up"));
    TRY(auto entered, enter(call, account, Factor::none));
    entered.status = 201;
    return entered;
}

} // namespace auth

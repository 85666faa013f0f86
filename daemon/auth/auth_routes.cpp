#include "auth/sign_in.hpp"

namespace auth {

Result<SetupState> Door::get_setup(http::Call&)
{
    bool const needed = accounts_.first_needed();
    return SetupState{needed, needed ? accounts_.office_name() : std::string{}};
}

Result<AccountList> Door::list_accounts(http::Call&) { return AccountList{accounts_.list()}; }

Result<http::Created<Invited>> Door::create_account(http::Call& call, NewAccount const& wanted)
{
    auto code = new_setup_code();
    TRY(auto account, accounts_.create(wanted, setup_code_hash(code), call.caller.actor));
    return http::Created<Invited>{{std::move(account), std::move(code)}};
}

Result<Invited> Door::invite_again(http::Call& call)
{
    auto const id = call.id("account_id");
    if (id == call.caller.account_id) return Problem{Fault::conflict, "own_account"};
    auto code = new_setup_code();
    TRY(auto account, accounts_.invite_again(id, setup_code_hash(code), call.caller.actor));
    sessions_.close_account(id);
    forget_failures(account.login_id);
    return Invited{std::move(account), std::move(code)};
}

Result<Account> Door::disable_account(http::Call& call)
{
    auto const id = call.id("account_id");
    if (id == call.caller.account_id) return Problem{Fault::conflict, "own_account"};
    TRY(auto account, accounts_.disable(id, call.caller.actor));
    sessions_.close_account(id); // the same second
    return account;
}

Result<Assignment> Door::get_assignment(http::Call& call)
{
    TRY(auto const account, accounts_.find(call.id("account_id")));
    return Assignment{account.all_clients, accounts_.clients_of(account.id)};
}

Result<Assignment> Door::set_assignment(http::Call& call, Assignment const& wanted)
{
    TRY(auto const account,
        accounts_.assign(
            call.id("account_id"), wanted.all_clients, wanted.client_ids, call.caller.actor
        ));
    sessions_.refresh_account(accounts_.caller_of(account));
    return Assignment{account.all_clients, accounts_.clients_of(account.id)};
}

http::RoomRoutes Door::routes()
{
    using http::Right, http::Scope, http::Verb, http::on, http::Route;
    constexpr auto manage = Right::account_manage;
    static constexpr Route table[] = {
        {Verb::get, "/api/v1/setup", Right::anyone, Scope::office, "getSetup",
         on<&Door::get_setup>},
        {Verb::post, "/api/v1/setup", Right::anyone, Scope::office, "setUpFirst",
         on<&Door::set_up_first>},
        {Verb::post, "/api/v1/setup/account", Right::anyone, Scope::office, "setUpAccount",
         on<&Door::set_up_account>},
        {Verb::post, "/api/v1/session", Right::anyone, Scope::office, "signIn", on<&Door::sign_in>},
        {Verb::get, "/api/v1/session", Right::signed_in, Scope::own, "getSession",
         on<&Door::get_session>},
        {Verb::del, "/api/v1/session", Right::signed_in, Scope::own, "signOut",
         on<&Door::sign_out>},
        {Verb::post, "/api/v1/session/password", Right::signed_in, Scope::own, "changePassword",
         on<&Door::change_password>},
        {Verb::get, "/api/v1/accounts", manage, Scope::office, "listAccounts",
         on<&Door::list_accounts>},
        {Verb::post, "/api/v1/accounts", manage, Scope::office, "createAccount",
         on<&Door::create_account>},
        {Verb::post, "/api/v1/accounts/{account_id}/invite", manage, Scope::office,
         "inviteAccountAgain", on<&Door::invite_again>},
        {Verb::post, "/api/v1/accounts/{account_id}/disable", manage, Scope::office,
         "disableAccount", on<&Door::disable_account>},
        {Verb::get, "/api/v1/accounts/{account_id}/clients", manage, Scope::office,
         "getAccountClients", on<&Door::get_assignment>},
        {Verb::put, "/api/v1/accounts/{account_id}/clients", manage, Scope::office,
         "setAccountClients", on<&Door::set_assignment>},
    };
    return {table, this};
}

} // namespace auth

#include "auth/own_account.hpp"

namespace auth {

using http::Proof, http::Right, http::Scope, http::Verb, http::on, http::Route;

http::RoomRoutes Door::routes()
{
    static constexpr Route table[] = {
        {Verb::get, "/api/v1/setup", Right::anyone, Scope::office, "getSetup",
         on<&Door::get_setup>},
        {Verb::post, "/api/v1/setup", Right::anyone, Scope::office, "setUpFirst",
         on<&Door::set_up_first>},
        {Verb::post, "/api/v1/setup/account", Right::anyone, Scope::office, "setUpAccount",
         on<&Door::set_up_account>},
        {Verb::post, "/api/v1/session", Right::anyone, Scope::office, "signIn", on<&Door::sign_in>},
        {Verb::get, "/api/v1/session", Right::signing_in, Scope::own, "getSession",
         on<&Door::get_session>},
        {Verb::del, "/api/v1/session", Right::signing_in, Scope::own, "signOut",
         on<&Door::sign_out>},
        {Verb::post, "/api/v1/session/second-factor", Right::signing_in, Scope::own,
         "giveSecondFactor", on<&Door::give_second_factor>},
        {Verb::put, "/api/v1/session/password", Right::signing_in, Scope::own,
         "replaceExpiredPassword", on<&Door::replace_password>},
        {Verb::post, "/api/v1/session/proof", Right::signed_in, Scope::own, "proveAgain",
         on<&Door::prove>},
    };
    return {table, this};
}

http::RoomRoutes OwnAccount::routes()
{
    static constexpr Route table[] = {
        {Verb::post, "/api/v1/session/password", Right::signed_in, Scope::own, "changePassword",
         on<&OwnAccount::change_password>},
        {Verb::get, "/api/v1/own/sessions", Right::signed_in, Scope::own, "listOwnSessions",
         on<&OwnAccount::list_sessions>},
        {Verb::del, "/api/v1/own/sessions/{session_id}", Right::signed_in, Scope::own,
         "endOwnSession", on<&OwnAccount::end_session>},
        {Verb::post, "/api/v1/own/sessions/end-others", Right::signed_in, Scope::own,
         "endOtherSessions", on<&OwnAccount::end_other_sessions>},
        {Verb::get, "/api/v1/own/sign-ins", Right::signed_in, Scope::own, "listOwnSignIns",
         on<&OwnAccount::list_sign_ins>},
        {Verb::get, "/api/v1/own/second-factor", Right::signing_in, Scope::own, "getSecondFactor",
         on<&OwnAccount::get_second_factor>},
        {Verb::post, "/api/v1/own/second-factor", Right::signing_in, Scope::own,
         "offerSecondFactor", on<&OwnAccount::offer_second_factor>},
        {Verb::post, "/api/v1/own/second-factor/confirm", Right::signing_in, Scope::own,
         "confirmSecondFactor", on<&OwnAccount::confirm_second_factor>},
        {Verb::del, "/api/v1/own/second-factor", Right::signed_in, Scope::own,
         "removeOwnSecondFactor", on<&OwnAccount::remove_second_factor>, Proof::fresh},
        {Verb::post, "/api/v1/own/recovery-codes", Right::signed_in, Scope::own,
         "renewRecoveryCodes", on<&OwnAccount::renew_recovery_codes>, Proof::fresh},
    };
    return {table, this};
}

} // namespace auth

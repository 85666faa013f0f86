#include "auth/own_passkeys.hpp"
#include "auth/passkey_door.hpp"

namespace auth {

using http::Proof, http::Right, http::Scope, http::Verb, http::on, http::Route;

http::RoomRoutes PasskeyDoor::routes()
{
    static constexpr Route table[] = {
        {Verb::get, "/api/v1/session/passkey", Right::anyone, Scope::office, "getPasskeyPlace",
         on<&PasskeyDoor::get_place>},
        {Verb::post, "/api/v1/session/passkey/options", Right::anyone, Scope::office,
         "askPasskeySignIn", on<&PasskeyDoor::ask_sign_in>},
        {Verb::post, "/api/v1/session/passkey", Right::anyone, Scope::office, "signInWithPasskey",
         on<&PasskeyDoor::sign_in>},
        {Verb::post, "/api/v1/session/own-passkey/options", Right::signing_in, Scope::own,
         "askOwnPasskey", on<&PasskeyDoor::ask_step>},
        {Verb::post, "/api/v1/session/second-factor/passkey", Right::signing_in, Scope::own,
         "givePasskey", on<&PasskeyDoor::give_step>},
        {Verb::post, "/api/v1/session/proof/passkey", Right::signed_in, Scope::own,
         "proveWithPasskey", on<&PasskeyDoor::prove>},
    };
    return {table, this};
}

http::RoomRoutes OwnPasskeys::routes()
{
    static constexpr Route table[] = {
        {Verb::post, "/api/v1/session/enrol/passkey/options", Right::signing_in, Scope::own,
         "offerFirstPasskey", on<&OwnPasskeys::offer_first>},
        {Verb::post, "/api/v1/session/enrol/passkey", Right::signing_in, Scope::own,
         "addFirstPasskey", on<&OwnPasskeys::add_first>},
        {Verb::get, "/api/v1/own/passkeys", Right::signed_in, Scope::own, "listOwnPasskeys",
         on<&OwnPasskeys::list>},
        {Verb::post, "/api/v1/own/passkeys/options", Right::signed_in, Scope::own, "offerPasskey",
         on<&OwnPasskeys::offer>, Proof::fresh},
        {Verb::post, "/api/v1/own/passkeys", Right::signed_in, Scope::own, "addPasskey",
         on<&OwnPasskeys::add>, Proof::fresh},
        {Verb::put, "/api/v1/own/passkeys/{passkey_id}", Right::signed_in, Scope::own,
         "renameOwnPasskey", on<&OwnPasskeys::rename>},
        {Verb::del, "/api/v1/own/passkeys/{passkey_id}", Right::signed_in, Scope::own,
         "removeOwnPasskey", on<&OwnPasskeys::remove>, Proof::fresh},
    };
    return {table, this};
}

} // namespace auth

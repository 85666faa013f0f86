#pragma once
// Signing in with a passkey: alone in place of password and code, as the second step after the
// password, and as the proof that some routes ask for.
#include "auth/sign_in.hpp"
#include "passkeys/passkeys.hpp"

namespace auth {

struct PasskeyPlace { // what the page needs to know before anybody is signed in
    std::string host; // passkeys work under this name only; empty: not in this office
};
BOOST_DESCRIBE_STRUCT(PasskeyPlace, (), (host))

class PasskeyDoor {
public:
    struct Parts {
        Accounts& accounts;
        Sessions& sessions;
        SignInLog& log;
        Door& door;
        passkeys::Passkeys& passkeys;
    };
    explicit PasskeyDoor(Parts parts) : parts_(parts) {}

    http::RoomRoutes routes();
    Result<PasskeyPlace> get_place(http::Call& call);
    Result<http::WithHeaders<passkeys::RequestOptions>> ask_sign_in(http::Call& call);
    Door::Entered sign_in(http::Call& call, passkeys::GivenPasskey const& given);
    Result<passkeys::RequestOptions> ask_step(http::Call& call);
    Door::Entered give_step(http::Call& call, passkeys::GivenPasskey const& given);
    Door::Entered prove(http::Call& call, passkeys::GivenPasskey const& given);

private:
    Result<void>
    check(http::Call& call, passkeys::Purpose purpose, passkeys::GivenPasskey const& given);
    Parts parts_;
};

} // namespace auth

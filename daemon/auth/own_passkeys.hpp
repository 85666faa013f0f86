#pragma once
// アカウント設定: one's own passkeys, and the first one at the door.
#include "auth/own_account.hpp"
#include "passkeys/passkeys.hpp"

namespace auth {

struct PasskeyList {
    std::vector<passkeys::Passkey> passkeys;
};
BOOST_DESCRIBE_STRUCT(PasskeyList, (), (passkeys))

struct PasskeyName {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(PasskeyName, (), (name))

class OwnPasskeys {
public:
    struct Parts {
        Accounts& accounts;
        Sessions& sessions;
        SecondFactors& second_factors;
        Door& door;
        passkeys::Passkeys& passkeys;
        Policies const& policies;
    };
    explicit OwnPasskeys(Parts parts) : parts_(parts) {}

    http::RoomRoutes routes();
    // While the session waits for a second factor to be set up (Stage::enrol).
    Result<passkeys::CreationOptions> offer_first(http::Call& call);
    Result<http::WithHeaders<Enrolled>>
    add_first(http::Call& call, passkeys::NewPasskey const& given);

    Result<PasskeyList> list(http::Call& call);
    Result<passkeys::CreationOptions> offer(http::Call& call);
    // Recovery codes come with the account's first factor only.
    Result<RecoveryCodes> add(http::Call& call, passkeys::NewPasskey const& given);
    Result<passkeys::Passkey> rename(http::Call& call, PasskeyName const& wanted);
    Result<http::None> remove(http::Call& call);

private:
    Result<void> may_enrol(http::Call const& call) const;
    Result<std::vector<std::string>>
    keep(http::Call const& call, passkeys::NewPasskey const& given, bool only_first);
    Parts parts_;
};

} // namespace auth

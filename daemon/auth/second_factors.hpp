#pragma once
// 二段階認証: codes of an authenticator app (TOTP, RFC 6238), recovery codes on paper,
// and passkeys.
#include "base/clock.hpp"
#include "base/result.hpp"
#include "passkeys/credentials.hpp"
#include "store/pool.hpp"

#include <optional>
#include <string>
#include <vector>

namespace audit {
class Recorder;
}

namespace auth {

// What proved a second step.
enum class Factor { none, totp, recovery_code, passkey };
BOOST_DESCRIBE_ENUM(Factor, none, totp, recovery_code, passkey)

struct SecondFactorState {
    bool totp = false;
    std::int64_t recovery_codes = 0; // that are left
    std::int64_t passkeys = 0;

    bool in_force() const { return totp || passkeys > 0; }
};
BOOST_DESCRIBE_STRUCT(SecondFactorState, (), (totp, recovery_codes, passkeys))

struct TotpOffer {      // shown once, to be put into the app
    std::string secret; // base32, for typing
    std::string uri;
    std::vector<std::string> qr; // rows of modules, '1' is dark
};
BOOST_DESCRIBE_STRUCT(TotpOffer, (), (secret, uri, qr))

class SecondFactors {
public:
    SecondFactors(store::Pool& pool, audit::Recorder const& recorder, base::Clock const& clock)
        : pool_(pool), recorder_(recorder), clock_(clock)
    {
    }

    SecondFactorState state_of(std::int64_t account_id) const;

    // A new secret, not in force until a code of it was given. Conflict when one is in force.
    Result<TotpOffer> offer_totp(std::int64_t account_id, std::string const& login_id);
    // The first code puts it in force; the answer is ten recovery codes, shown once.
    Result<std::vector<std::string>> confirm_totp(std::int64_t account_id, std::string_view code);
    // Ten new recovery codes; the old ones are dead.
    Result<std::vector<std::string>> renew_recovery_codes(std::int64_t account_id);
    // The app alone, and the recovery codes when nothing else needs them. `required`: not when it
    // is the last there is.
    Result<void> remove_totp(std::int64_t account_id, bool required);
    // The first factor of an account comes with ten recovery codes, shown once; others with none.
    // `only_first`: not beside one that is in force.
    Result<std::vector<std::string>>
    add_passkey(std::int64_t account_id, passkeys::NewCredential const& made, bool only_first);
    Result<void> remove_passkey(std::int64_t account_id, std::int64_t id, bool required);
    // Everything off: the phone is lost.
    void remove(std::int64_t account_id, std::string const& actor);

    // A code of the app or a recovery code, and which it was; nothing: wrong. Right ones are used
    // up before this returns, durably.
    std::optional<Factor> take(std::int64_t account_id, std::string_view code);

private:
    bool take_totp(std::int64_t account_id, std::string_view code);
    bool take_recovery_code(std::int64_t account_id, std::string_view code);

    store::Pool& pool_;
    audit::Recorder const& recorder_;
    base::Clock const& clock_;
};

} // namespace auth

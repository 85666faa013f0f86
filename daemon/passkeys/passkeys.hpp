#pragma once
// パスキー: the ceremonies of WebAuthn from the question to the verified answer.
#include "passkeys/ceremony.hpp"
#include "passkeys/challenges.hpp"
#include "passkeys/credentials.hpp"
#include "store/json.hpp"

namespace audit {
class Recorder;
}

namespace passkeys {

// Everything binary is base64url. The page hands these to navigator.credentials.
struct CredentialHint {
    std::string id;
    std::vector<std::string> transports;
};
BOOST_DESCRIBE_STRUCT(CredentialHint, (), (id, transports))

struct CreationOptions {
    std::string challenge;
    std::string rp_id;
    std::string user_handle;
    std::string user_name;
    std::string user_display_name;
    std::vector<std::int64_t> algorithms;
    std::vector<CredentialHint> exclude; // those that the person has
    std::int64_t timeout_ms = 0;
};
BOOST_DESCRIBE_STRUCT(
    CreationOptions,
    (),
    (challenge, rp_id, user_handle, user_name, user_display_name, algorithms, exclude, timeout_ms)
)

struct RequestOptions {
    std::string challenge;
    std::string rp_id;
    std::vector<CredentialHint> allow; // empty: any of this host that the device finds
    std::int64_t timeout_ms = 0;
};
BOOST_DESCRIBE_STRUCT(RequestOptions, (), (challenge, rp_id, allow, timeout_ms))

struct NewPasskey {
    std::string name;
    std::string client_data;
    std::string attestation;
    std::vector<std::string> transports;
};
BOOST_DESCRIBE_STRUCT(NewPasskey, (), (name, client_data, attestation, transports))

struct GivenPasskey {
    std::string id;
    std::string client_data;
    std::string authenticator_data;
    std::string signature;
    std::optional<std::string> user_handle;
};
BOOST_DESCRIBE_STRUCT(
    GivenPasskey, (), (id, client_data, authenticator_data, signature, user_handle)
)

struct Person {
    std::int64_t account_id = 0;
    std::string login_id;
    std::string name;
};

struct Checked {
    bool right = false;
    std::optional<std::int64_t> account_id; // whose passkey it is; empty: nobody's
};

// Trimmed; the faults of a name that a person chose.
Result<std::string> checked_name(std::string const& wanted);

class Passkeys {
public:
    using Owner = Challenges::Owner;

    Passkeys(store::Pool& pool, audit::Recorder const& recorder, RelyingParty party)
        : pool_(pool), recorder_(recorder), party_(std::move(party))
    {
    }

    std::string const& host() const { return party_.id; } // empty: no passkeys in this office

    Result<CreationOptions> offer(Owner const& owner, Person const& person, Instant now);
    // What the device made of the offer, verified; SecondFactors keeps it.
    Result<NewCredential> accept(std::string const& owner, NewPasskey const& given, Instant now);

    // `account_id`: whose passkeys are asked for; empty: anybody's.
    Result<RequestOptions>
    ask(Owner const& owner, Purpose purpose, std::optional<std::int64_t> account_id, Instant now);
    // The answer to it. A right one is written down before this returns.
    Result<Checked> check(
        std::string const& owner,
        Purpose purpose,
        std::optional<std::int64_t> account_id,
        GivenPasskey const& given,
        Instant now
    );

    std::vector<Passkey> list(std::int64_t account_id) const;
    Result<Passkey> rename(std::int64_t account_id, std::int64_t id, std::string const& name);

private:
    bool from_page(ClientData const& said, Bytes const& challenge) const;
    bool note(StoredCredential const& credential, Used const& used, Instant now);

    store::Pool& pool_;
    audit::Recorder const& recorder_;
    RelyingParty party_;
    Challenges challenges_;
};

} // namespace passkeys

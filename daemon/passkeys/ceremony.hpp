#pragma once
// WebAuthn level 2, the relying party's half: what a browser and its authenticator answer is read
// and verified here. Signatures and attestation are libfido2's work; what the browser says of the
// page (type, challenge, origin) and every flag are looked at here. All of it is foreign bytes.
#include "base/bytes.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passkeys {

// COSE numbers of the algorithms that are taken, the preferred one first.
inline constexpr std::int64_t es256 = -7;
inline constexpr std::int64_t eddsa = -8;
inline constexpr std::int64_t rs256 = -257;

struct RelyingParty {
    std::string id;                   // the office's host name; empty: no passkeys
    std::vector<std::string> origins; // of its pages
};

enum class Ceremony { create, get };

struct ClientData { // what the browser vouches for
    Bytes challenge;
    std::string origin;
};

struct MadeCredential {
    Bytes credential_id;
    std::int64_t algorithm = 0;
    Bytes public_key; // as libfido2 keeps one of that algorithm
    std::int64_t counter = 0;
    Bytes aaguid; // 16 bytes: the kind of authenticator; zeros when it does not tell
    bool backed_up = false;
};

struct PublicKey {
    std::int64_t algorithm = 0;
    Bytes bytes;
};

struct Assertion { // decoded, and otherwise as it came
    Bytes client_data;
    Bytes authenticator_data;
    Bytes signature;
};

struct Used {
    std::int64_t counter = 0;
    bool backed_up = false;
};

// Strict JSON of this ceremony, not from a frame of another site. Keys that browsers add are let
// through, as the standard asks; keys that stand twice are not.
std::optional<ClientData> read_client_data(std::string_view text, Ceremony ceremony);

// A new credential of the relying party whose person was present and verified. Attestation `none`
// and `packed` are taken; a signature that is there must be right.
std::optional<MadeCredential>
verify_attestation(ByteView object, ByteView client_data, std::string const& rp_id);

// Signed with the key, for the relying party, by a person who was present and verified.
std::optional<Used>
verify_assertion(Assertion const& given, PublicKey const& key, std::string const& rp_id);

} // namespace passkeys

#pragma once
// The CBOR of WebAuthn: the envelope of a new credential, and a look at foreign CBOR before a
// library that makes room for whatever a header claims gets to see it.
#include "base/bytes.hpp"

#include <optional>
#include <string>

namespace passkeys {

struct AttestationObject {
    std::string format;
    Bytes authenticator_data;
    Bytes statement; // CBOR again
    bool empty_statement = false;
};

// Whole items one after the other as authenticators write them: of known length, without tags, at
// most eight deep, none that claims to hold more than there are bytes.
bool sound_cbor(ByteView bytes);

// Exactly the three members, each once, and nothing behind them.
std::optional<AttestationObject> read_attestation_object(ByteView bytes);

} // namespace passkeys

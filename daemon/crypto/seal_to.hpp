#pragma once
// Sealing to a public key (X25519): whoever holds the private key can open it, the sealer cannot.
#include "base/secret.hpp"

#include <optional>
#include <string>

namespace crypto {

Bytes public_key_of(Key const& private_key); // X25519, 32 bytes

// Ephemeral public key (32) ‖ AES-256-GCM under HKDF(shared secret, both public keys).
Bytes seal_to(ByteView public_key, ByteView plain, std::string_view context);
std::optional<Bytes> open_with(Key const& private_key, ByteView sealed, std::string_view context);

} // namespace crypto

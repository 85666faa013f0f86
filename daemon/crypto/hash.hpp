#pragma once
// SHA-256, HMAC-SHA-256 and key derivation (HKDF-SHA-256, RFC 5869).
#include "base/secret.hpp"

#include <array>
#include <memory>
#include <string_view>

namespace crypto {

using Hash = std::array<Byte, 32>;

class Sha256 {
public:
    Sha256();
    Sha256(Sha256 const&) = delete;
    Sha256& operator=(Sha256 const&) = delete;
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();
    void add(ByteView bytes);
    Hash finish(); // once

private:
    struct State;
    std::unique_ptr<State> state_;
};

class Hmac {
public:
    explicit Hmac(Key const& key);
    Hmac(Hmac const&) = delete;
    Hmac& operator=(Hmac const&) = delete;
    Hmac(Hmac&&) noexcept;
    Hmac& operator=(Hmac&&) noexcept;
    ~Hmac();
    void add(ByteView bytes);
    Hash finish(); // once

private:
    struct State;
    std::unique_ptr<State> state_;
};

Hash sha256(ByteView bytes);
Hash hmac_sha256(Key const& key, ByteView bytes);

// A key for one purpose, from a key that has several. Different labels give unrelated keys.
void derive_into(ByteView secret, std::string_view label, std::span<Byte> out);
Key derive(Key const& root, std::string_view label);

} // namespace crypto

#pragma once
// One-time codes of an authenticator app (RFC 6238 over RFC 4226): HMAC-SHA-1, six digits, 30 s.
#include "base/bytes.hpp"
#include "base/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crypto {

std::int64_t totp_step(Instant at); // 30-second steps since 1970
std::string totp_code(ByteView secret, std::int64_t step);

// The step whose code this is: now's, the one before or the one after (clocks differ), but none up
// to `last_used_step`, so that a code that was seen on its way is worth nothing any more. `code` is
// six ASCII digits, nothing else.
std::optional<std::int64_t> matching_step(
    ByteView secret, std::string_view code, std::int64_t now_step, std::int64_t last_used_step
);

std::string base32(ByteView bytes); // RFC 4648 §6, no padding

// What an authenticator app reads from the QR code: otpauth://totp/…
std::string otpauth_uri(std::string_view issuer, std::string_view account, ByteView secret);

} // namespace crypto

#include "crypto/totp.hpp"

#include "base/secret.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace crypto {

namespace {

constexpr std::int64_t step_seconds = 30;
constexpr std::size_t code_digits = 6;
constexpr std::uint32_t code_modulus = 1'000'000;

std::array<Byte, 20> hmac_sha1(ByteView key, ByteView message)
{
    std::array<Byte, 20> out{};
    std::size_t size = 0;
    auto const* const made = EVP_Q_mac(
        nullptr, "HMAC", nullptr, "SHA1", nullptr, key.data(), key.size(), message.data(),
        message.size(), out.data(), out.size(), &size
    );
    if (!made || size != out.size()) throw std::runtime_error("HMAC-SHA-1 failed");
    return out;
}

bool six_digits(std::string_view code)
{
    return code.size() == code_digits &&
           std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string percent_encoded(std::string_view text)
{
    constexpr std::string_view unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                            "0123456789-._~"; // RFC 3986 §2.3
    std::string out;
    for (char const c : text) {
        if (unreserved.find(c) != std::string_view::npos)
            out.push_back(c);
        else
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

} // namespace

std::int64_t totp_step(Instant at) { return at.time_since_epoch().count() / step_seconds; }

std::string totp_code(ByteView secret, std::int64_t step)
{
    std::array<Byte, 8> counter{}; // big endian
    auto rest = static_cast<std::uint64_t>(step);
    for (auto byte = counter.rbegin(); byte != counter.rend(); ++byte, rest >>= 8U)
        *byte = static_cast<Byte>(rest & 0xffU);
    auto const mac = hmac_sha1(secret, counter);
    // RFC 4226 §5.3: the last four bits say where the 31 bits begin.
    std::size_t const at = mac.back() & 0x0fU;
    std::uint32_t const bits = (mac[at] & 0x7fU) << 24U | std::uint32_t{mac[at + 1]} << 16U |
                               std::uint32_t{mac[at + 2]} << 8U | std::uint32_t{mac[at + 3]};
    return fmt::format("{:06}", bits % code_modulus);
}

// All three are compared, whichever is right, and the latest counts: should two steps have one
// code, it is used up for both.
std::optional<std::int64_t> matching_step(
    ByteView secret, std::string_view code, std::int64_t now_step, std::int64_t last_used_step
)
{
    if (!six_digits(code)) return std::nullopt;
    std::optional<std::int64_t> found;
    for (std::int64_t const step : {now_step - 1, now_step, now_step + 1}) {
        bool const same = base::equal_in_constant_time(
            base::as_bytes(totp_code(secret, step)), base::as_bytes(code)
        );
        if (same && step > last_used_step) found = step;
    }
    return found;
}

std::string base32(ByteView bytes)
{
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    out.reserve((bytes.size() * 8 + 4) / 5);
    std::uint32_t held = 0; // bits that no letter has taken yet are the lowest ones
    unsigned count = 0;
    for (Byte const byte : bytes) {
        held = held << 8U | byte;
        for (count += 8; count >= 5; count -= 5)
            out.push_back(letters[held >> (count - 5) & 0x1fU]);
    }
    if (count > 0) out.push_back(letters[held << (5 - count) & 0x1fU]);
    return out;
}

std::string otpauth_uri(std::string_view issuer, std::string_view account, ByteView secret)
{
    return fmt::format(
        "otpauth://totp/{0}:{1}?secret={2}&issuer={0}&algorithm=SHA1&digits={3}&period={4}",
        percent_encoded(issuer), percent_encoded(account), base32(secret), code_digits, step_seconds
    );
}

} // namespace crypto

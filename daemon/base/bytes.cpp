#include "base/bytes.hpp"

#include <array>

namespace base {

namespace {

constexpr std::string_view base64url_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

} // namespace

void to_hex(ByteView bytes, std::span<Byte> out)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::size_t at = 0;
    for (Byte const byte : bytes) {
        out[at++] = static_cast<Byte>(digits[byte >> 4U]);
        out[at++] = static_cast<Byte>(digits[byte & 15U]);
    }
}

std::string to_hex(ByteView bytes)
{
    std::string text(bytes.size() * 2, '\0');
    to_hex(bytes, {reinterpret_cast<Byte*>(text.data()), text.size()});
    return text;
}

std::optional<Bytes> from_hex(std::string_view text)
{
    if (text.size() % 2 != 0) return std::nullopt;
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        int const high = hex_value(text[i]);
        int const low = hex_value(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes.push_back(static_cast<Byte>(high * 16 + low));
    }
    return bytes;
}

std::string to_base64url(ByteView bytes)
{
    std::string text;
    std::uint32_t buffer = 0;
    int bits = 0;
    for (Byte const byte : bytes) {
        buffer = (buffer << 8U) | byte;
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            text.push_back(base64url_digits[(buffer >> static_cast<unsigned>(bits)) & 63U]);
        }
    }
    if (bits > 0)
        text.push_back(base64url_digits[(buffer << static_cast<unsigned>(6 - bits)) & 63U]);
    return text;
}

std::optional<Bytes> from_base64url(std::string_view text)
{
    if (text.size() % 4 == 1) return std::nullopt;
    Bytes bytes;
    std::uint32_t buffer = 0;
    int bits = 0;
    for (char const letter : text) {
        auto const digit = base64url_digits.find(letter);
        if (digit == std::string_view::npos) return std::nullopt;
        buffer = (buffer << 6U) | static_cast<std::uint32_t>(digit);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<Byte>((buffer >> static_cast<unsigned>(bits)) & 255U));
        }
    }
    return bytes;
}

} // namespace base

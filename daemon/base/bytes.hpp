#pragma once
// Bytes and their text forms.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using Byte = unsigned char;
using Bytes = std::vector<Byte>;
using ByteView = std::span<Byte const>;

namespace base {

std::string to_hex(ByteView bytes);               // lower case
void to_hex(ByteView bytes, std::span<Byte> out); // twice as long; for secrets: no copies
std::optional<Bytes> from_hex(std::string_view text);

std::string to_base64url(ByteView bytes); // RFC 4648 §5, no padding
std::optional<Bytes> from_base64url(std::string_view text);

inline ByteView as_bytes(std::string_view text)
{
    return {reinterpret_cast<Byte const*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes)
{
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

} // namespace base

#include "http/call.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace http {

namespace {

std::optional<std::int64_t> whole_number(std::string_view text)
{
    std::int64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

int hex_digit(char letter)
{
    if (letter >= '0' && letter <= '9') return letter - '0';
    if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
    if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
    return -1;
}

std::string percent_decoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
            hex_digit(text[i + 2]) >= 0) {
            out.push_back(static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])));
            i += 2;
        } else {
            out.push_back(text[i]);
        }
    }
    return out;
}

} // namespace

std::int64_t Call::id(std::string_view param) const
{
    for (auto const& [name, segment] : params)
        if (name == param) return whole_number(segment).value_or(0);
    throw std::logic_error("the route has no such parameter: " + std::string{param});
}

std::optional<std::string> Call::query(std::string_view name) const
{
    std::string_view rest = request.query;
    while (!rest.empty()) {
        auto const pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        auto const equals = pair.find('=');
        if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
        std::string value{pair.substr(equals + 1)};
        std::replace(value.begin(), value.end(), '+', ' ');
        value = percent_decoded(value);
        if (value.empty()) return std::nullopt;
        return value;
    }
    return std::nullopt;
}

Result<std::int64_t> Call::query_number(
    std::string_view name, std::int64_t min, std::int64_t max, std::int64_t otherwise
) const
{
    auto const text = query(name);
    if (!text) return otherwise;
    auto const number = whole_number(*text);
    if (!number || *number < min || *number > max)
        return Problem{Fault::invalid, "invalid_fields", {{std::string{name}, "out_of_range"}}};
    return *number;
}

Result<std::int64_t> Call::if_match() const
{
    auto tag = request.headers.find("If-Match");
    if (tag.empty()) return Problem{Fault::invalid, "precondition_required"};
    if (tag.size() >= 2 && tag.front() == '"' && tag.back() == '"')
        tag = tag.substr(1, tag.size() - 2);
    auto const version = whole_number(tag);
    if (!version) return Problem{Fault::invalid, "bad_if_match"};
    return *version;
}

std::string Call::file_name() const { return percent_decoded(request.headers.find("X-File-Name")); }

std::optional<std::string> Call::idempotency_key() const
{
    auto const key = request.headers.find("Idempotency-Key");
    bool const visible =
        std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < '\x7F'; });
    if (key.size() < 8 || key.size() > 64 || !visible) return std::nullopt;
    return std::string{key};
}

} // namespace http

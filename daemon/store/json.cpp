#include "store/json.hpp"

#include "base/secret.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

namespace json {

namespace {

constexpr std::size_t depth_max = 32;

// Boost.JSON lets the last of two equal keys win; two programs that read the same text must never
// see two different values. This pass sees keys and texts only, the value is built by the second.
struct Strictness {
    constexpr static std::size_t max_object_size = 10'000;
    constexpr static std::size_t max_array_size = 100'000;
    constexpr static std::size_t max_key_size = 1'000;
    constexpr static std::size_t max_string_size = 1 << 20;

    using Error = boost::system::error_code;

    std::vector<std::set<std::string>> keys;
    std::string key;
    bool strict = true;

    void text_seen(std::string_view text)
    {
        for (char const letter : text) {
            auto const byte = static_cast<unsigned char>(letter);
            if ((byte < 0x20 && letter != '\n' && letter != '\t' && letter != '\r') || byte == 0x7F)
                strict = false;
        }
    }

    bool on_document_begin(Error&) { return true; }
    bool on_document_end(Error&) { return true; }
    bool on_object_begin(Error&)
    {
        keys.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t, Error&)
    {
        keys.pop_back();
        return true;
    }
    bool on_array_begin(Error&) { return true; }
    bool on_array_end(std::size_t, Error&) { return true; }
    bool on_key_part(boost::json::string_view part, std::size_t, Error&)
    {
        key.append(part);
        return true;
    }
    bool on_key(boost::json::string_view part, std::size_t, Error&)
    {
        key.append(part);
        text_seen(key);
        if (!keys.back().insert(std::exchange(key, {})).second) strict = false;
        return true;
    }
    bool on_string_part(boost::json::string_view part, std::size_t, Error&)
    {
        text_seen(part);
        return true;
    }
    bool on_string(boost::json::string_view part, std::size_t, Error&)
    {
        text_seen(part);
        return true;
    }
    bool on_number_part(boost::json::string_view, Error&) { return true; }
    bool on_int64(std::int64_t, boost::json::string_view, Error&) { return true; }
    bool on_uint64(std::uint64_t, boost::json::string_view, Error&) { return true; }
    bool on_double(double number, boost::json::string_view, Error&)
    {
        if (!std::isfinite(number)) strict = false;
        return true;
    }
    bool on_bool(bool, Error&) { return true; }
    bool on_null(Error&) { return true; }
    bool on_comment_part(boost::json::string_view, Error&) { return true; }
    bool on_comment(boost::json::string_view, Error&) { return true; }
};

// What people send may be a password: its memory is wiped before others are given it.
class Wiped final : public boost::json::memory_resource {
    void* do_allocate(std::size_t bytes, std::size_t) override { return ::operator new(bytes); }
    void do_deallocate(void* memory, std::size_t bytes, std::size_t) override
    {
        base::wipe(memory, bytes);
        ::operator delete(memory);
    }
    bool do_is_equal(boost::json::memory_resource const& other) const noexcept override
    {
        return this == &other;
    }
};

} // namespace

std::optional<value> parse_strictly(std::string_view text)
{
    boost::json::parse_options options;
    options.max_depth = depth_max;
    boost::system::error_code error;

    boost::json::basic_parser<Strictness> scan{options};
    auto const used = scan.write_some(false, text.data(), text.size(), error);
    if (error || used != text.size() || !scan.handler().strict) return std::nullopt;

    static Wiped memory;
    auto parsed = boost::json::parse(text, error, &memory, options);
    if (error) return std::nullopt;
    return parsed;
}

void append_quoted(std::string& out, std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    auto const harmless = [](char letter) {
        return static_cast<unsigned char>(letter) >= 0x20 && letter != '"' && letter != '\\';
    };
    out += '"';
    while (!text.empty()) {
        auto const odd = std::find_if_not(text.begin(), text.end(), harmless);
        auto const plain = static_cast<std::size_t>(odd - text.begin());
        out.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty()) break;
        auto const letter = static_cast<unsigned char>(text.front());
        text.remove_prefix(1);
        out += '\\';
        if (letter >= 0x20) {
            out += static_cast<char>(letter);
        } else {
            out += "u00";
            out += digits[letter >> 4U];
            out += digits[letter & 15U];
        }
    }
    out += '"';
}

void append_number(std::string& out, std::int64_t number)
{
    std::array<char, 20> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

} // namespace json

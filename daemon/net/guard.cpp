#include "net/guard.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace net {

namespace {

constexpr std::size_t target_bytes_max = 2048;
constexpr std::size_t fields_max = 64;

bool token(std::string_view text) // RFC 9110 §5.6.2
{
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
               marks.find(c) != std::string_view::npos;
    });
}

bool field_text(std::string_view text) // visible ASCII, blanks and UTF-8; no control characters
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return (byte >= 0x20 && byte != 0x7F) || c == '\t';
    });
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

bool same(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return std::tolower(static_cast<unsigned char>(x)) ==
                      std::tolower(static_cast<unsigned char>(y));
           });
}

std::optional<Verb> verb_of(std::string_view method)
{
    constexpr std::array<std::pair<std::string_view, Verb>, 6> known{{
        {"GET", Verb::get},
        {"HEAD", Verb::head},
        {"POST", Verb::post},
        {"PUT", Verb::put},
        {"PATCH", Verb::patch},
        {"DELETE", Verb::del},
    }};
    for (auto const& [name, verb] : known)
        if (name == method) return verb;
    return std::nullopt;
}

int hex(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// Decodes once. An encoded slash, backslash, dot, control character or percent sign is refused:
// nothing of ours needs one, and it is how paths are smuggled past checks.
std::optional<std::string> decoded_path(std::string_view raw)
{
    std::string path;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        char c = raw[i];
        if (c == '%') {
            if (i + 2 >= raw.size() || hex(raw[i + 1]) < 0 || hex(raw[i + 2]) < 0)
                return std::nullopt;
            c = static_cast<char>(hex(raw[i + 1]) * 16 + hex(raw[i + 2]));
            i += 2;
            auto const byte = static_cast<unsigned char>(c);
            if (byte < 0x20 || byte == 0x7F || c == '/' || c == '\\' || c == '.' || c == '%')
                return std::nullopt;
        } else if (c == '\\') {
            return std::nullopt;
        }
        path.push_back(c);
    }
    for (std::string_view const bad : {"/./", "/../", "//"})
        if (path.find(bad) != std::string::npos) return std::nullopt;
    if (path.ends_with("/.") || path.ends_with("/..")) return std::nullopt;
    return path;
}

bool address_literal(std::string_view host) // names can be rebound, addresses cannot
{
    bool const six = host.size() > 2 && host.front() == '[' && host.back() == ']';
    std::string const address{six ? host.substr(1, host.size() - 2) : host};
    in6_addr parsed{}; // room for either
    return ::inet_pton(six ? AF_INET6 : AF_INET, address.c_str(), &parsed) == 1;
}

bool host_allowed(std::string_view host, std::vector<std::string> const& hosts)
{
    auto const colon = host.rfind(':');
    if (colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
        auto const port = host.substr(colon + 1);
        if (port.empty() || port.size() > 5 ||
            !std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return false;
        host = host.substr(0, colon);
    }
    return same(host, "localhost") || address_literal(host) ||
           std::any_of(hosts.begin(), hosts.end(), [&](auto const& name) {
               return same(host, name);
           });
}

std::optional<std::uint64_t> length_of(std::string_view text)
{
    if (text.empty() || text.size() > 15) return std::nullopt;
    std::uint64_t length = 0;
    for (char const c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        length = length * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return length;
}

class Parser {
public:
    Parser(std::string_view bytes, std::vector<std::string> const& hosts)
        : rest_(bytes), hosts_(hosts)
    {
    }

    GuardResult run()
    {
        bool const fine = request_line() && fields() && framing();
        if (!fine) return {std::nullopt, refusal_};
        return {std::move(head_), {}};
    }

private:
    bool refuse(unsigned status, char const* code)
    {
        refusal_ = {status, code};
        return false;
    }

    // The next line, without its CRLF; a lone CR or LF anywhere is refused.
    bool line(std::string_view& out)
    {
        auto const end = rest_.find("\r\n");
        if (end == std::string_view::npos) return refuse(400, "bad_request");
        out = rest_.substr(0, end);
        rest_.remove_prefix(end + 2);
        if (out.find_first_of(std::string_view{"\r\n\0", 3}) != std::string_view::npos)
            return refuse(400, "bad_request");
        return true;
    }

    bool request_line()
    {
        std::string_view text;
        if (!line(text)) return false;
        auto const first = text.find(' ');
        auto const last = text.rfind(' ');
        if (first == std::string_view::npos || first == last) return refuse(400, "bad_request");
        auto const target = text.substr(first + 1, last - first - 1);
        auto const version = text.substr(last + 1);
        if (version != "HTTP/1.1" && version != "HTTP/1.0") return refuse(505, "bad_version");
        one_zero_ = version == "HTTP/1.0";
        auto const verb = verb_of(text.substr(0, first));
        if (!verb) return refuse(token(text.substr(0, first)) ? 501U : 400U, "method_unknown");
        head_.request.verb = *verb;
        if (target.size() > target_bytes_max) return refuse(414, "target_too_long");
        if (!target.starts_with('/') || !std::all_of(target.begin(), target.end(), [](char c) {
                return c > 0x20 && c < 0x7F && c != '#';
            }))
            return refuse(400, "bad_target");
        auto const question = target.find('?');
        auto path = decoded_path(target.substr(0, question));
        if (!path) return refuse(400, "bad_target");
        head_.request.path = std::move(*path);
        if (question != std::string_view::npos)
            head_.request.query = std::string{target.substr(question + 1)};
        return true;
    }

    bool fields()
    {
        std::size_t count = 0;
        for (;;) {
            std::string_view text;
            if (!line(text)) return false;
            if (text.empty()) return rest_.empty() || refuse(400, "bad_request");
            if (++count > fields_max) return refuse(431, "too_many_fields");
            auto const colon = text.find(':');
            // A blank before the colon, or a line that starts with one (obs-fold), is refused.
            if (colon == std::string_view::npos || !token(text.substr(0, colon)))
                return refuse(400, "bad_field");
            auto const value = trimmed(text.substr(colon + 1));
            if (!field_text(value)) return refuse(400, "bad_field");
            head_.request.headers.add(text.substr(0, colon), value);
            if (!field(text.substr(0, colon), value)) return false;
        }
    }

    bool field(std::string_view name, std::string_view value)
    {
        if (same(name, "Host")) {
            if (++hosts_seen_ > 1) return refuse(400, "bad_host");
            if (!host_allowed(value, hosts_)) return refuse(421, "host_not_served");
        } else if (same(name, "Content-Length")) {
            if (head_.content_length) return refuse(400, "bad_framing");
            head_.content_length = length_of(value);
            if (!head_.content_length) return refuse(400, "bad_framing");
        } else if (same(name, "Transfer-Encoding")) {
            if (head_.chunked || !same(value, "chunked")) return refuse(400, "bad_framing");
            head_.chunked = true;
        } else if (same(name, "Expect")) {
            if (!same(value, "100-continue")) return refuse(417, "bad_expect");
            head_.expects_continue = true;
        } else if (same(name, "Connection")) {
            connection_ = value;
        } else if (same(name, "Content-Encoding")) {
            if (!same(value, "identity")) return refuse(415, "encoded_body");
        } else if (same(name, "Upgrade") || same(name, "Trailer")) {
            return refuse(400, "bad_field");
        }
        return true;
    }

    bool framing()
    {
        if (hosts_seen_ != 1) return refuse(400, "bad_host");
        if (head_.chunked && (head_.content_length || one_zero_)) return refuse(400, "bad_framing");
        if (same(connection_, "close") || (one_zero_ && !same(connection_, "keep-alive")))
            head_.keep_alive = false;
        return true;
    }

    std::string_view rest_;
    std::vector<std::string> const& hosts_;
    Head head_;
    Refusal refusal_;
    std::string_view connection_;
    int hosts_seen_ = 0;
    bool one_zero_ = false;
};

} // namespace

std::string_view Headers::find(std::string_view name) const
{
    for (auto const& [key, value] : all_)
        if (same(key, name)) return value;
    return {};
}

GuardResult read_head(std::string_view bytes, std::vector<std::string> const& hosts)
{
    if (bytes.size() > head_bytes_max) return {std::nullopt, {431, "head_too_long"}};
    return Parser{bytes, hosts}.run();
}

} // namespace net

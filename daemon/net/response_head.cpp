// The head of every answer: security headers are set here and nowhere else.
#include "net/session.hpp"

#include "base/random.hpp"

#include <fmt/format.h>

namespace net {

namespace {

constexpr std::string_view always =
    "Server: kuramori\r\n"
    "Strict-Transport-Security: max-age=63072000\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), microphone=(), geolocation=(), payment=(), usb=()\r\n";

constexpr std::string_view policy_for_pages =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'\r\n";

constexpr std::string_view policy_for_data =
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; sandbox\r\n";

std::string_view value_of(Response const& response, std::string_view name)
{
    for (auto const& [key, value] : response.headers)
        if (key == name) return value;
    return {};
}

} // namespace

std::string new_request_id() { return base::random_id(); }

std::string head_of(Response const& response, Request const& request, bool keep_alive)
{
    auto const reason = beast::http::obsolete_reason(beast::http::int_to_status(response.status));
    auto head = fmt::format(
        "HTTP/1.1 {} {}\r\n", response.status, std::string_view{reason.data(), reason.size()}
    );
    head += always;
    head += value_of(response, "Content-Type").starts_with("text/html") ? policy_for_pages
                                                                        : policy_for_data;
    if (value_of(response, "Cache-Control").empty()) head += "Cache-Control: no-store\r\n";
    if (!request.request_id.empty())
        head += fmt::format("X-Request-Id: {}\r\n", request.request_id);
    for (auto const& [name, value] : response.headers) {
        // Nothing of ours holds a line break; a header that did would be another answer.
        if (value.find_first_of("\r\n") != std::string::npos) continue;
        head += fmt::format("{}: {}\r\n", name, value);
    }
    if (response.status == 503) head += "Retry-After: 2\r\n";
    if (response.events) return head + "Connection: close\r\n\r\n";
    bool const bodiless = response.status == 204 || response.status == 304;
    if (!bodiless)
        head += fmt::format(
            "Content-Length: {}\r\n",
            response.source ? response.source_bytes.value_or(0) : response.body.size()
        );
    head += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return head;
}

Response plain_refusal(Refusal refusal, std::string const& request_id)
{
    Response response;
    response.status = refusal.status;
    response.headers.emplace_back("Content-Type", "application/problem+json");
    response.body = fmt::format(
        R"({{"type":"about:blank","title":"Refused","status":{},"code":"{}",)"
        R"("fields":[],"request_id":"{}"}})",
        refusal.status, refusal.code, request_id
    );
    return response;
}

} // namespace net

// The head of a request, as a stranger sends it. What is let through has one meaning.
#include "net/guard.hpp"
#include "expect.hpp"

#include <algorithm>

namespace {

bool clean(std::string_view text)
{
    return text.find_first_of(std::string_view{"\r\n\0", 3}) == std::string_view::npos;
}

void check(net::Head const& head)
{
    auto const& request = head.request;
    fuzz::expect(request.path.starts_with('/') && clean(request.path) && clean(request.query));
    fuzz::expect(request.path.find("/../") == std::string::npos);
    fuzz::expect(!request.path.ends_with("/.."));
    fuzz::expect(!(head.chunked && head.content_length));
    fuzz::expect(!request.headers.find("Host").empty());
    auto const hosts = {"kura.example", "localhost"};
    auto const host = request.headers.find("Host");
    bool const named = std::any_of(hosts.begin(), hosts.end(), [&](std::string_view name) {
        return host.size() >= name.size() &&
               std::equal(name.begin(), name.end(), host.begin(), [](char a, char b) {
                   return a == b || a == b + ('a' - 'A');
               });
    });
    fuzz::expect(named || host.find_first_of("0123456789:") != std::string_view::npos);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string bytes{fuzz::text_of(data, size)};
    bytes += "\r\n\r\n"; // the session hands over what ends so
    bytes.resize(bytes.find("\r\n\r\n") + 4);
    auto const result = net::read_head(bytes, {"kura.example"});
    if (result.head)
        check(*result.head);
    else
        fuzz::expect(result.refusal.status >= 400 && result.refusal.status <= 505);
    return 0;
}

#include "net/guard.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

unsigned answer(std::string const& head)
{
    auto const result = net::read_head(head, {"kura.example"});
    return result.head ? 200 : result.refusal.status;
}

unsigned with_host(std::string const& host)
{
    return answer("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
}

} // namespace

TEST_CASE("Host is a name that is served, localhost or an address; with a port or without")
{
    for (auto const* const host :
         {"kura.example", "KURA.example:8443", "localhost", "192.168.0.10:8443", "[::1]",
          "[fe80::1]:8443", "[::ffff:10.0.0.1]"})
        CHECK_MESSAGE(with_host(host) == 200, host);
    for (auto const* const host :
         {"evil.example", "kura.example.evil", "kura.example:", "kura.example:port", "localhost.",
          "1.2.3", "1.2.3.4.5", "999.1.1.1", "....", "[beef]", "[]", "[::1", "::1", "",
          "kura.example, evil.example", "user@kura.example"})
        CHECK_MESSAGE(with_host(host) == 421, host);
}

TEST_CASE("a path is decoded once, and nothing in it climbs")
{
    auto const result =
        net::read_head("GET /%E8%94%B5?q=%2F HTTP/1.1\r\nHost: localhost\r\n\r\n", {});
    REQUIRE(result.head);
    CHECK(result.head->request.path == "/蔵");
    CHECK(result.head->request.query == "q=%2F");
    for (auto const* const path :
         {"/../etc/passwd", "/a/..", "/a/./b", "//a", "/%2e%2e/a", "/%2F", "/%5C", "/a\\b", "/%00",
          "/%0d%0a", "/%zz", "/%e", "/%252e", "http://localhost/", "*", "/a#b"})
        CHECK_MESSAGE(
            answer("GET " + std::string{path} + " HTTP/1.1\r\nHost: localhost\r\n\r\n") == 400, path
        );
}

#include "net/body.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

using State = net::BodyReader::State;

struct Read {
    State state = State::reading;
    std::string body;
    std::string rest; // what lies behind the body: the next request
};

// Hands the bytes over in pieces of `piece`, as a network might.
Read read(net::Head const& head, std::string const& bytes, std::size_t piece, std::uint64_t max)
{
    net::BodyReader reader{head, max};
    Read out;
    std::size_t from = 0;
    std::size_t until = 0;
    while (reader.state() == State::reading) {
        auto const seen = std::string_view{bytes}.substr(from, until - from);
        auto const step = reader.take(seen);
        out.body += step.data;
        from += step.used;
        if (step.used > 0) continue;
        if (reader.state() != State::reading || until == bytes.size()) break;
        until = std::min(bytes.size(), until + piece);
    }
    out.state = reader.state();
    out.rest = bytes.substr(from);
    return out;
}

Read chunked(std::string const& bytes, std::size_t piece = 1000, std::uint64_t max = 100)
{
    net::Head head;
    head.chunked = true;
    return read(head, bytes, piece, max);
}

} // namespace

TEST_CASE("a body of a known length ends where the next request begins, whatever the pieces")
{
    net::Head head;
    head.content_length = 5;
    for (std::size_t const piece : {1U, 3U, 100U}) {
        auto const got = read(head, "12345GET /", piece, 100);
        CHECK(got.state == State::done);
        CHECK(got.body == "12345");
        CHECK(std::string{"12345GET /"}.ends_with(got.rest));
    }
    CHECK(read(head, "1234", 100, 100).state == State::reading);
    CHECK(read(head, "12345", 100, 4).state == State::too_large);
}

TEST_CASE("chunks become one body, whatever the pieces")
{
    std::string const bytes = "3\r\nabc\r\n0a\r\n0123456789\r\nA\r\nABCDEFGHIJ\r\n0\r\n\r\n";
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        auto const got = chunked(bytes, piece);
        CHECK(got.state == State::done);
        CHECK(got.body == "abc0123456789ABCDEFGHIJ");
        CHECK(got.rest.empty());
    }
    CHECK(chunked("0\r\n\r\nGET /").rest == "GET /");
}

TEST_CASE("a chunk that two programs could read in two ways is refused")
{
    for (auto const* const bytes :
         {"g\r\n", "-1\r\n", "+1\r\n", " 1\r\n", "1 \r\n", "0x1\r\n", "\r\n", "1\n", "1\r\r\n",
          "1;a=b\r\n", "1;", "000000001\r\n", "10000000000000001\r\n", "1\r\nab", "1\r\na\n",
          "1\r\na0\r\n", "0\r\nX: y\r\n\r\n", "0\r\n\n"})
        for (std::size_t const piece : {1U, 1000U})
            CHECK_MESSAGE(chunked(bytes, piece).state == State::bad_framing, bytes);
}

TEST_CASE("chunks over the limit are refused before they are read")
{
    CHECK(chunked("64\r\n").state == State::reading);
    CHECK(chunked("65\r\n").state == State::too_large);
    CHECK(chunked("3f\r\n" + std::string(63, 'a') + "\r\n26\r\n").state == State::too_large);
    CHECK(chunked("FFFFFFFF\r\n").state == State::too_large);
}

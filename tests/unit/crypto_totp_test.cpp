#include "crypto/totp.hpp"

#include <doctest/doctest.h>

using namespace crypto;

namespace {

auto const secret = base::as_bytes("12345678901234567890"); // RFC 6238 appendix B, SHA-1

std::int64_t step_at(std::int64_t seconds)
{
    return totp_step(Instant{std::chrono::seconds{seconds}});
}

} // namespace

TEST_CASE("one-time codes as in RFC 6238, the last six of its eight digits")
{
    struct Vector {
        std::int64_t seconds;
        char const* code;
    };
    for (auto const& [seconds, code] :
         {Vector{59, "94287082"}, Vector{1111111109, "07081804"}, Vector{1111111111, "14050471"},
          Vector{1234567890, "89005924"}, Vector{2000000000, "69279037"},
          Vector{20000000000, "65353130"}})
        CHECK(totp_code(secret, step_at(seconds)) == std::string{code}.substr(2));
}

TEST_CASE("one-time codes as in RFC 4226, leading zeros kept")
{
    std::string all;
    for (std::int64_t count = 0; count < 10; ++count) all += totp_code(secret, count) + " ";
    CHECK(all == "755224 287082 359152 969429 338314 254676 287922 162583 399871 520489 ");
    CHECK(totp_code(secret, step_at(1111111109)) == "081804");
}

TEST_CASE("a step is 30 seconds")
{
    CHECK(step_at(0) == 0);
    CHECK(step_at(29) == 0);
    CHECK(step_at(30) == 1);
    CHECK(step_at(1111111109) == 0x23523EC);
}

TEST_CASE("a code is good one step early and one step late, not two")
{
    std::int64_t const now = 37037036;
    for (std::int64_t const step : {now - 1, now, now + 1})
        CHECK(matching_step(secret, totp_code(secret, step), now, 0) == step);
    CHECK_FALSE(matching_step(secret, totp_code(secret, now - 2), now, 0));
    CHECK_FALSE(matching_step(secret, totp_code(secret, now + 2), now, 0));
    CHECK_FALSE(
        matching_step(base::as_bytes("another secret here!"), totp_code(secret, now), now, 0)
    );
}

TEST_CASE("a code is good once, and none before it is good any more")
{
    std::int64_t const now = 37037036;
    auto const code = totp_code(secret, now);
    std::int64_t const used = now;
    REQUIRE(matching_step(secret, code, now, now - 1) == used);
    CHECK_FALSE(matching_step(secret, code, now, used));
    CHECK_FALSE(matching_step(secret, code, now + 1, used));
    CHECK_FALSE(matching_step(secret, totp_code(secret, now - 1), now, used));
    CHECK(matching_step(secret, totp_code(secret, now + 1), now, used) == now + 1);
    CHECK_FALSE(matching_step(secret, totp_code(secret, now + 1), now, now + 1));
}

TEST_CASE("a code is six ASCII digits and nothing else")
{
    std::int64_t const now = 37037036; // its code is 081804
    CHECK(matching_step(secret, "081804", now, 0) == now);
    for (auto const* code :
         {"", "81804", "0081804", "081 804", " 081804", "081804\n", "08180a", "+81804",
          "０８１８０４", "07081804"})
        CHECK_FALSE_MESSAGE(matching_step(secret, code, now, 0), std::string{code});
    CHECK_FALSE(matching_step(secret, std::string_view{"081804\0", 7}, now, 0));
}

TEST_CASE("base32 as in RFC 4648, without padding")
{
    CHECK(base32({}) == "");
    CHECK(base32(base::as_bytes("f")) == "MY");
    CHECK(base32(base::as_bytes("fo")) == "MZXQ");
    CHECK(base32(base::as_bytes("foo")) == "MZXW6");
    CHECK(base32(base::as_bytes("foob")) == "MZXW6YQ");
    CHECK(base32(base::as_bytes("fooba")) == "MZXW6YTB");
    CHECK(base32(base::as_bytes("foobar")) == "MZXW6YTBOI");
    CHECK(base32(secret) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    CHECK(base32(Bytes(20, 0xff)) == std::string(32, '7'));
}

TEST_CASE("the address for the authenticator app escapes everything that means something in it")
{
    CHECK(
        otpauth_uri("蔵守", "sato@例 a:b/c?d&e=%", base::as_bytes("foobar")) ==
        "otpauth://totp/%E8%94%B5%E5%AE%88:sato%40%E4%BE%8B%20a%3Ab%2Fc%3Fd%26e%3D%25"
        "?secret=MZXW6YTBOI&issuer=%E8%94%B5%E5%AE%88&algorithm=SHA1&digits=6&period=30"
    );
}

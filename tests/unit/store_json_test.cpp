#include "store/json.hpp"

#include <doctest/doctest.h>

#include <string>

TEST_CASE("what two programs could read in two ways is not JSON here")
{
    CHECK(json::parse_strictly(R"({"a": [1, -2, true, null, "あ\n"]})"));
    CHECK_FALSE(json::parse_strictly(R"({"a": 1, "a": 2})"));
    CHECK_FALSE(json::parse_strictly(R"({"a": 1, "\u0061": 2})"));
    CHECK_FALSE(json::parse_strictly(R"({"a": "\u0000"})"));
    CHECK_FALSE(json::parse_strictly(R"({"a": "\u001b"})"));
    CHECK_FALSE(json::parse_strictly(R"({"a": "\ud800"})"));
    CHECK_FALSE(json::parse_strictly("{\"a\": \"\xC0\x80\"}"));
    CHECK_FALSE(json::parse_strictly(R"({"a": 1} x)"));
    CHECK_FALSE(json::parse_strictly(R"([1,])"));
    CHECK_FALSE(json::parse_strictly(R"(["a" /* b */])"));
    CHECK_FALSE(json::parse_strictly("[NaN]"));
    CHECK_FALSE(json::parse_strictly(""));
}

TEST_CASE("a number beyond every number is refused, not made infinite")
{
    CHECK(json::parse_strictly("[0.5e5]"));
    CHECK_FALSE(json::parse_strictly("[0.5e5555]"));
    CHECK_FALSE(json::parse_strictly("[-1e400]"));
}

TEST_CASE("depth has a bound")
{
    std::string const deep(32, '[');
    CHECK(json::parse_strictly(deep + std::string(32, ']')));
    CHECK_FALSE(json::parse_strictly(deep + "[]" + std::string(32, ']')));
}

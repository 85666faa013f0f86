#include "base/present.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

TEST_CASE("what is there is handed on, what is not says where it was missed")
{
    std::optional<std::string> value{"there"};
    CHECK(base::present(std::as_const(value)) == "there");
    base::present(value) = "changed";
    CHECK(base::present(std::move(value)) == "changed");
    CHECK_THROWS_WITH_AS(
        base::present(std::optional<std::string>{}), doctest::Contains("base_present_test.cpp:"),
        std::logic_error
    );
}

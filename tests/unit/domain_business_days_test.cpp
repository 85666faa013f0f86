#include "domain/business_days.hpp"

#include <doctest/doctest.h>

#include <string_view>

namespace {

Date day(std::string_view text)
{
    auto const read = parse_date(text);
    REQUIRE(read.has_value());
    return *read;
}

bool holiday(std::string_view text) { return domain::holidays().is_holiday(day(text)); }
bool business(std::string_view text) { return domain::holidays().is_business_day(day(text)); }
std::string next(std::string_view text)
{
    return to_string(domain::holidays().next_business_day(day(text)));
}

} // namespace

TEST_CASE("a holiday on a Sunday moves to the next day that is none")
{
    CHECK(holiday("2024-02-12"));
    CHECK(holiday("2024-11-04"));
    CHECK(holiday("2025-02-24"));
    CHECK(holiday("2027-03-22"));
    CHECK(holiday("2025-05-06")); // みどりの日 was the Sunday, こどもの日 stands between
    CHECK(holiday("2026-05-06")); // 憲法記念日 was, with two holidays between
    CHECK_FALSE(holiday("2024-05-07"));
    CHECK_FALSE(holiday("2026-05-07"));
    CHECK_FALSE(holiday("2026-02-12")); // 建国記念の日 was a Wednesday
}

TEST_CASE("a day between two holidays is one")
{
    CHECK(holiday("2026-09-22"));
    CHECK_FALSE(holiday("2025-09-16"));
    CHECK_FALSE(holiday("2027-09-21")); // two days lie between
}

TEST_CASE("the number of days off is the one that the Cabinet Office lists")
{
    auto const of_year = [](int year) {
        int count = 0;
        std::chrono::sys_days at{std::chrono::year{year} / 1 / 1};
        for (; Date{at}.year() == std::chrono::year{year}; at += std::chrono::days{1})
            count += domain::holidays().is_holiday(Date{at}) ? 1 : 0;
        return count;
    };
    CHECK(of_year(2024) == 21);
    CHECK(of_year(2025) == 19);
    CHECK(of_year(2026) == 18);
    CHECK(of_year(2027) == 17);
}

TEST_CASE("offices are closed over the year's end")
{
    CHECK(business("2026-12-28"));
    for (auto const* closed : {"2026-12-29", "2026-12-31", "2027-01-01", "2027-01-03"})
        CHECK_FALSE(business(closed));
    CHECK(next("2026-12-28") == "2027-01-04");
    CHECK(next("2027-12-28") == "2028-01-04");
}

TEST_CASE("the next business day passes weekends and holidays")
{
    CHECK(next("2026-11-20") == "2026-11-24"); // Friday, then 勤労感謝の日 on Monday
    CHECK(next("2026-11-24") == "2026-11-25");
    CHECK(next("2026-05-01") == "2026-05-07");
    CHECK(next("2026-09-18") == "2026-09-24");
}

TEST_CASE("a year is certain, expected, or not known and then has weekends only")
{
    auto const& pack = domain::holidays();
    CHECK(pack.certainty_of(std::chrono::year{2027}) == domain::Certainty::announced);
    CHECK(pack.certainty_of(std::chrono::year{2028}) == domain::Certainty::expected);
    CHECK_FALSE(pack.knows(std::chrono::year{2040}));
    CHECK_FALSE(holiday("2040-02-11"));
    CHECK(next("2040-04-28") == "2040-04-30"); // a Saturday; 昭和の日 is not known
}

TEST_CASE("a pack with a day in another year is refused")
{
    CHECK_THROWS_AS(
        domain::Holidays{"closed: {from: 12-29, to: 01-03}\nyears:\n  - year: 2030\n    certainty: "
                         "expected\n    days: [{day: 2031-01-01, name: x}]\n"},
        std::logic_error
    );
}

#include "base/clock.hpp"
#include "domain/date.hpp"

#include <doctest/doctest.h>

using namespace domain;

namespace {

Date day(char const* text) { return parse_date(text).value(); }

} // namespace

TEST_CASE("a date is YYYY-MM-DD and a day that exists")
{
    CHECK(to_string(day("2024-02-29")) == "2024-02-29");
    CHECK(to_string(day("0873-01-05")) == "0873-01-05");
    for (std::string const text :
         {"", "2023-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "2024-4-1", "2024/04/01",
          "20240401", "2024-04-01 ", " 2024-04-01", "２０２４-04-01", "2024-04-0x", "-024-04-01"})
        CHECK_MESSAGE(!parse_date(text), text);
}

TEST_CASE("a year after 29 February, and a month after the 31st, is the last day of its month")
{
    CHECK(add_years(day("2024-02-29"), 1) == day("2025-02-28"));
    CHECK(add_years(day("2024-02-29"), 4) == day("2028-02-29"));
    CHECK(add_years(day("2024-02-29"), -1) == day("2023-02-28"));
    CHECK(add_years(day("2100-03-01"), -4) == day("2096-03-01"));
    CHECK(add_months(day("2026-01-31"), 1) == day("2026-02-28"));
    CHECK(add_months(day("2026-12-31"), 2) == day("2027-02-28"));
    CHECK(add_months(day("2026-03-31"), -1) == day("2026-02-28"));
}

TEST_CASE("the day in Japan begins at 15:00 UTC")
{
    CHECK(
        date_in_japan(Instant{std::chrono::sys_days{day("2026-03-31")} + std::chrono::hours{15}}) ==
        day("2026-04-01")
    );
    CHECK(
        date_in_japan(
            Instant{std::chrono::sys_days{day("2026-03-31")} + std::chrono::seconds{53'999}}
        ) == day("2026-03-31")
    );
}

// 民法143条: the period ends on the day before the corresponding day; where there is none, on the
// last day of the month. Who was born on 1 April is a year older at the end of 31 March.
TEST_CASE("an age is reached at the end of the day before the birthday")
{
    CHECK(reaches_age_on(day("1956-04-01"), 70) == day("2026-03-31"));
    CHECK(reaches_age_on(day("1956-04-02"), 70) == day("2026-04-01"));
    CHECK(reaches_age_on(day("1957-01-01"), 70) == day("2026-12-31"));
    CHECK(reaches_age_on(day("1956-03-01"), 68) == day("2024-02-29"));
    CHECK(reaches_age_on(day("1956-03-01"), 70) == day("2026-02-28"));
}

TEST_CASE("who was born on 29 February ages at the end of the 28th, leap year or not")
{
    CHECK(reaches_age_on(day("1956-02-29"), 68) == day("2024-02-28"));
    CHECK(reaches_age_on(day("1956-02-29"), 70) == day("2026-02-28"));
    CHECK(age_on(day("1956-02-29"), day("2026-02-28")) == 69);
    CHECK(age_on(day("1956-02-29"), day("2026-03-01")) == 70);
    CHECK(age_on(day("1956-02-29"), day("2024-02-29")) == 68);
}

TEST_CASE("ages on a day count the birthdays that have come")
{
    CHECK(age_on(day("2000-05-10"), day("2026-05-09")) == 25);
    CHECK(age_on(day("2000-05-10"), day("2026-05-10")) == 26);
    CHECK(age_on(day("2000-05-10"), day("2000-05-10")) == 0);
    CHECK(age_on(day("2000-05-10"), day("1999-05-10")) == -1);
}

// The same table as web-ui/src/ui/wareki.test.ts: the browser and the daemon must agree.
#include "domain/wareki.hpp"

#include <doctest/doctest.h>

namespace {

std::string outcome(std::variant<Date, domain::DateFault> const& read)
{
    if (auto const* date = std::get_if<Date>(&read)) return to_string(*date);
    return domain::code_of(std::get<domain::DateFault>(read));
}

std::string read(std::string_view text) { return outcome(domain::read_date(text)); }
std::string month(std::string_view text) { return outcome(domain::read_month(text)); }

} // namespace

TEST_CASE("dates are read in the ways people type them")
{
    for (auto const* text :
         {"令和7年4月1日", "R7.4.1", "r7/4/1", "R.7.4.1", "20250401", "2025/4/1", "2025-04-01",
          "2025年4月1日", "２０２５／０４／０１", "Ｒ７．４．１", "㋿7年4月1日", "2025ー4ー1",
          " 令和 7 年 4 月 1 日 ", "令和07年04月01日"}) {
        CAPTURE(text);
        CHECK(read(text) == "2025-04-01");
    }
    CHECK(read("令和元年5月1日") == "2019-05-01");
    CHECK(read("㍼63年12月31日") == "1988-12-31");
}

TEST_CASE("each era has its last day")
{
    CHECK(read("明治45年7月29日") == "1912-07-29");
    CHECK(read("大正15年12月24日") == "1926-12-24");
    CHECK(read("昭和64年1月7日") == "1989-01-07");
    CHECK(read("平成31年4月30日") == "2019-04-30");
    for (auto const* text :
         {"明治45年7月30日", "大正15年12月25日", "昭和64年1月8日", "平成31年5月1日",
          "昭和65年1月1日", "平成32年1月1日"}) {
        CAPTURE(text);
        CHECK(read(text) == "outside_era");
    }
}

TEST_CASE("a day before its era began does not exist in it")
{
    CHECK(read("令和元年4月30日") == "no_such_day");
    CHECK(read("昭和元年12月24日") == "no_such_day");
    CHECK(read("明治5年12月1日") == "out_of_range");
    CHECK(read("令和0年5月1日") == "no_such_day");
}

TEST_CASE("a day that does not exist is refused")
{
    for (auto const* text : {"令和7年13月1日", "2024/06/31", "20250229", "2025/00/10"}) {
        CAPTURE(text);
        CHECK(read(text) == "no_such_day");
    }
    CHECK(read("2024/02/29") == "2024-02-29");
}

TEST_CASE("what is not a date is refused")
{
    for (auto const* text :
         {"", "きのう", "2025/4", "250401", "令和7年", "R7.4.1.2", "25/4/1", "2025-04-01x",
          "令和99999年1月1日", "45748"}) {
        CAPTURE(text);
        CHECK(read(text) == "unreadable_date");
    }
    CHECK(read("1850/01/01") == "out_of_range");
    CHECK(read("2200/01/01") == "out_of_range");
}

TEST_CASE("a month stands for its first day, also where an era changes inside it")
{
    for (auto const* text :
         {"2025/9", "2025-09", "2025年9月", "202509", "令和7年9月", "R7.9", "2025/9/1"}) {
        CAPTURE(text);
        CHECK(month(text) == "2025-09-01");
    }
    CHECK(month("2025/9/15") == "2025-09-15");
    CHECK(month("平成31年4月") == "2019-04-01");
    CHECK(month("平成元年1月") == "1989-01-01");
    CHECK(month("昭和64年1月") == "1989-01-01");
    CHECK(month("昭和65年1月") == "outside_era");
    CHECK(month("2025/13") == "no_such_day");
    CHECK(month("9月") == "unreadable_date");
}

TEST_CASE("dates are written in the era of their day")
{
    auto const date = [](char const* text) { return parse_date(text).value(); };
    CHECK(domain::to_wareki(date("2025-04-01")) == "令和7年4月1日");
    CHECK(domain::to_wareki(date("2019-05-01")) == "令和元年5月1日");
    CHECK(domain::to_wareki(date("2019-04-30")) == "平成31年4月30日");
    CHECK(domain::to_wareki(date("1989-01-07")) == "昭和64年1月7日");
    CHECK(domain::to_wareki(date("1873-01-01")) == "明治6年1月1日");
    CHECK(domain::to_wareki(date("1872-12-31")).empty());
}

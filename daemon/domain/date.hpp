#pragma once
// Calendar days. 和暦 is in wareki.hpp.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

using Date = std::chrono::year_month_day;

std::optional<Date> parse_date(std::string_view text); // strictly YYYY-MM-DD, a day that exists
std::string to_string(Date date);                      // YYYY-MM-DD

namespace domain {

// 29 February plus a year is 28 February when the year has no 29th.
Date add_years(Date date, int years);
Date add_months(Date date, int months); // to the last day of a shorter month

Date date_in_japan(std::chrono::sys_seconds instant);

int age_on(Date birth, Date day); // birthdays passed
// 年齢計算ニ関スル法律, 民法143条: a year of age is full at the end of the day before the birthday.
Date reaches_age_on(Date birth, int age);

} // namespace domain

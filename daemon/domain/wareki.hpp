#pragma once
// 和暦: dates as people write them, 西暦 or 和暦, read strictly. The day must exist and lie inside
// its era: 昭和65年1月1日 is a fault, not 1990. The browser reads by the same rules
// (web-ui/src/ui/wareki.ts); both are tested with one table.
#include "domain/date.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace domain {

enum class DateFault {
    unreadable,   // not a date
    no_such_day,  // 2025-02-29, 令和元年4月30日
    outside_era,  // 昭和65年
    out_of_range, // before 明治6年 (1873), where the solar calendar begins, or after 2199
};
char const* code_of(DateFault fault); // for FieldFault

// 2025-04-01 2025/4/1 2025年4月1日 20250401, 令和7年4月1日 R7.4.1 ㋿元年5月1日; any widths.
std::variant<Date, DateFault> read_date(std::string_view text);
// The same, and months without a day: 2025/4 2025年4月 令和7年4月 202504. They stand for the 1st.
std::variant<Date, DateFault> read_month(std::string_view text);

std::string to_wareki(Date date); // 令和7年4月1日; empty before 明治6年

} // namespace domain

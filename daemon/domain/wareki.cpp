#include "domain/wareki.hpp"

#include "domain/text.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

using std::chrono::day, std::chrono::month, std::chrono::year;

namespace domain {

namespace {

struct Era {
    std::u32string_view name;
    char32_t letter;
    char32_t sign; // ㍻
    Date first;
    int year_one;
};

// Newest first. 明治 counts from 1868, but its calendar is the solar one only from 1873.
constexpr std::array<Era, 5> eras{{
    {U"令和", U'R', U'㋿', Date{year{2019}, month{5}, day{1}}, 2019},
    {U"平成", U'H', U'㍻', Date{year{1989}, month{1}, day{8}}, 1989},
    {U"昭和", U'S', U'㍼', Date{year{1926}, month{12}, day{25}}, 1926},
    {U"大正", U'T', U'㍽', Date{year{1912}, month{7}, day{30}}, 1912},
    {U"明治", U'M', U'㍾', Date{year{1873}, month{1}, day{1}}, 1868},
}};
constexpr int last_year = 2199;

// Widths and hyphens folded, blanks gone.
std::u32string folded(std::string_view text)
{
    std::u32string out;
    for (char32_t const c : characters(half_width(text)))
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') out.push_back(c);
    return out;
}

std::optional<std::size_t> take_era(std::u32string_view& text)
{
    for (std::size_t at = 0; at < eras.size(); ++at) {
        auto const& era = eras[at];
        bool const letter = !text.empty() && (text[0] == era.letter || text[0] == era.letter + 32);
        if (text.starts_with(era.name))
            text.remove_prefix(era.name.size());
        else if (letter || text.starts_with(era.sign))
            text.remove_prefix(1);
        else
            continue;
        if (letter && text.starts_with(U'.')) text.remove_prefix(1);
        return at;
    }
    return std::nullopt;
}

int number_of(std::u32string_view digits)
{
    int number = 0;
    for (char32_t const c : digits) number = number * 10 + static_cast<int>(c - '0');
    return number;
}

std::optional<int> take_number(std::u32string_view& text, std::size_t digits_max)
{
    auto const head = text.substr(0, digits_max);
    auto const digits = head.substr(0, head.find_first_not_of(U"0123456789"));
    if (digits.empty()) return std::nullopt;
    text.remove_prefix(digits.size());
    return number_of(digits);
}

bool take_separator(std::u32string_view& text, char32_t unit)
{
    if (text.empty()) return false;
    auto const c = text[0];
    if (c != unit && c != '.' && c != '/' && c != '-') return false;
    text.remove_prefix(1);
    return true;
}

struct Parts {
    std::optional<std::size_t> era;
    int year = 0;
    int month = 0;
    int day = 1;
};

bool all_digits(std::u32string_view text)
{
    for (char32_t const c : text)
        if (c < '0' || c > '9') return false;
    return true;
}

std::optional<Parts> run_of_digits(std::u32string_view text, bool month_alone) // 20250401, 202504
{
    if (!all_digits(text) || text.size() != (month_alone ? 6U : 8U)) return std::nullopt;
    Parts parts;
    parts.year = number_of(text.substr(0, 4));
    parts.month = number_of(text.substr(4, 2));
    if (!month_alone) parts.day = number_of(text.substr(6));
    return parts;
}

std::optional<Parts> split(std::u32string_view text, bool month_alone)
{
    if (auto const run = run_of_digits(text, month_alone)) return run;
    Parts parts;
    parts.era = take_era(text);
    auto const before = text.size();
    if (parts.era && text.starts_with(U"元年")) {
        parts.year = 1;
        text.remove_prefix(1);
    } else {
        auto const number = take_number(text, parts.era ? 2 : 4);
        if (!number || (!parts.era && before - text.size() != 4)) return std::nullopt;
        parts.year = *number;
    }
    if (!take_separator(text, U'年')) return std::nullopt;
    auto const month_number = take_number(text, 2);
    if (!month_number) return std::nullopt;
    parts.month = *month_number;
    if (month_alone && (text.empty() || text == U"月")) return parts;
    if (month_alone || !take_separator(text, U'月')) return std::nullopt;
    auto const day_number = take_number(text, 2);
    if (!day_number || !(text.empty() || text == U"日")) return std::nullopt;
    parts.day = *day_number;
    return parts;
}

std::variant<Date, DateFault> joined(Parts const& parts)
{
    int const western = parts.era ? eras[*parts.era].year_one - 1 + parts.year : parts.year;
    Date const date{
        year{western}, month{static_cast<unsigned>(parts.month)},
        day{static_cast<unsigned>(parts.day)}
    };
    bool const exists = parts.year > 0 && date.ok();
    if (parts.era) {
        if (*parts.era > 0) {
            auto const& next = eras[*parts.era - 1];
            if (western > next.year_one || (exists && date >= next.first))
                return DateFault::outside_era;
        }
        if (exists && *parts.era + 1 < eras.size() && date < eras[*parts.era].first)
            return DateFault::no_such_day;
    }
    if (!exists) return DateFault::no_such_day;
    if (date < eras.back().first || western > last_year) return DateFault::out_of_range;
    return date;
}

} // namespace

char const* code_of(DateFault fault)
{
    switch (fault) {
    case DateFault::no_such_day: return "no_such_day";
    case DateFault::outside_era: return "outside_era";
    case DateFault::out_of_range: return "out_of_range";
    case DateFault::unreadable: break;
    }
    return "unreadable_date";
}

std::variant<Date, DateFault> read_date(std::string_view text)
{
    auto const parts = split(folded(text), false);
    if (!parts) return DateFault::unreadable;
    return joined(*parts);
}

std::variant<Date, DateFault> read_month(std::string_view text)
{
    auto const parts = split(folded(text), true);
    if (!parts) return read_date(text);
    auto const first = joined(*parts);
    if (!parts->era || std::holds_alternative<Date>(first)) return first;
    // 令和元年5月 begins with the era; 平成31年4月 and 昭和元年12月 begin or end inside the month.
    auto in_month = *parts;
    in_month.day = 31;
    while (in_month.day > 1 && !std::holds_alternative<Date>(joined(in_month))) --in_month.day;
    auto const some_day = joined(in_month);
    if (!std::holds_alternative<Date>(some_day)) return first;
    auto const date = std::get<Date>(some_day);
    return Date{date.year(), date.month(), day{1}};
}

std::string to_wareki(Date date)
{
    for (auto const& era : eras) {
        if (date < era.first) continue;
        int const number = static_cast<int>(date.year()) - era.year_one + 1;
        return fmt::format(
            "{}{}年{}月{}日", utf8(era.name), number == 1 ? "元" : std::to_string(number),
            static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())
        );
    }
    return {};
}

} // namespace domain

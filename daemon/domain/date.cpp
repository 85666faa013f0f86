#include "domain/date.hpp"

using std::chrono::day, std::chrono::days, std::chrono::month, std::chrono::months,
    std::chrono::sys_days, std::chrono::year, std::chrono::years;

std::optional<Date> parse_date(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    int parts[3] = {0, 0, 0};
    std::size_t const starts[] = {0, 5, 8};
    std::size_t const sizes[] = {4, 2, 2};
    for (std::size_t part = 0; part < 3; ++part) {
        for (char const c : text.substr(starts[part], sizes[part])) {
            if (c < '0' || c > '9') return std::nullopt;
            parts[part] = parts[part] * 10 + (c - '0');
        }
    }
    Date const date{
        year{parts[0]}, month{static_cast<unsigned>(parts[1])}, day{static_cast<unsigned>(parts[2])}
    };
    if (!date.ok()) return std::nullopt;
    return date;
}

std::string to_string(Date date)
{
    std::string text = "0000-00-00";
    auto const put = [&](std::size_t first, std::size_t size, unsigned number) {
        for (; size-- > 0; number /= 10) text[first + size] = static_cast<char>('0' + number % 10);
    };
    put(0, 4, static_cast<unsigned>(static_cast<int>(date.year())));
    put(5, 2, static_cast<unsigned>(date.month()));
    put(8, 2, static_cast<unsigned>(date.day()));
    return text;
}

namespace domain {

namespace {

Date clamped(Date date)
{
    return date.ok() ? date : Date{date.year() / date.month() / std::chrono::last};
}

} // namespace

Date add_years(Date date, int count) { return clamped(date + years{count}); }
Date add_months(Date date, int count) { return clamped(date + months{count}); }

Date date_in_japan(std::chrono::sys_seconds instant)
{
    return Date{std::chrono::floor<days>(instant + std::chrono::hours{9})};
}

int age_on(Date birth, Date on)
{
    int const age = static_cast<int>(on.year()) - static_cast<int>(birth.year());
    return reaches_age_on(birth, age) < on ? age : age - 1;
}

Date reaches_age_on(Date birth, int age)
{
    auto const birthday = birth + years{age};
    if (!birthday.ok()) return clamped(birthday); // 民法143条2項但書: born on 29 February
    return Date{sys_days{birthday} - days{1}};
}

} // namespace domain

#include "domain/business_days.hpp"

#include <yaml-cpp/yaml.h>

#include <stdexcept>

namespace domain {

namespace {

using std::chrono::days, std::chrono::sys_days, std::chrono::weekday;

Date neighbour(Date day, int by) { return Date{sys_days{day} + days{by}}; }

Date day_from(std::string const& text)
{
    auto const day = parse_date(text);
    if (!day) throw std::logic_error("holidays: no day: " + text);
    return *day;
}

std::chrono::month_day month_day_from(std::string const& text) // "12-29"
{
    auto const day = day_from("2024-" + text);
    return {day.month(), day.day()};
}

} // namespace

Holidays::Holidays(std::string const& yaml)
{
    auto const root = YAML::Load(yaml);
    closed_from_ = month_day_from(root["closed"]["from"].as<std::string>());
    closed_to_ = month_day_from(root["closed"]["to"].as<std::string>());
    for (auto const& row : root["years"]) {
        std::chrono::year const year{row["year"].as<int>()};
        bool const announced = row["certainty"].as<std::string>() == "announced";
        years_.emplace(year, announced ? Certainty::announced : Certainty::expected);
        for (auto const& one : row["days"]) {
            auto const day = day_from(one["day"].as<std::string>());
            if (day.year() != year) throw std::logic_error("holidays: a day in another year");
            days_.emplace(day, one["name"].as<std::string>());
        }
    }
}

Certainty Holidays::certainty_of(std::chrono::year year) const { return years_.at(year); }

// 第3条第2項: a holiday on a Sunday makes the nearest day behind it that is no holiday one.
bool Holidays::is_substitute(Date day) const
{
    if (named(day)) return false;
    auto before = neighbour(day, -1);
    while (named(before) && weekday{sys_days{before}} != std::chrono::Sunday)
        before = neighbour(before, -1);
    return named(before);
}

// 第3条第3項: a day between two holidays is one.
bool Holidays::is_between(Date day) const
{
    return !named(day) && named(neighbour(day, -1)) && named(neighbour(day, 1));
}

bool Holidays::is_holiday(Date day) const
{
    return named(day) || is_substitute(day) || is_between(day);
}

bool Holidays::is_closed(Date day) const
{
    std::chrono::month_day const at{day.month(), day.day()};
    return at >= closed_from_ || at <= closed_to_; // over the year's end
}

bool Holidays::is_business_day(Date day) const
{
    auto const of_week = weekday{sys_days{day}};
    return of_week != std::chrono::Saturday && of_week != std::chrono::Sunday && !is_closed(day) &&
           !is_holiday(day);
}

Date Holidays::next_business_day(Date after) const
{
    auto day = neighbour(after, 1);
    while (!is_business_day(day)) day = neighbour(day, 1);
    return day;
}

Holidays const& holidays()
{
    static Holidays const once{std::string{holidays_yaml()}};
    return once;
}

} // namespace domain

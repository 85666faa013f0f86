#pragma once
// 利用時間: when a class of accounts may use the office, by the clock and the calendar of Japan.
#include "base/clock.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace admission {

enum class Day { mon, tue, wed, thu, fri, sat, sun };
BOOST_DESCRIBE_ENUM(Day, mon, tue, wed, thu, fri, sat, sun)

// Both ends belong to it: "07:00" to "22:00" begins at 07:00:00 and ends with 22:00:00; 22:00:01 is
// outside. "24:00" is the end of the day.
struct Window {
    std::vector<Day> days;
    std::string from; // "07:00"
    std::string to;   // "22:00"

    friend bool operator==(Window const&, Window const&) = default;
};
BOOST_DESCRIBE_STRUCT(Window, (), (days, from, to))

enum class HoursMode {
    off,    // any time
    refuse, // outside nobody gets in, and who is in gets no further
    flag,   // outside people get in, and it is noted for whoever reviews
};
BOOST_DESCRIBE_ENUM(HoursMode, off, refuse, flag)

// Faults by field below `path`; an empty list has none.
std::vector<FieldFault> window_faults(std::vector<Window> const& windows, std::string const& path);

bool within(std::vector<Window> const& windows, Instant at);

} // namespace admission

#include "admission/hours.hpp"

#include <algorithm>
#include <optional>

namespace admission {

namespace {

constexpr std::int64_t day_seconds = 24 * 60 * 60;
constexpr std::size_t windows_max = 14;

std::optional<std::int64_t> second_of_day(std::string_view time) // "07:00"
{
    bool const shaped = time.size() == 5 && time[2] == ':';
    if (!shaped) return std::nullopt;
    auto const digit = [&](std::size_t at) {
        return time[at] >= '0' && time[at] <= '9' ? time[at] - '0' : 1000;
    };
    auto const hours = digit(0) * 10 + digit(1);
    auto const minutes = digit(3) * 10 + digit(4);
    if (hours > 24 || minutes > 59 || (hours == 24 && minutes > 0)) return std::nullopt;
    return std::int64_t{hours} * 3600 + std::int64_t{minutes} * 60;
}

} // namespace

std::vector<FieldFault> window_faults(std::vector<Window> const& windows, std::string const& path)
{
    std::vector<FieldFault> faults;
    if (windows.size() > windows_max) faults.push_back({path, "too_many_windows"});
    for (std::size_t i = 0; i < windows.size(); ++i) {
        auto const& window = windows[i];
        auto const at = path + "." + std::to_string(i);
        auto const from = second_of_day(window.from);
        auto const to = second_of_day(window.to);
        auto days = window.days;
        std::sort(days.begin(), days.end());
        bool const twice = std::adjacent_find(days.begin(), days.end()) != days.end();
        if (days.empty() || twice) faults.push_back({at + ".days", "bad_days"});
        if (!from) faults.push_back({at + ".from", "bad_time_of_day"});
        if (!to) faults.push_back({at + ".to", "bad_time_of_day"});
        if (from && to && *from >= *to) faults.push_back({at + ".to", "before_its_start"});
    }
    return faults;
}

bool within(std::vector<Window> const& windows, Instant at)
{
    using namespace std::chrono;
    auto const here = at + base::japan_offset;
    auto const midnight = floor<days>(here);
    auto const day = static_cast<Day>(weekday{midnight}.iso_encoding() - 1);
    auto const second = (here - midnight).count();
    return std::any_of(windows.begin(), windows.end(), [&](Window const& window) {
        bool const today =
            std::find(window.days.begin(), window.days.end(), day) != window.days.end();
        return today && second >= second_of_day(window.from).value_or(day_seconds) &&
               second <= second_of_day(window.to).value_or(-1);
    });
}

} // namespace admission

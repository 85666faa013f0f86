#pragma once
// 営業日: neither weekend nor 国民の祝日・振替休日・国民の休日, nor 12月29日 to 1月3日.
#include "domain/date.hpp"

#include <map>
#include <string>
#include <string_view>

namespace domain {

enum class Certainty { announced, expected };

class Holidays {
public:
    // Throws std::logic_error when the pack contradicts itself (a day outside its year).
    explicit Holidays(std::string const& yaml);

    bool knows(std::chrono::year year) const { return years_.contains(year); }
    Certainty certainty_of(std::chrono::year year) const; // of one that it knows
    // 祝日, or 休日 by 第3条第2項 and 第3項. Nothing in a year that the pack does not know.
    bool is_holiday(Date day) const;
    bool is_business_day(Date day) const; // in an unknown year: only weekends and the year's end
    Date next_business_day(Date after) const;

private:
    bool named(Date day) const { return days_.contains(day); }
    bool is_substitute(Date day) const;
    bool is_between(Date day) const;
    bool is_closed(Date day) const;

    std::map<Date, std::string> days_;
    std::map<std::chrono::year, Certainty> years_;
    std::chrono::month_day closed_from_{};
    std::chrono::month_day closed_to_{};
};

std::string_view holidays_yaml(); // conf/packs/holidays.yaml
Holidays const& holidays();       // the pack that is compiled in

} // namespace domain

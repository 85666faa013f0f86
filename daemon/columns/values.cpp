#include "columns/values.hpp"

#include "domain/text.hpp"
#include "domain/wareki.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace columns {

namespace {

constexpr std::size_t digits_max = 15;

bool all_digits(std::string_view text)
{
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string number_text(std::string_view text) // half width, without blanks
{
    auto out = domain::half_width(domain::trimmed(text));
    std::erase(out, ' ');
    return out;
}

void strip(std::string& text, std::string_view prefix, std::string_view suffix)
{
    if (!prefix.empty() && text.starts_with(prefix)) text.erase(0, prefix.size());
    if (!suffix.empty() && text.ends_with(suffix)) text.erase(text.size() - suffix.size());
}

// 1,234,567: commas only where thousands are.
bool take_commas(std::string& digits)
{
    if (digits.find(',') == std::string::npos) return true;
    for (std::size_t i = 0; i < digits.size(); ++i)
        if ((digits[i] == ',') != ((digits.size() - i) % 4 == 0)) return false;
    std::erase(digits, ',');
    return !digits.empty();
}

template <class Read> Code date_by(Date& out, std::string_view text, Read read)
{
    auto cleaned = domain::half_width(domain::trimmed(text));
    for (auto const midnight : {" 00:00:00", " 0:00:00", " 00:00", " 0:00"}) // of spreadsheets
        strip(cleaned, "", midnight);
    auto const answer = read(cleaned);
    if (auto const* fault = std::get_if<domain::DateFault>(&answer)) return domain::code_of(*fault);
    out = std::get<Date>(answer);
    return nullptr;
}

std::optional<std::int64_t> minutes_of(std::string_view hours, std::string_view minutes)
{
    if (!all_digits(hours) || hours.size() > 4 || (!minutes.empty() && !all_digits(minutes)) ||
        minutes.size() > 2)
        return std::nullopt;
    auto const rest = minutes.empty() ? 0 : std::stoll(std::string{minutes});
    if (rest > 59) return std::nullopt;
    return std::stoll(std::string{hours}) * 60 + rest;
}

} // namespace

std::string word_key(std::string_view text)
{
    auto out = domain::half_width(text);
    std::erase(out, ' ');
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

Code read_whole_number(std::int64_t& out, std::string_view text)
{
    auto digits = number_text(text);
    bool const negative = digits.starts_with('-');
    if (negative) digits.erase(0, 1);
    if (!take_commas(digits) || !all_digits(digits) || digits.size() > digits_max)
        return "not_a_whole_number";
    out = std::stoll(digits) * (negative ? -1 : 1);
    return nullptr;
}

Code read_yen(Yen& out, std::string_view text)
{
    auto digits = number_text(text);
    strip(digits, "¥", "円");
    strip(digits, "￥", "");
    strip(digits, "\\", ".00"); // the yen sign of CP932; a spreadsheet's two decimals
    strip(digits, "", ".0");
    std::int64_t amount = 0;
    if (read_whole_number(amount, digits) || amount < 0) return "not_an_amount";
    out = Yen{amount};
    return nullptr;
}

Code read_day(Date& out, std::string_view text) { return date_by(out, text, domain::read_date); }
Code read_month(Date& out, std::string_view text) { return date_by(out, text, domain::read_month); }

Code read_hours(std::int64_t& minutes, std::string_view text)
{
    auto cleaned = number_text(text);
    std::optional<std::int64_t> found;
    if (auto const hour_word = cleaned.find("時間"); hour_word != std::string::npos) {
        auto rest = cleaned.substr(hour_word + std::string_view{"時間"}.size());
        strip(rest, "", "分");
        found = minutes_of(cleaned.substr(0, hour_word), rest);
    } else if (auto const colon = cleaned.find(':'); colon != std::string::npos) {
        auto rest = cleaned.substr(colon + 1);
        strip(rest, "", ":00"); // 40:00:00 of spreadsheets
        found = minutes_of(cleaned.substr(0, colon), rest);
    } else if (auto const point = cleaned.find('.'); point != std::string::npos) {
        auto const tenths = cleaned.substr(point + 1); // 37.5, 37.75
        auto const whole = minutes_of(cleaned.substr(0, point), "");
        if (whole && all_digits(tenths) && tenths.size() <= 2) {
            auto const hundredths = std::stoll(tenths) * (tenths.size() == 1 ? 10 : 1);
            if (hundredths * 60 % 100 == 0) found = *whole + hundredths * 60 / 100;
        }
    } else {
        found = minutes_of(cleaned, "");
    }
    if (!found) return "bad_hours";
    minutes = *found;
    return nullptr;
}

std::string hours_text(std::int64_t minutes)
{
    return fmt::format("{}:{:02}", minutes / 60, minutes % 60);
}

std::string date_text(Date date)
{
    return fmt::format(
        "{:04}/{:02}/{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day())
    );
}

} // namespace columns

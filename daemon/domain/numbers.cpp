#include "domain/numbers.hpp"

#include "domain/text.hpp"

#include <algorithm>
#include <cctype>
#include <span>
#include <vector>

namespace domain {

namespace {

bool all_digits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The digits of `text` if nothing but digits, blanks and hyphens is in it.
std::optional<std::string> bare_digits(std::string_view text)
{
    std::string out;
    for (char const c : half_width(trimmed(text))) {
        if (c == ' ' || c == '-') continue;
        if (c < '0' || c > '9') return std::nullopt;
        out.push_back(c);
    }
    return out;
}

std::string grouped(std::string_view digits, std::span<std::size_t const> groups)
{
    std::string out;
    for (auto const size : groups) {
        if (!out.empty()) out.push_back('-');
        out += digits.substr(0, size);
        digits.remove_prefix(size);
    }
    return out;
}

template <std::size_t... Groups> std::optional<std::string> in_groups(std::string_view text)
{
    constexpr std::size_t groups[] = {Groups...};
    auto const digits = bare_digits(text);
    if (!digits || digits->size() != (Groups + ...)) return std::nullopt;
    return grouped(*digits, groups);
}

int corporate_check_digit(std::string_view twelve)
{
    int sum = 0;
    for (std::size_t i = 0; i < 12; ++i) { // from the last digit: weights 1, 2, 1, 2, …
        int const weight = i % 2 == 0 ? 1 : 2;
        sum += weight * (twelve[11 - i] - '0');
    }
    return 9 - sum % 9;
}

bool my_number_check(std::string_view twelve)
{
    int sum = 0;
    for (int n = 1; n <= 11; ++n) { // n-th digit from the right, without the check digit
        int const digit = twelve[static_cast<std::size_t>(11 - n)] - '0';
        sum += digit * (n <= 6 ? n + 1 : n - 5);
    }
    int const rest = sum % 11;
    return twelve[11] - '0' == (rest <= 1 ? 0 : 11 - rest);
}

using Views = std::vector<std::string_view>;

// Groups of digits with blanks or hyphens between them: twelve together, or as people write a My
// Number among other numbers: 12, 6-6, 4-4-4, 3-3-3-3.
bool one_of_groups_is_my_number(Views const& groups)
{
    for (std::size_t first = 0; first < groups.size(); ++first) {
        std::string digits;
        bool equal = true;
        for (std::size_t next = first; next < groups.size() && digits.size() < 12; ++next) {
            digits += groups[next];
            equal = equal && groups[next].size() == groups[first].size();
            bool const whole = first == 0 && next + 1 == groups.size();
            bool const usual = equal && groups[first].size() > 2;
            if (digits.size() == 12 && (whole || usual) && my_number_check(digits)) return true;
        }
    }
    return false;
}

} // namespace

std::optional<std::string> corporate_number(std::string_view text)
{
    auto digits = bare_digits(text);
    if (!digits || digits->size() != 13) return std::nullopt;
    if ((*digits)[0] - '0' != corporate_check_digit(digits->substr(1))) return std::nullopt;
    return digits;
}

std::string with_corporate_check_digit(std::string_view twelve)
{
    return std::to_string(corporate_check_digit(twelve)) + std::string{twelve};
}

std::optional<std::string> postal_code(std::string_view text)
{
    auto cleaned = half_width(trimmed(text));
    if (cleaned.starts_with("〒")) cleaned.erase(0, std::string_view{"〒"}.size());
    return in_groups<3, 4>(cleaned);
}

std::optional<std::string> employment_insured_number(std::string_view text)
{
    auto const digits = bare_digits(text);
    // Before July 1981 numbers had 16 digits; the lower ten and a check digit of 0 stand for them.
    if (digits && digits->size() == 16) return in_groups<4, 6, 1>(digits->substr(6) + "0");
    return in_groups<4, 6, 1>(text);
}

std::optional<std::string> employment_office_number(std::string_view text)
{
    return in_groups<4, 6, 1>(text);
}

std::optional<std::string> basic_pension_number(std::string_view text)
{
    return in_groups<4, 6>(text);
}

std::optional<std::string> labour_insurance_number(std::string_view text)
{
    return in_groups<2, 1, 2, 6, 3>(text);
}

std::optional<std::string> establishment_number(std::string_view text)
{
    auto const digits = bare_digits(text);
    if (!digits || digits->empty() || digits->size() > 5) return std::nullopt;
    return std::string(5 - digits->size(), '0') + *digits;
}

std::optional<std::string> insured_reference(std::string_view text)
{
    auto digits = bare_digits(text);
    if (!digits || digits->empty() || digits->size() > 7) return std::nullopt;
    return digits;
}

std::optional<std::string> insurer_number(std::string_view text)
{
    auto digits = bare_digits(text);
    if (!digits || (digits->size() != 6 && digits->size() != 8)) return std::nullopt;
    return digits;
}

std::optional<std::string> establishment_symbol(std::string_view text)
{
    // Katakana and digits; the long-vowel mark is no hyphen here.
    std::string cleaned;
    for (char32_t const c : characters(full_width_katakana(trimmed(text)))) {
        if (c == U'ー')
            cleaned += "ー";
        else
            cleaned += half_width(utf8({&c, 1}));
    }
    auto const first = cleaned.find('-');
    auto const second = cleaned.find('-', first + 1);
    if (first == std::string::npos || second == std::string::npos) return std::nullopt;
    auto const prefecture = cleaned.substr(0, first);
    auto const district = cleaned.substr(first + 1, second - first - 1);
    auto const office = cleaned.substr(second + 1);
    if (prefecture.empty() || prefecture.size() > 2 || !all_digits(prefecture)) return std::nullopt;
    int const number = std::stoi(prefecture);
    if (number < 1 || number > 47) return std::nullopt;
    auto const kana_or_digits = [](std::string_view part, std::size_t longest) {
        auto const points = characters(part);
        return !points.empty() && points.size() <= longest &&
               std::all_of(points.begin(), points.end(), [](char32_t c) {
                   return (c >= '0' && c <= '9') || (c >= U'ァ' && c <= U'ヶ') ||
                          (c >= 'A' && c <= 'Z');
               });
    };
    if (!kana_or_digits(district, 3) || !kana_or_digits(office, 4)) return std::nullopt;
    return (number < 10 ? "0" : "") + std::to_string(number) + "-" + district + "-" + office;
}

std::optional<std::string> telephone(std::string_view text)
{
    std::string out;
    std::size_t digits = 0;
    for (char c : half_width(trimmed(text))) {
        if (c == '(' || c == ')' || c == ' ') c = '-';
        if (c >= '0' && c <= '9')
            ++digits;
        else if (c != '-' && !(c == '+' && out.empty()))
            return std::nullopt;
        if (c == '-' && (out.empty() || out.back() == '-')) continue;
        out.push_back(c);
    }
    if (digits < 9 || digits > 15 || out.back() == '-') return std::nullopt;
    return out;
}

std::optional<std::string> residence_card_number(std::string_view text)
{
    auto out = half_width(trimmed(text));
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) {
        return static_cast<char>(std::toupper(c));
    });
    auto const letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    bool const fine = out.size() == 12 && letter(out[0]) && letter(out[1]) &&
                      all_digits(std::string_view{out}.substr(2, 8)) && letter(out[10]) &&
                      letter(out[11]);
    if (!fine) return std::nullopt;
    return out;
}

bool holds_my_number(std::string_view text)
{
    constexpr int between_max = 3; // "1234 - 5678 - 9018"
    constexpr int digits = 12;     // or the first byte of as many full-width ones
    auto const may_be_digit = [](char c) { return (c >= '0' && c <= '9') || c == '\xEF'; };
    if (std::count_if(text.begin(), text.end(), may_be_digit) < digits) return false;
    Views groups; // of digits, in one run
    auto const cleaned = half_width(text);
    std::string_view rest{cleaned};
    while (!rest.empty()) {
        auto const size = std::min(rest.find_first_not_of("0123456789"), rest.size());
        if (size > 0) groups.push_back(rest.substr(0, size));
        rest.remove_prefix(size);
        auto const between = std::min(rest.find_first_not_of(" -"), rest.size());
        bool const goes_on = between > 0 && between <= between_max && between < rest.size() &&
                             all_digits(rest.substr(between, 1));
        if (!goes_on) {
            if (one_of_groups_is_my_number(groups)) return true;
            groups.clear();
        }
        rest.remove_prefix(std::min(rest.size(), std::max<std::size_t>(between, 1)));
    }
    return one_of_groups_is_my_number(groups);
}

} // namespace domain

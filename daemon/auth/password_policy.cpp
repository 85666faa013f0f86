#include "auth/password_policy.hpp"

#include "auth/common_words.hpp"
#include "base/secret.hpp"
#include "domain/text.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace auth {

namespace {

constexpr std::size_t characters_max = 128;
constexpr std::size_t part_characters_min = 4; // of a name: "abe" is in too many words

bool few_letters(std::string_view text) // "aaaaaaaaaaaaaaa", "121212121212121"
{
    std::set<char> const letters{text.begin(), text.end()};
    return letters.size() < 5;
}

bool one_run(std::string_view text) // "abcdefghijklmno", "123456789012345"
{
    std::size_t steps = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        int const step = text[i] - text[i - 1];
        if (step == 1 || step == -1 || (text[i - 1] == '9' && text[i] == '0')) ++steps;
    }
    return steps + 2 >= text.size();
}

std::string lower(std::string_view text)
{
    std::string out{text};
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

// "sasaki.mari" → itself, "sasaki", "mari"; "佐々木　真理子" → "佐々木真理子".
std::vector<std::string> guesses(std::string_view name)
{
    std::string const plain = domain::half_width(name); // U+3000 is a blank now
    std::vector<std::string> found{plain, {}, {}};      // as it stands, without blanks, its parts
    for (char const c : plain) {
        if (c != ' ') found[1].push_back(c);
        if (std::string_view{" .,-_@/"}.find(c) == std::string_view::npos)
            found.back().push_back(c);
        else
            found.emplace_back();
    }
    std::erase_if(found, [](auto const& word) {
        return domain::length(word) < part_characters_min;
    });
    return found;
}

bool holds_context(std::string_view password, std::span<std::string const> context)
{
    SecretText const kept{as_guessed(password)};
    auto const holds = [&](std::string_view word) {
        return kept.view().find(as_guessed(word)) != std::string_view::npos;
    };
    for (auto const* word :
         {"kuramori", "sharoushi", "社労士", "蔵守", "password", "パスワード", "qwertyuiop"})
        if (holds(word)) return true;
    for (auto const& name : context)
        for (auto const& word : guesses(name))
            if (holds(word)) return true;
    return false;
}

std::int64_t classes_of(std::string_view password)
{
    bool small = false;
    bool capital = false;
    bool digit = false;
    bool other = false;
    for (char const c : password) {
        if (c >= 'a' && c <= 'z')
            small = true;
        else if (c >= 'A' && c <= 'Z')
            capital = true;
        else if (c >= '0' && c <= '9')
            digit = true;
        else
            other = true;
    }
    return std::int64_t{small} + std::int64_t{capital} + std::int64_t{digit} + std::int64_t{other};
}

char const* fault_of(
    PasswordPolicy const& policy, std::string_view password, std::span<std::string const> context
)
{
    auto const characters = domain::length(password);
    if (characters > characters_max) return "password_too_long";
    if (std::cmp_less(characters, policy.length_min)) return "password_too_short";
    SecretText const folded{lower(password)};
    if (few_letters(folded.view()) || one_run(folded.view())) return "password_too_obvious";
    if (is_common(password)) return "password_common";
    if (holds_context(password, context)) return "password_too_obvious";
    if (!is_long(policy, password) && classes_of(password) < policy.classes_min)
        return "password_too_plain";
    return nullptr;
}

std::int64_t japanese_day(Instant at)
{
    return std::chrono::floor<std::chrono::days>(at + base::japan_offset)
        .time_since_epoch()
        .count();
}

} // namespace

std::vector<FieldFault> password_faults(
    PasswordPolicy const& policy, std::string_view password, std::span<std::string const> context
)
{
    if (auto const* const fault = fault_of(policy, password, context)) return {{"password", fault}};
    return {};
}

bool is_long(PasswordPolicy const& policy, std::string_view password)
{
    return policy.long_enough > 0 &&
           std::cmp_greater_equal(domain::length(password), policy.long_enough);
}

std::optional<std::int64_t>
days_left(PasswordPolicy const& policy, PasswordInUse const& password, Instant now)
{
    bool const exempt = policy.long_enough > 0 && password.is_long && password.has_second_factor;
    if (policy.days == 0 || exempt) return std::nullopt;
    return policy.days - (japanese_day(now) - japanese_day(password.set_at));
}

bool expired(PasswordPolicy const& policy, PasswordInUse const& password, Instant now)
{
    auto const left = days_left(policy, password, now);
    return left && *left < 0;
}

} // namespace auth

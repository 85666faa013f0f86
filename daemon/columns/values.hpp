#pragma once
// Texts of cells ⇔ typed values. Reading answers the code of what is wrong, or nullptr.
#include "columns/words.hpp"
#include "domain/date.hpp"
#include "domain/yen.hpp"
#include "store/row.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace columns {

using Code = char const*; // of a fault; nullptr: none

std::string word_key(std::string_view text); // widths, case and blanks folded

Code read_whole_number(std::int64_t& out, std::string_view text);
Code read_yen(Yen& out, std::string_view text);    // 300,000円 ￥300000
Code read_day(Date& out, std::string_view text);   // 西暦 or 和暦, also "2025/4/1 0:00:00"
Code read_month(Date& out, std::string_view text); // also 2025/9: the 1st
Code read_hours(std::int64_t& minutes, std::string_view text); // 40:00, 37.5, 37時間30分
std::string hours_text(std::int64_t minutes);                  // 37:30
std::string date_text(Date date);                              // 2025/04/01

template <class E> std::vector<std::pair<std::string, E>> const& keyed_words()
{
    static auto const all = [] {
        std::vector<std::pair<std::string, E>> words;
        words.reserve(domain::labels<E>.size());
        for (auto const& [value, label] : domain::labels<E>)
            words.emplace_back(word_key(label), value);
        for (auto const& [value, list] : synonyms<E>)
            for (auto rest = list; !rest.empty();) {
                auto const word = rest.substr(0, rest.find('|'));
                words.emplace_back(word_key(word), value);
                rest.remove_prefix(std::min(rest.size(), word.size() + 1));
            }
        return words;
    }();
    return all;
}

template <class E> Code read_choice(E& out, std::string_view text)
{
    auto const key = word_key(text);
    for (auto const& [word, value] : keyed_words<E>())
        if (word == key) return out = value, nullptr;
    return std::is_same_v<E, bool> ? "not_true_or_false" : "not_a_choice";
}

template <class T> Code read_value(T& out, std::string_view text)
{
    if constexpr (store::is_optional<T>) {
        typename T::value_type inner{};
        auto const code = read_value(inner, text);
        if (!code) out = std::move(inner);
        return code;
    } else if constexpr (std::is_same_v<T, std::string>) {
        out = text;
        return nullptr;
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        return read_whole_number(out, text);
    } else if constexpr (std::is_same_v<T, Yen>) {
        return read_yen(out, text);
    } else if constexpr (std::is_same_v<T, Date>) {
        return read_day(out, text);
    } else {
        return read_choice(out, text);
    }
}

template <class T> std::string write_value(T const& value)
{
    if constexpr (store::is_optional<T>) {
        return value ? write_value(*value) : std::string{};
    } else if constexpr (std::is_same_v<T, std::string>) {
        return value;
    } else if constexpr (std::is_same_v<T, bool>) {
        return value ? "○" : "×";
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        return std::to_string(value);
    } else if constexpr (std::is_same_v<T, Yen>) {
        return std::to_string(value.amount());
    } else if constexpr (std::is_same_v<T, Date>) {
        return date_text(value);
    } else {
        return std::string{domain::label(value)};
    }
}

// What an empty cell makes of a value that may be empty. A choice without an answer "none"
// (雇用形態) keeps what it is.
template <class T> void clear_value(T& value, T const& empty)
{
    if constexpr (store::is_optional<T> || std::is_same_v<T, bool> ||
                  std::is_same_v<T, std::string>)
        value = empty;
    else if constexpr (requires { T::none; })
        value = T::none;
}

template <class T> std::vector<std::string> choices_of()
{
    std::vector<std::string> words;
    if constexpr (store::is_optional<T>)
        words = choices_of<typename T::value_type>();
    else if constexpr (std::is_same_v<T, bool>)
        words = {"○", "×"};
    else if constexpr (std::is_enum_v<T>)
        for (auto const& [value, label] : domain::labels<T>) words.emplace_back(label);
    return words;
}

} // namespace columns

#include "auth/common_words.hpp"

#include "base/secret.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

namespace auth {

namespace {

constexpr std::size_t word_bytes_min = 4; // "abc" is part of too much

std::vector<std::string_view> sorted_words(std::string_view lines)
{
    std::vector<std::string_view> words;
    while (!lines.empty()) {
        auto const word = lines.substr(0, lines.find('\n'));
        if (word.size() >= word_bytes_min) words.push_back(word);
        lines.remove_prefix(std::min(lines.size(), word.size() + 1));
    }
    std::sort(words.begin(), words.end());
    return words;
}

bool listed(std::string_view guessed)
{
    static std::string const lines = as_guessed(common_words());
    static std::vector<std::string_view> const words = sorted_words(lines);
    return std::binary_search(words.begin(), words.end(), guessed);
}

bool listed_once_or_more(std::string_view guessed)
{
    if (listed(guessed)) return true;
    for (std::size_t unit = word_bytes_min; unit <= guessed.size() / 2; ++unit) {
        bool const repeats = guessed.size() % unit == 0 &&
                             guessed.substr(unit) == guessed.substr(0, guessed.size() - unit);
        if (repeats && listed(guessed.substr(0, unit))) return true;
    }
    return false;
}

bool digit(char c) { return c >= '0' && c <= '9'; }
bool punctuation(char c)
{
    auto const byte = static_cast<unsigned char>(c);
    return byte < 0x80 && std::isalnum(byte) == 0;
}

} // namespace

std::string as_guessed(std::string_view text)
{
    std::string out{text};
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        switch (c) {
        case '@': c = 'a'; break;
        case '0': c = 'o'; break;
        case '3': c = 'e'; break;
        case '$': c = 's'; break;
        case '1':
        case 'l': c = 'i'; break;
        default: break;
        }
    }
    return out;
}

bool is_common(std::string_view password)
{
    SecretText const kept{as_guessed(password)};
    auto const guessed = kept.view();
    bool const letterless = std::all_of(password.begin(), password.end(), [](char c) {
        return digit(c) || punctuation(c);
    });
    auto const decorates = [&](char c) { return punctuation(c) || (digit(c) && !letterless); };
    auto const first = std::find_if_not(password.begin(), password.end(), decorates);
    auto const last = std::find_if_not(password.rbegin(), password.rend(), decorates).base();
    if (first == password.end()) return listed_once_or_more(guessed);
    auto const before = static_cast<std::size_t>(first - password.begin());
    auto const behind = static_cast<std::size_t>(last - password.begin());
    // What stands around the word may also be a letter of it: "pa$$" or "$hadow".
    for (std::size_t start = 0; start <= before; ++start)
        for (std::size_t end = behind; end <= guessed.size(); ++end)
            if (listed_once_or_more(guessed.substr(start, end - start))) return true;
    return false;
}

} // namespace auth

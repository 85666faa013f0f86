#pragma once
// 復旧キット: 256 bits as 24 words that a person can read out, write down and type. Each word is
// three morae and carries 11 bits; the last 8 of the 264 bits are a checksum.
#include "base/secret.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crypto {

std::vector<std::string> words_of(Key const& key); // 24 words in hiragana
std::string romaji_of(std::string_view word);

struct WordsResult {
    std::optional<Key> key;
    int bad_word = 0; // 1–24: this one is no word; 0 with no key: count or checksum wrong
};
// Accepts hiragana, katakana and romaji, in any case, with any blanks or hyphens between words.
WordsResult key_from_words(std::string_view text);

} // namespace crypto

#include "crypto/words.hpp"

#include "crypto/hash.hpp"
#include "domain/text.hpp"

#include <array>
#include <cctype>

namespace crypto {

namespace {

constexpr int words_count = 24;

struct Mora {
    std::string_view kana;
    std::string_view romaji;
};

// No two that look alike in a hurried hand (ぬ/め, れ/わ, る/ろ, さ/き, い/り).
constexpr std::array<Mora, 16> first_and_second{{
    {"か", "ka"},
    {"く", "ku"},
    {"け", "ke"},
    {"こ", "ko"},
    {"さ", "sa"},
    {"す", "su"},
    {"た", "ta"},
    {"て", "te"},
    {"と", "to"},
    {"な", "na"},
    {"は", "ha"},
    {"ひ", "hi"},
    {"ふ", "fu"},
    {"ま", "ma"},
    {"や", "ya"},
    {"ら", "ra"},
}};
constexpr std::array<Mora, 8> third{{
    {"み", "mi"},
    {"む", "mu"},
    {"も", "mo"},
    {"よ", "yo"},
    {"り", "ri"},
    {"の", "no"},
    {"え", "e"},
    {"お", "o"},
}};

std::string word_of(unsigned bits)
{
    std::string word{first_and_second[bits >> 7U].kana};
    word += first_and_second[(bits >> 3U) & 15U].kana;
    word += third[bits & 7U].kana;
    return word;
}

// Takes one mora off the front of `text`; -1: none fits.
template <std::size_t Count> int take(std::string_view& text, std::array<Mora, Count> const& morae)
{
    for (std::size_t i = 0; i < Count; ++i)
        for (auto const form : {morae[i].kana, morae[i].romaji})
            if (text.starts_with(form)) {
                text.remove_prefix(form.size());
                return static_cast<int>(i);
            }
    return -1;
}

int bits_of(std::string_view word)
{
    int const a = take(word, first_and_second);
    int const b = a < 0 ? -1 : take(word, first_and_second);
    int const c = b < 0 ? -1 : take(word, third);
    if (c < 0 || !word.empty()) return -1;
    return a << 7 | b << 3 | c;
}

std::vector<std::string> split(std::string_view text)
{
    std::vector<std::string> words;
    std::string current;
    for (char32_t c : domain::characters(domain::half_width(text))) {
        if (c >= U'ァ' && c <= U'ン') c -= U'ァ' - U'ぁ';
        if (c < 0x80 && std::isalpha(static_cast<int>(c)) == 0) {
            if (!current.empty()) words.push_back(std::move(current));
            current.clear();
            continue;
        }
        if (c < 0x80) c = static_cast<char32_t>(std::tolower(static_cast<int>(c)));
        current += domain::utf8({&c, 1});
    }
    if (!current.empty()) words.push_back(std::move(current));
    return words;
}

} // namespace

std::vector<std::string> words_of(Key const& key)
{
    Secret<33> bytes;
    std::copy(key.bytes().begin(), key.bytes().end(), bytes.bytes().begin());
    bytes.bytes()[32] = sha256(key.bytes())[0];
    std::vector<std::string> words;
    unsigned buffer = 0;
    unsigned bits = 0;
    for (Byte const byte : bytes.bytes()) {
        buffer = (buffer << 8U | byte) & 0x7FFFFU;
        bits += 8;
        if (bits < 11) continue;
        bits -= 11;
        words.push_back(word_of((buffer >> bits) & 0x7FFU));
    }
    return words;
}

std::string romaji_of(std::string_view word)
{
    std::string out;
    for (int i = 0; i < 2; ++i)
        if (int const mora = take(word, first_and_second); mora >= 0)
            out += first_and_second[static_cast<std::size_t>(mora)].romaji;
    if (int const mora = take(word, third); mora >= 0)
        out += third[static_cast<std::size_t>(mora)].romaji;
    return out;
}

WordsResult key_from_words(std::string_view text)
{
    auto const words = split(text);
    WordsResult result;
    Secret<33> bytes;
    std::size_t at = 0;
    unsigned buffer = 0;
    unsigned bits = 0;
    int number = 0;
    for (auto const& word : words) {
        int const value = bits_of(word);
        ++number;
        if (value < 0) {
            result.bad_word = number;
            return result;
        }
        buffer = (buffer << 11U | static_cast<unsigned>(value)) & 0x7FFFFU;
        for (bits += 11; bits >= 8 && at < 33; bits -= 8)
            bytes.bytes()[at++] = static_cast<Byte>(buffer >> (bits - 8) & 255U);
    }
    if (words.size() != words_count || at != 33) return result;
    Key key{std::span<Byte const, 32>{bytes.bytes().data(), 32}};
    if (sha256(key.bytes())[0] == bytes.bytes()[32]) result.key = std::move(key);
    return result;
}

} // namespace crypto

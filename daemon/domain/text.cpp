#include "domain/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace domain {

namespace {

constexpr char32_t bad_character = 0xFFFD;

// One character from the front of `text`; 0xFFFD and `ok = false` for damaged bytes.
char32_t next_character(std::string_view& text, bool& ok)
{
    auto const first = static_cast<unsigned char>(text.front());
    if (first < 0x80) {
        ok = true;
        text.remove_prefix(1);
        return first;
    }
    std::size_t const size = (first & 0xE0U) == 0xC0   ? 2U
                             : (first & 0xF0U) == 0xE0 ? 3U
                             : (first & 0xF8U) == 0xF0 ? 4U
                                                       : 0U;
    ok = size != 0 && size <= text.size();
    char32_t point = first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; ok && i < size; ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        ok = (byte & 0xC0U) == 0x80;
        point = point << 6U | (byte & 0x3FU);
    }
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    ok =
        ok && point >= smallest[size] && point <= 0x10FFFF && !(point >= 0xD800 && point <= 0xDFFF);
    text.remove_prefix(ok ? size : 1);
    return ok ? point : bad_character;
}

bool ascii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0; });
}

// Calls visit(c) for each character until it says true; whether it did.
template <class Visit> bool any_character(std::string_view text, Visit visit)
{
    bool ok = true;
    while (!text.empty())
        if (visit(next_character(text, ok))) return true;
    return false;
}

void append(std::string& out, char32_t point)
{
    auto const byte = [&](char32_t value) { out.push_back(static_cast<char>(value)); };
    if (point < 0x80) {
        byte(point);
    } else if (point < 0x800) {
        byte(0xC0U | point >> 6U);
        byte(0x80U | (point & 0x3FU));
    } else if (point < 0x10000) {
        byte(0xE0U | point >> 12U);
        byte(0x80U | (point >> 6U & 0x3FU));
        byte(0x80U | (point & 0x3FU));
    } else {
        byte(0xF0U | point >> 18U);
        byte(0x80U | (point >> 12U & 0x3FU));
        byte(0x80U | (point >> 6U & 0x3FU));
        byte(0x80U | (point & 0x3FU));
    }
}

bool blank(char32_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == U'　'; }

char32_t half(char32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;
    if (c == U'　') return ' ';
    constexpr std::u32string_view hyphens = U"‐‑‒–—―−－ｰー─━";
    return hyphens.find(c) == std::u32string_view::npos ? c : U'-';
}

// U+FF66 … U+FF9D in order.
constexpr std::u32string_view half_kana =
    U"ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
constexpr char32_t half_voiced = 0xFF9E;
constexpr char32_t half_semi_voiced = 0xFF9F;

// Bare ones only: ガ with another voicing mark is no kana.
bool takes_voicing(char32_t c)
{
    constexpr std::u32string_view bare = U"カキクケコサシスセソタチツテトハヒフヘホ";
    return bare.find(c) != std::u32string_view::npos;
}
bool takes_semi_voicing(char32_t c) { return c >= U'ハ' && c <= U'ホ' && takes_voicing(c); }

// Hiragana and half-width katakana as full-width katakana; everything else as it is.
std::u32string as_katakana(std::u32string const& text)
{
    std::u32string out;
    for (char32_t const c : text) {
        if (c >= U'ぁ' && c <= U'ゖ') {
            out.push_back(c + (U'ァ' - U'ぁ'));
        } else if (c == 0xFF65) {
            out.push_back(U'・');
        } else if (c >= 0xFF66 && c <= 0xFF9D) {
            out.push_back(half_kana[c - 0xFF66]);
        } else if ((c == half_voiced || c == U'゛' || c == 0x3099) && !out.empty() &&
                   (takes_voicing(out.back()) || out.back() == U'ウ')) {
            out.back() = out.back() == U'ウ' ? U'ヴ' : out.back() + 1;
        } else if ((c == half_semi_voiced || c == U'゜' || c == 0x309A) && !out.empty() &&
                   takes_semi_voicing(out.back())) {
            out.back() += 2;
        } else {
            out.push_back(c);
        }
    }
    return out;
}

// 異体字 of family names, as people type them. Only comparison folds; stored names never change.
constexpr std::array<std::pair<char32_t, char32_t>, 30> variants{{
    {U'髙', U'高'}, {U'﨑', U'崎'}, {U'嵜', U'崎'}, {U'碕', U'崎'}, {U'濵', U'浜'}, {U'濱', U'浜'},
    {U'邉', U'辺'}, {U'邊', U'辺'}, {U'齋', U'斎'}, {U'齊', U'斉'}, {U'𠮷', U'吉'}, {U'澤', U'沢'},
    {U'廣', U'広'}, {U'國', U'国'}, {U'櫻', U'桜'}, {U'眞', U'真'}, {U'條', U'条'}, {U'德', U'徳'},
    {U'惠', U'恵'}, {U'槇', U'槙'}, {U'瀨', U'瀬'}, {U'曾', U'曽'}, {U'黑', U'黒'}, {U'龍', U'竜'},
    {U'嶋', U'島'}, {U'嶌', U'島'}, {U'藪', U'薮'}, {U'桒', U'桑'}, {U'栁', U'柳'}, {U'淸', U'清'},
}};

char32_t usual_form(char32_t c)
{
    for (auto const& [variant, usual] : variants)
        if (variant == c) return usual;
    return c;
}

bool selects_variant(char32_t c) // 異体字セレクタ: 葛 with one of its two shapes
{
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

} // namespace

bool valid_utf8(std::string_view text)
{
    bool ok = true;
    while (ok && !text.empty()) next_character(text, ok);
    return ok;
}

std::u32string characters(std::string_view text)
{
    std::u32string out;
    out.reserve(text.size());
    bool ok = true;
    while (!text.empty()) out.push_back(next_character(text, ok));
    return out;
}

std::size_t length(std::string_view text)
{
    std::size_t count = 0;
    any_character(text, [&](char32_t) { return ++count, false; });
    return count;
}

std::string utf8(std::u32string_view points)
{
    std::string out;
    out.reserve(points.size() * 3);
    for (char32_t const c : points) append(out, c);
    return out;
}

bool has_hostile_characters(std::string_view text)
{
    return any_character(text, [](char32_t c) {
        return (c < 0x20 && c != '\n' && c != '\r' && c != '\t') || (c >= 0x7F && c < 0xA0) ||
               (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
               (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == bad_character;
    });
}

bool has_line_breaks(std::string_view text)
{
    return text.find_first_of("\n\r\t") != std::string_view::npos;
}

std::string trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\n\r";
    constexpr std::string_view wide = "　";
    for (bool more = true; more;) {
        more = false;
        while (!text.empty() && blanks.find(text.front()) != text.npos) text.remove_prefix(1);
        while (!text.empty() && blanks.find(text.back()) != text.npos) text.remove_suffix(1);
        if (text.starts_with(wide)) text.remove_prefix(wide.size()), more = true;
        if (text.ends_with(wide)) text.remove_suffix(wide.size()), more = true;
    }
    if (valid_utf8(text)) return std::string{text};
    return utf8(characters(text)); // damaged bytes are shown
}

bool kept(std::optional<std::string>& text)
{
    if (!text) return false;
    text = trimmed(*text);
    if (text->empty()) text.reset();
    return text.has_value();
}

std::string half_width(std::string_view text)
{
    if (ascii(text)) return std::string{text}; // half width already
    std::string out;
    out.reserve(text.size());
    any_character(text, [&](char32_t c) { return append(out, half(c)), false; });
    return out;
}

std::string digits_of(std::string_view text)
{
    std::string out;
    for (char const c : half_width(text))
        if (c >= '0' && c <= '9') out.push_back(c);
    return out;
}

std::string full_width_katakana(std::string_view text)
{
    return utf8(as_katakana(characters(text)));
}

std::optional<std::string> kana(std::string_view text)
{
    std::u32string out;
    for (char32_t c : as_katakana(characters(trimmed(text)))) {
        if (c == '-' || c == U'－' || c == U'―' || c == U'‐' || c == U'−') c = U'ー';
        if (blank(c)) {
            if (!out.empty() && out.back() != U'　') out.push_back(U'　');
            continue;
        }
        bool const fine = (c >= U'ァ' && c <= U'ヶ') || c == U'ー' || c == U'・';
        if (!fine) return std::nullopt;
        out.push_back(c);
    }
    return utf8(out);
}

std::string search_key(std::string_view text)
{
    std::u32string out;
    for (char32_t c : as_katakana(characters(text))) {
        if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
        if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
        if (blank(c) || c == U'・' || selects_variant(c)) continue;
        out.push_back(usual_form(c));
    }
    return utf8(out);
}

std::string company_key(std::string_view name)
{
    // Longer forms before those that they begin with.
    constexpr std::array<std::string_view, 26> forms{
        "株式会社",
        "有限会社",
        "合同会社",
        "合資会社",
        "合名会社",
        "(株)",
        "(有)",
        "(同)",
        "㈱",
        "㈲",
        "一般社団法人",
        "公益社団法人",
        "一般財団法人",
        "公益財団法人",
        "医療法人社団",
        "医療法人財団",
        "医療法人",
        "社会福祉法人",
        "特定非営利活動法人",
        "学校法人",
        "宗教法人",
        "税理士法人",
        "カブシキガイシャ",
        "ユウゲンガイシャ",
        "ゴウドウガイシャ",
        "イリョウホウジン",
    };
    auto const whole = search_key(name);
    std::string_view rest = whole;
    for (auto const form : forms) {
        if (rest.starts_with(form)) {
            rest.remove_prefix(form.size());
            break;
        }
        if (rest.ends_with(form)) {
            rest.remove_suffix(form.size());
            break;
        }
    }
    return rest.empty() ? whole : std::string{rest};
}

std::string usual_form(std::string_view text)
{
    std::u32string out;
    for (char32_t const c : characters(text)) out.push_back(usual_form(c));
    return utf8(out);
}

std::optional<std::string> email(std::string_view text)
{
    auto const at = text.find('@');
    bool const plain =
        std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
    if (!plain || text.size() > 254 || at == 0 || at == std::string_view::npos) return std::nullopt;
    auto const host = text.substr(at + 1);
    bool const fine = host.find('@') == std::string_view::npos &&
                      host.find('.') != std::string_view::npos && host.front() != '.' &&
                      host.back() != '.' && host.find("..") == std::string_view::npos;
    if (!fine) return std::nullopt;
    return std::string{text};
}

std::string prefix_end(std::string_view prefix) { return std::string{prefix} + "\xF4\x8F\xBF\xBF"; }

} // namespace domain

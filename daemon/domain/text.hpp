#pragma once
// Japanese text: widths, kana, and the keys that searching compares. Names themselves are never
// changed (architecture.md §8); what is compared is.
#include <optional>
#include <string>
#include <string_view>

namespace domain {

bool valid_utf8(std::string_view text);
std::size_t length(std::string_view text);        // in characters (code points)
std::u32string characters(std::string_view text); // damaged bytes become U+FFFD
std::string utf8(std::u32string_view characters);

// Control characters (but line breaks and tabs) and the marks that reorder text on a screen.
bool has_hostile_characters(std::string_view text);

bool has_line_breaks(std::string_view text); // or tabs: nothing that stands on one line has any

std::string trimmed(std::string_view text); // U+3000 included

// Trims it; blank is the same as absent. False: nothing is left.
bool kept(std::optional<std::string>& text);

// Full-width ASCII → ASCII, every kind of hyphen and dash → '-', U+3000 → ' '. For numbers and ids.
std::string half_width(std::string_view text);
std::string digits_of(std::string_view text); // the digits of half_width(text), nothing else

// Hiragana and half-width katakana as full-width katakana; everything else as it is.
std::string full_width_katakana(std::string_view text);

// フリガナ as it is stored: full-width katakana, one full-width blank between words. Accepts
// hiragana and half-width katakana. nullopt: something else is in it.
std::optional<std::string> kana(std::string_view text);

// What prefix search compares: widths and case folded, hiragana as katakana, blanks and middle dots
// gone, variant kanji of names (髙﨑濵邉齋…) as their usual form.
std::string search_key(std::string_view text);

// The same text with variant kanji of names in their usual form, nothing else changed.
std::string usual_form(std::string_view text);

std::optional<std::string> email(std::string_view text); // nullopt: nobody could send mail there

// The smallest text greater than every text that begins with `prefix`: for indexed prefix search
// (key >= prefix AND key < prefix_end).
std::string prefix_end(std::string_view prefix);

// search_key of a company's name without its legal form (株式会社, カブシキガイシャ, …): people
// look for 株式会社髙﨑製作所 under た. A name that is nothing but a legal form keeps it.
std::string company_key(std::string_view name);

} // namespace domain

#include "domain/text_rules.hpp"

#include "domain/numbers.hpp"

namespace domain {

void TextRules::required(std::string& text, char const* field, std::size_t longest)
{
    text = trimmed(text);
    if (text.empty()) return add(field, "required");
    one_line(text, field, longest);
}

void TextRules::required_kana(std::string& text, char const* field)
{
    auto const canonical = domain::kana(text);
    if (!canonical) return add(field, "bad_kana");
    text = *canonical;
    if (text.empty()) add(field, "required");
}

void TextRules::optional(std::optional<std::string>& text, char const* field, std::size_t longest)
{
    if (kept(text)) one_line(*text, field, longest);
}

void TextRules::lines(std::optional<std::string>& text, char const* field, std::size_t longest)
{
    if (kept(text)) free_text(*text, field, longest);
}

void TextRules::one_line(std::string const& text, char const* field, std::size_t longest)
{
    if (has_line_breaks(text)) return add(field, "control_characters");
    free_text(text, field, longest);
}

void TextRules::free_text(std::string const& text, char const* field, std::size_t longest)
{
    if (text.size() > longest && length(text) > longest) add(field, "too_long");
    if (has_hostile_characters(text)) add(field, "control_characters");
    if (holds_my_number(text)) add(field, "my_number_not_allowed");
}

} // namespace domain

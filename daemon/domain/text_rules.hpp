#pragma once
// The rules of texts that people type, whatever record they stand in: a text is put into the form
// it is kept in, or blamed.
#include "domain/text.hpp"

namespace domain {

class TextRules {
public:
    virtual void add(char const* field, char const* code) = 0; // of a FieldFault

    void required(std::string& text, char const* field, std::size_t longest);
    void required_kana(std::string& text, char const* field);
    void optional(std::optional<std::string>& text, char const* field, std::size_t longest);
    void lines(std::optional<std::string>& text, char const* field, std::size_t longest);
    // A text that has one right form: `make` makes it or says that it cannot.
    template <class Make>
    void form(std::optional<std::string>& text, char const* field, char const* code, Make make)
    {
        if (!kept(text)) return;
        auto const canonical = make(*text);
        if (!canonical) return add(field, code);
        text = canonical;
    }
    void kana(std::optional<std::string>& text, char const* field)
    {
        form(text, field, "bad_kana", domain::kana);
    }

protected:
    ~TextRules() = default;

private:
    void one_line(std::string const& text, char const* field, std::size_t longest);
    void free_text(std::string const& text, char const* field, std::size_t longest);
};

} // namespace domain

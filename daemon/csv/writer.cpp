#include "csv/writer.hpp"

#include <algorithm>
#include <array>

namespace csv {

namespace {

bool begins_a_formula(std::string_view text)
{
    using namespace std::string_view_literals;
    static constexpr std::array starts{"="sv,  "+"sv,  "-"sv,  "@"sv,  "\t"sv, "\r"sv,
                                       "\n"sv, "\0"sv, "＝"sv, "＋"sv, "－"sv, "＠"sv};
    return std::any_of(starts.begin(), starts.end(), [&](auto start) {
        return text.starts_with(start);
    });
}

bool negative_number(std::string_view text)
{
    if (text.size() < 2 || text[0] != '-') return false;
    auto const digits = text.substr(1);
    return digits.find_first_not_of("0123456789.") == std::string_view::npos &&
           std::count(digits.begin(), digits.end(), '.') <= 1 && digits.front() != '.' &&
           digits.back() != '.';
}

bool formula_behind_quotes(std::string_view text)
{
    auto const quotes = text.find_first_not_of('\'');
    return quotes != std::string_view::npos && begins_a_formula(text.substr(quotes));
}

std::string in_quotes(std::string_view cell)
{
    if (cell.find_first_of(",\"\r\n") == std::string_view::npos) return std::string{cell};
    std::string out{'"'};
    for (char const c : cell) {
        if (c == '"') out.push_back('"');
        out.push_back(c);
    }
    out.push_back('"');
    return out;
}

} // namespace

std::string defused(std::string_view text)
{
    if (!formula_behind_quotes(text) || negative_number(text)) return std::string{text};
    return "'" + std::string{text};
}

std::string undefused(std::string_view text)
{
    if (text.starts_with('\'') && formula_behind_quotes(text)) text.remove_prefix(1);
    return std::string{text};
}

Writer::Writer(Encoding encoding, LineBreak line_break)
    : encoding_(encoding), line_break_(line_break == LineBreak::crlf ? "\r\n" : "\n")
{
    if (encoding == Encoding::utf8_bom) out_ = utf8_bom;
}

void Writer::row(std::vector<std::string> const& cells)
{
    ++line_;
    for (std::size_t index = 0; index < cells.size(); ++index) {
        if (index > 0) out_.push_back(',');
        auto const cell = in_quotes(defused(cells[index]));
        if (encoding_ != Encoding::cp932) {
            out_ += cell;
            continue;
        }
        auto bytes = encoder_.encode(cell);
        out_ += bytes.cp932;
        if (!bytes.unmappable.empty())
            unmappable_.push_back({line_, index, std::move(bytes.unmappable)});
    }
    out_ += line_break_;
}

std::string Writer::take() { return std::exchange(out_, {}); }

} // namespace csv

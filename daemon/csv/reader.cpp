#include "csv/reader.hpp"

#include <algorithm>

namespace csv {

bool Reader::feed(std::string_view piece)
{
    for (std::size_t i = 0; i < piece.size() && !stopped_; ++i) {
        char const c = piece[i];
        if (!begun_) {
            if (c == utf8_bom[bom_bytes_]) {
                begun_ = ++bom_bytes_ == utf8_bom.size();
                continue;
            }
            begun_ = true; // what looked like a mark was none
            for (char const before : utf8_bom.substr(0, bom_bytes_)) take(before);
        }
        take(c);
        if (at_ == At::plain || at_ == At::quoted) i += take_run(piece.substr(i + 1));
    }
    return !stopped_;
}

// What no rule looks at: the inside of a cell, all at once.
std::size_t Reader::take_run(std::string_view rest)
{
    std::size_t size = 0;
    while (size < rest.size() && rest[size] != '"' && rest[size] != ',' && rest[size] != '\n' &&
           rest[size] != '\r')
        ++size;
    auto const room = cell_bytes_max - cell_.size();
    cell_ += rest.substr(0, std::min(size, room));
    if (size > room) blame("cell_too_long");
    return size;
}

void Reader::finish()
{
    if (stopped_) return;
    if (!begun_)
        for (char const before : utf8_bom.substr(0, bom_bytes_)) take(before);
    if (at_ == At::quoted) row_.faults.push_back({std::nullopt, "unclosed_quote"});
    if (at_ != At::cell_start || !cell_.empty() || !row_.cells.empty()) end_row();
}

void Reader::take(char c)
{
    bool const second_half = after_cr_ && c == '\n'; // of CR LF, whose CR ended the row
    after_cr_ = false;
    if (second_half) {
        saw_crlf_ = true;
        return;
    }
    if (at_ == At::quoted) {
        if (c == '"')
            at_ = At::quote_in_quoted;
        else
            put(c);
        return;
    }
    if (c == ',') return end_cell();
    if (c == '\n' || c == '\r') {
        after_cr_ = c == '\r';
        return end_row();
    }
    switch (at_) {
    case At::cell_start:
        at_ = c == '"' ? At::quoted : At::plain;
        if (c != '"') put(c);
        return;
    case At::quote_in_quoted: // "" is a quote; anything else should not follow one
        if (c == '"') {
            at_ = At::quoted;
        } else {
            at_ = At::plain;
            blame("stray_quote");
        }
        return put(c);
    case At::plain:
        if (c == '"') blame("stray_quote");
        return put(c);
    case At::quoted: return;
    }
}

void Reader::put(char c)
{
    if (cell_.size() < cell_bytes_max)
        cell_.push_back(c);
    else
        blame("cell_too_long");
}

void Reader::blame(char const* code)
{
    if (!cell_fault_) cell_fault_ = code;
}

void Reader::end_cell()
{
    auto const index = row_.cells.size();
    if (index < columns_max) {
        auto text = decoder_.decode(cell_);
        if (!cell_fault_) cell_fault_ = text.fault;
        if (cell_fault_) row_.faults.push_back({index, cell_fault_});
        row_.cells.push_back(std::move(text.utf8));
    } else if (row_.faults.empty() || row_.faults.back().index) {
        row_.faults.push_back({std::nullopt, "too_many_columns"});
    }
    cell_.clear();
    cell_fault_ = nullptr;
    at_ = At::cell_start;
}

void Reader::end_row()
{
    bool const empty_line = row_.cells.empty() && at_ == At::cell_start;
    ++number_;
    if (!empty_line) {
        end_cell();
        row_.number = number_;
        stopped_ = !visit_(row_);
    }
    row_.cells.clear();
    row_.faults.clear();
    at_ = At::cell_start;
}

} // namespace csv

#pragma once
// CSV out: RFC 4180 quoting, every cell defused, no character dropped without a word.
#include "csv/encoding.hpp"
#include "csv/reader.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace csv {

// A spreadsheet runs a cell that begins with = + - @ (also in full width), a tab or a line break as
// a formula. Such a cell gets a ' in front; so does one that already begins with ' before such a
// character, so that undefused() always gives back what was there. A plain negative number stays.
std::string defused(std::string_view text);
std::string undefused(std::string_view text);

struct Unmappable { // what CP932 could not hold
    std::int64_t line = 0;
    std::size_t index = 0;
    std::string characters;
};

class Writer {
public:
    Writer(Encoding encoding, LineBreak line_break);

    void row(std::vector<std::string> const& cells);
    std::string take(); // the bytes since the last call
    std::vector<Unmappable> const& unmappable() const { return unmappable_; }

private:
    Encoding encoding_;
    std::string_view line_break_;
    Encoder encoder_;
    std::string out_;
    std::int64_t line_ = 0;
    std::vector<Unmappable> unmappable_;
};

} // namespace csv

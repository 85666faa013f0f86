#pragma once
// CSV as RFC 4180 has it and as spreadsheets write it, read piece by piece in constant memory.
// Records are split on bytes before they are decoded: no second byte of a CP932 character is a
// comma, a quote or a line break, so a damaged character never swallows its neighbours.
#include "csv/encoding.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace csv {

enum class LineBreak { crlf, lf };
BOOST_DESCRIBE_ENUM(LineBreak, crlf, lf)

struct Fault {
    std::optional<std::size_t> index; // of the cell; absent: the row as a whole
    char const* code = nullptr;
};

// Row numbers are those that a spreadsheet shows: the first record is 1, a line break inside quotes
// does not count, an empty line does.
struct Row {
    std::int64_t number = 0;
    std::vector<std::string> cells; // UTF-8
    std::vector<Fault> faults;      // cell_too_long, stray_quote, bad_bytes, …; unclosed_quote
};

inline constexpr std::size_t cell_bytes_max = 65'536;
inline constexpr std::size_t columns_max = 1'000; // cells beyond it: too_many_columns

class Reader {
public:
    // Called for every row that is not an empty line. False: no more rows are wanted.
    using Visit = std::function<bool(Row&)>;

    Reader(Encoding encoding, Visit visit) : decoder_(encoding), visit_(std::move(visit)) {}

    bool feed(std::string_view piece); // false: stopped by the visitor
    void finish();
    LineBreak line_break() const { return saw_crlf_ ? LineBreak::crlf : LineBreak::lf; }

private:
    enum class At : std::uint8_t { cell_start, plain, quoted, quote_in_quoted };

    void take(char c);
    std::size_t take_run(std::string_view rest); // bytes taken
    void end_cell();
    void end_row();
    void put(char c);
    void blame(char const* code);

    Decoder decoder_;
    Visit visit_;
    At at_ = At::cell_start;
    std::string cell_; // bytes so far
    char const* cell_fault_ = nullptr;
    Row row_;
    std::int64_t number_ = 0;
    std::size_t bom_bytes_ = 0; // of the mark, seen so far
    bool begun_ = false;        // the mark, if any, is behind us
    bool after_cr_ = false;
    bool saw_crlf_ = false;
    bool stopped_ = false;
};

} // namespace csv

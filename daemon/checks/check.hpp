#pragma once
// 取込の確認: what one row of a file would do to one record, and what is wrong with it. Nothing is
// written here.
#include "columns/catalogue.hpp"
#include "csv/reader.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace checks {

enum class Action { add, update, same, error };
BOOST_DESCRIBE_ENUM(Action, add, update, same, error)

enum class Blank { keep, clear }; // 空欄の取扱い
BOOST_DESCRIBE_ENUM(Blank, keep, clear)

struct Fault {
    std::optional<std::int64_t> index; // of the column; absent: the row as a whole
    std::string path;                  // of the field; empty: none
    std::string code;
    std::optional<std::string> value; // beside the cell's own: the other line of a duplicate
};
BOOST_DESCRIBE_STRUCT(Fault, (), (index, path, code, value))

struct Outcome {
    std::int64_t line = 0;
    Action action = Action::error;
    std::optional<std::int64_t> record_id; // that it changes
    std::optional<std::int64_t> version;   // of that record, as seen
    std::string title;                     // name of the person or client
    std::string key;                       // 社員番号, 顧問先コード
    std::vector<Fault> faults;
    std::vector<Fault> warnings;
};

struct Change {
    std::string path;
    std::string label;
    std::optional<std::string> from;
    std::optional<std::string> to;
};

struct Options {
    std::vector<std::optional<std::string>> paths; // of each column
    Blank blank = Blank::keep;
    std::optional<Date> valid_from; // 適用日 of changes in dated sections; absent: they correct
    Date today{};
};

// Rows that mean one record: the first line of each is remembered.
class Seen {
public:
    void add(Outcome const& outcome);
    // Blames a row whose record an earlier line has, and remembers it otherwise.
    void check(Outcome& outcome, std::optional<std::int64_t> key_index, char const* key_path);

private:
    static std::string identity(Outcome const& outcome); // empty: none
    std::unordered_map<std::string, std::int64_t> lines_;
};

class Checker {
public:
    Checker() = default;
    Checker(Checker const&) = delete;
    Checker& operator=(Checker const&) = delete;
    virtual ~Checker() = default;
    virtual Outcome check(csv::Row const& row, Seen& seen) = 0;
    virtual std::vector<Change> changes() const = 0; // of the row checked last
};

void sort_by_column(std::vector<Fault>& faults); // those of the row as a whole last

std::string const& text_of_fault(std::string const& code); // Japanese, for files

} // namespace checks

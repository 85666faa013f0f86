#pragma once
// 取込 as the browser sees it (api/openapi.yaml), and its rows in the database.
#include "checks/check.hpp"
#include "headings/headings.hpp"
#include "store/json.hpp"
#include "store/pool.hpp"

namespace imports {

using headings::Kind, headings::Profile;

enum class State { uploaded, checking, checked, committing, committed, undoing, undone, failed };
BOOST_DESCRIBE_ENUM(
    State, uploaded, checking, checked, committing, committed, undoing, undone, failed
)

struct ImportColumn {
    std::int64_t index = 0;
    std::string heading;
    std::vector<std::string> samples; // the first values that are not empty
    std::optional<std::string> field; // mapped to; absent: not read
};
BOOST_DESCRIBE_STRUCT(ImportColumn, (), (index, heading, samples, field))

struct ImportCounts {
    std::int64_t add = 0;
    std::int64_t update = 0;
    std::int64_t same = 0;
    std::int64_t error = 0;
};
BOOST_DESCRIBE_STRUCT(ImportCounts, (), (add, update, same, error))

struct Import {
    std::int64_t id = 0;
    Kind kind = Kind::employees;
    State state = State::uploaded;
    std::string file_name;
    std::int64_t bytes = 0;
    csv::Encoding encoding = csv::Encoding::utf8;
    csv::LineBreak line_break = csv::LineBreak::crlf;
    std::int64_t rows = 0;
    std::vector<ImportColumn> columns;
    checks::Blank blank = checks::Blank::keep;
    std::optional<Date> valid_from;
    Profile profile = Profile::unknown;
    std::optional<ImportCounts> counts;
    Instant created_at;
    std::string created_by;
    std::optional<Instant> committed_at;
    std::optional<std::int64_t> job_id;
    std::optional<std::string> error; // why the last job failed
    bool can_undo = false;
};
BOOST_DESCRIBE_STRUCT(
    Import,
    (),
    (id,
     kind,
     state,
     file_name,
     bytes,
     encoding,
     line_break,
     rows,
     columns,
     blank,
     valid_from,
     profile,
     counts,
     created_at,
     created_by,
     committed_at,
     job_id,
     error,
     can_undo)
)

struct ImportList {
    std::vector<Import> imports; // newest first
};
BOOST_DESCRIBE_STRUCT(ImportList, (), (imports))

struct ImportField {
    std::string field;
    std::string label;
    std::string section;
    bool required = false;
    bool key = false;
    bool joins = false;
    std::vector<std::string> choices;
};
BOOST_DESCRIBE_STRUCT(ImportField, (), (field, label, section, required, key, joins, choices))

struct ImportFieldList {
    std::vector<ImportField> fields;
};
BOOST_DESCRIBE_STRUCT(ImportFieldList, (), (fields))

struct ImportMapping {
    std::int64_t index = 0;
    std::optional<std::string> field;
};
BOOST_DESCRIBE_STRUCT(ImportMapping, (), (index, field))

struct ImportCheck {
    std::vector<ImportMapping> mapping;
    checks::Blank blank = checks::Blank::keep;
    std::optional<Date> valid_from;
};
BOOST_DESCRIBE_STRUCT(ImportCheck, (), (mapping, blank, valid_from))

struct ImportChange {
    std::string field;
    std::string label;
    std::optional<std::string> from;
    std::optional<std::string> to;
};
BOOST_DESCRIBE_STRUCT(ImportChange, (), (field, label, from, to))

struct ImportFault {
    std::optional<std::int64_t> index;
    std::optional<std::string> heading;
    std::string label;
    std::string code;
    std::optional<std::string> value;
};
BOOST_DESCRIBE_STRUCT(ImportFault, (), (index, heading, label, code, value))

struct ImportRow {
    std::int64_t line = 0;
    checks::Action action = checks::Action::error;
    std::optional<std::int64_t> record_id;
    std::string title;
    std::string key;
    std::vector<ImportChange> changes;
    std::vector<ImportFault> faults;
    std::vector<ImportFault> warnings;
};
BOOST_DESCRIBE_STRUCT(
    ImportRow, (), (line, action, record_id, title, key, changes, faults, warnings)
)

struct ImportColumnErrors {
    std::optional<std::int64_t> index;
    std::string heading;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(ImportColumnErrors, (), (index, heading, count))

struct ImportRowList {
    std::vector<ImportRow> rows;
    std::int64_t total = 0;
    std::int64_t page = 1;
    std::int64_t size = 50;
    std::vector<ImportColumnErrors> errors_by_column;
};
BOOST_DESCRIBE_STRUCT(ImportRowList, (), (rows, total, page, size, errors_by_column))

struct ImportCell {
    std::int64_t index = 0;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(ImportCell, (), (index, value))

struct ImportFix {
    std::vector<ImportCell> cells;
};
BOOST_DESCRIBE_STRUCT(ImportFix, (), (cells))

struct ImportChangedRecord {
    std::int64_t id = 0;
    std::string title;
};
BOOST_DESCRIBE_STRUCT(ImportChangedRecord, (), (id, title))

struct ImportChangedSince { // the context of import_changed_since
    std::vector<ImportChangedRecord> changed;
};
BOOST_DESCRIBE_STRUCT(ImportChangedSince, (), (changed))

} // namespace imports

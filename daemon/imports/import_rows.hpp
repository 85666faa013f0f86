#pragma once
// Imports in a book or in office.db; the tables are the same in both.
#include "imports/import_types.hpp"
#include "store/transaction.hpp"

namespace imports {

std::int64_t insert_import(store::Transaction& db, Import const& item);
// With what is stored of it: kind, job, error and can_undo are the caller's to fill.
std::optional<Import> read_import(store::Reader const& db, std::int64_t id);
std::vector<Import> read_imports(store::Reader const& db, std::int64_t count); // newest first
// State, columns, blank, valid_from, counts and committed_at.
void update_import(store::Transaction& db, Import const& item);
void delete_import(store::Transaction& db, std::int64_t id); // and all of its rows
std::optional<std::int64_t> last_committed(store::Reader const& db);
// Not committed, and older: nobody will come back to them.
std::vector<std::int64_t> forgotten(store::Reader const& db, Instant before);

void insert_row(store::Transaction& db, std::int64_t import_id, checks::Outcome const& row);
void delete_rows(store::Transaction& db, std::int64_t import_id);
std::optional<checks::Outcome>
read_row(store::Reader const& db, std::int64_t import_id, std::int64_t line);
std::vector<checks::Outcome> read_rows(store::Reader const& db, std::int64_t import_id);
struct RowPage {
    std::vector<checks::Outcome> rows;
    std::int64_t total = 0;
};
// `action` empty: rows of every kind.
RowPage page_of_rows(
    store::Reader const& db,
    std::int64_t import_id,
    std::string const& action,
    std::int64_t page,
    std::int64_t size
);
std::vector<checks::Outcome> bad_rows(store::Reader const& db, std::int64_t import_id);
ImportCounts count_rows(store::Reader const& db, std::int64_t import_id);

using Fixes = std::map<std::int64_t, std::vector<ImportCell>>; // by line
Fixes read_fixes(store::Reader const& db, std::int64_t import_id);
void write_fix(
    store::Transaction& db,
    std::int64_t import_id,
    std::int64_t line,
    std::vector<ImportCell> const& cells
);

struct UndoRow {
    std::int64_t record_id = 0;
    std::optional<std::string> before; // absent: the import made it
    std::int64_t version = 0;          // as the import left it
};
BOOST_DESCRIBE_STRUCT(UndoRow, (), (record_id, before, version))
void insert_undo(store::Transaction& db, std::int64_t import_id, UndoRow const& row);
std::vector<UndoRow> read_undo(store::Reader const& db, std::int64_t import_id);
void forget_undo(store::Transaction& db); // of every import

// The mapping that files with these headings had last time, from office.db.
using Paths = std::vector<std::optional<std::string>>;
std::optional<Paths>
remembered_mapping(store::Reader const& office, Kind kind, ByteView headings_hash);
void remember_mapping(
    store::Transaction& office, Kind kind, ByteView headings_hash, Paths const& paths
);

} // namespace imports

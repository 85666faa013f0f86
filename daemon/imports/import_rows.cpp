#include "imports/import_rows.hpp"

namespace imports {

namespace {

struct StoredImport {
    std::int64_t id = 0;
    State state = State::uploaded;
    std::string file_name;
    std::int64_t bytes = 0;
    csv::Encoding encoding = csv::Encoding::utf8;
    csv::LineBreak line_break = csv::LineBreak::crlf;
    std::int64_t rows = 0;
    std::string columns;
    Profile profile = Profile::unknown;
    checks::Blank blank = checks::Blank::keep;
    std::optional<Date> valid_from;
    std::optional<std::string> counts;
    Instant created_at;
    std::string created_by;
    std::optional<Instant> committed_at;
};
BOOST_DESCRIBE_STRUCT(
    StoredImport,
    (),
    (id,
     state,
     file_name,
     bytes,
     encoding,
     line_break,
     rows,
     columns,
     profile,
     blank,
     valid_from,
     counts,
     created_at,
     created_by,
     committed_at)
)

struct StoredRow {
    std::int64_t line = 0;
    checks::Action action = checks::Action::error;
    std::optional<std::int64_t> record_id;
    std::optional<std::int64_t> version;
    std::string title;
    std::string key;
    std::optional<std::string> faults;
    std::optional<std::string> warnings;
};
BOOST_DESCRIBE_STRUCT(
    StoredRow, (), (line, action, record_id, version, title, key, faults, warnings)
)

struct StoredFix {
    std::int64_t line = 0;
    std::string cells;
};
BOOST_DESCRIBE_STRUCT(StoredFix, (), (line, cells))

struct ActionCount {
    checks::Action action = checks::Action::error;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(ActionCount, (), (action, count))

template <class T> T stored_json(std::string const& text)
{
    T out{};
    json::Reader reader;
    reader.read(out, boost::json::parse(text), "");
    return out;
}

Import from_stored(StoredImport&& stored)
{
    Import item;
    item.id = stored.id;
    item.state = stored.state;
    item.file_name = std::move(stored.file_name);
    item.bytes = stored.bytes;
    item.encoding = stored.encoding;
    item.line_break = stored.line_break;
    item.rows = stored.rows;
    item.columns = stored_json<std::vector<ImportColumn>>(stored.columns);
    item.profile = stored.profile;
    item.blank = stored.blank;
    item.valid_from = stored.valid_from;
    if (stored.counts) item.counts = stored_json<ImportCounts>(*stored.counts);
    item.created_at = stored.created_at;
    item.created_by = std::move(stored.created_by);
    item.committed_at = stored.committed_at;
    return item;
}

std::optional<std::string> counts_text(Import const& item)
{
    if (!item.counts) return std::nullopt;
    return json::to_text(*item.counts);
}

std::optional<std::string> faults_text(std::vector<checks::Fault> const& faults)
{
    if (faults.empty()) return std::nullopt;
    return json::to_text(faults);
}

checks::Outcome from_stored(StoredRow&& stored)
{
    checks::Outcome row{stored.line, stored.action, stored.record_id, stored.version, {}, {}, {},
                        {}};
    row.title = std::move(stored.title);
    row.key = std::move(stored.key);
    if (stored.faults) row.faults = stored_json<std::vector<checks::Fault>>(*stored.faults);
    if (stored.warnings) row.warnings = stored_json<std::vector<checks::Fault>>(*stored.warnings);
    return row;
}

} // namespace

std::int64_t insert_import(store::Transaction& db, Import const& item)
{
    db.exec(
        R"(INSERT INTO import (state, file_name, bytes, encoding, line_break, rows, columns,
                               profile, blank, valid_from, created_at, created_by)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12))",
        item.state, item.file_name, item.bytes, item.encoding, item.line_break, item.rows,
        json::to_text(item.columns), item.profile, item.blank, item.valid_from, item.created_at,
        item.created_by
    );
    return db.last_id();
}

std::optional<Import> read_import(store::Reader const& db, std::int64_t id)
{
    auto stored = db.one<StoredImport>(
        R"(SELECT id, state, file_name, bytes, encoding, line_break, rows, columns, profile, blank,
                  valid_from, counts, created_at, created_by, committed_at
             FROM import WHERE id = ?1)",
        id
    );
    if (!stored) return std::nullopt;
    return from_stored(std::move(*stored));
}

std::vector<Import> read_imports(store::Reader const& db, std::int64_t count)
{
    std::vector<Import> all;
    db.each<StoredImport>(
        R"(SELECT id, state, file_name, bytes, encoding, line_break, rows, columns, profile, blank,
                  valid_from, counts, created_at, created_by, committed_at
             FROM import ORDER BY id DESC LIMIT ?1)",
        [&](StoredImport stored) { all.push_back(from_stored(std::move(stored))); }, count
    );
    return all;
}

void update_import(store::Transaction& db, Import const& item)
{
    db.exec(
        R"(UPDATE import SET state = ?2, columns = ?3, blank = ?4, valid_from = ?5, counts = ?6,
                             committed_at = ?7
            WHERE id = ?1)",
        item.id, item.state, json::to_text(item.columns), item.blank, item.valid_from,
        counts_text(item), item.committed_at
    );
}

void delete_import(store::Transaction& db, std::int64_t id)
{
    db.exec("DELETE FROM import WHERE id = ?1", id);
}

std::optional<std::int64_t> last_committed(store::Reader const& db)
{
    return db.one<std::int64_t>(
        R"(SELECT id FROM import WHERE state = 'committed'
            ORDER BY committed_at DESC, id DESC LIMIT 1)"
    );
}

std::vector<std::int64_t> forgotten(store::Reader const& db, Instant before)
{
    return db.all<std::int64_t>(
        "SELECT id FROM import WHERE state <> 'committed' AND created_at < ?1", before
    );
}

void insert_row(store::Transaction& db, std::int64_t import_id, checks::Outcome const& row)
{
    db.exec(
        R"(INSERT OR REPLACE INTO import_row (import_id, line, action, record_id, version, title,
                                              key, faults, warnings)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9))",
        import_id, row.line, row.action, row.record_id, row.version, row.title, row.key,
        faults_text(row.faults), faults_text(row.warnings)
    );
}

void delete_rows(store::Transaction& db, std::int64_t import_id)
{
    db.exec("DELETE FROM import_row WHERE import_id = ?1", import_id);
}

std::optional<checks::Outcome>
read_row(store::Reader const& db, std::int64_t import_id, std::int64_t line)
{
    auto stored = db.one<StoredRow>(
        R"(SELECT line, action, record_id, version, title, key, faults, warnings
             FROM import_row WHERE import_id = ?1 AND line = ?2)",
        import_id, line
    );
    if (!stored) return std::nullopt;
    return from_stored(std::move(*stored));
}

std::vector<checks::Outcome> read_rows(store::Reader const& db, std::int64_t import_id)
{
    std::vector<checks::Outcome> rows;
    db.each<StoredRow>(
        R"(SELECT line, action, record_id, version, title, key, faults, warnings
             FROM import_row WHERE import_id = ?1 ORDER BY line)",
        [&](StoredRow stored) { rows.push_back(from_stored(std::move(stored))); }, import_id
    );
    return rows;
}

RowPage page_of_rows(
    store::Reader const& db,
    std::int64_t import_id,
    std::string const& action,
    std::int64_t page,
    std::int64_t size
)
{
    RowPage out;
    out.total = db.one<std::int64_t>(
                      "SELECT count(*) FROM import_row "
                      "WHERE import_id = ?1 AND (?2 = '' OR action = ?2)",
                      import_id, action
    )
                    .value_or(0);
    db.each<StoredRow>(
        R"(SELECT line, action, record_id, version, title, key, faults, warnings
             FROM import_row WHERE import_id = ?1 AND (?2 = '' OR action = ?2)
            ORDER BY line LIMIT ?3 OFFSET ?4)",
        [&](StoredRow stored) { out.rows.push_back(from_stored(std::move(stored))); }, import_id,
        action, size, (page - 1) * size
    );
    return out;
}

std::vector<checks::Outcome> bad_rows(store::Reader const& db, std::int64_t import_id)
{
    std::vector<checks::Outcome> rows;
    db.each<StoredRow>(
        R"(SELECT line, action, record_id, version, title, key, faults, warnings
             FROM import_row WHERE import_id = ?1 AND action = 'error' ORDER BY line)",
        [&](StoredRow stored) { rows.push_back(from_stored(std::move(stored))); }, import_id
    );
    return rows;
}

ImportCounts count_rows(store::Reader const& db, std::int64_t import_id)
{
    ImportCounts counts;
    db.each<ActionCount>(
        R"(SELECT action, count(*) AS count FROM import_row WHERE import_id = ?1 GROUP BY action)",
        [&](ActionCount const& row) {
            switch (row.action) {
            case checks::Action::add: counts.add = row.count; break;
            case checks::Action::update: counts.update = row.count; break;
            case checks::Action::same: counts.same = row.count; break;
            case checks::Action::error: counts.error = row.count; break;
            }
        },
        import_id
    );
    return counts;
}

Fixes read_fixes(store::Reader const& db, std::int64_t import_id)
{
    Fixes fixes;
    db.each<StoredFix>(
        "SELECT line, cells FROM import_fix WHERE import_id = ?1",
        [&](StoredFix const& row) {
            fixes[row.line] = stored_json<std::vector<ImportCell>>(row.cells);
        },
        import_id
    );
    return fixes;
}

void write_fix(
    store::Transaction& db,
    std::int64_t import_id,
    std::int64_t line,
    std::vector<ImportCell> const& cells
)
{
    db.exec(
        "INSERT OR REPLACE INTO import_fix (import_id, line, cells) VALUES (?1, ?2, ?3)", import_id,
        line, json::to_text(cells)
    );
}

void insert_undo(store::Transaction& db, std::int64_t import_id, UndoRow const& row)
{
    db.exec(
        "INSERT INTO import_undo (import_id, record_id, before, version) VALUES (?1, ?2, ?3, ?4)",
        import_id, row.record_id, row.before, row.version
    );
}

std::vector<UndoRow> read_undo(store::Reader const& db, std::int64_t import_id)
{
    return db.all<UndoRow>(
        R"(SELECT record_id, before, version FROM import_undo
            WHERE import_id = ?1 ORDER BY record_id)",
        import_id
    );
}

void forget_undo(store::Transaction& db) { db.exec("DELETE FROM import_undo"); }

std::optional<Paths>
remembered_mapping(store::Reader const& office, Kind kind, ByteView headings_hash)
{
    auto const text = office.one<std::string>(
        "SELECT fields FROM import_mapping WHERE kind = ?1 AND headings = ?2", kind, headings_hash
    );
    if (!text) return std::nullopt;
    return stored_json<Paths>(*text);
}

void remember_mapping(
    store::Transaction& office, Kind kind, ByteView headings_hash, Paths const& paths
)
{
    office.exec(
        "INSERT OR REPLACE INTO import_mapping (kind, headings, fields) VALUES (?1, ?2, ?3)", kind,
        headings_hash, json::to_text(paths)
    );
}

} // namespace imports

#include "store/table_facts.hpp"

#include "base/bytes.hpp"
#include "crypto/hash.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>

namespace store {

namespace {

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

void add_value(crypto::Sha256& hash, sqlite3_stmt* row, int column)
{
    auto const type = static_cast<Byte>(sqlite3_column_type(row, column));
    // As bytes, with type and length before them: no two different rows look alike.
    auto const* bytes = type == SQLITE_TEXT
                            ? reinterpret_cast<Byte const*>(sqlite3_column_text(row, column))
                            : static_cast<Byte const*>(sqlite3_column_blob(row, column));
    auto const size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
    auto const head = fmt::format("{}:{}:", type, size);
    hash.add(base::as_bytes(head));
    hash.add({bytes, size});
}

// SQL cannot bind a table's name; it comes from sqlite_master and is quoted here.
TableFacts facts_of(Reader const& reader, std::string const& table)
{
    auto* const db = reader.handle();
    std::string quoted;
    for (char const c : table) quoted.append(c == '"' ? 2 : 1, c);
    auto const sql = fmt::format("SELECT * FROM \"{}\"", quoted); // rows come in key order
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(db, sql.c_str(), -1, &raw, nullptr) != SQLITE_OK)
        throw last_error(db, "prepare the figures of a table");
    std::unique_ptr<sqlite3_stmt, Finalize> const rows{raw};
    TableFacts facts{table, 0, {}};
    crypto::Sha256 hash;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(raw)) == SQLITE_ROW) {
        ++facts.rows;
        for (int column = 0; column < sqlite3_column_count(raw); ++column)
            add_value(hash, raw, column);
    }
    if (code != SQLITE_DONE) {
        reader.distrust();
        throw last_error(db, "read the figures of a table");
    }
    facts.hash = base::to_hex(hash.finish());
    return facts;
}

} // namespace

std::vector<TableFacts> table_facts(Reader const& db)
{
    std::vector<TableFacts> all;
    auto const tables = db.all<std::string>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "ORDER BY name"
    );
    all.reserve(tables.size());
    for (auto const& table : tables) all.push_back(facts_of(db, table));
    return all;
}

std::vector<std::string> integrity_faults(Reader const& db)
{
    auto faults = db.all<std::string>("PRAGMA cipher_integrity_check");
    for (auto& line : db.all<std::string>("PRAGMA integrity_check(10)"))
        if (line != "ok") faults.push_back(std::move(line));
    return faults;
}

} // namespace store

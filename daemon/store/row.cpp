#include "store/row.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <system_error>

namespace store {

Error last_error(sqlite3* db, std::string_view doing)
{
    int const code = sqlite3_extended_errcode(db);
    int const kind = code & 0xFF; // SQLite remembers an errno for these two only
    bool const has_errno = kind == SQLITE_IOERR || kind == SQLITE_CANTOPEN;
    return {
        fmt::format("{}: {}", doing, sqlite3_errmsg(db)), code,
        has_errno ? sqlite3_system_errno(db) : 0
    };
}

bool Error::unique_violation() const
{
    return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY;
}

bool Error::disk_full() const
{
    return (code & 0xFF) == SQLITE_FULL || system_error == ENOSPC || system_error == EDQUOT;
}

bool is_disk_full(std::exception const& error)
{
    if (auto const* ours = dynamic_cast<Error const*>(&error)) return ours->disk_full();
    auto const* system = dynamic_cast<std::system_error const*>(&error);
    return system && (system->code() == std::errc::no_space_on_device ||
                      system->code() == std::error_code{EDQUOT, std::generic_category()});
}

// A page that does not authenticate is SQLITE_ERROR at first; from then on SQLCipher answers every
// statement on the handle with "out of memory", on good pages too.
bool Error::handle_broken() const
{
    int const kind = code & 0xFF;
    return kind == SQLITE_ERROR || kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB ||
           kind == SQLITE_NOMEM;
}

bool Row::is_null(int column) const
{
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Row::integer(int column) const
{
    if (sqlite3_column_type(statement_, column) != SQLITE_INTEGER)
        throw Error(fmt::format("expected an integer: {}", sqlite3_sql(statement_)), 0);
    return sqlite3_column_int64(statement_, column);
}

std::string Row::text(int column) const
{
    if (sqlite3_column_type(statement_, column) != SQLITE_TEXT)
        throw Error(fmt::format("expected a text: {}", sqlite3_sql(statement_)), 0);
    auto const* bytes = reinterpret_cast<char const*>(sqlite3_column_text(statement_, column));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::vector<std::string> Row::texts(int column) const
{
    std::vector<std::string> out;
    auto const list = boost::json::parse(text(column));
    for (auto const& item : list.as_array()) out.emplace_back(std::string_view{item.as_string()});
    return out;
}

Bytes Row::blob(int column) const
{
    if (sqlite3_column_type(statement_, column) != SQLITE_BLOB)
        throw Error(fmt::format("expected bytes: {}", sqlite3_sql(statement_)), 0);
    auto const* bytes = static_cast<Byte const*>(sqlite3_column_blob(statement_, column));
    return {bytes, bytes + sqlite3_column_bytes(statement_, column)};
}

void Query::expect_columns(std::span<char const* const> names) const
{
    bool same = static_cast<std::size_t>(sqlite3_column_count(statement_)) == names.size();
    for (int i = 0; same && i < static_cast<int>(names.size()); ++i)
        same = std::string_view{sqlite3_column_name(statement_, i)} ==
               names[static_cast<std::size_t>(i)];
    if (!same)
        throw Error(fmt::format("columns do not match the struct: {}", sqlite3_sql(statement_)), 0);
}

void Query::fail(std::string_view doing) const
{
    auto const error = last_error(db_, doing);
    *broken_ = *broken_ || error.handle_broken();
    throw error;
}

Query::~Query()
{
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

bool Query::step()
{
    switch (sqlite3_step(statement_)) {
    case SQLITE_ROW: return true;
    case SQLITE_DONE: return false;
    default: fail(sqlite3_sql(statement_)); // the literal, never the bound values
    }
}

void Query::bind_null(int index)
{
    if (sqlite3_bind_null(statement_, index) != SQLITE_OK) fail("bind");
}

void Query::bind_integer(int index, std::int64_t value)
{
    if (sqlite3_bind_int64(statement_, index, value) != SQLITE_OK) fail("bind");
}

void Query::bind_text(int index, std::string_view value)
{
    if (sqlite3_bind_text64(
            statement_, index, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8
        ) != SQLITE_OK)
        fail("bind");
}

void Query::bind_blob(int index, ByteView value)
{
    int const code =
        value.empty()
            ? sqlite3_bind_zeroblob(statement_, index, 0)
            : sqlite3_bind_blob64(statement_, index, value.data(), value.size(), SQLITE_TRANSIENT);
    if (code != SQLITE_OK) fail("bind");
}

} // namespace store

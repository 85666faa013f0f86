#include "store/connection.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <unordered_map>
#include <utility>

namespace store {

namespace {

constexpr int busy_milliseconds_max = 5000;

[[noreturn]] void fail(sqlite3* db, std::string_view doing)
{
    if (!db) throw Error(fmt::format("{}: out of memory", doing), SQLITE_NOMEM);
    throw last_error(db, doing);
}

// ATTACH could make a second file without a key, and commits over two files are not atomic.
int refuse_attach(void*, int action, char const*, char const*, char const*, char const*)
{
    return action == SQLITE_ATTACH || action == SQLITE_DETACH ? SQLITE_DENY : SQLITE_OK;
}

void give_key(sqlite3* db, DatabaseKey const& key)
{
    Secret<99> text; // x'<96 hex>'
    auto const out = text.bytes();
    out[0] = 'x';
    out[1] = out[98] = '\'';
    base::to_hex(key.bytes(), out.subspan(2, 96));
    if (sqlite3_key_v2(db, "main", out.data(), static_cast<int>(out.size())) != SQLITE_OK)
        fail(db, "give the key");
}

} // namespace

struct Connection::Statements {
    Statements() = default;
    Statements(Statements const&) = delete;
    Statements& operator=(Statements const&) = delete;
    ~Statements()
    {
        for (auto& [literal, prepared] : by_literal) sqlite3_finalize(prepared.statement);
    }
    std::unordered_map<char const*, Prepared> by_literal; // by the literal's address
};

Connection::Connection() : statements_(std::make_unique<Statements>()) {}

Connection::~Connection()
{
    statements_.reset();
    sqlite3_close(db_);
}

std::unique_ptr<Connection>
Connection::open(std::filesystem::path const& file, DatabaseKey const& key, Access access)
{
    std::unique_ptr<Connection> made{new Connection};
    int const flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (access == Access::create ? SQLITE_OPEN_CREATE : 0);
    if (sqlite3_open_v2(file.c_str(), &made->db_, flags, nullptr) != SQLITE_OK)
        fail(made->db_, "open database");
    sqlite3_busy_timeout(made->db_, busy_milliseconds_max);
    // The writer checkpoints on purpose (Pool); a reader that closes last must not.
    sqlite3_db_config(made->db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sqlite3_db_config(made->db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    // Without it a new value of a LIMIT makes SQLite plan a kept statement anew each time.
    sqlite3_db_config(made->db_, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
    made->script("PRAGMA cipher_log_level = NONE"); // we tell what failed, in our own log
    give_key(made->db_, key);

    Reader const reader{*made};
    // Plain SQLite ignores a key without a word and writes plaintext. Ask who is linked.
    if (!reader.one<std::string>("PRAGMA cipher_version"))
        throw Error("this SQLite is not SQLCipher", 0);
    reader.one<std::int64_t>("SELECT count(*) FROM sqlite_master"); // fails when the key is wrong
    made->script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                 "PRAGMA wal_autocheckpoint = 0; PRAGMA secure_delete = ON;"
                 "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF");
    if (access == Access::read) made->script("PRAGMA query_only = ON");
    sqlite3_set_authorizer(made->db_, refuse_attach, nullptr);
    return made;
}

Query Connection::prepare(Sql sql)
{
    auto& cached = statements_->by_literal[sql.text()];
    if (!cached.statement) {
        if (sqlite3_prepare_v3(
                db_, sql.text(), -1, SQLITE_PREPARE_PERSISTENT, &cached.statement, nullptr
            ) != SQLITE_OK)
            fail(db_, sql.text());
    } else if (sqlite3_stmt_busy(cached.statement)) {
        throw std::logic_error(fmt::format("statement used inside itself: {}", sql.text()));
    }
    return Query{db_, cached, broken_};
}

void Connection::script(std::string_view sql)
{
    std::string const text{sql};
    if (sqlite3_exec(db_, text.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return;
    auto const error = last_error(db_, "script");
    broken_ = broken_ || error.handle_broken();
    throw error;
}

std::int64_t Connection::changes() const { return sqlite3_changes64(db_); }
std::int64_t Connection::last_id() const { return sqlite3_last_insert_rowid(db_); }

} // namespace store

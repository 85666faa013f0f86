#include "store/migrate.hpp"

#include "store/connection.hpp"

#include <fmt/format.h>

namespace store {

namespace {

struct OpenTransaction { // migrations only: schema changes carry no audit row
    Connection& db;
    bool open = true;
    explicit OpenTransaction(Connection& on) : db(on) { db.script("BEGIN IMMEDIATE"); }
    OpenTransaction(OpenTransaction const&) = delete;
    OpenTransaction& operator=(OpenTransaction const&) = delete;
    ~OpenTransaction()
    {
        try {
            if (open) db.script("ROLLBACK");
        } catch (Error const&) { // NOLINT(bugprone-empty-catch): the first error is the one to tell
        }
    }
    void commit()
    {
        db.script("COMMIT");
        open = false;
    }
};

} // namespace

std::int64_t newest_version(Kind kind)
{
    return static_cast<std::int64_t>(migrations(kind).size());
}

std::int64_t version_of(Connection& db)
{
    return Reader{db}.one<std::int64_t>("PRAGMA user_version").value_or(0);
}

void migrate(Connection& db, Kind kind)
{
    auto const all = migrations(kind);
    auto const current = static_cast<std::size_t>(version_of(db));
    if (current > all.size())
        throw Error("the database was written by a newer version of kuramori", 0);
    for (std::size_t number = current; number < all.size(); ++number) {
        OpenTransaction transaction{db};
        db.script(all[number].sql);
        db.script(fmt::format("PRAGMA user_version = {}", number + 1));
        if (Reader{db}.one<std::string>("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1"))
            throw Error(fmt::format("migration {} breaks a foreign key", all[number].name), 0);
        transaction.commit();
    }
}

} // namespace store

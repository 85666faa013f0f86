#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace store {

class Connection;

// What a database file holds (architecture.md §4); each kind has its own migrations.
enum class Kind { office, book, log, index, keyring };

struct Migration {
    std::string_view name; // "0001_clients"; its position is its number
    std::string_view sql;
};

std::span<Migration const> migrations(Kind kind); // generated from store/migrations/<kind>/*.sql

std::int64_t newest_version(Kind kind);
std::int64_t version_of(Connection& db);

// Brings the schema up to date, one transaction a file, foreign keys checked before each commit.
// Throws Error when the file was written by a newer daemon.
void migrate(Connection& db, Kind kind);

} // namespace store

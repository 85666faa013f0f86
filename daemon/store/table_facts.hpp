#pragma once
// What a file holds, in figures that a restored copy must reproduce exactly. Integrity checks alone
// pass on torn copies (reference/appliance.md M3); these do not.
#include "store/connection.hpp"

#include <string>
#include <vector>

namespace store {

struct TableFacts {
    std::string table;
    std::int64_t rows = 0;
    std::string hash; // SHA-256 over every value of every row in key order, as hex
};
BOOST_DESCRIBE_STRUCT(TableFacts, (), (table, rows, hash))

std::vector<TableFacts> table_facts(Reader const& db); // by table name

// SQLCipher's page authentication and SQLite's structure check, all pages. Empty: nothing found.
std::vector<std::string> integrity_faults(Reader const& db);

} // namespace store

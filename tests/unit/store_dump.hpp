#pragma once
// All that a database of a TestOffice says, decrypted.
#include "scratch_folder.hpp"
#include "store/connection.hpp"

#include <filesystem>
#include <stdexcept>
#include <string>

// Every value of every table, as SQL would write it, a line each.
inline std::string dump_of(std::filesystem::path const& path, store::FileId const& file)
{
    auto const db = store::Connection::open(path, test_key(file), store::Access::write);
    store::Reader const reader{*db};
    auto const columns = reader.all<std::string>(
        R"(SELECT 'INSERT INTO temp.dump SELECT quote("' || info.name || '") FROM "' ||
                  master.name || '"'
             FROM sqlite_master AS master JOIN pragma_table_info(master.name) AS info
            WHERE master.type = 'table')"
    );
    if (columns.size() < 20) throw std::logic_error("hardly a column: the dump is none");
    db->script("CREATE TEMP TABLE dump (value TEXT)");
    for (auto const& column : columns) db->script(column);
    std::string all;
    for (auto const& value : reader.all<std::string>("SELECT value FROM temp.dump"))
        all += value + "\n";
    return all;
}

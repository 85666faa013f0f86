#pragma once
// 項目: everything that a column of a CSV file can be, for employees and for clients. Most fields
// come from the description of their structs; here are their names and what is special about some.
#include "clients/clients.hpp"
#include "columns/values.hpp"
#include "employees/ledger.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace columns {

inline constexpr std::size_t relatives_max = 10; // 家族1 … 家族10

struct Field {
    std::string path;  // of Ledger or ClientInput: "name.last_kana", "relatives.0.sex"
    std::string label; // also our own heading
    std::string section;
    bool required = false; // of a new record
    bool key = false;      // records are found by it
    std::vector<std::string> choices = {};
    char const* joiner = nullptr; // between the texts of several columns; nullptr: only one column
    bool part =
        false; // says what other fields say as well (氏名 beside 姓 and 名); not in our files
};

struct Surroundings {                                   // what some values are looked up in
    std::map<std::string, std::int64_t> establishments; // by search key
    std::map<std::int64_t, std::string> establishment_names;
};

struct Person { // a row of an employee file
    employees::Ledger ledger;
    std::vector<employees::Relative> slots{relatives_max}; // 家族N as the columns fill them
};

template <class Target> struct Column : Field {
    using Read = Code (*)(Target&, std::size_t slot, std::string_view text, Surroundings const&);
    using Clear = void (*)(Target&, std::size_t slot);
    using Write = std::string (*)(Target const&, std::size_t slot, Surroundings const&);

    std::size_t slot = 0; // of relatives
    bool of_relative = false;
    Read read = nullptr;
    Clear clear = nullptr; // nullptr: an empty cell always keeps
    Write write = nullptr;
};

using PersonColumn = Column<Person>;
using ClientColumn = Column<clients::ClientInput>;

std::vector<PersonColumn> const& person_columns();
std::vector<ClientColumn> const& client_columns();

void add_special_columns(std::vector<PersonColumn>& all); // for person_columns alone

template <class Target>
Column<Target> const* find_column(std::vector<Column<Target>> const& all, std::string_view path)
{
    for (auto const& column : all)
        if (column.path == path) return &column;
    return nullptr;
}

// 山田　太郎 at its first blank. False: there is none.
bool split_name(std::string_view whole, std::string& last, std::string& first);
// 東京都 and what follows; an address without a prefecture is all rest.
void split_address(std::string_view whole, std::string& prefecture, std::string& rest);

} // namespace columns

#pragma once
// A person's record as it lies in a book: one row a section, of dated sections one a version.
#include "employees/ledger_rows.hpp"

namespace employees {

struct SectionRow {
    std::string kind;
    std::string valid_from;
    std::string body;
};
BOOST_DESCRIBE_STRUCT(SectionRow, (), (kind, valid_from, body))

// Adds what a row says to the person; rows come in the order of kind, newest version first.
void take(SectionRow const& row, Employee& out);

// What is stored already is not written again.
void write_sections(
    store::Transaction& book,
    std::int64_t id,
    Ledger const& ledger,
    std::optional<Employee> const& before
);

} // namespace employees

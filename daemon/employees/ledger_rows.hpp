#pragma once
// Ledgers in a book: one employee row and its sections, in and out.
#include "audit/recorder.hpp"
#include "employees/ledger.hpp"
#include "store/pool.hpp"

namespace employees {

struct DatedVersions { // every version of the dated sections, newest first
    std::vector<Name> names;
    std::vector<Address> addresses;
    std::vector<Employment> employments;
    std::vector<Remuneration> remunerations;
};
BOOST_DESCRIBE_STRUCT(DatedVersions, (), (names, addresses, employments, remunerations))

struct Employee {
    std::int64_t id = 0;
    std::int64_t version = 0;
    Date as_of{};
    Ledger ledger;
    DatedVersions versions;
};
BOOST_DESCRIBE_STRUCT(Employee, (), (id, version, as_of, ledger, versions))

// As of a day: of each dated section the newest version that has begun, else the first to come.
std::optional<Employee> read_employee(store::Reader const& book, std::int64_t id, Date as_of);

struct Written { // NOLINT(cppcoreguidelines-pro-type-member-init): a receipt is made by audit/ only
    std::int64_t id = 0;
    std::int64_t version = 0;
    store::AuditReceipt receipt; // of this person's audit row
};

// The one way a person's record is written: row, sections and audit row. `ledger` must be tidy.
// `before` is what read_employee said inside the same transaction; absent: a new person. A dated
// section with the 適用日 of a stored version corrects it, with another one adds a version; left
// out it stays as it is. Other sections go when they are left out. Throws store::Error
// (unique_violation) when the 社員番号 is taken.
Written write_employee(
    store::Transaction& book,
    audit::Recorder const& recorder,
    Ledger const& ledger,
    std::optional<Employee> const& before,
    std::string const& actor,
    std::string const& action,
    Instant now
);

enum class DatedSection { name, address, employment, remuneration };
BOOST_DESCRIBE_ENUM(DatedSection, name, address, employment, remuneration)

// Takes one version of a dated section away (its 適用日 was mistyped). nullopt: there is no such
// version, or it is the only 氏名.
std::optional<Written> remove_version(
    store::Transaction& book,
    audit::Recorder const& recorder,
    Employee const& before,
    DatedSection section,
    Date valid_from,
    std::string const& actor,
    Instant now
);

// The people of a book for whom a version (適用日) began after their row was last written.
std::vector<std::int64_t> people_with_due_versions(store::Reader const& book, Date today);
// Lists and searches show what is in force today, so a version that begins is written to the row.
store::AuditReceipt begin_due_version(
    store::Transaction& book, audit::Recorder const& recorder, std::int64_t id, Instant now
);

// Undoes an import: the person as they were, or gone (`before` absent).
store::AuditReceipt put_back(
    store::Transaction& book,
    audit::Recorder const& recorder,
    std::int64_t id,
    std::optional<std::string> const& before_snapshot,
    std::string const& actor,
    Instant now
);
// The whole record as text, for put_back.
std::string snapshot_of(store::Reader const& book, std::int64_t id);

std::string object_of(std::int64_t employee_id); // "employee:12"

} // namespace employees

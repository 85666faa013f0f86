#pragma once
// 従業員: lists, records, retirement and history over HTTP.
#include "audit/history.hpp"
#include "employees/ledger_rows.hpp"
#include "http/idempotency.hpp"
#include "http/route.hpp"

#include <functional>

namespace employees {

struct EmployeeListItem {
    std::int64_t id = 0;
    std::string number;
    std::string name;
    std::string name_kana;
    domain::Attendance attendance = domain::Attendance::active;
    Date birth_date;
    Day hired_on;
    Text department;
    std::optional<domain::EmploymentType> employment_type;
    Number health_standard;
};
BOOST_DESCRIBE_STRUCT(
    EmployeeListItem,
    (),
    (id,
     number,
     name,
     name_kana,
     attendance,
     birth_date,
     hired_on,
     department,
     employment_type,
     health_standard)
)

struct EmployeeList {
    std::vector<EmployeeListItem> employees;
    std::int64_t total = 0;
    std::int64_t page = 1;
    std::int64_t size = 50;
    std::vector<std::string> departments; // all of the client, for the filter
};
BOOST_DESCRIBE_STRUCT(EmployeeList, (), (employees, total, page, size, departments))

struct EmployeeSearch {
    Text text;       // prefix of name, kana or number
    Text attendance; // active, on_leave, retired, present (active or on leave)
    Text department;
    Text employment_type;
    Text sort; // number, kana, hired_on, department; with - before it: descending
    Number page;
    Number size;
};
BOOST_DESCRIBE_STRUCT(
    EmployeeSearch, (), (text, attendance, department, employment_type, sort, page, size)
)

struct Retirement {
    Date retired_on{};
    Text reason;
};
BOOST_DESCRIBE_STRUCT(Retirement, (), (retired_on, reason))

struct VersionToRemove {
    DatedSection section = DatedSection::name;
    Date valid_from{};
};
BOOST_DESCRIBE_STRUCT(VersionToRemove, (), (section, valid_from))

class Employees {
public:
    struct Parts {
        store::Pool& pool;
        audit::Recorder const& recorder;
        std::function<std::string(std::string const& actor)> name_of_actor;
    };
    explicit Employees(Parts parts) : parts_(std::move(parts)), idempotency_(parts_.pool) {}

    // Once a day, for each book: lists follow the versions that have begun. How many people.
    std::size_t begin_due_versions(store::FileId const& book, Instant now);

    http::RoomRoutes routes();
    Result<EmployeeList> list(http::Call& call);
    Result<EmployeeList> search(http::Call& call, EmployeeSearch const& wanted);
    Result<http::Created<Employee>> post(http::Call& call, Ledger const& ledger);
    Result<Employee> get(http::Call& call); // ?as_of=YYYY-MM-DD
    Result<Employee> put(http::Call& call, Ledger const& ledger);
    Result<Employee> retire(http::Call& call, Retirement const& retirement);
    Result<Employee> reinstate(http::Call& call);
    Result<Employee> remove_version(http::Call& call, VersionToRemove const& wanted);
    Result<audit::History> history(http::Call& call);

private:
    Result<EmployeeList> page_of(store::FileId const& book, EmployeeSearch const& wanted);
    Result<Employee> save(
        http::Call const& call,
        Ledger ledger,
        std::int64_t id,
        std::int64_t seen,
        char const* action
    );
    Result<Employee> add(http::Call const& call, Ledger ledger);
    Result<Employee> of_today(http::Call const& call);

    Parts parts_;
    http::Idempotency idempotency_;
};

} // namespace employees

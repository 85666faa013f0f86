#include "employees/employees.hpp"

#include "base/present.hpp"
#include "domain/text.hpp"

namespace employees {

namespace {

constexpr std::int64_t history_max = 500;

Problem invalid(std::vector<FieldFault> faults)
{
    return {Fault::invalid, "invalid_fields", std::move(faults)};
}

// A person's own establishment must be one of this client.
bool establishment_known(store::Reader const& book, Ledger const& ledger)
{
    if (!ledger.employment || !ledger.employment->establishment_id) return true;
    return book
        .one<std::int64_t>(
            "SELECT id FROM establishment WHERE id = ?1", *ledger.employment->establishment_id
        )
        .has_value();
}

Problem number_taken()
{
    return {Fault::conflict, "employee_number_taken", {{"basic.number", "taken"}}};
}

Problem version_conflict(Employee const& current)
{
    return {
        Fault::conflict,
        "version_conflict",
        {},
        json::serialize(json::object{{"current", json::to(current)}})
    };
}

// Of lists: ?1 to ?3 are the filters, ?4 to ?7 what was typed, as prefixes.
#define EMPLOYEES_WANTED                                                                           \
    " FROM employee"                                                                               \
    " WHERE (?1 = '' OR attendance = ?1 OR (?1 = 'present' AND attendance <> 'retired'))"          \
    " AND (?2 = '' OR department = ?2) AND (?3 = '' OR employment_type = ?3)"                      \
    " AND (?4 = '' OR id IN ("                                                                     \
    "SELECT id FROM employee WHERE name_key >= ?4 AND name_key < ?5"                               \
    " UNION SELECT id FROM employee WHERE kana_key >= ?4 AND kana_key < ?5"                        \
    " UNION SELECT id FROM employee WHERE number >= ?6 AND number < ?7))"
#define EMPLOYEES_BY(order)                                                                        \
    "SELECT id, number, name, name_kana, attendance, birth_date, hired_on, department,"            \
    " employment_type, health_standard" EMPLOYEES_WANTED " ORDER BY " order " LIMIT ?8 OFFSET ?9"

struct Order {
    std::string_view name;
    store::Sql page; // a literal each, so that an index serves the order
};

constexpr Order orders[] = {
    {"number", EMPLOYEES_BY("number")},
    {"-number", EMPLOYEES_BY("number DESC")},
    {"kana", EMPLOYEES_BY("kana_key, number")},
    {"-kana", EMPLOYEES_BY("kana_key DESC, number DESC")},
    {"hired_on", EMPLOYEES_BY("hired_on, number")},
    {"-hired_on", EMPLOYEES_BY("hired_on DESC, number")},
    {"department", EMPLOYEES_BY("department, number")},
    {"-department", EMPLOYEES_BY("department DESC, number")},
};

constexpr store::Sql count_wanted = "SELECT count(*)" EMPLOYEES_WANTED;

store::Sql page_by(std::string_view name)
{
    for (auto const& order : orders)
        if (order.name == name) return order.page;
    return orders[0].page;
}

std::vector<EmployeeListItem>
read_page(store::Reader const& book, store::Sql page, auto const&... wanted)
{
    return book.all<EmployeeListItem>(page, wanted...);
}

} // namespace

Result<EmployeeList> Employees::page_of(store::FileId const& book, EmployeeSearch const& wanted)
{
    EmployeeList list;
    list.page = wanted.page.value_or(1);
    list.size = wanted.size.value_or(50);
    if (list.page < 1 || list.page > 100'000 || list.size < 1 || list.size > 200)
        return invalid({{"page", "out_of_range"}});
    auto const text = domain::trimmed(wanted.text.value_or(""));
    auto const key = domain::search_key(text);
    auto const key_end = domain::prefix_end(key);
    auto const number = domain::half_width(text);
    auto const number_end = domain::prefix_end(number);
    auto const attendance = wanted.attendance.value_or("");
    auto const department = wanted.department.value_or("");
    auto const type = wanted.employment_type.value_or("");
    auto const read = parts_.pool.read(book);
    auto const total = read.one<std::int64_t>(
        count_wanted, attendance, department, type, key, key_end, number, number_end
    );
    list.total = total.value_or(0);
    list.employees = read_page(
        read, page_by(wanted.sort.value_or("number")), attendance, department, type, key, key_end,
        number, number_end, list.size, (list.page - 1) * list.size
    );
    list.departments = read.all<std::string>(
        "SELECT DISTINCT department FROM employee WHERE department IS NOT NULL ORDER BY 1 LIMIT 500"
    );
    return list;
}

Result<EmployeeList> Employees::list(http::Call& call)
{
    EmployeeSearch wanted;
    TRY(wanted.page, call.query_number("page", 1, 100'000, 1));
    TRY(wanted.size, call.query_number("size", 1, 200, 50));
    wanted.sort = call.query("sort");
    wanted.attendance = call.query("attendance");
    wanted.department = call.query("department");
    wanted.employment_type = call.query("employment_type");
    return page_of(call.client.book, wanted);
}

Result<EmployeeList> Employees::search(http::Call& call, EmployeeSearch const& wanted)
{
    return page_of(call.client.book, wanted);
}

Result<Employee> Employees::add(http::Call const& call, Ledger ledger)
{
    if (call.client.ended) return Problem{Fault::conflict, "client_ended"};
    if (auto faults = tidy(ledger); !faults.empty()) return invalid(std::move(faults));
    auto book = parts_.pool.begin(call.client.book);
    if (!establishment_known(book, ledger))
        return invalid({{"employment.establishment_id", "unknown"}});
    std::int64_t id = 0;
    try {
        auto const written = write_employee(
            book, parts_.recorder, ledger, {}, call.caller.actor, "employee.create", call.now
        );
        id = written.id;
        book.commit(written.receipt);
    } catch (store::Error const& error) {
        if (!error.unique_violation()) throw;
        return number_taken();
    }
    call.object = object_of(id);
    return base::present(
        read_employee(parts_.pool.read(call.client.book), id, domain::date_in_japan(call.now))
    );
}

Result<Employee> Employees::save(
    http::Call const& call, Ledger ledger, std::int64_t id, std::int64_t seen, char const* action
)
{
    if (call.client.ended) return Problem{Fault::conflict, "client_ended"};
    if (auto faults = tidy(ledger); !faults.empty()) return invalid(std::move(faults));
    auto const today = domain::date_in_japan(call.now);
    auto book = parts_.pool.begin(call.client.book);
    auto const before = read_employee(book, id, today);
    if (!before) return Problem{Fault::not_found, "not_found"};
    if (before->version != seen) return version_conflict(*before);
    if (!establishment_known(book, ledger))
        return invalid({{"employment.establishment_id", "unknown"}});
    try {
        auto const written = write_employee(
            book, parts_.recorder, ledger, before, call.caller.actor, action, call.now
        );
        auto after = base::present(read_employee(book, id, today));
        book.commit(written.receipt);
        return after;
    } catch (store::Error const& error) {
        if (!error.unique_violation()) throw;
        return number_taken();
    }
}

Result<http::Created<Employee>> Employees::post(http::Call& call, Ledger const& ledger)
{
    TRY(auto made, idempotency_.once<Employee>(call, "createEmployee", ledger, [&] {
        return add(call, ledger);
    }));
    return http::Created<Employee>{std::move(made)};
}

Result<Employee> Employees::get(http::Call& call)
{
    Date as_of = domain::date_in_japan(call.now);
    if (auto const text = call.query("as_of")) {
        auto const date = parse_date(*text);
        if (!date) return invalid({{"as_of", "not_a_date"}});
        as_of = *date;
    }
    auto employee =
        read_employee(parts_.pool.read(call.client.book), call.id("employee_id"), as_of);
    if (!employee) return Problem{Fault::not_found, "not_found"};
    return std::move(*employee);
}

// What a change starts from.
Result<Employee> Employees::of_today(http::Call const& call)
{
    auto employee = read_employee(
        parts_.pool.read(call.client.book), call.id("employee_id"), domain::date_in_japan(call.now)
    );
    if (!employee) return Problem{Fault::not_found, "not_found"};
    return std::move(*employee);
}

Result<Employee> Employees::put(http::Call& call, Ledger const& ledger)
{
    TRY(auto const seen, call.if_match());
    return save(call, ledger, call.id("employee_id"), seen, "employee.update");
}

Result<Employee> Employees::retire(http::Call& call, Retirement const& retirement)
{
    TRY(auto const seen, call.if_match());
    TRY(auto employee, of_today(call));
    auto& basic = employee.ledger.basic;
    if (basic.attendance == domain::Attendance::retired)
        return Problem{Fault::conflict, "already_retired"};
    basic.attendance = domain::Attendance::retired;
    basic.retired_on = retirement.retired_on;
    basic.retirement_reason = retirement.reason;
    return save(call, employee.ledger, employee.id, seen, "employee.retire");
}

Result<Employee> Employees::reinstate(http::Call& call)
{
    TRY(auto const seen, call.if_match());
    TRY(auto employee, of_today(call));
    auto& basic = employee.ledger.basic;
    if (basic.attendance != domain::Attendance::retired)
        return Problem{Fault::conflict, "not_retired"};
    basic.attendance = domain::Attendance::active;
    basic.retired_on.reset();
    basic.retirement_reason.reset();
    return save(call, employee.ledger, employee.id, seen, "employee.reinstate");
}

Result<Employee> Employees::remove_version(http::Call& call, VersionToRemove const& wanted)
{
    if (call.client.ended) return Problem{Fault::conflict, "client_ended"};
    TRY(auto const seen, call.if_match());
    auto const id = call.id("employee_id");
    auto const today = domain::date_in_japan(call.now);
    {
        auto book = parts_.pool.begin(call.client.book);
        auto const before = read_employee(book, id, today);
        if (!before) return Problem{Fault::not_found, "not_found"};
        if (before->version != seen) return version_conflict(*before);
        auto const written = employees::remove_version(
            book, parts_.recorder, *before, wanted.section, wanted.valid_from, call.caller.actor,
            call.now
        );
        if (!written) return Problem{Fault::conflict, "version_not_removable"};
        book.commit(written->receipt);
    }
    return base::present(read_employee(parts_.pool.read(call.client.book), id, today));
}

std::size_t Employees::begin_due_versions(store::FileId const& file, Instant now)
{
    auto const due = people_with_due_versions(parts_.pool.read(file), domain::date_in_japan(now));
    if (due.empty()) return 0;
    auto book = parts_.pool.begin(file);
    std::optional<store::AuditReceipt> receipt;
    for (auto const id : due) receipt = begin_due_version(book, parts_.recorder, id, now);
    book.commit(base::present(receipt));
    return due.size();
}

Result<audit::History> Employees::history(http::Call& call)
{
    auto const id = call.id("employee_id");
    auto const book = parts_.pool.read(call.client.book);
    if (!book.one<std::int64_t>("SELECT id FROM employee WHERE id = ?1", id))
        return Problem{Fault::not_found, "not_found"};
    auto history = audit::history_of(book, object_of(id), history_max);
    for (auto& item : history.items) item.actor = parts_.name_of_actor(item.actor);
    return history;
}

http::RoomRoutes Employees::routes()
{
    using http::Right, http::Scope, http::Verb, http::on, http::Route;
    constexpr auto view = Right::employee_view;
    constexpr auto edit = Right::employee_edit;
    static constexpr Route table[] = {
        {Verb::get, "/api/v1/clients/{client_id}/employees", view, Scope::client, "listEmployees",
         on<&Employees::list>},
        {Verb::post, "/api/v1/clients/{client_id}/employees/search", view, Scope::client,
         "searchEmployees", on<&Employees::search>},
        {Verb::post, "/api/v1/clients/{client_id}/employees", edit, Scope::client, "createEmployee",
         on<&Employees::post>},
        {Verb::get, "/api/v1/clients/{client_id}/employees/{employee_id}", view, Scope::client,
         "getEmployee", on<&Employees::get>},
        {Verb::put, "/api/v1/clients/{client_id}/employees/{employee_id}", edit, Scope::client,
         "updateEmployee", on<&Employees::put>},
        {Verb::post, "/api/v1/clients/{client_id}/employees/{employee_id}/retire", edit,
         Scope::client, "retireEmployee", on<&Employees::retire>},
        {Verb::post, "/api/v1/clients/{client_id}/employees/{employee_id}/reinstate", edit,
         Scope::client, "reinstateEmployee", on<&Employees::reinstate>},
        {Verb::post, "/api/v1/clients/{client_id}/employees/{employee_id}/remove-version", edit,
         Scope::client, "removeEmployeeVersion", on<&Employees::remove_version>},
        {Verb::get, "/api/v1/clients/{client_id}/employees/{employee_id}/history", view,
         Scope::client, "getEmployeeHistory", on<&Employees::history>},
    };
    return {table, this};
}

} // namespace employees

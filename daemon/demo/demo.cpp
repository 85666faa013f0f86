#include "demo/demo.hpp"

#include "base/present.hpp"
#include "crypto/password.hpp"
#include "demo/person.hpp"
#include "employees/ledger_rows.hpp"

#include <stdexcept>

namespace demo {

namespace {

constexpr std::int64_t clients_max = 5'000;
constexpr std::int64_t employees_max = 500'000;
using employees::Ledger;

char const* const actor = "system:demo";

// What the doors refuse is a fault of the generator, not of anybody's input.
template <class T> T made(Result<T> result, char const* what)
{
    if (!result) throw std::logic_error(std::string{"demo data is refused: "} + what);
    return std::move(*result);
}

std::string action_of(std::optional<employees::Employee> const& before, Ledger const& after)
{
    if (!before) return "employee.create";
    bool const retires = after.basic.attendance == domain::Attendance::retired &&
                         before->ledger.basic.attendance != domain::Attendance::retired;
    return retires ? "employee.retire" : "employee.update";
}

void write_people(
    Parts& parts, store::FileId const& book, std::vector<Person> const& people, Date today
)
{
    if (people.empty()) return;
    auto transaction = parts.pool.begin(book);
    auto const now = parts.clock.now();
    std::optional<store::AuditReceipt> receipt;
    for (auto const& person : people) {
        std::optional<employees::Employee> before;
        for (auto const& state : person.states) {
            auto const written = employees::write_employee(
                transaction, parts.recorder, state, before, actor, action_of(before, state), now
            );
            receipt = written.receipt;
            if (&state != &person.states.back())
                before = employees::read_employee(transaction, written.id, today);
        }
    }
    transaction.commit(base::present(receipt));
}

std::int64_t write_company(Parts& parts, Company const& company, Date today)
{
    auto const client = made(parts.clients.create(company.client, actor), "client");
    auto const book = base::present(parts.clients.find_client(client.id)).book;
    std::int64_t number = 0;
    for (auto const& establishment : company.establishments) {
        auto const added =
            made(parts.clients.add_establishment(book, establishment, actor), "establishment");
        if (added.id != ++number) throw std::logic_error("a new book counts from 1");
    }
    write_people(parts, book, make_people(company, today), today);
    return client.id;
}

std::vector<auth::Account>
add_accounts(Parts& parts, Wanted const& wanted, std::vector<std::int64_t> const& clients)
{
    auth::NewAccount administrator;
    administrator.login_id = "admin";
    administrator.name = "蔵守　花子";
    administrator.roles = {"administrator", "system_administrator", "manager", "exporter"};
    auth::NewAccount first;
    first.login_id = "tanaka";
    first.name = "田中　一郎";
    first.roles = {"staff", "exporter"};
    auth::NewAccount second;
    second.login_id = "suzuki";
    second.name = "鈴木　美咲";
    second.roles = {"staff"};
    for (std::size_t i = 0; i < clients.size(); ++i) {
        if (i % 3 != 2) first.client_ids.push_back(clients[i]);
        if (i % 3 != 0) second.client_ids.push_back(clients[i]);
    }
    auto const staff_hash = crypto::hash_password(wanted.staff_password);
    return {
        parts.accounts.create_ready(
            administrator, {crypto::hash_password(wanted.administrator_password), true}
        ),
        parts.accounts.create_ready(first, {staff_hash, true}),
        parts.accounts.create_ready(second, {staff_hash, true})
    };
}

} // namespace

Result<Made> fill(Parts parts, Wanted const& wanted, Progress const& progress)
{
    if (wanted.clients < 1 || wanted.clients > clients_max)
        return Problem{Fault::invalid, "invalid_fields", {{"clients", "out_of_range"}}};
    if (wanted.employees < 0 || wanted.employees > employees_max)
        return Problem{Fault::invalid, "invalid_fields", {{"employees", "out_of_range"}}};
    if (parts.clients.count() != 0 || !parts.accounts.list().empty())
        return Problem{Fault::conflict, "office_not_empty"};
    Made out;
    std::vector<std::int64_t> ids;
    for (auto const size : sizes_of(wanted.clients, wanted.employees, Dice{wanted.seed})) {
        auto const company = make_company(wanted.seed, ++out.clients, size, wanted.today);
        ids.push_back(write_company(parts, company, wanted.today));
        out.employees += size;
        if (progress) progress(out.clients, out.employees);
    }
    out.accounts = add_accounts(parts, wanted, ids);
    return out;
}

} // namespace demo

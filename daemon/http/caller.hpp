#pragma once
// Who asks, and what that person may do. Rights are capabilities; roles are sets of them (auth/).
#include "base/clock.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace http {

enum class Right : std::uint8_t {
    anyone,     // no sign-in needed
    signed_in,  // any account
    signing_in, // a session, also one that waits for the second step or a new password
    account_manage,
    client_view,
    client_edit,
    client_create, // and end, and import: changes which clients there are
    employee_view,
    employee_edit,
    document_view,
    document_edit,
    import_run,
    export_run,
    backup_view,
    backup_run,
    job_view,
    status_view,   // the machine's state: administrators and the console
    device_manage, // certificates of devices and of the server
};

std::string_view name_of(Right right); // "employee.edit"
std::optional<Right> right_from(std::string_view name);

// 利用者区分: what policies (passwords, networks, hours, certificates) are set by.
enum class AccountClass : std::uint8_t {
    administrator, // 管理者: may change accounts, policies or keys
    staff,         // 事務所職員
    client,        // 顧問先の担当者: one client company
    employee,      // 従業員: their own records
};
BOOST_DESCRIBE_ENUM(AccountClass, administrator, staff, client, employee)

struct Caller {
    std::int64_t account_id = 0; // 0: nobody, or the console
    AccountClass account_class = AccountClass::staff;
    std::string actor = "nobody"; // for audit rows: "account:3", "console:uid0"
    std::string name;
    std::string role;
    std::uint64_t rights = 0; // bit per Right
    bool all_clients = false;
    std::vector<std::int64_t> clients; // sorted; the assigned ones when not all_clients
    std::string session;               // reference of the session, not the token
    Instant proved_at{};               // when password and second factor were last given
    std::string csrf_token; // that changing requests carry in X-CSRF-Token; empty: no session

    bool may(Right right) const
    {
        return right == Right::anyone || ((rights >> static_cast<unsigned>(right)) & 1ULL) != 0;
    }
    void grant(Right right) { rights |= 1ULL << static_cast<unsigned>(right); }
    bool may_see_client(std::int64_t client_id) const;
};

} // namespace http

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
    status_view,       // the machine's state: administrators and the console
    policy_manage,     // 認証ポリシー, 接続元, 利用時間
    access_rescue,     // sees who may come from where and when, and puts it back to its default
    account_view,      // 利用者と権限の台帳
    account_client,    // accounts of client companies and of employees
    assignment_manage, // 担当の割当
    role_manage,
    grant_approve, // 権限付与の承認
    review_sign,   // 棚卸
    device_manage, // certificates of devices and of the server
    support_view,  // 一時サポート
    support_request,
    support_approve,
    token_manage, // 連携トークン
    vault_submit,
    vault_status,
    vault_use,
    vault_reveal,
    vault_approve,
};

enum class DataClass : std::uint8_t {
    ordinary, // 個人情報
    specific, // 特定個人情報: with an individual number
};
constexpr DataClass data_class_of(Right right)
{
    bool const of_vault = right >= Right::vault_submit && right <= Right::vault_approve;
    return of_vault ? DataClass::specific : DataClass::ordinary;
}

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
inline constexpr std::size_t account_classes = 4;

// A stream of events asks again and again who is there; that keeps no session alive.
enum class Look { use, watch };

struct Caller {
    std::int64_t account_id = 0; // 0: nobody, or the console
    AccountClass account_class = AccountClass::staff;
    std::string actor = "nobody"; // for audit rows: "account:3", "console:uid0"
    std::string name;
    std::string role;
    std::uint64_t rights = 0; // bit per Right
    bool all_clients = false;
    std::vector<std::int64_t> clients; // sorted; the assigned ones when not all_clients
    // Of those, the ones whose 特定個人情報 the person handles too.
    bool all_specific = false;
    std::vector<std::int64_t> specific_clients;
    std::string session;    // reference of the session, not the token
    Instant proved_at{};    // when password and second factor were last given
    std::string csrf_token; // that changing requests carry in X-CSRF-Token; empty: no session

    bool may(Right right) const
    {
        return right == Right::anyone || ((rights >> static_cast<unsigned>(right)) & 1ULL) != 0;
    }
    void grant(Right right) { rights |= 1ULL << static_cast<unsigned>(right); }
    bool may_see_client(std::int64_t client_id, DataClass data = DataClass::ordinary) const;
};

} // namespace http

#include "http/caller.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace http {

namespace {

constexpr auto names = std::to_array<std::pair<Right, std::string_view>>({
    {Right::anyone, "anyone"},
    {Right::signed_in, "signed_in"},
    {Right::signing_in, "signing_in"},
    {Right::account_manage, "account.manage"},
    {Right::client_view, "client.view"},
    {Right::client_edit, "client.edit"},
    {Right::client_create, "client.create"},
    {Right::employee_view, "employee.view"},
    {Right::employee_edit, "employee.edit"},
    {Right::document_view, "document.view"},
    {Right::document_edit, "document.edit"},
    {Right::import_run, "import.run"},
    {Right::export_run, "export.run"},
    {Right::backup_view, "backup.view"},
    {Right::backup_run, "backup.run"},
    {Right::job_view, "job.view"},
    {Right::status_view, "status.view"},
    {Right::policy_manage, "policy.manage"},
    {Right::access_rescue, "access.rescue"},
    {Right::account_view, "account.view"},
    {Right::account_client, "account.client"},
    {Right::assignment_manage, "assignment.manage"},
    {Right::role_manage, "role.manage"},
    {Right::grant_approve, "grant.approve"},
    {Right::review_sign, "review.sign"},
    {Right::device_manage, "device.manage"},
    {Right::support_view, "support.view"},
    {Right::support_request, "support.request"},
    {Right::support_approve, "support.approve"},
    {Right::token_manage, "token.manage"},
    {Right::vault_submit, "vault.submit"},
    {Right::vault_status, "vault.status"},
    {Right::vault_use, "vault.use"},
    {Right::vault_reveal, "vault.reveal"},
    {Right::vault_approve, "vault.approve"},
});

} // namespace

std::string_view name_of(Right right)
{
    for (auto const& [value, name] : names)
        if (value == right) return name;
    return "unknown";
}

std::optional<Right> right_from(std::string_view wanted)
{
    for (auto const& [value, name] : names)
        if (name == wanted) return value;
    return std::nullopt;
}

bool Caller::may_see_client(std::int64_t client_id, DataClass data) const
{
    if (!all_clients && !std::binary_search(clients.begin(), clients.end(), client_id))
        return false;
    return data == DataClass::ordinary || all_specific ||
           std::binary_search(specific_clients.begin(), specific_clients.end(), client_id);
}

} // namespace http

#include "http/caller.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace http {

namespace {

constexpr std::array<std::pair<Right, std::string_view>, 18> names{{
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
    {Right::device_manage, "device.manage"},
}};

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

bool Caller::may_see_client(std::int64_t client_id) const
{
    return all_clients || std::binary_search(clients.begin(), clients.end(), client_id);
}

} // namespace http

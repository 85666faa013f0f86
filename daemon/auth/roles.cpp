#include "auth/roles.hpp"

#include <fmt/format.h>

namespace auth {

using http::Right;

namespace {

constexpr Right staff_rights[] = {
    Right::signed_in,     Right::signing_in,    Right::client_view,   Right::client_edit,
    Right::employee_view, Right::employee_edit, Right::document_view, Right::document_edit,
    Right::import_run,    Right::export_run,    Right::job_view,
};

constexpr Right administrator_extra[] = {
    Right::account_manage, Right::client_create, Right::backup_view,
    Right::backup_run,     Right::status_view,   Right::device_manage,
};

constexpr Right console_rights[] = {
    Right::backup_view,   Right::backup_run, Right::job_view, Right::status_view,
    Right::device_manage, // the way back in for somebody whose device is lost
};

} // namespace

void grant_rights_of(Role role, http::Caller& caller)
{
    for (auto const right : staff_rights) caller.grant(right);
    if (role != Role::administrator) return;
    for (auto const right : administrator_extra) caller.grant(right);
}

http::Caller console_caller(std::uint32_t uid)
{
    http::Caller caller;
    caller.actor = fmt::format("console:uid{}", uid);
    caller.role = "console";
    for (auto const right : console_rights) caller.grant(right);
    return caller;
}

} // namespace auth

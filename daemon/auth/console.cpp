#include "auth/console.hpp"

#include <fmt/format.h>

namespace auth {

using http::Right;

namespace {

constexpr Right console_rights[] = {
    Right::backup_view, Right::backup_run,    Right::job_view,
    Right::status_view, Right::access_rescue, Right::device_manage, // the ways back in
};

} // namespace

http::Caller console_caller(std::uint32_t uid)
{
    http::Caller caller;
    caller.actor = fmt::format("console:uid{}", uid);
    caller.role = "console";
    for (auto const right : console_rights) caller.grant(right);
    return caller;
}

} // namespace auth

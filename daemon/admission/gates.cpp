#include "admission/gates.hpp"

#include "audit/findings.hpp"

#include <fmt/format.h>

namespace admission {

Result<void> NetworkGate::admit(http::Caller const& caller, net::Request const& request, Instant)
{
    auto const address = parse_address(request.peer);
    bool const admitted = address && access_.geo().admits(*address) &&
                          access_.rules()->networks_admit(caller, *address);
    if (!admitted) return Problem{Fault::forbidden, "network_not_allowed"};
    return {};
}

Result<void> HoursGate::admit(http::Caller const& caller, net::Request const& request, Instant now)
{
    if (caller.account_id == 0) return {}; // the sign-in asks again, when it knows who it is
    auto const rules = access_.rules();
    if (rules->hours_admit(caller, now)) return {};
    auto const mode = rules->hours[static_cast<std::size_t>(caller.account_class)].mode;
    if (mode == HoursMode::refuse) return Problem{Fault::forbidden, "outside_hours"};
    if (!caller.session.empty()) note(caller, request, now);
    return {};
}

void HoursGate::note(http::Caller const& caller, net::Request const& request, Instant now)
{
    auto const day = std::chrono::floor<std::chrono::days>(now + base::japan_offset);
    {
        std::scoped_lock const lock{mutex_};
        if (noted_day_ != day.time_since_epoch().count()) noted_.clear();
        noted_day_ = day.time_since_epoch().count();
        if (!noted_.insert(caller.session).second) return;
    }
    audit::add_finding(
        pool_, {"access_hours", now, caller.account_id, request.peer, "{}", request.request_id}
    );
}

} // namespace admission

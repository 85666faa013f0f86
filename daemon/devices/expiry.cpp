#include "devices/expiry.hpp"

#include "base/log.hpp"

#include <algorithm>

namespace devices {

namespace {

constexpr std::int64_t bounds[] = {0, 7, 30, 60}; // days

std::int64_t days_until(Instant end, Instant now)
{
    return std::max<std::int64_t>(std::chrono::ceil<std::chrono::days>(end - now).count(), 0);
}

// The smallest bound that is reached; 60 at most, or it would not be asked.
std::int64_t bound_of(std::int64_t days)
{
    return *std::find_if(std::begin(bounds), std::end(bounds), [&](auto b) { return days <= b; });
}

} // namespace

std::vector<Expiry::One> Expiry::within_the_first_warning()
{
    auto const now = clock_.now();
    std::vector<One> all;
    auto const view = server_.view();
    all.push_back({"server_certificate", view.fingerprint, view.expires_at});
    if (auto const end = server_.authority_expires_at()) all.push_back({"authority", "ca", *end});
    if (auto const authority = registry_.authority())
        all.push_back({"device_authority", authority->fingerprint, authority->expires_at});
    for (auto const& one : registry_.list()) // an expired device is history, not a task
        if (!one.revoked_at && one.expires_at > now)
            all.push_back({"device", one.serial, one.expires_at, one.account_id});
    std::erase_if(all, [&](auto const& one) {
        return days_until(one.expires_at, now) > bounds[std::size(bounds) - 1];
    });
    return all;
}

std::vector<Expiring> Expiry::seen_by(http::Caller const& caller)
{
    auto const now = clock_.now();
    std::vector<Expiring> tasks;
    Expiring devices{"devices_expire", 0, false};
    for (auto const& one : within_the_first_warning()) {
        auto const days = days_until(one.expires_at, now);
        bool const urgent = days <= bounds[1];
        if (one.kind != "device") {
            if (caller.may(http::Right::device_manage))
                tasks.push_back({one.kind + "_expires", days, urgent});
            continue;
        }
        if (one.account_id == caller.account_id)
            tasks.push_back({"own_device_expires", days, urgent});
        ++devices.count;
        devices.urgent = devices.urgent || urgent;
    }
    if (devices.count > 0 && caller.may(http::Right::device_manage)) tasks.push_back(devices);
    return tasks;
}

void Expiry::log_what_is_due()
{
    auto const now = clock_.now();
    for (auto const& one : within_the_first_warning()) {
        auto const days = days_until(one.expires_at, now);
        auto const bound = bound_of(days);
        auto const [told, fresh] = logged_.try_emplace(one.name, bound);
        if (!fresh && told->second <= bound) continue;
        told->second = bound;
        base::log::warning(
            "devices", "certificate_expires",
            {{"kind", one.kind}, {"name", one.name}, {"days", std::to_string(days)}}
        );
    }
}

} // namespace devices

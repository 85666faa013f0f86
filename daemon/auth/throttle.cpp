#include "auth/throttle.hpp"

namespace auth {

namespace {

constexpr std::size_t addresses_max = 10'000; // beyond, what is over is forgotten first

} // namespace

std::chrono::seconds Throttle::wait_of(std::string const& address, Instant now)
{
    std::scoped_lock const lock{mutex_};
    auto const found = by_address_.find(address);
    if (found == by_address_.end() || found->second.banned_until <= now) return {};
    return found->second.banned_until - now;
}

bool Throttle::count_failure(std::string const& address, Instant now)
{
    std::scoped_lock const lock{mutex_};
    if (by_address_.size() >= addresses_max) forget_old(now);
    auto& failures = by_address_[address];
    while (!failures.at.empty() && now - failures.at.front() >= limits_.window)
        failures.at.pop_front();
    failures.at.push_back(now);
    if (static_cast<std::int64_t>(failures.at.size()) < limits_.failures_max) return false;
    failures.at.clear();
    failures.banned_until = now + limits_.banned_for;
    return true;
}

void Throttle::forget_old(Instant now)
{
    std::erase_if(by_address_, [&](auto const& entry) {
        auto const& failures = entry.second;
        bool const quiet = failures.at.empty() || now - failures.at.back() >= limits_.window;
        return quiet && failures.banned_until <= now;
    });
}

} // namespace auth

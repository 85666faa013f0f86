#include "auth/throttle.hpp"

#include <algorithm>

namespace auth {

namespace {

constexpr std::size_t entries_max = 10'000; // beyond, what is over is forgotten first
constexpr std::chrono::hours bans_remembered{24};
constexpr std::int64_t doublings_max = 4;
constexpr std::chrono::minutes name_quiet{30};

std::string folded(std::string_view login_id) // as office.db compares them
{
    std::string out{login_id};
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

} // namespace

std::chrono::seconds Throttle::wait_of(std::string const& address, Instant now)
{
    std::scoped_lock const lock{mutex_};
    auto const found = by_address_.find(address);
    if (found == by_address_.end() || found->second.banned_until <= now) return {};
    return found->second.banned_until - now;
}

std::chrono::seconds Throttle::wait_of_name(std::string_view login_id, Instant now)
{
    std::scoped_lock const lock{mutex_};
    auto const found = by_name_.find(folded(login_id));
    if (found == by_name_.end() || found->second.next_at <= now) return {};
    return found->second.next_at - now;
}

bool Throttle::count_failure(std::string const& address, Instant now)
{
    std::scoped_lock const lock{mutex_};
    if (by_address_.size() >= entries_max) forget_old(now);
    auto& failures = by_address_[address];
    while (!failures.at.empty() && now - failures.at.front() >= limits_.window)
        failures.at.pop_front();
    failures.at.push_back(now);
    if (static_cast<std::int64_t>(failures.at.size()) < limits_.failures_max) return false;
    failures.at.clear();
    if (now - failures.banned_until >= bans_remembered) failures.bans = 0;
    failures.banned_until =
        now + limits_.banned_for * (1 << std::min(failures.bans++, doublings_max));
    return true;
}

void Throttle::count_name(std::string_view login_id, Instant now)
{
    if (limits_.first_delay.count() == 0) return;
    std::scoped_lock const lock{mutex_};
    if (by_name_.size() >= entries_max) forget_old(now);
    auto& delay = by_name_[folded(login_id)];
    if (now - delay.failed_at >= name_quiet) delay.failures = 0;
    auto const doublings = std::min<std::int64_t>(delay.failures++, 10);
    delay.failed_at = now;
    delay.next_at =
        now + std::min<std::chrono::seconds>(limits_.first_delay * (1 << doublings), delay_max);
}

void Throttle::forget_name(std::string_view login_id)
{
    std::scoped_lock const lock{mutex_};
    by_name_.erase(folded(login_id));
}

bool Throttle::note_name(std::string const& address, std::string_view login_id, Instant now)
{
    std::scoped_lock const lock{mutex_};
    if (by_address_.size() >= entries_max) forget_old(now);
    auto& failures = by_address_[address];
    auto& names = failures.names;
    std::erase_if(names, [&](auto const& tried) { return now - tried.at >= names_window; });
    auto const name = folded(login_id);
    auto const known = std::find_if(names.begin(), names.end(), [&](auto const& tried) {
        return tried.folded == name;
    });
    if (known != names.end())
        known->at = now;
    else if (names.size() <= names_alarming) // one more than alarms; further ones change nothing
        names.push_back({name, now});
    if (names.size() <= names_alarming || now - failures.alarmed_at < names_window) return false;
    failures.alarmed_at = now;
    return true;
}

void Throttle::forget_old(Instant now)
{
    std::erase_if(by_address_, [&](auto const& entry) {
        auto const& failures = entry.second;
        bool const quiet = failures.at.empty() || now - failures.at.back() >= limits_.window;
        bool const nameless =
            failures.names.empty() || now - failures.names.back().at >= names_window;
        return quiet && nameless && failures.banned_until <= now;
    });
    std::erase_if(by_name_, [&](auto const& entry) {
        return now - entry.second.failed_at >= name_quiet;
    });
}

} // namespace auth

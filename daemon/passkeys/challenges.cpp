#include "passkeys/challenges.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <array>

namespace passkeys {

namespace {

constexpr std::size_t entries_max = 4096;
constexpr std::ptrdiff_t of_one_address_max = 128;

bool over(Instant issued_at, Instant now)
{
    return now < issued_at || now - issued_at >= challenge_life;
}

} // namespace

Bytes Challenges::issue(Owner const& owner, Purpose purpose, Instant now, Bytes user_handle)
{
    std::array<Byte, 32> challenge{};
    base::fill_random(challenge);
    Pending pending{{challenge.begin(), challenge.end()}, std::move(user_handle)};
    auto issued = pending.challenge;
    std::scoped_lock const lock{mutex_};
    make_room(owner.address, now);
    entries_.insert_or_assign(
        {owner.key, purpose}, Entry{std::move(pending), owner.address, now, ++last_number_}
    );
    return issued;
}

std::optional<Challenges::Pending>
Challenges::take(std::string const& owner, Purpose purpose, Instant now)
{
    std::scoped_lock const lock{mutex_};
    auto const found = entries_.find({owner, purpose});
    if (found == entries_.end()) return std::nullopt;
    auto entry = std::move(found->second);
    entries_.erase(found);
    if (over(entry.issued_at, now)) return std::nullopt;
    return std::move(entry.pending);
}

// Anybody may ask for a challenge: what waits is bounded, for each address and in all, and the
// oldest gives way.
void Challenges::make_room(std::string const& address, Instant now)
{
    std::erase_if(entries_, [&](auto const& item) { return over(item.second.issued_at, now); });
    auto const of_it = [&](auto const& item) { return item.second.address == address; };
    bool const many = std::count_if(entries_.begin(), entries_.end(), of_it) >= of_one_address_max;
    if (!many && entries_.size() < entries_max) return;
    auto oldest = entries_.end();
    for (auto item = entries_.begin(); item != entries_.end(); ++item) {
        if (many && !of_it(*item)) continue;
        if (oldest == entries_.end() || item->second.number < oldest->second.number) oldest = item;
    }
    entries_.erase(oldest);
}

} // namespace passkeys

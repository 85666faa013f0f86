#include "auth/sessions.hpp"

#include "base/bytes.hpp"
#include "base/random.hpp"
#include "crypto/hash.hpp"

#include <algorithm>
#include <array>

namespace auth {

namespace {

std::string new_token() // 256 bits
{
    std::array<Byte, 32> bytes{};
    base::fill_random(bytes);
    return base::to_base64url(bytes);
}

std::string hash_of(std::string_view token)
{
    return base::to_hex(crypto::sha256(base::as_bytes(token)));
}

} // namespace

bool Sessions::expired(Session const& session, Instant now) const
{
    // A clock that was set far back must not make a session live on until it has caught up.
    bool const set_back = session.used_at - now >= limits_.idle;
    return set_back || now - session.used_at >= limits_.idle ||
           now - session.opened_at >= limits_.absolute;
}

void Sessions::drop_expired(Instant now)
{
    std::erase_if(by_hash_, [&](auto const& entry) { return expired(entry.second, now); });
}

Sessions::Opened Sessions::open(http::Caller caller, SessionPlace place, Instant now)
{
    std::scoped_lock const lock{mutex_};
    drop_expired(now);
    Session session{{}, now, now, ++last_id_, std::move(place), {}};
    return put(std::move(session), std::move(caller), base::random_id());
}

std::optional<Sessions::Opened>
Sessions::renew(std::string const& reference, http::Caller caller, Instant now)
{
    std::scoped_lock const lock{mutex_};
    auto const found = std::find_if(by_hash_.begin(), by_hash_.end(), [&](auto const& entry) {
        return entry.second.caller->session == reference;
    });
    if (found == by_hash_.end() || expired(found->second, now)) return std::nullopt;
    auto session = std::move(found->second);
    by_hash_.erase(found);
    session.used_at = now;
    return put(std::move(session), std::move(caller), reference);
}

Sessions::Opened Sessions::put(Session session, http::Caller caller, std::string reference)
{
    Opened opened{new_token(), new_token(), std::move(reference)};
    caller.session = opened.reference;
    caller.csrf_token = opened.csrf_token;
    session.caller = std::make_shared<http::Caller const>(std::move(caller));
    by_hash_.emplace(hash_of(opened.token), std::move(session));
    return opened;
}

std::vector<SessionRow>
Sessions::list(std::int64_t account_id, std::string const& current_reference, Instant now)
{
    std::scoped_lock const lock{mutex_};
    drop_expired(now);
    std::vector<SessionRow> rows;
    for (auto const& [hash, session] : by_hash_) {
        if (session.caller->account_id != account_id) continue;
        rows.push_back(
            {session.id, session.opened_at, session.used_at, session.place.address,
             session.place.device, session.caller->session == current_reference}
        );
    }
    std::sort(rows.begin(), rows.end(), [](auto const& one, auto const& other) {
        return one.id > other.id;
    });
    return rows;
}

bool Sessions::close_one(std::int64_t account_id, std::int64_t id)
{
    std::scoped_lock const lock{mutex_};
    return std::erase_if(by_hash_, [&](auto const& entry) {
               return entry.second.caller->account_id == account_id && entry.second.id == id;
           }) != 0;
}

std::shared_ptr<http::Caller const>
Sessions::find(std::string_view token, Instant now, http::Look look)
{
    auto const hash = hash_of(token);
    std::scoped_lock const lock{mutex_};
    auto const found = by_hash_.find(hash);
    if (found == by_hash_.end()) return nullptr;
    if (expired(found->second, now)) {
        by_hash_.erase(found);
        return nullptr;
    }
    if (look == http::Look::use) found->second.used_at = now;
    return found->second.caller;
}

void Sessions::close(std::string const& reference)
{
    std::scoped_lock const lock{mutex_};
    std::erase_if(by_hash_, [&](auto const& entry) {
        return entry.second.caller->session == reference;
    });
}

void Sessions::close_account(std::int64_t account_id)
{
    std::scoped_lock const lock{mutex_};
    std::erase_if(by_hash_, [&](auto const& entry) {
        return entry.second.caller->account_id == account_id;
    });
}

void Sessions::refresh_account(http::Caller const& caller)
{
    std::scoped_lock const lock{mutex_};
    for (auto& [hash, session] : by_hash_) {
        if (session.caller->account_id != caller.account_id) continue;
        if (!session.caller->may(http::Right::signed_in)) continue; // reads them when it is in
        auto fresh = caller;
        fresh.session = session.caller->session;
        fresh.csrf_token = session.caller->csrf_token;
        fresh.proved_at = session.caller->proved_at;
        session.caller = std::make_shared<http::Caller const>(std::move(fresh));
    }
}

void Sessions::close_others(std::int64_t account_id, std::string const& kept_reference)
{
    std::scoped_lock const lock{mutex_};
    std::erase_if(by_hash_, [&](auto const& entry) {
        auto const& caller = *entry.second.caller;
        return caller.account_id == account_id && caller.session != kept_reference;
    });
}

void Sessions::remember_view(std::string const& reference, std::string view)
{
    std::scoped_lock const lock{mutex_};
    for (auto& [hash, session] : by_hash_) {
        if (session.caller->session != reference) continue;
        session.view = std::move(view);
        return;
    }
}

std::string Sessions::view_of(std::string const& reference) const
{
    std::scoped_lock const lock{mutex_};
    for (auto const& [hash, session] : by_hash_)
        if (session.caller->session == reference) return session.view;
    return {};
}

} // namespace auth

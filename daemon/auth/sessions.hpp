#pragma once
// Who is signed in. Sessions live in memory only: a restart signs everybody out, and no stolen file
// holds one. Tokens are kept as hashes.
#include "base/clock.hpp"
#include "http/caller.hpp"

#include <boost/describe.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace auth {

struct SessionPlace { // where a session is used
    std::string address;
    std::string device;
};

struct SessionRow { // ログイン中の端末
    std::int64_t id = 0;
    Instant opened_at;
    Instant used_at;
    std::string address;
    std::string device;
    bool current = false;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (id, opened_at, used_at, address, device, current))

struct SessionLimits {
    std::chrono::seconds idle{30 * 60};
    std::chrono::seconds absolute{12 * 60 * 60};
};

class Sessions {
public:
    struct Opened {
        std::string token; // for the cookie, once
        std::string csrf_token;
        std::string reference; // names the session without being its token
    };

    explicit Sessions(SessionLimits limits) : limits_(limits) {}

    Opened open(http::Caller caller, SessionPlace place, Instant now);
    // The same session under a new token: after each step that proves more. Empty: it is over.
    std::optional<Opened> renew(std::string const& reference, http::Caller caller, Instant now);
    // Counts as use: the idle time starts over.
    // Or empty. Looking on use starts the idle time over.
    std::shared_ptr<http::Caller const>
    find(std::string_view token, Instant now, http::Look look = http::Look::use);

    std::vector<SessionRow>
    list(std::int64_t account_id, std::string const& current_reference, Instant now);
    bool close_one(std::int64_t account_id, std::int64_t id); // false: the account has none such
    void close(std::string const& reference);
    void close_account(std::int64_t account_id);
    void close_others(std::int64_t account_id, std::string const& kept_reference);
    // Keeps an account's sessions, with new rights.
    void refresh_account(http::Caller const& caller);
    // What the browser was told at sign-in (previous sign-in included), to be told again on reload.
    void remember_view(std::string const& reference, std::string view);
    std::string view_of(std::string const& reference) const;

private:
    struct Session {
        std::shared_ptr<http::Caller const> caller;
        Instant opened_at;
        Instant used_at;
        std::int64_t id = 0;
        SessionPlace place = {};
        std::string view = {};
    };
    Opened put(Session session, http::Caller caller, std::string reference);
    void drop_expired(Instant now);
    bool expired(Session const& session, Instant now) const;

    SessionLimits limits_;
    std::int64_t last_id_ = 0;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Session> by_hash_;
};

} // namespace auth

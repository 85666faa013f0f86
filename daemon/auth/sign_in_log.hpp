#pragma once
// ログイン履歴とロックアウト: every attempt to sign in, kept for the whole life of an account, and
// the count of failures that locks a name. Both survive a restart.
#include "auth/second_factors.hpp"
#include "http/call.hpp"
#include "store/pool.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace auth {

struct Lockout {
    std::int64_t failures_max = 5;
    std::chrono::seconds locked_for{30 * 60};
};

enum class Attempt {
    ok,
    wrong,      // unknown name, wrong password, or not allowed in
    locked,     // refused because of earlier failures
    wrong_code, // the second step
    stepped_up, // proved again inside a session
    network,    // the right password, from where this account may not come
    hours,      // the right password, when this account may not come
    ended,      // a session closed from another one
    out,        // signed out
};
BOOST_DESCRIBE_ENUM(Attempt, ok, wrong, locked, wrong_code, stepped_up, network, hours, ended, out)

// What the history calls the refusal of a gate: network, hours, wrong for any other.
Attempt outcome_of(Problem const& refusal);

enum class Method { password, passkey };
BOOST_DESCRIBE_ENUM(Method, password, passkey)

struct AttemptRow {
    Instant at;
    Attempt outcome = Attempt::ok;
    Method method = Method::password;
    Factor factor = Factor::none;
    std::string address;
    std::string device;      // the browser's own words, shortened
    std::string certificate; // serial of the device certificate, hex; empty: none
};
BOOST_DESCRIBE_STRUCT(AttemptRow, (), (at, outcome, method, factor, address, device, certificate))

enum class LockoutEvent {
    locked,
    expired,  // its time was up
    released, // by somebody
};
BOOST_DESCRIBE_ENUM(LockoutEvent, locked, expired, released)

struct LockoutRow {
    Instant at;
    LockoutEvent event = LockoutEvent::locked;
    std::optional<std::int64_t> account_id; // of a name that exists
    std::optional<Instant> until;           // of locked
    std::string address;                    // of the last failure
    std::string actor;                      // of released
};
BOOST_DESCRIBE_STRUCT(LockoutRow, (), (at, event, account_id, until, address, actor))

// "Chrome 131 / Windows": what a person recognises in a User-Agent.
std::string device_of(net::Request const& request);

class SignInLog {
public:
    SignInLog(store::Pool& pool, Lockout lockout) : pool_(pool), lockout_(lockout) {}

    void
    add(http::Call const& call,
        std::string const& login_id,
        std::optional<std::int64_t> account_id,
        Attempt outcome,
        Method method = Method::password,
        Factor factor = Factor::none);
    // Newest first.
    std::vector<AttemptRow>
    history_of(std::int64_t account_id, std::int64_t offset, std::int64_t limit) const;
    std::int64_t attempts_of(std::int64_t account_id) const;

    // Names that exist and names that do not are counted alike; without a lockout of its own, by
    // the one that the log was made with.
    bool locked(std::string const& login_id, Instant now) const;
    void count_failure(
        http::Call const& call,
        std::string const& login_id,
        std::optional<std::int64_t> account_id,
        std::optional<Lockout> of_class = std::nullopt
    );
    // After a success; or by `actor`, who ends a lock before its time.
    void forget_failures(std::string const& login_id, Instant now, std::string const& actor = {});
    // Notes the locks whose time is up, each at the moment when it was. Anything here that looks at
    // locks does it first; the scheduler, so that the record is there without a next attempt.
    void note_expired(Instant now);
    // Newest first. What was typed as a name is not in it: it may have been a password.
    std::vector<LockoutRow> lockouts(std::int64_t offset, std::int64_t limit) const;
    std::int64_t lockouts_total() const;
    // Whatever is older, when the settings end a class of the log.
    void remove_attempts(Instant before);
    void remove_lockouts(Instant before);
    // 完全削除: its attempts stay as the account's, without the name that was typed.
    void forget(std::int64_t account_id, std::string const& login_id);

private:
    store::Pool& pool_;
    Lockout lockout_;
};

} // namespace auth

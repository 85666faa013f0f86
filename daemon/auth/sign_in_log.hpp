#pragma once
// ログイン履歴とロックアウト: every attempt to sign in, kept for the whole life of an account, and
// the count of failures that locks a name. Both survive a restart.
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
    std::string address;
    std::string device; // the browser's own words, shortened
};
BOOST_DESCRIBE_STRUCT(AttemptRow, (), (at, outcome, method, address, device))

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
        Method method = Method::password);
    // Newest first.
    std::vector<AttemptRow>
    history_of(std::int64_t account_id, std::int64_t offset, std::int64_t limit) const;
    std::int64_t attempts_of(std::int64_t account_id) const;

    // Names that exist and names that do not are counted alike; without a lockout of its own, by
    // the one that the log was made with.
    bool locked(std::string const& login_id, Instant now) const;
    void count_failure(
        std::string const& login_id, Instant now, std::optional<Lockout> of_class = std::nullopt
    );
    void forget_failures(std::string const& login_id);
    // 完全削除: its attempts stay as the account's, without the name that was typed.
    void forget(std::int64_t account_id, std::string const& login_id);

private:
    store::Pool& pool_;
    Lockout lockout_;
};

} // namespace auth

#pragma once
// 総当たり・リスト型攻撃: an address from which many sign-ins fail, whatever the names, has to
// wait. Lives in memory: a restart forgives addresses, never names (sign_in_log.hpp).
#include "base/clock.hpp"

#include <chrono>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>

namespace auth {

struct ThrottleLimits {
    std::int64_t failures_max = 20;
    std::chrono::seconds window{5 * 60};
    std::chrono::seconds banned_for{10 * 60};
};

class Throttle {
public:
    explicit Throttle(ThrottleLimits limits) : limits_(limits) {}

    // How long the address has to wait; 0: it may try.
    std::chrono::seconds wait_of(std::string const& address, Instant now);
    // True: this failure is the one too many, and worth a line in the log.
    bool count_failure(std::string const& address, Instant now);

private:
    struct Failures {
        std::deque<Instant> at;
        Instant banned_until{};
    };
    void forget_old(Instant now);

    ThrottleLimits limits_;
    std::mutex mutex_;
    std::unordered_map<std::string, Failures> by_address_;
};

} // namespace auth

#pragma once
// 総当たり・リスト型攻撃: an address from which many sign-ins fail, whatever the names, has to
// wait, each time twice as long as before; a name that fails has to wait a little longer after each
// failure, whether it exists or not. Nobody's thread waits: who comes too soon is refused, and told
// for how long. Lives in memory: a restart forgives waits, never lockouts (sign_in_log.hpp).
#include "base/clock.hpp"

#include <chrono>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace auth {

struct ThrottleLimits {
    std::int64_t failures_max = 20;
    std::chrono::seconds window{5 * 60};
    std::chrono::seconds banned_for{10 * 60}; // the first time; at most sixteen times as long
    std::chrono::seconds first_delay{0};      // of a name; doubles up to delay_max. 0: none
};

class Throttle {
public:
    explicit Throttle(ThrottleLimits limits) : limits_(limits) {}

    // How long the address, or the name, has to wait; 0: it may try.
    std::chrono::seconds wait_of(std::string const& address, Instant now);
    std::chrono::seconds wait_of_name(std::string_view login_id, Instant now);
    // True: this failure is the one too many, and worth a line in the log.
    bool count_failure(std::string const& address, Instant now);
    void count_name(std::string_view login_id, Instant now);
    void forget_name(std::string_view login_id);
    // Which names fail from an address, refused tries included. True, once in ten minutes: more
    // than twenty different ones within ten minutes, as when somebody tries a stolen list.
    bool note_name(std::string const& address, std::string_view login_id, Instant now);

    static constexpr std::size_t names_alarming = 20;
    static constexpr std::chrono::minutes names_window{10};
    static constexpr std::chrono::seconds delay_max{30};

private:
    struct TriedName {
        std::string folded;
        Instant at;
    };
    struct Failures {
        std::deque<Instant> at;
        Instant banned_until{};
        std::int64_t bans = 0; // in a row; a day without one starts over
        std::vector<TriedName> names = {};
        Instant alarmed_at{};
    };
    struct Delay {
        std::int64_t failures = 0;
        Instant failed_at{};
        Instant next_at{};
    };
    void forget_old(Instant now);

    ThrottleLimits limits_;
    std::mutex mutex_;
    std::unordered_map<std::string, Failures> by_address_;
    std::unordered_map<std::string, Delay> by_name_;
};

} // namespace auth

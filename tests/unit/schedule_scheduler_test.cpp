#include "schedule/scheduler.hpp"

#include <doctest/doctest.h>

namespace {

using namespace std::chrono_literals;

// 23:00 in Japan is 14:00 UTC.
Instant at(std::chrono::days day, std::chrono::minutes utc) { return Instant{day + utc}; }

struct Nightly {
    base::SetClock clock{at(std::chrono::days{20'000}, 12h)};
    Instant const first_day = clock.now();
    std::optional<Instant> last;
    int runs = 0;
    int beats = 0;
    schedule::Scheduler scheduler = made(first_day);

    schedule::Scheduler made(Instant since)
    {
        return schedule::Scheduler{
            {{"backup", 23h, [this] { return last; },
              [this] {
                  ++runs;
                  last = clock.now();
              }}},
            {{"beat", 60s, [this] { ++beats; }}},
            since,
            clock
        };
    }
};

} // namespace

TEST_CASE_FIXTURE(Nightly, "a nightly task runs once a night, at its hour")
{
    scheduler.tick();
    CHECK(runs == 0);
    clock.advance(2h); // 23:00 in Japan
    scheduler.tick();
    scheduler.tick();
    CHECK(runs == 1);
    clock.advance(23h);
    scheduler.tick();
    CHECK(runs == 1);
    clock.advance(1h);
    scheduler.tick();
    CHECK(runs == 2);
}

TEST_CASE_FIXTURE(Nightly, "a night that was missed is made up for at the next start")
{
    clock.advance(30h);
    scheduler.tick();
    CHECK(runs == 1);
    CHECK(last == clock.now());
}

TEST_CASE_FIXTURE(Nightly, "a clock that was years ahead, and is put right, silences nothing")
{
    clock.set(at(std::chrono::days{25'000}, 15h)); // somebody typed the wrong year
    scheduler.tick();
    CHECK(runs == 1);
    clock.set(at(std::chrono::days{20'001}, 15h));
    scheduler.tick();
    CHECK(runs == 2);
    scheduler.tick();
    CHECK(runs == 2);
    clock.advance(24h);
    scheduler.tick();
    CHECK(runs == 3);
    auto const beaten = beats;
    clock.advance(61s);
    scheduler.tick();
    CHECK(beats == beaten + 1);
}

TEST_CASE_FIXTURE(Nightly, "an office that was opened by a clock in the future is backed up today")
{
    auto late = made(at(std::chrono::days{25'000}, 0h));
    clock.advance(3h);
    late.tick();
    CHECK(runs == 1);
}

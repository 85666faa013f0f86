#include "auth/throttle.hpp"

#include <doctest/doctest.h>

#include <fmt/format.h>

namespace {

using namespace std::chrono_literals;

constexpr Instant start{std::chrono::seconds{1'795'000'000}};

} // namespace

TEST_CASE("a name waits twice as long after each failure, up to half a minute")
{
    auth::Throttle throttle{{20, 5min, 10min, 1s}};
    auto now = start;
    for (auto const wait : {1s, 2s, 4s, 8s, 16s, 30s, 30s}) {
        throttle.count_name("Sato", now);
        CHECK(throttle.wait_of_name("sato", now) == wait);
        CHECK(throttle.wait_of_name("sato", now + wait - 1s) == 1s);
        now += wait;
        CHECK(throttle.wait_of_name("sato", now) == 0s);
    }
    CHECK(throttle.wait_of_name("abe", now) == 0s);
    throttle.count_name("sato", now + 30min); // half an hour of quiet starts over
    CHECK(throttle.wait_of_name("sato", now + 30min) == 1s);
    throttle.forget_name("SATO");
    CHECK(throttle.wait_of_name("sato", now + 30min) == 0s);
}

TEST_CASE("without a first delay no name waits")
{
    auth::Throttle throttle{{}};
    throttle.count_name("sato", start);
    CHECK(throttle.wait_of_name("sato", start) == 0s);
}

TEST_CASE("an address that goes on after its wait waits twice as long, sixteen times at most")
{
    auth::Throttle throttle{{1, 5min, 10min}};
    auto now = start;
    for (auto const wait : {10min, 20min, 40min, 80min, 160min, 160min}) {
        CHECK(throttle.count_failure("192.0.2.1", now));
        CHECK(throttle.wait_of("192.0.2.1", now) == wait);
        now += wait;
    }
    now += 24h; // a day of quiet
    CHECK(throttle.count_failure("192.0.2.1", now));
    CHECK(throttle.wait_of("192.0.2.1", now) == 10min);
}

TEST_CASE("more than twenty names of one address within ten minutes alarm, once in ten minutes")
{
    auth::Throttle throttle{{}};
    auto const note = [&](std::string const& address, int name, Instant now) {
        return throttle.note_name(address, fmt::format("Name{}", name), now);
    };
    for (int name = 0; name < 20; ++name) CHECK_FALSE(note("192.0.2.1", name, start));
    CHECK_FALSE(throttle.note_name("192.0.2.1", "name3", start)); // the same, in small letters
    CHECK_FALSE(note("192.0.2.2", 20, start));                    // another address
    CHECK(note("192.0.2.1", 20, start));
    for (int name = 21; name < 60; ++name) CHECK_FALSE(note("192.0.2.1", name, start + 1s));
    CHECK_FALSE(note("192.0.2.1", 99, start + 10min - 1s));
    for (int name = 0; name < 20; ++name) CHECK_FALSE(note("192.0.2.1", name, start + 20min));
    CHECK(note("192.0.2.1", 20, start + 20min));
}

TEST_CASE("names that come slowly do not alarm")
{
    auth::Throttle throttle{{}};
    for (int name = 0; name < 200; ++name)
        CHECK_FALSE(throttle.note_name("192.0.2.1", std::to_string(name), start + name * 30s));
}

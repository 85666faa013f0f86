#pragma once
// The only place that asks for the time. Tests hand in a Clock of their own; libfaketime works too.
#include <chrono>

using Instant = std::chrono::sys_seconds; // UTC

namespace base {

inline constexpr std::chrono::hours japan_offset{9}; // no summer time since 1952

class Clock {
public:
    Clock() = default;
    Clock(Clock const&) = delete;
    Clock& operator=(Clock const&) = delete;
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
public:
    Instant now() const override
    {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    }
};

class SetClock final : public Clock { // for tests: stands still until told otherwise
public:
    explicit SetClock(Instant start) : now_(start) {}
    Instant now() const override { return now_; }
    void set(Instant to) { now_ = to; }
    void advance(std::chrono::seconds by) { now_ += by; }

private:
    Instant now_;
};

} // namespace base

#pragma once
// 定時処理: what happens by itself at a time of day. A run that was missed because the machine was
// off is caught up at start. Run history is the job list; this room only decides when.
#include "base/clock.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace schedule {

struct DailyTask {
    std::string name;                             // "backup": for the log
    std::chrono::minutes time_of_day{};           // Japanese time
    std::function<std::optional<Instant>()> last; // when it last ran by itself, from its history
    std::function<void()> run;                    // starts a job and returns
};

struct Beat { // small upkeep that runs again and again
    std::string name;
    std::chrono::seconds every{60};
    std::function<void()> run;
};

// The newest moment at or before `now` at which the time of day came round in Japan.
Instant last_due(std::chrono::minutes time_of_day, Instant now);
Instant next_due(std::chrono::minutes time_of_day, Instant now);
std::chrono::minutes parse_time_of_day(std::string const& text); // "23:00", already checked

class Scheduler {
public:
    // Nothing before `since` (the office's first day) counts as missed.
    Scheduler(
        std::vector<DailyTask> tasks,
        std::vector<Beat> beats,
        Instant since,
        base::Clock const& clock
    );
    Scheduler(Scheduler const&) = delete;
    Scheduler& operator=(Scheduler const&) = delete;
    ~Scheduler();

    void start(); // a thread that calls tick() once a second
    void
    tick(); // runs what is due now; a task that throws is logged and tried at the next due time

    std::uint64_t beats() const { return ticks_; } // for the watchdog

private:
    void thread_loop();

    std::vector<DailyTask> tasks_;
    std::vector<Beat> beats_;
    std::vector<Instant> tried_; // per task: the due time that was dealt with
    std::vector<Instant> beaten_;
    Instant since_;
    base::Clock const& clock_;
    std::atomic<std::uint64_t> ticks_ = 0;
    std::mutex mutex_;
    std::condition_variable stop_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace schedule

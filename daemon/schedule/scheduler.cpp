#include "schedule/scheduler.hpp"

#include "base/log.hpp"
#include "domain/date.hpp"

namespace schedule {

namespace {

Instant due_on(Date day, std::chrono::minutes time_of_day)
{
    return Instant{std::chrono::sys_days{day} + time_of_day - base::japan_offset};
}

void run_guarded(std::string const& name, std::function<void()> const& run)
try {
    run();
} catch (std::exception const& error) {
    base::log::error("schedule", "task_failed", {{"task", name}, {"what", error.what()}});
}

} // namespace

Instant last_due(std::chrono::minutes time_of_day, Instant now)
{
    auto const today = due_on(domain::date_in_japan(now), time_of_day);
    return today <= now ? today : today - std::chrono::hours{24};
}

Instant next_due(std::chrono::minutes time_of_day, Instant now)
{
    return last_due(time_of_day, now) + std::chrono::hours{24};
}

std::chrono::minutes parse_time_of_day(std::string const& text)
{
    return std::chrono::hours{std::stoi(text.substr(0, 2))} +
           std::chrono::minutes{std::stoi(text.substr(3, 2))};
}

Scheduler::Scheduler(
    std::vector<DailyTask> tasks, std::vector<Beat> beats, Instant since, base::Clock const& clock
)
    : tasks_(std::move(tasks))
    , beats_(std::move(beats))
    , tried_(tasks_.size(), since)
    , beaten_(beats_.size(), since)
    , since_(since)
    , clock_(clock)
{
}

Scheduler::~Scheduler()
{
    {
        std::scoped_lock const lock{mutex_};
        stopping_ = true;
    }
    stop_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Scheduler::start()
{
    thread_ = std::thread{[this] { thread_loop(); }};
}

void Scheduler::thread_loop()
{
    std::unique_lock lock{mutex_};
    while (!stopping_) {
        lock.unlock();
        tick();
        lock.lock();
        stop_.wait_for(lock, std::chrono::seconds{1}, [&] { return stopping_; });
    }
}

void Scheduler::tick()
{
    auto const now = clock_.now();
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
        auto const due = last_due(tasks_[i].time_of_day, now);
        // A moment that has not come yet was noted by a clock that has been set back since: it must
        // not silence the task until then.
        auto const passed = [&](Instant noted) { return due <= noted && noted <= now; };
        if (passed(since_) || passed(tried_[i])) continue;
        tried_[i] = due;
        run_guarded(tasks_[i].name, [&] {
            auto const last = tasks_[i].last();
            if (!last || !passed(*last)) tasks_[i].run();
        });
    }
    for (std::size_t i = 0; i < beats_.size(); ++i) {
        // A clock that was set back must not silence the upkeep until it has caught up.
        if (now >= beaten_[i] && now - beaten_[i] < beats_[i].every) continue;
        beaten_[i] = now;
        run_guarded(beats_[i].name, beats_[i].run);
    }
    ++ticks_;
}

} // namespace schedule

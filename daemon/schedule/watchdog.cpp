#include "schedule/watchdog.hpp"

#include "base/log.hpp"

#include <systemd/sd-daemon.h>

#include <exception>
#include <utility>

namespace schedule {

Watchdog::Watchdog(Signs signs) : signs_(std::move(signs))
{
    std::uint64_t limit_us = 0;
    if (::sd_watchdog_enabled(0, &limit_us) <= 0 || limit_us == 0) return;
    thread_ = std::thread{[this, limit_us] { thread_loop(limit_us / 3); }};
}

Watchdog::~Watchdog()
{
    {
        std::scoped_lock const lock{mutex_};
        stopping_ = true;
    }
    stop_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Watchdog::ready() { ::sd_notify(0, "READY=1"); }
void Watchdog::stopping() { ::sd_notify(0, "STOPPING=1"); }

void Watchdog::thread_loop(std::uint64_t interval_us)
{
    std::unique_lock lock{mutex_};
    while (!stopping_) {
        lock.unlock();
        if (alive()) ::sd_notify(0, "WATCHDOG=1");
        lock.lock();
        stop_.wait_for(lock, std::chrono::microseconds{interval_us}, [&] { return stopping_; });
    }
}

bool Watchdog::alive()
{
    auto const scheduler = signs_.scheduler();
    auto const requests = signs_.requests();
    bool const scheduler_moves = scheduler != std::exchange(scheduler_seen_, scheduler);
    bool const requests_move = requests != std::exchange(requests_seen_, requests);
    bool const stuck = !scheduler_moves || (signs_.requests_wait() && !requests_move);
    try {
        signs_.write_probe();
    } catch (std::exception const& error) {
        // A full disk is not cured by a restart: the daemon goes on and says so.
        base::log::error("schedule", "write_probe_failed", {{"what", error.what()}});
    }
    if (stuck)
        base::log::error(
            "schedule", "watchdog_not_fed",
            {{"scheduler", std::to_string(scheduler)}, {"requests", std::to_string(requests)}}
        );
    return !stuck;
}

} // namespace schedule

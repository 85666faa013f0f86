#pragma once
// Feeds systemd's watchdog (Type=notify, WatchdogSec=) only while the daemon really works: the
// scheduler ticks, a write reaches the disk, and waiting requests are being taken up. A daemon that
// hangs in any of these is restarted.
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

namespace schedule {

class Watchdog {
public:
    struct Signs {
        std::function<std::uint64_t()> scheduler; // moves once a second
        std::function<std::uint64_t()> requests;  // moves when a request is taken up or answered
        std::function<bool()> requests_wait;
        std::function<void()> write_probe; // a durable write; throws when it fails
    };

    explicit Watchdog(Signs signs);
    Watchdog(Watchdog const&) = delete;
    Watchdog& operator=(Watchdog const&) = delete;
    ~Watchdog();

    static void ready();    // READY=1
    static void stopping(); // STOPPING=1

private:
    void thread_loop(std::uint64_t interval_us);
    bool alive();

    Signs signs_;
    std::uint64_t scheduler_seen_ = 0;
    std::uint64_t requests_seen_ = 0;
    std::mutex mutex_;
    std::condition_variable stop_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace schedule

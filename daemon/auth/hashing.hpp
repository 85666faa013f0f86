#pragma once
// Passwords are hashed at most two at once, behind a short queue: each hash takes 64 MiB and a
// tenth of a second of a core, and whoever is signed in must not notice.
#include "base/result.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace auth {

class Hashing {
public:
    // Both answer too_busy (503) when the queue is full.
    Result<std::string> hash(std::string_view password);
    // The same work for nobody (no hash) as for somebody.
    Result<bool> verify(std::string_view password, std::optional<std::string> const& hash);

private:
    class Place;
    static constexpr int running_max = 2;
    static constexpr int waiting_max = 50;

    std::mutex mutex_;
    std::condition_variable freed_;
    int running_ = 0;
    int waiting_ = 0;
};

} // namespace auth

#pragma once
// The challenges that wait for an answer: 256 bits each, for one ceremony of one session or one
// visit of the sign-in page, taken once, five minutes long. In memory only: a restart ends them.
#include "base/bytes.hpp"
#include "base/clock.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace passkeys {

inline constexpr std::chrono::minutes challenge_life{5};

enum class Purpose : std::uint8_t {
    sign_in,     // nobody is signed in
    second_step, // after the password
    proof,       // 本人確認 inside a session
    creation,    // of a new passkey
};

class Challenges {
public:
    struct Pending {
        Bytes challenge;
        Bytes user_handle; // of a creation
    };
    struct Owner {           // whose answer it must be
        std::string key;     // session, or the cookie of the sign-in page
        std::string address; // so that one visitor cannot push out what others wait for
    };

    // In place of the owner's last one for that purpose.
    Bytes issue(Owner const& owner, Purpose purpose, Instant now, Bytes user_handle = {});
    // Gone with this, right answer or wrong. Empty: none was issued, or too long ago.
    std::optional<Pending> take(std::string const& owner, Purpose purpose, Instant now);

private:
    struct Entry {
        Pending pending;
        std::string address;
        Instant issued_at;
        std::uint64_t number = 0;
    };
    void make_room(std::string const& address, Instant now);

    std::mutex mutex_;
    std::uint64_t last_number_ = 0;
    std::map<std::pair<std::string, Purpose>, Entry> entries_;
};

} // namespace passkeys

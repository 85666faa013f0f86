#pragma once
// The body behind a head that the guard let through: as long as the head says, or in chunks. Beast
// 1.81 keeps chunk extensions and trailers of any length and throws at some of them; nothing of
// ours sends either, so both are refused.
#include "net/guard.hpp"

namespace net {

class BodyReader {
public:
    enum class State { reading, done, bad_framing, too_large };

    BodyReader(Head const& head, std::uint64_t bytes_max);

    // Takes from the front of `bytes`. `data` is body and lies in them; nothing used: more bytes
    // are needed.
    struct Step {
        std::size_t used = 0;
        std::string_view data;
    };
    Step take(std::string_view bytes);
    State state() const { return state_; }

private:
    enum class Next { data, size, end_of_data, end_of_body };
    Step take_data(std::string_view bytes);
    Step take_size(std::string_view bytes);
    Step take_line_end(std::string_view bytes);
    Step stop(State why);

    bool chunked_;
    std::uint64_t bytes_max_;
    std::uint64_t left_; // of the body, or of the chunk
    std::uint64_t seen_ = 0;
    Next next_;
    State state_ = State::reading;
};

} // namespace net

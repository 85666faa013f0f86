#include "net/body.hpp"

#include <algorithm>
#include <charconv>

namespace net {

namespace {

constexpr std::size_t size_digits_max = 8;

} // namespace

BodyReader::BodyReader(Head const& head, std::uint64_t bytes_max)
    : chunked_(head.chunked)
    , bytes_max_(bytes_max)
    , left_(head.content_length.value_or(0))
    , next_(head.chunked ? Next::size : Next::data)
{
    if (chunked_) return;
    if (left_ > bytes_max_)
        state_ = State::too_large;
    else if (left_ == 0)
        state_ = State::done;
}

BodyReader::Step BodyReader::take(std::string_view bytes)
{
    if (state_ != State::reading || bytes.empty()) return {};
    switch (next_) {
    case Next::data: return take_data(bytes);
    case Next::size: return take_size(bytes);
    case Next::end_of_data:
    case Next::end_of_body: return take_line_end(bytes);
    }
    return {};
}

BodyReader::Step BodyReader::take_data(std::string_view bytes)
{
    auto const data = bytes.substr(0, std::min<std::uint64_t>(left_, bytes.size()));
    left_ -= data.size();
    if (left_ == 0) {
        next_ = Next::end_of_data;
        if (!chunked_) state_ = State::done;
    }
    return {data.size(), data};
}

BodyReader::Step BodyReader::stop(State why)
{
    state_ = why;
    return {};
}

// Hexadecimal digits and CRLF, nothing else.
BodyReader::Step BodyReader::take_size(std::string_view bytes)
{
    auto const line = bytes.substr(0, size_digits_max + 2);
    auto const digits = line.substr(0, line.find_first_not_of("0123456789abcdefABCDEF"));
    auto const end = line.substr(digits.size());
    if (digits.size() > size_digits_max) return stop(State::bad_framing);
    if (end.empty() || (end == "\r" && !digits.empty())) return {}; // the rest is on its way
    if (digits.empty() || !end.starts_with("\r\n")) return stop(State::bad_framing);
    std::uint64_t size = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
    seen_ += size;
    if (seen_ > bytes_max_) return stop(State::too_large);
    left_ = size;
    next_ = size == 0 ? Next::end_of_body : Next::data;
    return {digits.size() + 2, {}};
}

BodyReader::Step BodyReader::take_line_end(std::string_view bytes)
{
    if (bytes == "\r") return {}; // the rest is on its way
    // Else a trailer, or data beyond the chunk's size.
    if (!bytes.starts_with("\r\n")) return stop(State::bad_framing);
    if (next_ == Next::end_of_body) state_ = State::done;
    next_ = Next::size;
    return {2, {}};
}

} // namespace net

#pragma once
// The strict reading of a request's head, on the raw bytes, before Beast sees them. Beast 1.81's
// parser is lax about framing (reference/security.md F4); whatever two programs could read in two
// ways is refused here.
#include "net/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace net {

inline constexpr std::size_t head_bytes_max = 8192;

struct Head {
    Request request; // verb, path, query, headers
    std::optional<std::uint64_t> content_length;
    bool chunked = false;
    bool keep_alive = true;
    bool expects_continue = false;

    bool has_body() const { return chunked || content_length.value_or(0) > 0; }
};

struct Refusal {
    unsigned status = 400;
    char const* code = "bad_request";
};

struct GuardResult {
    std::optional<Head> head;
    Refusal refusal; // when there is no head; the connection is closed behind it
};

// `bytes` ends with the CRLFCRLF that ends the head. `hosts` are the names that Host may carry.
GuardResult read_head(std::string_view bytes, std::vector<std::string> const& hosts);

} // namespace net

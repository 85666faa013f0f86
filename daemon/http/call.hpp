#pragma once
// What a handler sees of one request, and the few shapes of answer beside plain structs.
#include "base/clock.hpp"
#include "base/result.hpp"
#include "http/caller.hpp"
#include "net/server.hpp"
#include "store/pool.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http {

// The client that the path names, resolved and permitted before the handler runs.
struct ClientInPath {
    std::int64_t id = 0;
    store::FileId book;
    bool ended = false;
};

struct Call {
    net::Request const& request;
    Caller const& caller;
    Instant now;
    std::vector<std::pair<std::string_view, std::string_view>> params; // {name} → segment
    ClientInPath client;                                               // Scope::client only

    // The numeric id in the path; the dispatcher has checked its form.
    std::int64_t id(std::string_view param) const;

    // A value of the query string, percent-decoded; absent and empty are the same.
    std::optional<std::string> query(std::string_view name) const;
    // Whole number between min and max, or `otherwise` when absent; faults name the parameter.
    Result<std::int64_t> query_number(
        std::string_view name, std::int64_t min, std::int64_t max, std::int64_t otherwise
    ) const;

    // If-Match: the row version the caller has seen. Absent: precondition_required (428).
    Result<std::int64_t> if_match() const;
    std::optional<std::string> idempotency_key() const; // 8 to 64 visible ASCII characters
    std::string file_name() const; // of an upload: X-File-Name, percent-decoded; empty: absent

    // What the access log may know of the object; never a name.
    mutable std::string object;
};

struct None {}; // 204

template <class T> struct Created { // 201
    T body;
};

struct Accepted { // 202: a job that goes on
    std::int64_t job_id = 0;
};
BOOST_DESCRIBE_STRUCT(Accepted, (), (job_id))

struct Download { // streamed; always an attachment
    std::unique_ptr<net::BodySource> source;
    std::uint64_t bytes = 0;
    std::string file_name; // UTF-8
    std::string content_type = "application/octet-stream";
};

struct Events { // server-sent events
    std::unique_ptr<net::EventSource> source;
};

template <class T> struct WithHeaders { // a struct and headers of its own (Set-Cookie)
    T body;
    std::vector<std::pair<std::string, std::string>> headers;
    unsigned status = 200;
};

} // namespace http

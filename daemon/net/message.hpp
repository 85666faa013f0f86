#pragma once
// Requests and answers as the rooms see them: no socket, no Beast.
#include <chrono>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace net {

enum class Verb : std::uint8_t { get, head, post, put, patch, del };

class Headers {
public:
    // Names are compared without case; the first of several wins. Empty: absent.
    std::string_view find(std::string_view name) const;
    void add(std::string_view name, std::string_view value) { all_.emplace_back(name, value); }

private:
    std::vector<std::pair<std::string, std::string>> all_;
};

// A certificate that the browser holds the key of, signed by an authority of the office.
struct ClientCertificate {
    std::string issuer; // SHA-256 of the authority's certificate, hex
    std::string serial; // hex

    friend auto operator<=>(ClientCertificate const&, ClientCertificate const&) = default;
};

struct Request {
    Verb verb = Verb::get;
    std::string path;  // percent-decoded once, without dot segments, starts with '/'
    std::string query; // raw text behind '?'
    Headers headers;
    std::string body;           // empty when it was streamed into a sink
    std::string peer;           // address of the socket's other end; "local" on the admin socket
    std::uint32_t peer_uid = 0; // admin socket only
    bool admin_socket = false;
    std::optional<ClientCertificate> certificate; // of the connection, also of a resumed session
    std::string request_id;                       // 32 hex digits, made here
};

// All called on a worker thread, in order, never two at once for one request.
struct BodySink {
    BodySink() = default;
    BodySink(BodySink const&) = delete;
    BodySink& operator=(BodySink const&) = delete;
    virtual ~BodySink() = default;
    virtual void write(std::string_view chunk) = 0;
};
struct BodySource {
    BodySource() = default;
    BodySource(BodySource const&) = delete;
    BodySource& operator=(BodySource const&) = delete;
    virtual ~BodySource() = default;
    virtual bool read(std::string& chunk) = 0; // false: nothing more
};
struct EventSource { // server-sent events; asked a few times a second
    EventSource() = default;
    EventSource(EventSource const&) = delete;
    EventSource& operator=(EventSource const&) = delete;
    virtual ~EventSource() = default;
    virtual bool poll(std::string& out) = 0; // false: the stream ends behind `out`
};

struct Response {
    unsigned status = 200;
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};
    std::unique_ptr<BodySource> source = {}; // streamed instead of `body`
    std::optional<std::uint64_t> source_bytes = {};
    std::unique_ptr<EventSource> events = {}; // or a stream of events
};

struct Plan { // what becomes of the body, decided from the head alone
    std::uint64_t body_bytes_max = 0;
    std::unique_ptr<BodySink> sink = {}; // set: the body is streamed there
    std::optional<Response> refuse = {}; // answer at once, read nothing more
};

// One request from its head to the end of its answer. `plan` (only when there is a body) and
// `handle` run on a worker thread, `finished` on an I/O thread: it must not wait for anything.
// None may throw.
class Exchange {
public:
    Exchange() = default;
    Exchange(Exchange const&) = delete;
    Exchange& operator=(Exchange const&) = delete;
    virtual ~Exchange() = default;
    virtual Plan plan() = 0;
    virtual Response handle(std::unique_ptr<BodySink> sink) = 0;
    virtual void
    finished(unsigned status, std::uint64_t bytes_out, std::chrono::microseconds took) = 0;
};

class Handler {
public:
    Handler() = default;
    Handler(Handler const&) = delete;
    Handler& operator=(Handler const&) = delete;
    virtual ~Handler() = default;
    // On an I/O thread, with the head read. `request` outlives the exchange; its body comes later.
    virtual std::unique_ptr<Exchange> take_up(Request const& request) = 0;
};

} // namespace net

#pragma once
// One connection, from its first byte to its last. Included by server.cpp only: everything here is
// coroutine code, and GCC 12 wants it named step by step (reference/style.md §1.1).
#include "base/secret.hpp"
#include "net/body.hpp"
#include "net/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <atomic>
#include <chrono>

namespace net {

namespace asio = boost::asio;
namespace beast = boost::beast;

inline constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

struct Shared { // what all sessions of a server use
    Handler& handler;
    Limits limits;
    std::vector<std::string> hosts;
    asio::thread_pool& workers;
    std::atomic<bool> draining = false;
    std::atomic<std::size_t> queued = 0;
    std::atomic<std::uint64_t> beats = 0;
};

// Runs `job` on a worker and comes back. Takes an lvalue on purpose: a capturing lambda temporary
// in a co_await expression is destroyed twice by GCC 12.
template <class Job>
asio::awaitable<std::invoke_result_t<Job&>> on_worker(asio::thread_pool& workers, Job& job)
{
    auto const home = co_await asio::this_coro::executor;
    co_await asio::dispatch(asio::bind_executor(workers.get_executor(), asio::use_awaitable));
    auto outcome = job(); // must not throw
    co_await asio::dispatch(asio::bind_executor(home, asio::use_awaitable));
    co_return outcome;
}

std::string head_of(Response const& response, Request const& request, bool keep_alive);
Response plain_refusal(Refusal refusal, std::string const& request_id);
std::string new_request_id();

enum class Outcome {
    answered, // the body was read, the answer is the handler's
    refused,  // answered without reading the body
    broken,   // the other side went away, or sent no whole body
};

enum class BodyEnd {
    whole,
    refused,   // the reader says why
    not_taken, // the sink failed: the disk is full, say
    broken,
};

inline constexpr std::size_t piece_bytes = 64 << 10; // of a body, handed to a worker at once
inline constexpr std::size_t read_bytes = 16 << 10;  // as much as a TLS record brings

template <class Stream> class Session {
public:
    Session(Shared& shared, Stream& stream, Request const& origin)
        : shared_(shared), stream_(stream), origin_(origin)
    {
    }

    asio::awaitable<void> serve()
    {
        bool again = true;
        while (again && !shared_.draining) again = co_await one_request();
    }

    std::atomic<bool> waiting = true; // between two requests: may be closed when draining
    bool left_unread = false;         // the last request was answered before it was read to its end

private:
    asio::awaitable<bool> one_request();
    asio::awaitable<bool> read_head_bytes(std::size_t& head_bytes);
    asio::awaitable<bool> refuse(Response response);
    asio::awaitable<Outcome> answer(Head& head, Exchange& exchange, Response& response);
    asio::awaitable<BodyEnd> read_body(Head& head, BodySink* sink, BodyReader& reader);
    asio::awaitable<bool> read_more();
    asio::awaitable<bool> write(Request const& request, Response& response, bool keep_alive);
    asio::awaitable<bool> write_text(std::string const& text);
    asio::awaitable<bool> stream_source(Response& response);
    asio::awaitable<bool> stream_events(Response& response);

    // A body may hold a password: it does not stay in memory that others are given.
    void forget_body(Request& request)
    {
        base::wipe(request.body.data(), request.body.size());
        if (buffer_.size() > 0) return; // the next request is in there already
        auto const room = buffer_.prepare(buffer_.capacity());
        base::wipe(room.data(), room.size());
    }

    void expires(std::chrono::milliseconds after)
    {
        beast::get_lowest_layer(stream_).expires_after(after);
    }

    Shared& shared_;
    Stream& stream_;
    Request const& origin_; // peer facts that every request of the connection carries
    beast::flat_buffer buffer_;
    std::uint64_t bytes_out_ = 0;
};

template <class Stream>
asio::awaitable<bool> Session<Stream>::read_head_bytes(std::size_t& head_bytes)
{
    expires(shared_.limits.idle);
    for (;;) {
        auto const data = buffer_.data();
        std::string_view const seen{static_cast<char const*>(data.data()), data.size()};
        auto const end = seen.find("\r\n\r\n");
        if (end != std::string_view::npos) {
            head_bytes = end + 4;
            co_return true;
        }
        if (seen.size() > head_bytes_max) {
            head_bytes = 0; // too long: answered by the caller
            co_return true;
        }
        bool const first = seen.empty();
        auto const room = buffer_.prepare(4096);
        auto const [error, got] = co_await stream_.async_read_some(room, as_result);
        if (error) co_return false;
        buffer_.commit(got);
        waiting = false;
        if (first) expires(shared_.limits.header); // for the whole head, not for each piece
    }
}

template <class Stream> asio::awaitable<bool> Session<Stream>::refuse(Response response)
{
    left_unread = true;
    Request const nobody;
    co_await write(nobody, response, false);
    co_return false;
}

inline Refusal refusal_of(unsigned status, char const* code)
{
    Refusal refusal;
    refusal.status = status;
    refusal.code = code;
    return refusal;
}

template <class Stream> asio::awaitable<bool> Session<Stream>::one_request()
{
    waiting = true;
    std::size_t head_bytes = 0;
    bool const got_head = co_await read_head_bytes(head_bytes);
    waiting = false;
    if (!got_head) co_return false;
    ++shared_.beats;
    auto const request_id = new_request_id();
    auto const too_long = refusal_of(431, "head_too_long");
    if (head_bytes == 0) co_return co_await refuse(plain_refusal(too_long, request_id));
    auto const data = buffer_.data();
    std::string_view const bytes{static_cast<char const*>(data.data()), head_bytes};
    auto guarded = read_head(bytes, shared_.hosts);
    if (!guarded.head) co_return co_await refuse(plain_refusal(guarded.refusal, request_id));
    auto& head = *guarded.head;
    buffer_.consume(head_bytes);
    head.request.peer = origin_.peer;
    head.request.peer_uid = origin_.peer_uid;
    head.request.admin_socket = origin_.admin_socket;
    head.request.certificate = origin_.certificate;
    head.request.request_id = request_id;
    auto const too_busy = refusal_of(503, "too_busy");
    if (shared_.queued >= shared_.limits.queued_requests_max)
        co_return co_await refuse(plain_refusal(too_busy, request_id));

    auto const started = std::chrono::steady_clock::now();
    bytes_out_ = 0;
    auto const exchange = shared_.handler.take_up(head.request);
    Response response;
    auto outcome = Outcome::broken;
    ++shared_.queued;
    try {
        outcome = co_await answer(head, *exchange, response);
    } catch (...) {
        --shared_.queued;
        throw;
    }
    --shared_.queued;
    forget_body(head.request);
    if (outcome == Outcome::broken) co_return false;
    left_unread = outcome == Outcome::refused;
    bool const keep_alive = head.keep_alive && outcome == Outcome::answered && !shared_.draining;
    auto const status = response.status;
    bool const written = co_await write(head.request, response, keep_alive);
    auto const took = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - started
    );
    exchange->finished(status, bytes_out_, took);
    ++shared_.beats;
    co_return written&& keep_alive;
}

// Plan from the head, body, then the handler. A refused plan leaves the body unread: the connection
// cannot be used again.
template <class Stream>
asio::awaitable<Outcome> Session<Stream>::answer(Head& head, Exchange& exchange, Response& response)
{
    Plan plan;
    if (head.has_body()) {
        auto make_plan = [&] { return exchange.plan(); };
        plan = co_await on_worker(shared_.workers, make_plan);
        if (plan.refuse) {
            response = std::move(*plan.refuse);
            co_return Outcome::refused;
        }
        BodyReader reader{head, plan.body_bytes_max};
        auto const end = co_await read_body(head, plan.sink.get(), reader);
        if (end == BodyEnd::broken) co_return Outcome::broken;
        if (end != BodyEnd::whole) {
            auto refusal = refusal_of(400, "bad_framing");
            if (reader.state() == BodyReader::State::too_large)
                refusal = refusal_of(413, "too_large");
            if (end == BodyEnd::not_taken) refusal = refusal_of(503, "store_failed");
            response = plain_refusal(refusal, head.request.request_id);
            co_return Outcome::refused;
        }
    }
    auto handle = [&] { return exchange.handle(std::move(plan.sink)); };
    response = co_await on_worker(shared_.workers, handle);
    co_return Outcome::answered;
}

// False: the other side went away, or was too slow.
template <class Stream> asio::awaitable<bool> Session<Stream>::read_more()
{
    expires(shared_.limits.body_step);
    auto const room = buffer_.prepare(read_bytes);
    auto const [error, got] = co_await stream_.async_read_some(room, as_result);
    buffer_.commit(got);
    co_return !error;
}

template <class Stream>
asio::awaitable<BodyEnd> Session<Stream>::read_body(Head& head, BodySink* sink, BodyReader& reader)
{
    if (head.expects_continue && reader.state() == BodyReader::State::reading) {
        std::string const go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        bool const sent = co_await write_text(go_on);
        if (!sent) co_return BodyEnd::broken;
    }
    std::string piece;
    auto hand_on = [&] {
        try {
            sink->write(piece);
            return true;
        } catch (std::exception const&) {
            return false;
        }
    };
    auto const deadline = std::chrono::steady_clock::now() + shared_.limits.body_whole;
    while (reader.state() == BodyReader::State::reading) {
        auto const data = buffer_.data();
        auto const step = reader.take({static_cast<char const*>(data.data()), data.size()});
        auto& into = sink ? piece : head.request.body;
        into.append(step.data);
        buffer_.consume(step.used);
        bool const over = reader.state() != BodyReader::State::reading;
        if (sink && !piece.empty() && (over || piece.size() >= piece_bytes)) {
            bool const taken = co_await on_worker(shared_.workers, hand_on);
            if (!taken) co_return BodyEnd::not_taken;
            piece.clear();
        }
        if (over || step.used > 0) continue;
        bool const more = co_await read_more();
        if (!more || std::chrono::steady_clock::now() > deadline) co_return BodyEnd::broken;
    }
    if (reader.state() == BodyReader::State::done) co_return BodyEnd::whole;
    co_return BodyEnd::refused;
}

template <class Stream> asio::awaitable<bool> Session<Stream>::write_text(std::string const& text)
{
    expires(shared_.limits.write_step);
    auto const bytes = asio::buffer(text);
    auto const [error, sent] = co_await asio::async_write(stream_, bytes, as_result);
    bytes_out_ += sent;
    co_return !error;
}

template <class Stream>
asio::awaitable<bool>
Session<Stream>::write(Request const& request, Response& response, bool keep_alive)
{
    auto text = head_of(response, request, keep_alive);
    bool const streams = response.source || response.events;
    if (request.verb == Verb::head || !streams) {
        if (request.verb != Verb::head) text += response.body;
        co_return co_await write_text(text);
    }
    bool const head_sent = co_await write_text(text);
    if (!head_sent) co_return false;
    if (response.source) co_return co_await stream_source(response);
    co_return co_await stream_events(response);
}

template <class Stream> asio::awaitable<bool> Session<Stream>::stream_source(Response& response)
{
    std::string chunk;
    auto read = [&] {
        try {
            chunk.clear();
            return response.source->read(chunk) ? 1 : 0;
        } catch (std::exception const&) {
            return -1; // the length was promised: closing tells the browser that it is not whole
        }
    };
    for (;;) {
        int const more = co_await on_worker(shared_.workers, read);
        if (more < 0) co_return false;
        if (!chunk.empty()) {
            bool const sent = co_await write_text(chunk);
            if (!sent) co_return false;
        }
        if (more == 0) co_return true;
    }
}

template <class Stream> asio::awaitable<bool> Session<Stream>::stream_events(Response& response)
{
    constexpr int beats_between_signs_of_life = 40; // of 250 ms
    auto const executor = co_await asio::this_coro::executor;
    asio::steady_timer timer{executor};
    std::string events;
    auto poll = [&] {
        events.clear();
        try {
            return response.events->poll(events);
        } catch (std::exception const&) {
            return false;
        }
    };
    int quiet = 0;
    bool more = true;
    while (more && !shared_.draining) {
        more = co_await on_worker(shared_.workers, poll);
        if (events.empty() && ++quiet >= beats_between_signs_of_life) events = ": \n\n";
        if (!events.empty()) {
            quiet = 0;
            bool const sent = co_await write_text(events);
            if (!sent) co_return false;
        }
        if (!more) break;
        timer.expires_after(std::chrono::milliseconds{250});
        auto const [error] = co_await timer.async_wait(as_result);
        if (error) co_return false;
    }
    co_return false; // an event stream ends with its connection
}

} // namespace net

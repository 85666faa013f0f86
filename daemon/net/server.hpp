#pragma once
// The transport: a TLS listener for the office's browsers and a unix socket for the CLI. Requests
// are read by coroutines on the I/O threads, carried out on worker threads by the Handler, and
// written by the coroutine.
#include "net/message.hpp"
#include "net/tls.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace net {

struct Limits {
    std::size_t connections_max = 1000;
    std::size_t connections_per_address_max = 64;
    std::size_t handshakes_max = 128;
    std::size_t queued_requests_max = 512; // beyond: 503
    std::chrono::milliseconds handshake{10'000};
    std::chrono::milliseconds header{10'000}; // from the first byte of a head to its last
    std::chrono::milliseconds idle{30'000};   // between two requests
    std::chrono::milliseconds body_step{15'000};
    std::chrono::milliseconds body_whole{600'000};
    std::chrono::milliseconds write_step{30'000};
    std::chrono::milliseconds drain{20'000};
};

struct ServerOptions {
    std::string address = "0.0.0.0";
    std::uint16_t port = 8443;      // 0: any free one
    std::vector<std::string> hosts; // names that Host may carry, beside localhost and addresses
    std::function<TlsIdentity()> identity; // asked at start and at each reload
    std::filesystem::path admin_socket;    // empty: none
    unsigned io_threads = 2;
    unsigned workers = 4;
    Limits limits;
};

class Server {
public:
    Server(ServerOptions options, Handler& handler); // throws when it cannot listen
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;
    ~Server();

    std::uint16_t port() const;
    // Returns after SIGTERM or SIGINT (or stop()), when the requests under way are answered or
    // `limits.drain` has passed. `ready` is called once the listeners accept.
    void run(std::function<void()> const& ready);
    void stop(); // from any thread

    // New connections use the identity that there is now; those that are open go on. Throws and
    // keeps the old one when certificate and key do not fit.
    void reload_identity();

    // Grows with every request taken up or finished; for the watchdog.
    std::uint64_t heartbeat() const;
    bool requests_wait() const; // some are read but not answered yet

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace net

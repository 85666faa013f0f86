#pragma once
// From a request to the function behind its route: route lookup, identity, CSRF, right and scope
// are settled from the head alone, before a byte of the body is read.
#include "http/route.hpp"
#include "net/server.hpp"

#include <functional>
#include <unordered_map>
#include <vector>

namespace http {

// Who the request speaks for; implemented by auth/.
class Identity {
public:
    Identity() = default;
    Identity(Identity const&) = delete;
    Identity& operator=(Identity const&) = delete;
    virtual ~Identity() = default;
    virtual std::shared_ptr<Caller const> // never empty
    caller_of(net::Request const& request, Instant now, Look look) = 0;
};

// What else a request must pass once it is known who asks: networks, hours, devices. Asked for
// every request under /api/, so that a change reaches running sessions at once; the console is not
// asked.
class Gate {
public:
    Gate() = default;
    Gate(Gate const&) = delete;
    Gate& operator=(Gate const&) = delete;
    virtual ~Gate() = default;
    virtual Result<void> admit(Caller const& caller, net::Request const& request, Instant now) = 0;
    // What everybody hears whom sign-in refuses, whatever the reason. Where admit() would refuse
    // this account (0: a name that nobody has), this refuses with the same words: who has found
    // the right password must not see it in the answer.
    virtual Result<void> admit_stranger(std::int64_t, net::Request const&, Instant) { return {}; }
};

// Which book belongs to a client; implemented by clients/.
class ClientDirectory {
public:
    ClientDirectory() = default;
    ClientDirectory(ClientDirectory const&) = delete;
    ClientDirectory& operator=(ClientDirectory const&) = delete;
    virtual ~ClientDirectory() = default;
    virtual std::optional<ClientInPath> find_client(std::int64_t client_id) = 0;
};

struct AccessRecord { // one line of the access log
    Instant at;
    std::int64_t account_id = 0;
    std::string address;
    std::string operation;
    std::int64_t client_id = 0;
    std::string object;
    unsigned status = 0;
    std::uint64_t bytes = 0;
    std::int64_t microseconds = 0;
    std::string request_id;
};

// RFC 9457 answer: {"type":"about:blank","title":…,"status":…,"code":…,"fields":[…],"request_id":…}
net::Response respond_problem(Problem const& problem, std::string_view request_id);

class Dispatcher final : public net::Handler {
public:
    struct Parts {
        Identity& identity;
        ClientDirectory& clients;
        base::Clock const& clock;
        std::vector<Gate*> gates; // in this order; the first refusal is the answer
        std::function<net::Response(net::Request const&)> pages; // everything outside /api/
        std::function<void(AccessRecord)> access_log;
        std::uint64_t json_bytes_max = 1 << 20;
        std::uint64_t upload_bytes_max = 100ULL << 20;
    };

    Dispatcher(Parts parts, std::vector<RoomRoutes> const& rooms);

    std::unique_ptr<net::Exchange> take_up(net::Request const& request) override;

private:
    class OneRequest;
    struct Place { // a route, and the object of its room
        Route const* route = nullptr;
        void* room = nullptr;
    };

    Parts parts_;
    std::unordered_map<std::string, std::vector<Place>> by_shape_; // "/api/v1/clients/{}"
};

} // namespace http

#pragma once
// From a request to the function behind its route: route lookup, identity, CSRF, right and scope
// are settled from the head alone, before a byte of the body is read.
#include "http/route.hpp"
#include "net/server.hpp"

#include <functional>
#include <vector>

namespace http {

// Who the request speaks for; implemented by auth/.
class Identity {
public:
    Identity() = default;
    Identity(Identity const&) = delete;
    Identity& operator=(Identity const&) = delete;
    virtual ~Identity() = default;
    virtual Caller caller_of(net::Request const& request, Instant now) = 0;
    // The token that a changing request must carry in X-CSRF-Token; empty: nobody is signed in.
    virtual std::string csrf_token_of(Caller const& caller) = 0;
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
        std::function<net::Response(net::Request const&)> pages; // everything outside /api/
        std::function<void(AccessRecord const&)> access_log;
        std::uint64_t json_bytes_max = 1 << 20;
        std::uint64_t upload_bytes_max = 100ULL << 20;
    };

    Dispatcher(Parts parts, std::vector<RoomRoutes> rooms);

    net::Plan plan(net::Request const& head) override;
    net::Response handle(net::Request const& request, std::unique_ptr<net::BodySink> sink) override;
    void finished(
        net::Request const& request,
        unsigned status,
        std::uint64_t bytes_out,
        std::chrono::microseconds took
    ) override;

private:
    struct Match;
    struct Admitted;
    Result<Match> find_route(net::Request const& request) const;
    Result<Admitted> admit(net::Request const& request);
    Result<void> check_origin(net::Request const& request, Caller const& caller, Route const&);

    Parts parts_;
    std::vector<RoomRoutes> rooms_;
};

} // namespace http

#include "http/dispatch.hpp"

#include <doctest/doctest.h>

namespace {

struct Ticks final : net::EventSource {
    bool poll(std::string& out) override
    {
        out = "data: 1\n\n";
        return true;
    }
};

struct Room {
    Result<http::Events> events(http::Call&) { return http::Events{std::make_unique<Ticks>()}; }
    http::RoomRoutes routes()
    {
        static constexpr http::Route table[] = {
            {http::Verb::get, "/api/v1/ticks", http::Right::job_view, http::Scope::office, "ticks",
             http::on<&Room::events>}
        };
        return {table, this};
    }
};

struct Person final : http::Identity {
    http::Caller caller;
    int uses = 0;
    std::shared_ptr<http::Caller const>
    caller_of(net::Request const&, Instant, http::Look look) override
    {
        if (look == http::Look::use) ++uses;
        return std::make_shared<http::Caller const>(caller);
    }
};

struct Device final : http::Gate {
    bool revoked = false;
    Result<void> admit(http::Caller const&, net::Request const&, Instant) override
    {
        if (revoked) return Problem{Fault::forbidden, "device_certificate_revoked"};
        return {};
    }
};

struct Nowhere final : http::ClientDirectory {
    std::optional<http::ClientInPath> find_client(std::int64_t) override { return std::nullopt; }
};

struct OpenStream {
    base::SetClock clock{Instant{std::chrono::seconds{1'795'000'000}}};
    Room room;
    Person person;
    Device device;
    Nowhere clients;
    http::Dispatcher dispatcher{
        {person, clients, clock, {&device}, {}, [](http::AccessRecord const&) {}}, {room.routes()}
    };
    net::Request request;
    std::unique_ptr<net::Exchange> exchange;
    net::Response answer;

    OpenStream()
    {
        request.path = "/api/v1/ticks";
        person.caller.account_id = 1;
        person.caller.grant(http::Right::job_view);
        exchange = dispatcher.take_up(request);
        answer = exchange->handle(nullptr);
        REQUIRE(answer.events);
        REQUIRE(goes_on());
    }
    bool goes_on()
    {
        std::string out;
        bool const more = answer.events->poll(out);
        CHECK(more == !out.empty()); // nothing leaves once it is over
        return more;
    }
};

} // namespace

TEST_CASE_FIXTURE(OpenStream, "a stream of events ends when its device is revoked")
{
    device.revoked = true;
    CHECK_FALSE(goes_on());
}

TEST_CASE_FIXTURE(OpenStream, "a stream of events ends with the session and with the right")
{
    person.caller = {};
    CHECK_FALSE(goes_on());
    person.caller.account_id = 1; // still there, but the role has gone
    CHECK_FALSE(goes_on());
}

TEST_CASE_FIXTURE(OpenStream, "an open stream of events is no use of the session")
{
    auto const before = person.uses;
    for (int i = 0; i < 10; ++i) CHECK(goes_on());
    CHECK(person.uses == before);
}

#include "admission/gates.hpp"
#include "auth/accounts.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

namespace {

using namespace admission;
using namespace std::chrono_literals;
using enum AccountClass;

std::vector<Window> const weekdays{
    {{Day::mon, Day::tue, Day::wed, Day::thu, Day::fri}, "07:00", "22:00"}
};

Instant japanese(std::chrono::sys_days day, std::chrono::seconds time)
{
    return day + time - base::japan_offset;
}
constexpr std::chrono::sys_days friday =
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::November / 20};

struct Admission : TestOffice {
    roles::RoleBook roles{pool, recorder, clock};
    auth::Accounts accounts{{pool, recorder, clock, roles}};
    Access access{pool, recorder, clock, {}};
    NetworkGate networks{access};
    HoursGate hours{access, pool};
    std::int64_t const sato =
        accounts.create_ready({"sato", "佐藤", {"staff"}, false, {}, {}, {}}, {"x", true}).id;

    http::Caller somebody(AccountClass of, std::vector<std::int64_t> clients = {}) const
    {
        http::Caller caller;
        caller.account_id = sato;
        caller.account_class = of;
        caller.clients = std::move(clients);
        caller.session = "one";
        return caller;
    }
    std::string from(std::string const& address, http::Caller const& caller)
    {
        net::Request request;
        request.peer = address;
        auto const admitted = networks.admit(caller, request, clock.now());
        return admitted ? "in" : admitted.error().code;
    }
    std::string at(Instant now, http::Caller const& caller)
    {
        clock.set(now);
        net::Request request;
        request.peer = "192.168.1.9";
        auto const admitted = hours.admit(caller, request, now);
        return admitted ? "in" : admitted.error().code;
    }
    std::int64_t findings()
    {
        return pool.read(log)
            .one<std::int64_t>("SELECT count(*) FROM finding WHERE class = 'access_hours'")
            .value_or(0);
    }
    std::int64_t make_client(std::string const& code)
    {
        auto transaction = pool.begin(office);
        transaction.exec(
            R"(INSERT INTO client (code, name, name_kana, name_key, kana_key, state, colour,
                                   book_id, created_at, updated_at)
               VALUES (?1, 'A', 'A', 'A', 'A', 'active', 0, ?2, 0, 0))",
            code, base::random_id()
        );
        auto const id = transaction.last_id();
        transaction.commit(recorder.append(transaction, {"test", "client", "client", "{}"}));
        return id;
    }
};

} // namespace

TEST_CASE_FIXTURE(Admission, "at first everybody comes from private networks, and only from there")
{
    for (auto const of : {administrator, staff, client, employee}) {
        CHECK(from("192.168.1.9", somebody(of)) == "in");
        CHECK(from("203.0.113.9", somebody(of)) == "network_not_allowed");
    }
    CHECK(from("203.0.113.9", {}) == "network_not_allowed");
    CHECK(from("", {}) == "network_not_allowed");
    CHECK(from("garbage", {}) == "network_not_allowed");
}

TEST_CASE_FIXTURE(Admission, "a list is its class's own, and whoever signs in comes from any list")
{
    std::vector<NetworkEntry> const list{{"203.0.113.0/24", "支店"}};
    REQUIRE(access.set_list(staff, list, {"account:9", 0}));
    CHECK(from("203.0.113.9", somebody(staff)) == "in");
    CHECK(from("192.168.1.9", somebody(staff)) == "network_not_allowed");
    CHECK(from("203.0.113.9", somebody(administrator)) == "network_not_allowed");
    CHECK(from("203.0.113.9", {}) == "in");
    CHECK(from("192.168.1.9", {}) == "in");
    CHECK(from("203.0.112.9", {}) == "network_not_allowed");

    Access const read_anew{pool, recorder, clock, {}};
    CHECK(read_anew.rules()->networks_admit(somebody(staff), *parse_address("203.0.113.9")));

    CHECK_FALSE(access.set_list(staff, list, {"account:9", 0})); // somebody was faster
    auto const back = access.set_list(staff, std::nullopt, {"account:9", 1});
    REQUIRE(back);
    CHECK(back->version == 2);
    CHECK(from("192.168.1.9", somebody(staff)) == "in");
    CHECK(audit::first_bad_row(pool.read(office), audit::chain_key(test_root(), office)) == 0);
}

TEST_CASE_FIXTURE(Admission, "an empty list lets nobody of its class in")
{
    REQUIRE(access.set_list(employee, std::vector<NetworkEntry>{}, {"account:9", 0}));
    CHECK(from("192.168.1.9", somebody(employee)) == "network_not_allowed");
    CHECK(from("192.168.1.9", somebody(staff)) == "in");
}

TEST_CASE_FIXTURE(Admission, "a company's list stands in place of its class's, for its people only")
{
    auto const ours = make_client("1");
    auto const other = make_client("2");
    std::vector<NetworkEntry> const list{{"203.0.113.7", ""}};
    REQUIRE(access.set_list_of_client(ours, list, {"account:9", 0}));
    CHECK(from("203.0.113.7", somebody(client, {ours})) == "in");
    CHECK(from("203.0.113.7", somebody(employee, {ours})) == "in");
    CHECK(from("192.168.1.9", somebody(client, {ours})) == "network_not_allowed");
    CHECK(from("203.0.113.7", somebody(client, {other})) == "network_not_allowed");
    CHECK(from("192.168.1.9", somebody(client, {other})) == "in");
    CHECK(from("203.0.113.7", somebody(staff, {ours})) == "network_not_allowed"); // works for it
    CHECK(from("203.0.113.7", somebody(client, {ours, other})) == "network_not_allowed");
    CHECK(access.clients_with_lists() == std::vector{ours});
    REQUIRE(access.set_list_of_client(ours, std::nullopt, {"account:9", 1}));
    CHECK(from("192.168.1.9", somebody(client, {ours})) == "in");
    CHECK(access.clients_with_lists().empty());
}

TEST_CASE_FIXTURE(Admission, "hours include both of their ends, and not the second after")
{
    REQUIRE(access.set_hours(staff, {0, HoursMode::refuse, weekdays}, {"account:9", 0}));
    auto const who = somebody(staff);
    CHECK(at(japanese(friday, 7h - 1s), who) == "outside_hours");
    CHECK(at(japanese(friday, 7h), who) == "in");
    CHECK(at(japanese(friday, 22h), who) == "in");
    CHECK(at(japanese(friday, 22h + 1s), who) == "outside_hours");
    CHECK(at(japanese(friday + std::chrono::days{1}, 12h), who) == "outside_hours");
    CHECK(at(japanese(friday + std::chrono::days{3}, 12h), who) == "in");
    CHECK(at(japanese(friday, 23h), somebody(administrator)) == "in"); // another class
    CHECK(at(japanese(friday, 23h), {}) == "in"); // the sign-in asks when it knows who it is
    CHECK(findings() == 0);
}

TEST_CASE("a window may reach the end of the day, and several add up")
{
    std::vector<Window> const night{{{Day::fri}, "22:00", "24:00"}, {{Day::sat}, "00:00", "02:30"}};
    CHECK(window_faults(night, "windows").empty());
    CHECK(within(night, japanese(friday, 24h - 1s)));
    CHECK(within(night, japanese(friday, 24h)));
    CHECK(within(night, japanese(friday, 26h + 30min)));
    CHECK_FALSE(within(night, japanese(friday, 26h + 30min + 1s)));
    CHECK_FALSE(within({}, japanese(friday, 12h)));
}

TEST_CASE("faults of windows name the field")
{
    auto const fault = [](Window const& window) {
        auto const faults = window_faults({window}, "windows");
        return faults.empty() ? "" : faults.front().field + " " + faults.front().message;
    };
    CHECK(fault({{}, "07:00", "22:00"}) == "windows.0.days bad_days");
    CHECK(fault({{Day::mon, Day::mon}, "07:00", "22:00"}) == "windows.0.days bad_days");
    CHECK(fault({{Day::mon}, "7:00", "22:00"}) == "windows.0.from bad_time_of_day");
    CHECK(fault({{Day::mon}, "07:00", "24:01"}) == "windows.0.to bad_time_of_day");
    CHECK(fault({{Day::mon}, "07:60", "22:00"}) == "windows.0.from bad_time_of_day");
    CHECK(fault({{Day::mon}, "22:00", "07:00"}) == "windows.0.to before_its_start");
    CHECK(fault({{Day::mon}, "07:00", "07:00"}) == "windows.0.to before_its_start");
    std::vector<Window> const many(15, Window{{Day::mon}, "07:00", "22:00"});
    CHECK(window_faults(many, "windows").front().message == "too_many_windows");
}

TEST_CASE_FIXTURE(Admission, "in flag mode people get in, and a session is noted once a day")
{
    REQUIRE(access.set_hours(staff, {0, HoursMode::flag, weekdays}, {"account:9", 0}));
    auto who = somebody(staff);
    CHECK(at(japanese(friday, 22h), who) == "in");
    CHECK(findings() == 0);
    CHECK(at(japanese(friday, 22h + 1s), who) == "in");
    CHECK(at(japanese(friday, 23h), who) == "in");
    CHECK(findings() == 1);
    who.session = "another";
    CHECK(at(japanese(friday, 23h), who) == "in");
    CHECK(findings() == 2);
    CHECK(at(japanese(friday + std::chrono::days{1}, 8h), who) == "in");
    CHECK(findings() == 3);
    who.session.clear(); // the sign-in itself: its session will be noted
    CHECK(at(japanese(friday + std::chrono::days{1}, 8h), who) == "in");
    CHECK(findings() == 3);
}

TEST_CASE_FIXTURE(Admission, "an exception is somebody's, from its first second to its last")
{
    REQUIRE(access.set_hours(staff, {0, HoursMode::refuse, weekdays}, {"account:9", 0}));
    auto const begins = japanese(friday, 22h);
    clock.set(begins - 1h);
    auto const added =
        access.add_exception({0, sato, begins, begins + 2h, "賞与の計算", "account:9", {}});
    auto const who = somebody(staff);
    CHECK(at(begins + 1s, who) == "in");
    CHECK(at(begins + 2h - 1s, who) == "in");
    CHECK(at(begins + 2h, who) == "outside_hours");
    auto other = who;
    other.account_id = 99;
    CHECK(at(begins + 1h, other) == "outside_hours");
    CHECK(access.end_exception(added.id, "account:9"));
    CHECK_FALSE(access.end_exception(added.id, "account:9"));
    CHECK(at(begins + 1h, who) == "outside_hours");
}

TEST_CASE_FIXTURE(Admission, "a reset puts networks and hours of one class back")
{
    REQUIRE(access.set_list(administrator, std::vector<NetworkEntry>{}, {"account:9", 0}));
    REQUIRE(access.set_list(staff, std::vector<NetworkEntry>{}, {"account:9", 0}));
    REQUIRE(access.set_hours(administrator, {0, HoursMode::refuse, {}}, {"account:9", 0}));
    access.reset(administrator, "console:uid0");
    CHECK(from("192.168.1.9", somebody(administrator)) == "in");
    CHECK(at(japanese(friday, 3h), somebody(administrator)) == "in");
    CHECK(from("192.168.1.9", somebody(staff)) == "network_not_allowed");
    CHECK(access.list_of(administrator).version == 2);
}

#include "asked.hpp"
#include "auth/own_account.hpp"
#include "crypto/password.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

namespace {

using namespace std::chrono_literals;

std::string const password = "kiiroi ringo to umi";
std::string const& password_hash() // Argon2id takes its time: once for all tests
{
    static std::string const hash = crypto::hash_password(password);
    return hash;
}

auth::Policies::Floor three_failures() // lock a name; no second factor is asked for
{
    auth::Policies::Floor floor;
    for (auto& rules : floor.of_class) rules.lockout_failures = 3;
    return floor;
}

struct Entrance : TestOffice {
    roles::RoleBook roles{pool, recorder, clock};
    auth::Accounts accounts{{pool, recorder, clock, roles}};
    auth::Sessions sessions{{}};
    auth::SecondFactors second_factors{pool, recorder, clock};
    auth::SignInLog sign_ins{pool, {3, 30min}};
    auth::Throttle throttle{{}};
    auth::Hashing hashing;
    auth::Policies policies{pool, recorder, three_failures()};
    struct Elsewhere final : http::Gate { // keeps everybody out with this code; "": nobody
        std::string code;
        Result<void> admit(http::Caller const&, net::Request const&, Instant) override
        {
            if (code.empty()) return {};
            return Problem{Fault::forbidden, code};
        }
    } gate;
    auth::Door door{
        {accounts, roles, sessions, second_factors, sign_ins, throttle, hashing, policies}
    };
    auth::OwnAccount own{{accounts, sessions, second_factors, sign_ins, door, policies}};
    std::int64_t const sato =
        accounts
            .create_ready({"sato", "佐藤", {"staff"}, false, {}, {}, {}}, {password_hash(), true})
            .id;

    std::string sign_in(std::string const& login_id, std::string const& word)
    {
        Asked asked{clock.now()};
        asked.request.peer = "192.0.2.7";
        auto const answer = door.sign_in(asked.call, {login_id, word});
        if (!answer) return answer.error().code;
        token = answer->headers.at(0).second;
        token = token.substr(0, token.find(';'));
        return "in";
    }
    std::string set_up(std::string const& login_id, std::string const& code)
    {
        Asked asked{clock.now()};
        auto const answer = door.set_up_account(asked.call, {login_id, code, password});
        return answer ? "in" : answer.error().code;
    }
    std::shared_ptr<http::Caller const> caller()
    {
        net::Request request;
        request.headers.add("Cookie", "other=1; " + token);
        return door.caller_of(request, clock.now(), http::Look::use);
    }
    std::string token;
};

} // namespace

TEST_CASE_FIXTURE(Entrance, "the right password opens a session, the cookie is as strict as can be")
{
    Asked asked{clock.now()};
    asked.request.peer = "192.0.2.7";
    auto const answer = door.sign_in(asked.call, {"SATO", password});
    REQUIRE(answer.has_value());
    auto const& cookie = answer->headers.at(0).second;
    CHECK(answer->headers.at(0).first == "Set-Cookie");
    CHECK(cookie.starts_with("__Host-kuramori="));
    CHECK(cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Strict"));
    CHECK(answer->body.name == "佐藤");
    CHECK_FALSE(answer->body.previous_sign_in); // the first time
    CHECK(answer->body.csrf_token.size() >= 43);
    clock.advance(1h);
    CHECK(sign_in("sato", password) == "in");
    auto const who = caller();
    CHECK(who->actor == fmt::format("account:{}", sato));
    CHECK(who->csrf_token.size() >= 43);
    auto const view = json::from_text<auth::SessionView>(sessions.view_of(who->session));
    CHECK(view->previous_sign_in->address == "192.0.2.7");
    CHECK(view->previous_sign_in->at == clock.now() - 1h);
}

TEST_CASE_FIXTURE(
    Entrance, "nobody, a disabled account and a wrong password get one and the same answer"
)
{
    CHECK(sign_in("sato", "wrong wrong wrong") == "sign_in_wrong");
    CHECK(sign_in("nobody", password) == "sign_in_wrong");
    CHECK(sign_in("", "") == "sign_in_wrong");
    REQUIRE(accounts.disable(sato, "account:9").has_value());
    CHECK(sign_in("sato", password) == "sign_in_wrong");
    CHECK(caller()->account_id == 0);
}

TEST_CASE_FIXTURE(
    Entrance, "failures in a row lock the name, for its time, whether it exists or not"
)
{
    for (std::string const name : {"sato", "nobody"})
        for (int i = 0; i < 3; ++i) CHECK(sign_in(name, "wrong") == "sign_in_wrong");
    CHECK(sign_in("sato", password) == "sign_in_wrong"); // locked, and says nothing of it
    clock.advance(30min - 1s);
    CHECK(sign_in("Sato", password) == "sign_in_wrong");
    clock.advance(1s);
    CHECK(sign_in("sato", password) == "in"); // attempts meanwhile did not make it longer
    auto const locked = pool.read(log).one<std::int64_t>(
        "SELECT count(*) FROM login_log WHERE outcome = 'locked' AND account_id = ?1", sato
    );
    CHECK(locked == 2);
}

TEST_CASE_FIXTURE(Entrance, "a lock is written down: its beginning, its end by time or by somebody")
{
    auto const fail = [&](std::string const& name) {
        for (int i = 0; i < 3; ++i) CHECK(sign_in(name, "wrong") == "sign_in_wrong");
    };
    fail("sato");
    auto const began = clock.now();
    clock.advance(31min);
    sign_ins.note_expired(clock.now());
    sign_ins.note_expired(clock.now()); // once is enough
    fail("nobody");
    fail("Sato");
    sign_ins.forget_failures("sato", clock.now(), "account:9");
    sign_ins.forget_failures("sato", clock.now(), "account:9"); // there is no lock any more
    auto const rows = sign_ins.lockouts(0, 10);
    REQUIRE(rows.size() == 5);
    using enum auth::LockoutEvent;
    CHECK(rows[0].event == released);
    CHECK(rows[0].actor == "account:9");
    CHECK(rows[1].event == locked);
    CHECK(rows[1].account_id == sato);
    CHECK(rows[1].address == "192.0.2.7");
    CHECK(rows[2].event == locked);
    CHECK_FALSE(rows[2].account_id.has_value()); // nor the name: it may have been a password
    CHECK(rows[3].event == expired);
    CHECK(rows[3].at == began + 30min); // when it ended, not when somebody looked
    CHECK(rows[3].account_id == sato);
    CHECK(rows[4].event == locked);
    CHECK(rows[4].until == began + 30min);
    CHECK(sign_ins.lockouts_total() == 5);
}

TEST_CASE_FIXTURE(Entrance, "what is older than the settings say goes, a row of its very age stays")
{
    for (int i = 0; i < 3; ++i) sign_in("sato", "wrong");
    auto const then = clock.now();
    clock.advance(std::chrono::hours{24 * 366});
    sign_in("sato", "wrong");
    sign_ins.remove_lockouts(then);
    sign_ins.remove_attempts(then);
    CHECK(sign_ins.attempts_of(sato) == 4);
    CHECK(sign_ins.lockouts_total() == 2);
    sign_ins.remove_lockouts(clock.now() - std::chrono::hours{24 * 365});
    sign_ins.remove_attempts(clock.now() - std::chrono::hours{24 * 365});
    CHECK(sign_ins.attempts_of(sato) == 1);
    CHECK(sign_ins.lockouts_total() == 0); // its end too, which the last failure noted
}

TEST_CASE_FIXTURE(
    Entrance, "the right password from elsewhere is answered like a wrong one; its owner is told"
)
{
    auto const outcomes = [&] {
        return pool.read(log).all<std::string>(
            "SELECT outcome FROM login_log WHERE account_id = ?1 ORDER BY id DESC LIMIT 1", sato
        );
    };
    door.ask({&gate});
    gate.code = "network_not_allowed";
    CHECK(sign_in("sato", password) == "sign_in_wrong");
    CHECK(outcomes() == std::vector<std::string>{"network"});
    gate.code = "outside_hours";
    CHECK(sign_in("sato", password) == "sign_in_wrong");
    CHECK(outcomes() == std::vector<std::string>{"hours"});
    CHECK(sign_in("sato", "wrong") == "sign_in_wrong"); // the third failure, like any other
    gate.code.clear();
    CHECK(sign_in("sato", password) == "sign_in_wrong");
    clock.advance(30min);
    CHECK(sign_in("sato", password) == "in");
}

TEST_CASE_FIXTURE(Entrance, "a failed name waits, known or not, and the right password too")
{
    auth::Throttle waiting{{20, 5min, 10min, 1s}};
    auth::Door slow{
        {accounts, roles, sessions, second_factors, sign_ins, waiting, hashing, policies}
    };
    auto const attempt = [&](std::string const& name, std::string const& word) -> std::string {
        Asked asked{clock.now()};
        asked.request.peer = "192.0.2.7";
        auto const answer = slow.sign_in(asked.call, {name, word});
        return answer ? "in" : answer.error().code + answer.error().context;
    };
    for (std::string const name : {"nobody", "sato"}) {
        CHECK(attempt(name, "wrong") == "sign_in_wrong");
        CHECK(attempt(name, "wrong") == R"(tried_too_soon{"seconds":1})");
        clock.advance(1s);
        CHECK(attempt(name, "wrong") == "sign_in_wrong");
        CHECK(attempt(name, password) == R"(tried_too_soon{"seconds":2})");
        clock.advance(2s);
    }
    CHECK(attempt("SATO", password) == "in");
    CHECK(attempt("sato", "wrong") == "sign_in_wrong"); // starts over
    CHECK(attempt("sato", password) == R"(tried_too_soon{"seconds":1})");
}

TEST_CASE_FIXTURE(Entrance, "a success starts the count over")
{
    for (int round = 0; round < 3; ++round) {
        CHECK(sign_in("sato", "wrong") == "sign_in_wrong");
        CHECK(sign_in("sato", "wrong") == "sign_in_wrong");
        CHECK(sign_in("sato", password) == "in");
    }
}

TEST_CASE_FIXTURE(Entrance, "lockouts outlive a restart")
{
    for (int i = 0; i < 3; ++i) sign_in("sato", "wrong");
    auth::SignInLog read_anew{pool, {3, 30min}};
    auth::Door after{
        {accounts, roles, sessions, second_factors, read_anew, throttle, hashing, policies}
    };
    Asked asked{clock.now()};
    CHECK(after.sign_in(asked.call, {"sato", password}).error().code == "sign_in_wrong");
}

TEST_CASE_FIXTURE(Entrance, "an invited person sets a password with the code, once")
{
    auto const code = auth::new_setup_code();
    REQUIRE(accounts
                .create(
                    {"abe", "阿部", {"staff"}, false, {}, {}, {}}, auth::setup_code_hash(code),
                    "account:9"
                )
                .has_value());
    CHECK(sign_in("abe", password) == "sign_in_wrong"); // not yet
    CHECK(set_up("abe", "WRONG") == "setup_code_wrong");
    CHECK(set_up("nobody", code) == "setup_code_wrong");
    CHECK(set_up("sato", code) == "setup_code_wrong");
    CHECK(set_up("abe", code) == "in");
    CHECK(set_up("abe", code) == "setup_code_wrong");
    CHECK(sign_in("abe", password) == "in");
}

TEST_CASE_FIXTURE(
    Entrance, "a setup code is worth nothing after its week, and cannot be guessed at length"
)
{
    auto const code = auth::new_setup_code();
    auto const abe = accounts
                         .create(
                             {"abe", "阿部", {"staff"}, false, {}, {}, {}},
                             auth::setup_code_hash(code), "account:9"
                         )
                         ->id;
    for (int i = 0; i < 3; ++i) CHECK(set_up("abe", "WRONG") == "setup_code_wrong");
    CHECK(set_up("abe", code) == "setup_code_wrong"); // locked
    clock.advance(29min);
    for (int i = 0; i < 3; ++i) set_up("abe", "WRONG"); // do not make it longer
    clock.advance(1min);
    CHECK(set_up("abe", code) == "in");
    REQUIRE(accounts.invite_again(abe, auth::setup_code_hash(code), "account:9").has_value());
    clock.advance(7 * 24h);
    CHECK(set_up("abe", code) == "setup_code_wrong");
}

TEST_CASE_FIXTURE(Entrance, "changing the password needs the old one and signs out everywhere else")
{
    sign_in("sato", password);
    auto const elsewhere = token;
    sign_in("sato", password);
    auto const who = caller();
    auto const change = [&](std::string const& current, std::string const& wanted) -> std::string {
        Asked asked{clock.now()};
        asked.caller = *who;
        auto const answer = own.change_password(asked.call, {current, wanted});
        return answer ? "" : answer.error().code;
    };
    CHECK(change("wrong", "akai budou to yama") == "password_wrong");
    CHECK(change(password, "short") == "invalid_fields");
    CHECK(change(password, "akai budou to yama").empty());
    CHECK(caller()->account_id == sato);
    token = elsewhere;
    CHECK(caller()->account_id == 0);
    CHECK(sign_in("sato", password) == "sign_in_wrong");
    CHECK(sign_in("sato", "akai budou to yama") == "in");
}

TEST_CASE_FIXTURE(Entrance, "an expired password opens nothing but the page for a new one")
{
    clock.advance(24h * 91);
    CHECK(sign_in("sato", password) == "in");
    auto const who = caller();
    CHECK(who->may(http::Right::signing_in));
    CHECK_FALSE(who->may(http::Right::signed_in));
    Asked asked{clock.now()};
    asked.caller = *who;
    CHECK(door.replace_password(asked.call, {password}).error().code == "invalid_fields");
    auto const replaced = door.replace_password(asked.call, {"akai budou to yama"});
    REQUIRE(replaced.has_value());
    CHECK(replaced->body.stage == auth::Stage::open);
    CHECK(caller()->account_id == 0); // the token of before
    CHECK(sign_in("sato", "akai budou to yama") == "in");
    CHECK(caller()->may(http::Right::signed_in));
    asked.caller = *caller();
    CHECK(
        door.replace_password(asked.call, {"midori no nashi 77"}).error().code == "nothing_to_do"
    );
}

TEST_CASE_FIXTURE(Entrance, "the console's caller may run backups and sees nobody's records")
{
    net::Request request;
    request.admin_socket = true;
    request.peer_uid = 1000;
    auto const console = door.caller_of(request, clock.now(), http::Look::use);
    CHECK(console->actor == "console:uid1000");
    CHECK(console->may(http::Right::backup_run));
    CHECK_FALSE(console->may(http::Right::employee_view));
    CHECK_FALSE(console->may_see_client(1));
}

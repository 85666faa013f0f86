#include "auth/accounts.hpp"
#include "auth/sessions.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

namespace {

using auth::Accounts, auth::AccountState, auth::NewAccount, auth::Sessions;

struct Accounting : TestOffice {
    roles::RoleBook roles{pool, recorder, clock};
    Accounts accounts{{pool, recorder, clock, roles}};
    std::string const code = auth::new_setup_code();

    auth::Account ready(std::string const& login_id, std::string const& role = "staff")
    {
        return accounts.create_ready(
            {login_id, "山田　太郎", {role}, false, {}, {}, {}}, {"hash", true}
        );
    }
    void client(std::int64_t id)
    {
        auto transaction = pool.begin(office);
        transaction.exec(
            "INSERT INTO client (id, code, name, name_kana, name_key, kana_key, state, colour, "
            "book_id, created_at, updated_at) VALUES (?1, ?2, 'x', 'x', 'x', 'x', 'active', 0, "
            "?3, 0, 0)",
            id, std::to_string(id), fmt::format("{:032}", id)
        );
        transaction.commit(recorder.append(transaction, {"test", "client.create", "x", "{}"}));
    }
};

http::Caller caller(std::int64_t account)
{
    http::Caller made;
    made.account_id = account;
    made.grant(http::Right::signed_in);
    return made;
}

} // namespace

TEST_CASE("a setup code can be typed as it is read")
{
    auto const code = auth::new_setup_code();
    CHECK(code.size() == 19);
    CHECK(code != auth::new_setup_code());
    auto const hash = auth::setup_code_hash(code);
    auto typed = code;
    for (auto& c : typed) c = c == '-' ? ' ' : static_cast<char>(std::tolower(c));
    CHECK(auth::setup_code_hash(typed) == hash);
    CHECK(auth::setup_code_hash(" " + code + "\n") == hash);
    CHECK(auth::setup_code_hash("") != hash);
}

TEST_CASE_FIXTURE(
    Accounting, "the first administrator is made once, with the code, within its week"
)
{
    CHECK(accounts.first_needed());
    CHECK(accounts.create_first(code, "a", "名", {"hash", true}).error().code == "setup_is_over");
    accounts.set_first_code(auth::setup_code_hash(code));
    CHECK(
        accounts.create_first("WRONG", "a", "名", {"hash", true}).error().code == "setup_code_wrong"
    );
    clock.advance(std::chrono::hours{7 * 24});
    CHECK(
        accounts.create_first(code, "a", "名", {"hash", true}).error().code == "setup_code_expired"
    );
    accounts.set_first_code(auth::setup_code_hash(code)); // a new one
    auto const first = accounts.create_first(code, "admin", "管理者", {"hash", true});
    REQUIRE(first.has_value());
    CHECK(first->account_class == http::AccountClass::administrator);
    CHECK(first->all_clients);
    CHECK(first->state == AccountState::active);
    CHECK_FALSE(accounts.first_needed());
    CHECK(accounts.create_first(code, "b", "名", {"hash", true}).error().code == "setup_is_over");
    CHECK(audit::first_bad_row(pool.read(office), audit::chain_key(test_root(), office)) == 0);
}

TEST_CASE_FIXTURE(Accounting, "an account's fields are checked before they reach the database")
{
    auto const code_of = [&](NewAccount const& wanted) -> std::string {
        auto const made = accounts.create(wanted, auth::setup_code_hash(code), "account:1");
        if (made) return "";
        return made.error().fields.at(0).field + ":" + made.error().fields.at(0).message;
    };
    CHECK(code_of({"", "名", {"staff"}, false, {}, {}, {}}) == "login_id:required");
    CHECK(code_of({"山田", "名", {"staff"}, false, {}, {}, {}}) == "login_id:bad_login_id");
    CHECK(
        code_of({std::string(65, 'a'), "名", {"staff"}, false, {}, {}, {}}) ==
        "login_id:bad_login_id"
    );
    CHECK(code_of({"a", "", {"staff"}, false, {}, {}, {}}) == "name:required");
    CHECK(code_of({"a", " 　", {"staff"}, false, {}, {}, {}}) == "name:required");
    CHECK(code_of({"a", std::string(101, 'x'), {"staff"}, false, {}, {}, {}}) == "name:too_long");
    CHECK(code_of({"a", "山\u202E田", {"staff"}, false, {}, {}, {}}) == "name:control_characters");
    std::string long_name;
    for (int i = 0; i < 100; ++i) long_name += "漢";
    CHECK(code_of({"a", long_name, {"staff"}, false, {}, {}, {}}).empty()); // characters, not bytes
    CHECK(
        code_of({"A", "名", {"staff"}, false, {}, {}, {}}) == "login_id:taken"
    ); // whatever its case
}

TEST_CASE_FIXTURE(Accounting, "the last administrator stays")
{
    auto const first = ready("one", "administrator");
    auto const second = ready("two", "administrator");
    CHECK(accounts.disable(first.id, "account:2").has_value());
    CHECK(accounts.disable(second.id, "account:2").error().code == "last_administrator");
    CHECK(accounts.find(second.id)->state == AccountState::active);
    CHECK(accounts.disable(99, "account:2").error().code == "not_found");
}

TEST_CASE_FIXTURE(Accounting, "inviting again makes the old password and the old code worthless")
{
    auto const invited = accounts.create(
        {"sato", "佐藤", {"staff"}, false, {}, {}, {}}, auth::setup_code_hash("OLD"), "account:1"
    );
    REQUIRE(invited.has_value());
    CHECK(invited->state == AccountState::invited);
    REQUIRE(accounts.set_password(invited->id, {"hash", true}, 5, "account.set_up").has_value());
    CHECK_FALSE(accounts.credentials("sato")->setup_hash); // used once
    REQUIRE(
        accounts.invite_again(invited->id, auth::setup_code_hash("NEW"), "account:1").has_value()
    );
    auto const known = accounts.credentials("SATO").value(); // found whatever its case
    CHECK(known.state == AccountState::invited);
    CHECK_FALSE(known.password_hash);
    CHECK(known.setup_hash == auth::setup_code_hash("NEW"));
    CHECK(known.setup_expires == clock.now() + std::chrono::hours{7 * 24});
}

TEST_CASE_FIXTURE(Accounting, "staff see the clients that are assigned, administrators all")
{
    for (std::int64_t const id : {1, 2, 3}) client(id);
    auto const staff = ready("sato");
    auto const assigned = accounts.assign(staff.id, {false, {3, 1, 1, 77}, false, {}}, "account:1");
    REQUIRE(assigned.has_value());
    CHECK(accounts.clients_of(staff.id) == std::vector<std::int64_t>{1, 3});
    auto const seen = accounts.caller_of(*assigned);
    CHECK(seen.may_see_client(1));
    CHECK_FALSE(seen.may_see_client(2));
    CHECK(seen.may(http::Right::employee_edit));
    CHECK_FALSE(seen.may(http::Right::account_manage));
    auto const administrator = ready("admin", "administrator");
    CHECK(accounts.assign(administrator.id, {}, "account:1")->all_clients);
    CHECK(accounts.caller_of(administrator).may_see_client(2));
    CHECK(accounts.caller_of(administrator).may(http::Right::account_manage));
}

TEST_CASE("a session ends when it is idle, and at the latest after its longest time")
{
    using namespace std::chrono_literals;
    base::SetClock clock{Instant{1'795'000'000s}};
    Sessions sessions{{30min, 12h}};
    auto const idle = sessions.open(caller(1), {}, clock.now());
    clock.advance(29min + 59s);
    CHECK(sessions.find(idle.token, clock.now()));
    clock.advance(29min + 59s);
    CHECK(sessions.find(idle.token, clock.now())); // use starts the idle time over
    clock.advance(29min + 59s);
    CHECK(sessions.find(idle.token, clock.now(), http::Look::watch)); // watching does not
    clock.advance(1s);
    CHECK_FALSE(sessions.find(idle.token, clock.now()));
    CHECK_FALSE(sessions.find(idle.token, clock.now() - 10min)); // gone, even if the clock jumps

    auto const busy = sessions.open(caller(1), {}, clock.now());
    for (int i = 0; i < 71; ++i) { // 11 h 50 min
        clock.advance(10min);
        CHECK(sessions.find(busy.token, clock.now()));
    }
    clock.advance(10min);
    CHECK_FALSE(sessions.find(busy.token, clock.now()));
}

TEST_CASE("tokens belong to one session, and closing reaches the right ones")
{
    Instant const now{std::chrono::seconds{1'795'000'000}};
    Sessions sessions{{}};
    auto const one = sessions.open(caller(1), {}, now);
    auto const two = sessions.open(caller(1), {}, now);
    auto const other = sessions.open(caller(2), {}, now);
    CHECK(one.token != two.token);
    CHECK(one.token.size() >= 43); // 256 bits
    CHECK_FALSE(sessions.find(one.reference, now));
    CHECK_FALSE(sessions.find("", now));
    CHECK(sessions.find(one.token, now)->csrf_token == one.csrf_token);
    sessions.remember_view(one.reference, "view");
    CHECK(sessions.view_of(one.reference) == "view");
    sessions.close_others(1, one.reference);
    CHECK(sessions.find(one.token, now));
    CHECK_FALSE(sessions.find(two.token, now));
    CHECK(sessions.find(other.token, now));
    auto changed = caller(1);
    changed.all_clients = true;
    sessions.refresh_account(changed);
    CHECK(sessions.find(one.token, now)->all_clients);
    CHECK(sessions.find(one.token, now)->session == one.reference);
    CHECK(sessions.find(one.token, now)->csrf_token == one.csrf_token);
    sessions.close_account(1);
    CHECK_FALSE(sessions.find(one.token, now));
    sessions.close(other.reference);
    CHECK_FALSE(sessions.find(other.token, now));
}

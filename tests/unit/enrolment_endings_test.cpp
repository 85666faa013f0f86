#include "client_parts.hpp"
#include "enrolment/endings.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

namespace {

using enrolment::Endings, enrolment::EndsWhen;

// Friday 20 November 2026, 09:00 in Japan; Monday the 23rd is a holiday.
constexpr Instant friday{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20}};

struct Leaving : TestOffice {
    roles::RoleBook roles{pool, recorder, clock};
    auth::Accounts accounts{{pool, recorder, clock, roles}};
    auth::Sessions sessions{{}};
    clients::Clients clients{client_parts(pool, recorder, clock)};

    Endings endings(EndsWhen when = EndsWhen::next_business_day)
    {
        return Endings{{pool, clock, accounts, sessions, clients, when, domain::holidays()}};
    }
    auth::Account account(std::string const& login_id, std::string const& ends_on)
    {
        return accounts.create_ready(
            {login_id, "名", {"staff"}, true, {}, {}, parse_date(ends_on)}, {"hash", true}
        );
    }
    auth::AccountState state(std::int64_t id) { return accounts.find(id)->state; }
    void on(int day) { clock.set(friday + std::chrono::days{day - 20}); }
};

} // namespace

TEST_CASE_FIXTURE(Leaving, "an account works on its last day and is shut on the next business day")
{
    auto const id = account("leaving", "2026-11-20").id;
    auto ends = endings();
    for (int const day : {20, 21, 22, 23}) {
        on(day);
        CHECK(ends.end_due() == 0);
        CHECK(state(id) == auth::AccountState::active);
    }
    on(24);
    CHECK(ends.end_due() == 1);
    CHECK(state(id) == auth::AccountState::disabled);
    CHECK(ends.end_due() == 0);
    auto const said = pool.read(office).one<std::string>(
        R"(SELECT actor || ' ' || body FROM audit JOIN audit_body USING (seq)
            WHERE action = 'account.disable')"
    );
    CHECK(said == R"(system:scheduler {"ends_on":"2026-11-20"})");
}

TEST_CASE_FIXTURE(
    Leaving, "an office may shut accounts on the very next day, and late is better than never"
)
{
    auto const id = account("leaving", "2026-11-20").id;
    on(21);
    CHECK(endings(EndsWhen::next_day).end_due() == 1);
    CHECK(state(id) == auth::AccountState::disabled);

    auto const late = account("late", "2026-11-02").id; // the server was off
    on(24);
    CHECK(endings().end_due() == 1);
    CHECK(state(late) == auth::AccountState::disabled);
}

TEST_CASE_FIXTURE(Leaving, "sessions end with the account")
{
    auto const leaving = account("leaving", "2026-11-20");
    on(20);
    auto const opened = sessions.open(accounts.caller_of(leaving), {}, clock.now());
    CHECK(sessions.find(opened.token, clock.now()));
    on(24);
    endings().end_due();
    CHECK_FALSE(sessions.find(opened.token, clock.now()));
}

TEST_CASE_FIXTURE(Leaving, "an employee's account is shut after the retirement in the ledger")
{
    on(20);
    clients::ClientInput input{};
    input.code = "C01";
    input.name = "株式会社みなと";
    input.name_kana = "カブシキガイシャミナト";
    auto const client = clients.create(std::move(input), "test").value();
    auto const book = clients.all_books().front().second;
    auto transaction = pool.begin(book);
    for (auto const id : {1, 2})
        transaction.exec(
            R"(INSERT INTO employee (id, version, number, attendance, birth_date, name, name_kana,
                                     name_key, kana_key, updated_at)
               VALUES (?1, 1, ?1, 'active', '1980-01-01', 'x', 'x', 'x', 'x', 0))",
            id
        );
    transaction.exec(
        R"(INSERT INTO section (employee_id, kind, valid_from, body)
           VALUES (1, 'basic', '', '{"retired_on":"2026-11-20"}'), (2, 'basic', '', '{}'))"
    );
    transaction.commit(recorder.append(transaction, {"test", "test", "employee:1", "{}"}));
    auto const person = [&](std::string const& login_id, std::int64_t employee) {
        return accounts
            .create_ready(
                {login_id, "名", {"employee"}, false, {client.id}, employee, {}}, {"hash", true}
            )
            .id;
    };
    auto const left = person("left", 1);
    auto const stays = person("stays", 2);
    auto ends = endings();
    CHECK(ends.end_due() == 0);
    on(24);
    CHECK(ends.end_due() == 1);
    CHECK(state(left) == auth::AccountState::disabled);
    CHECK(state(stays) == auth::AccountState::active);
}

#include "asked.hpp"
#include "reviews/reviews.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

namespace {

using namespace std::chrono_literals;
using reviews::Verdict;

Instant in_japan(char const* day, std::chrono::seconds at = 0s)
{
    return std::chrono::sys_days{parse_date(day).value()} - base::japan_offset + at;
}

struct Room : TestOffice {
    roles::RoleBook roles{pool, recorder, clock};
    auth::Accounts accounts{{pool, recorder, clock, roles}};
    auth::SecondFactors factors{pool, recorder, clock};
    reviews::Ledger ledger{
        {pool, recorder, roles, factors,
         [this](std::string const& actor) { return actor == "account:1" ? "管理 一郎" : actor; },
         90}
    };
    reviews::Reviews room{{pool, recorder, clock, accounts, ledger}};
    Instant const since = in_japan("2026-11-20");

    Room() { clock.set(in_japan("2026-11-20", 10h)); }

    std::int64_t person(std::string const& login_id, std::vector<std::string> of)
    {
        return accounts
            .create_ready({login_id, "山田　太郎", std::move(of), false, {}, {}, {}}, {"x", true})
            .id;
    }
    void client(std::int64_t id, std::string const& code)
    {
        auto transaction = pool.begin(office);
        transaction.exec(
            "INSERT INTO client (id, code, name, name_kana, name_key, kana_key, state, colour, "
            "book_id, created_at, updated_at) VALUES (?1, ?2, ?3, 'x', 'x', 'x', 'active', 0, "
            "?4, 0, 0)",
            id, code, code + "商事", fmt::format("{:032}", id)
        );
        transaction.commit(recorder.append(transaction, {"test", "client.create", "x", "{}"}));
    }
    void keep_up_at(Instant at)
    {
        clock.set(at);
        room.keep_up(since);
    }
    std::vector<reviews::ReviewSummary> all()
    {
        Asked asked{clock.now()};
        return room.list(asked.call)->reviews;
    }
    Result<reviews::Review> sign(
        std::int64_t by,
        std::int64_t review,
        std::int64_t account,
        Verdict verdict = Verdict::keep,
        std::string comment = ""
    )
    {
        Asked asked{clock.now()};
        asked.caller.account_id = by;
        asked.caller.actor = fmt::format("account:{}", by);
        asked.param("review_id", review).param("account_id", account);
        return room.sign(asked.call, {verdict, std::move(comment)});
    }
    reviews::ReviewLine line_of(reviews::Review const& review, std::int64_t account)
    {
        for (auto const& line : review.lines)
            if (line.account_id == account) return line;
        FAIL("there is no line of this account");
        return {};
    }
};

} // namespace

TEST_CASE_FIXTURE(Room, "a review opens by itself once a month, from the month after the first")
{
    person("one", {"administrator"});
    keep_up_at(in_japan("2026-11-30", 24h - 1s));
    CHECK(all().empty()); // the office began in this month
    keep_up_at(in_japan("2026-12-01"));
    REQUIRE(all().size() == 1);
    CHECK(all().front().month == "2026-12");
    CHECK(all().front().lines == 1);
    for (auto const* day : {"2026-12-01", "2026-12-15", "2026-12-31"})
        keep_up_at(in_japan(day, 12h));
    CHECK(all().size() == 1);
    keep_up_at(in_japan("2027-01-01"));
    REQUIRE(all().size() == 2);
    CHECK(all().front().month == "2027-01"); // the newest first
    CHECK(audit::first_bad_row(pool.read(office), audit::chain_key(test_root(), office)) == 0);
}

TEST_CASE_FIXTURE(Room, "a server that was off on the first makes up for the month it is in")
{
    person("one", {"administrator"});
    keep_up_at(in_japan("2027-03-17", 9h)); // nothing of December to February
    REQUIRE(all().size() == 1);
    CHECK(all().front().month == "2027-03");
    CHECK_FALSE(all().front().overdue); // the ten days begin when it opens
    clock.set(in_japan("2027-03-26", 23h));
    CHECK_FALSE(all().front().overdue);
    clock.set(in_japan("2027-03-27"));
    CHECK(all().front().overdue);
    keep_up_at(in_japan("2027-01-05")); // a clock set back opens none of a month gone by
    CHECK(all().size() == 1);
}

TEST_CASE_FIXTURE(Room, "what is not signed on the eleventh day is overdue")
{
    auto const one = person("one", {"administrator"});
    auto const two = person("two", {"administrator"});
    keep_up_at(in_japan("2026-12-01", 1min));
    auto const id = all().front().id;
    clock.set(in_japan("2026-12-10", 24h - 1s));
    CHECK(room.open_reviews(clock.now()).waiting == 2);
    CHECK(room.open_reviews(clock.now()).overdue == 0);
    keep_up_at(in_japan("2026-12-11"));
    CHECK(room.open_reviews(clock.now()).waiting == 0);
    CHECK(room.open_reviews(clock.now()).overdue == 2);
    REQUIRE(sign(one, id, two).has_value());
    CHECK(room.open_reviews(clock.now()).overdue == 1);
    REQUIRE(sign(two, id, one).has_value());
    CHECK(room.open_reviews(clock.now()).overdue == 0);
    CHECK(all().front().closed_at == clock.now());
    CHECK_FALSE(all().front().overdue);
}

TEST_CASE_FIXTURE(Room, "a signed line never changes")
{
    auto const one = person("one", {"administrator"});
    auto const two = person("two", {"administrator"});
    keep_up_at(in_japan("2026-12-01"));
    auto const id = all().front().id;
    CHECK(sign(one, id, two, Verdict::change, " ").error().fields.at(0).message == "required");
    CHECK(
        sign(one, id, two, Verdict::keep, std::string(201, 'x')).error().fields.at(0).message ==
        "too_long"
    );
    auto const review = sign(one, id, two, Verdict::change, "担当から外す");
    REQUIRE(review.has_value());
    auto const line = line_of(*review, two);
    CHECK(line.verdict == Verdict::change);
    CHECK(line.comment == "担当から外す");
    CHECK(line.signed_at == clock.now());
    CHECK(review->summary.to_change == 1);
    CHECK(sign(one, id, two).error().code == "line_signed");
    auto transaction = pool.begin(office);
    CHECK_THROWS_AS(
        transaction.exec(
            "UPDATE account_review_line SET verdict = 'keep' WHERE account_id = ?1", two
        ),
        store::Error
    );
}

TEST_CASE_FIXTURE(Room, "one's own line is signed by somebody else, where there is somebody else")
{
    auto const one = person("one", {"administrator"});
    auto const staff = person("staff", {"staff"});
    keep_up_at(in_japan("2026-12-01"));
    auto const id = all().front().id;
    CHECK(sign(one, id, 99).error().code == "not_found");
    CHECK(sign(one, 99, staff).error().code == "not_found");
    auto const two = person("two", {"administrator"});
    CHECK(sign(one, id, two).error().code == "not_found"); // has come since
    CHECK(sign(one, id, one).error().code == "own_line");
    REQUIRE(accounts.disable(two, "account:1").has_value());
    REQUIRE(sign(one, id, one).has_value()); // alone again
    CHECK(sign(one, id, staff)->summary.closed_at.has_value());
}

TEST_CASE_FIXTURE(Room, "a review shows what was on its day, not what is now")
{
    client(1, "K001");
    auto const one = person("one", {"administrator"});
    auto const staff = person("staff", {"staff", "exporter"});
    REQUIRE(accounts.assign(staff, {false, {1}, false, {1}}, "account:1").has_value());
    keep_up_at(in_japan("2026-12-01"));
    REQUIRE(accounts.set_roles(staff, {"viewer"}, "account:1", "account:1").has_value());
    REQUIRE(accounts.assign(staff, {}, "account:1").has_value());
    auto const review = sign(one, all().front().id, staff);
    REQUIRE(review.has_value());
    auto const facts = line_of(*review, staff).facts;
    CHECK(facts.roles.size() == 2);
    CHECK(facts.clients == std::vector<std::string>{"K001"});
    CHECK(facts.specific_clients == std::vector<std::string>{"K001"});
    CHECK(std::count(facts.rights.begin(), facts.rights.end(), "export.run") == 1);
    CHECK_FALSE(facts.last_sign_in_at);
}

TEST_CASE_FIXTURE(Room, "an account that nobody used for 90 days is dormant; a stopped one is not")
{
    auto const used = person("used", {"administrator"});
    auto const unused = person("unused", {"administrator"});
    auto const stopped = person("stopped", {"staff"});
    REQUIRE(accounts.disable(stopped, "account:1").has_value());
    clock.advance(24h);
    accounts.signed_in(used, "192.0.2.1", "Firefox");
    auto const dormant = [&] {
        std::vector<std::int64_t> ids;
        for (auto const& line : ledger.lines(clock.now()))
            if (line.dormant) ids.push_back(line.account_id);
        return ids;
    };
    clock.advance(89 * 24h - 1s);
    CHECK(dormant().empty());
    clock.advance(1s);
    CHECK(dormant() == std::vector{unused});
    clock.advance(24h);
    CHECK(dormant() == std::vector{used, unused});
}

TEST_CASE_FIXTURE(Room, "the ledger says in words what somebody can do, and who gave it when")
{
    client(1, "K001");
    auto const own = roles.create(
        {"窓口", http::AccountClass::staff, {"client.view", "export.run"}}, "account:1"
    );
    auto const staff = person("staff", {"viewer"});
    REQUIRE(accounts.set_roles(staff, {"viewer", own->role}, "account:1", "account:1 account:2")
                .has_value());
    REQUIRE(accounts.assign(staff, {false, {1}, false, {}}, "account:1").has_value());
    auto const line = ledger.lines(clock.now()).at(0);
    std::vector<std::string> words;
    for (auto const& right : line.can) words.push_back(right.ja);
    CHECK(
        words ==
        std::vector<std::string>{
            "顧問先の情報を見る", "従業員の台帳を見る", "書類を見る・受け取る",
            "台帳をまとめて出力する"
        }
    );
    REQUIRE(line.roles.size() == 2);
    auto const& given = line.roles.at(line.roles[0].role == "viewer" ? 1 : 0);
    CHECK(given.ja == "窓口");
    CHECK(given.granted_by == std::vector<std::string>{"管理 一郎", "account:2"});
    CHECK(given.granted_at == clock.now());

    auto const csv = reviews::csv_of({90, ledger.lines(clock.now())});
    CHECK(csv.starts_with("\xEF\xBB\xBF氏名,ログインID,"));
    CHECK(csv.find("\"顧問先の情報を見る\n従業員の台帳を見る\n") != std::string::npos);
    CHECK(csv.find("K001 K001商事") != std::string::npos);
    CHECK(csv.find("、管理 一郎・削除された利用者）") != std::string::npos);
}

TEST_CASE_FIXTURE(Room, "whoever does not see a client does not read its name in the ledger")
{
    client(1, "K001");
    client(2, "K002");
    auto const staff = person("staff", {"staff"});
    REQUIRE(accounts.assign(staff, {false, {1, 2}, false, {2}}, "account:1").has_value());
    Asked asked{clock.now()};
    asked.caller.all_clients = false;
    asked.caller.clients = {1};
    auto const line = ledger.show(asked.call)->lines.at(0);
    CHECK(line.clients.size() == 1);
    CHECK(line.specific_clients.empty());
    asked.caller.account_class = http::AccountClass::administrator; // 監査者 has no client
    CHECK(ledger.show(asked.call)->lines.at(0).clients.size() == 2);
}

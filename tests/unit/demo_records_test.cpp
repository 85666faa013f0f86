#include "client_parts.hpp"
#include "crypto/password.hpp"
#include "demo/demo.hpp"
#include "demo/person.hpp"
#include "employees/ledger_rows.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

namespace {

using domain::Living;
using employees::Ledger;

Date const today{std::chrono::year{2026}, std::chrono::November, std::chrono::day{24}};

std::vector<demo::Person> people_of(std::uint64_t seed)
{
    return demo::make_people(demo::make_company(seed, 1, 400, today), today);
}

struct DemoOffice : TestOffice {
    clients::Clients clients{client_parts(pool, recorder, clock)};
    roles::RoleBook roles{pool, recorder, clock};
    auth::Accounts accounts{{pool, recorder, clock, roles}};
    demo::Wanted wanted{6, 90, 3, today, "kiiroi-ringo-to-umi", "akai-budou-to-yama"};

    Result<demo::Made> fill()
    {
        return demo::fill({pool, recorder, clock, clients, accounts}, wanted, {});
    }
    std::string everything() // all that the books say about people
    {
        std::string all;
        for (auto const& [id, book] : clients.all_books()) {
            all += json::to_text(clients.read(id)->name);
            auto const read = pool.read(book);
            for (auto const& body : read.all<std::string>(
                     "SELECT body FROM section ORDER BY employee_id, kind, valid_from"
                 ))
                all += body;
        }
        return all;
    }
};

} // namespace

TEST_CASE("who lives together has one address, at every moment")
{
    for (auto const& person : people_of(1))
        for (auto const& state : person.states)
            for (auto const& relative : state.relatives) {
                if (relative.living != Living::together) continue;
                CHECK(relative.address == demo::one_line(*state.address));
                CHECK(relative.postal_code == state.address->postal_code);
            }
}

TEST_CASE("generations are a generation apart, and nobody is older than the job allows")
{
    for (auto const& person : people_of(2)) {
        auto const& ledger = person.states.back();
        auto const birth = ledger.basic.birth_date;
        CHECK(domain::age_on(birth, *ledger.basic.hired_on) >= 17);
        auto const last_day = ledger.basic.retired_on.value_or(today);
        CHECK(domain::age_on(birth, last_day) <= 80);
        for (auto const& relative : ledger.relatives) {
            auto const years = domain::age_on(birth, *relative.birth_date);
            if (relative.relation.starts_with("長") || relative.relation.ends_with("女"))
                CHECK(years >= 20);
            if (relative.relation.starts_with("実"))
                CHECK(domain::age_on(*relative.birth_date, birth) >= 20);
        }
    }
}

TEST_CASE("standard remuneration is the grade of what is paid")
{
    std::int64_t insured = 0;
    for (auto const& person : people_of(3))
        for (auto const& state : person.states) {
            auto const& pay = state.remuneration;
            if (!pay || !pay->health_standard) continue;
            ++insured;
            auto const whole = pay->cash->amount() + pay->in_kind->amount();
            CHECK(pay->health_standard->amount() == demo::tables().health_standard(whole));
            if (pay->pension_standard) {
                CHECK(pay->pension_standard->amount() >= 88'000);
                CHECK(pay->pension_standard->amount() <= 650'000);
            }
        }
    CHECK(insured > 200);
    auto const& tables = demo::tables();
    CHECK(tables.health_standard(0) == 58'000);
    CHECK(tables.health_standard(62'999) == 58'000);
    CHECK(tables.health_standard(63'000) == 68'000);
    CHECK(tables.health_standard(5'000'000) == 1'390'000);
    CHECK(tables.pension_standard(70'000, today) == 88'000);
    CHECK(tables.pension_standard(700'000, today) == 650'000);
    CHECK(tables.pension_standard(700'000, *parse_date("2027-09-01")) == 680'000);
}

TEST_CASE("records have histories: raises, moves, weddings, retirement")
{
    std::int64_t raises = 0;
    std::int64_t moves = 0;
    std::int64_t names = 0;
    std::int64_t retirements = 0;
    for (auto const& person : people_of(4))
        for (std::size_t i = 1; i < person.states.size(); ++i) {
            auto const& before = person.states[i - 1];
            auto const& after = person.states[i];
            if (after.remuneration &&
                after.remuneration->valid_from != before.remuneration->valid_from)
                ++raises;
            if (after.address->valid_from != before.address->valid_from) ++moves;
            if (after.name.last_name != before.name.last_name) ++names;
            if (after.basic.attendance != before.basic.attendance) ++retirements;
        }
    CHECK(raises > 100);
    CHECK(moves > 20);
    CHECK(names > 5);
    CHECK(retirements > 40);
}

TEST_CASE_FIXTURE(DemoOffice, "an office is filled through the doors, with whole audit chains")
{
    std::int64_t told = 0;
    auto const made = demo::fill(
        {pool, recorder, clock, clients, accounts}, wanted,
        [&](std::int64_t, std::int64_t people) { told = people; }
    );
    REQUIRE(made.has_value());
    CHECK(made->clients == 6);
    CHECK(made->employees == 90);
    CHECK(told == 90);
    CHECK(clients.count() == 6);
    std::int64_t people = 0;
    for (auto const& [id, book] : clients.all_books()) {
        auto const read = pool.read(book);
        people += read.one<std::int64_t>("SELECT count(*) FROM employee").value();
        CHECK(read.one<std::int64_t>("SELECT count(*) FROM establishment").value() >= 1);
        CHECK(audit::first_bad_row(read, audit::chain_key(test_root(), book)) == 0);
    }
    CHECK(people == 90);
    CHECK(audit::first_bad_row(pool.read(office), audit::chain_key(test_root(), office)) == 0);
}

TEST_CASE_FIXTURE(
    DemoOffice, "an administrator and two of staff can sign in, staff see their clients"
)
{
    auto const made = fill();
    REQUIRE(made.has_value());
    REQUIRE(made->accounts.size() == 3);
    CHECK(made->accounts[0].account_class == http::AccountClass::administrator);
    CHECK(made->accounts[1].account_class == http::AccountClass::staff);
    auto const known = accounts.credentials("admin");
    CHECK(crypto::verify_password(wanted.administrator_password, *known->password_hash));
    CHECK(accounts.clients_of(made->accounts[1].id).size() == 4);
    CHECK(accounts.clients_of(made->accounts[2].id).size() == 4);
    CHECK_FALSE(accounts.first_needed());
}

TEST_CASE("two offices of one seed hold the same records")
{
    DemoOffice one;
    DemoOffice other;
    REQUIRE(one.fill().has_value());
    REQUIRE(other.fill().has_value());
    CHECK(one.everything() == other.everything());
}

TEST_CASE_FIXTURE(DemoOffice, "an office that is in use is left alone")
{
    REQUIRE(fill().has_value());
    auto const again = fill();
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().code == "office_not_empty");
    CHECK(clients.count() == 6);
}

TEST_CASE_FIXTURE(DemoOffice, "what nobody can mean is refused")
{
    wanted.clients = 0;
    CHECK(fill().error().code == "invalid_fields");
    wanted.clients = 3;
    wanted.employees = -1;
    CHECK(fill().error().code == "invalid_fields");
}

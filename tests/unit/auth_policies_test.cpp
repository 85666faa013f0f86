#include "asked.hpp"
#include "auth/policies.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

namespace {

using enum http::AccountClass;

auth::Policies::Floor usual_floor()
{
    auth::Policies::Floor floor;
    for (auto& rules : floor.of_class) rules.days = 0;
    floor.of_class[0].days = 30;
    floor.of_class[1].days = 90;
    floor.of_class[0].second_factor = true;
    return floor;
}

struct Office : TestOffice {
    auth::Policies policies{pool, recorder, usual_floor()};

    std::string set(http::AccountClass of, auth::ClassPolicy const& rules, std::int64_t seen = 0)
    {
        Asked asked{clock.now()};
        auto const answer = policies.set_policy(asked.seen(seen).call, {of, rules});
        if (answer) return "set";
        auto const& fields = answer.error().fields;
        return fields.empty() ? answer.error().code
                              : fields.front().field + " " + fields.front().message;
    }
};

} // namespace

TEST_CASE_FIXTURE(Office, "what kuramori.yaml gives is in force until somebody asks for more")
{
    CHECK(policies.password_of(administrator).days == 30);
    CHECK(policies.password_of(staff).days == 90);
    CHECK(policies.password_of(client).days == 0);
    CHECK(policies.of(administrator).second_factor);
    CHECK_FALSE(policies.of(employee).second_factor);
    CHECK(policies.lockout_of(staff).failures_max == 5);
    CHECK(policies.strictest_rules().length == 10);
}

TEST_CASE_FIXTURE(Office, "a class may be stricter, at once, after a restart, and audited")
{
    auth::ClassPolicy const rules{14, 4, 12, 60, 3, 60, true};
    CHECK(set(staff, rules) == "set");
    CHECK(policies.of(staff) == rules);
    CHECK(policies.of(administrator).length_min == 10);
    CHECK(policies.strictest_rules().length == 14);
    CHECK(policies.rules_of(client).length == 10);
    auth::Policies const read_anew{pool, recorder, usual_floor()};
    CHECK(read_anew.of(staff) == rules);
    CHECK(
        pool.read(office).one<std::string>("SELECT object FROM audit WHERE action = 'policy.update'"
        ) == "sign_in_policy:staff"
    );
    CHECK(set(staff, rules) == "version_conflict");
    CHECK(set(staff, rules, 1) == "set");
}

TEST_CASE_FIXTURE(Office, "no class is weaker than the floor")
{
    auth::ClassPolicy const floor = usual_floor().of_class[0];
    auto const with = [&](auto change) {
        auto rules = floor;
        change(rules);
        return set(administrator, rules);
    };
    using Rules = auth::ClassPolicy;
    CHECK(with([](Rules& r) { r.length_min = 9; }) == "rules.length_min out_of_range");
    CHECK(with([](Rules& r) { r.kinds_min = 5; }) == "rules.kinds_min out_of_range");
    CHECK(with([](Rules& r) { r.history = 4; }) == "rules.history weaker_than_floor");
    CHECK(with([](Rules& r) { r.days = 31; }) == "rules.days weaker_than_floor");
    CHECK(with([](Rules& r) { r.days = 0; }) == "rules.days weaker_than_floor");
    CHECK(with([](Rules& r) { r.days = 367; }) == "rules.days out_of_range");
    CHECK(with([](Rules& r) {
              r.lockout_failures = 6;
          }) == "rules.lockout_failures weaker_than_floor");
    CHECK(with([](Rules& r) { r.lockout_failures = 2; }) == "rules.lockout_failures out_of_range");
    CHECK(with([](Rules& r) {
              r.lockout_minutes = 29;
          }) == "rules.lockout_minutes weaker_than_floor");
    CHECK(with([](Rules& r) {
              r.second_factor = false;
          }) == "rules.second_factor weaker_than_floor");
    CHECK(with([](Rules& r) { r.days = 1; }) == "set");
    auto of_client = usual_floor().of_class[2];
    of_client.days = 366; // the floor asks for none: any is stricter
    CHECK(set(client, of_client) == "set");
}

TEST_CASE_FIXTURE(Office, "a floor that rises lifts what was stored below it")
{
    CHECK(set(staff, {12, 3, 5, 60, 4, 45, false}) == "set");
    auto floor = usual_floor();
    floor.of_class[1] = {16, 3, 8, 45, 5, 30, true};
    auth::Policies const risen{pool, recorder, floor};
    CHECK(risen.of(staff) == auth::ClassPolicy{16, 3, 8, 45, 4, 45, true});
}

// 一時サポート: it ends to the second, by itself, and stays ended.
#include "asked.hpp"
#include "delegation/support.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

namespace {

using namespace std::chrono_literals;
using delegation::SupportState;

struct Helpdesk : TestOffice {
    roles::RoleBook roles{pool, recorder, clock};
    auth::Accounts accounts{{pool, recorder, clock, roles}};
    auth::Sessions sessions{{}};
    delegation::Support support{{pool, recorder, clock, accounts, sessions, true}};
    http::Caller asker = by(1);
    http::Caller approver = by(2);

    static http::Caller by(std::int64_t id)
    {
        http::Caller caller;
        caller.account_id = id;
        caller.actor = fmt::format("account:{}", id);
        return caller;
    }
    delegation::SupportOpened opened()
    {
        auto const grant = support.request({"T-1", "山田", "調査", 2, {}, {}}, asker).value();
        return support.approve(grant.id, approver).value();
    }
    bool passes(delegation::Support& gate, std::int64_t account_id)
    {
        Asked asked{clock.now()};
        return gate.admit(by(account_id), asked.call.request, clock.now()).has_value();
    }
};

} // namespace

TEST_CASE_FIXTURE(Helpdesk, "support ends to the second, and its account is disabled")
{
    auto const id = *opened().grant.account_id;
    clock.advance(2h - 1s);
    support.end_expired();
    CHECK(passes(support, id));
    clock.advance(1s);
    CHECK_FALSE(passes(support, id)); // before the scheduler has come round
    support.end_expired();
    CHECK(support.list().at(0).state == SupportState::expired);
    CHECK(accounts.find(id)->state == auth::AccountState::disabled);
}

TEST_CASE_FIXTURE(Helpdesk, "support that is over stays shut when its account is enabled again")
{
    auto const made = opened();
    auto const id = *made.grant.account_id;
    REQUIRE(support.revoke(made.grant.id, approver).has_value());
    CHECK_FALSE(passes(support, id));
    REQUIRE(accounts.invite_again(id, auth::setup_code_hash("NEW"), "account:2").has_value());
    CHECK_FALSE(passes(support, id));
    delegation::Support restarted{{pool, recorder, clock, accounts, sessions, true}};
    CHECK_FALSE(passes(restarted, id));
}

TEST_CASE_FIXTURE(Helpdesk, "an approval that is refused leaves no account behind")
{
    auto const grant = support.request({"T-1", "山田", "調査", 2, {}, {}}, asker).value();
    CHECK(support.approve(grant.id, asker).error().code == "own_request");
    REQUIRE(support.refuse(grant.id, approver).has_value());
    CHECK(support.approve(grant.id, approver).error().code == "nothing_to_do");
    CHECK(accounts.list().empty());
    auto const late = support.request({"T-2", "山田", "調査", 2, {}, {}}, asker).value();
    clock.advance(7 * 24h);
    CHECK(support.approve(late.id, approver).error().code == "grant_expired");
    CHECK(accounts.list().empty());
}

#include "asked.hpp"
#include "auth/accounts.hpp"
#include "auth/second_factors.hpp"
#include "auth/sign_in_log.hpp"
#include "scratch_folder.hpp"
#include "store_dump.hpp"

#include <doctest/doctest.h>

namespace {

using auth::Accounts, auth::AccountState, auth::NewAccount;

struct Leaving : TestOffice {
    roles::RoleBook roles{pool, recorder, clock};
    Accounts accounts{{pool, recorder, clock, roles}};
    auth::SignInLog sign_ins{pool, {5, std::chrono::minutes{30}}};
    auth::SecondFactors factors{pool, recorder, clock};

    auth::Account boss()
    {
        return accounts.create_ready(
            {"boss", "上司", {"administrator", "manager"}, true, {}, {}, {}}, {"hash", true}
        );
    }
    auth::Account invited(std::string const& login_id, std::string const& name)
    {
        return accounts
            .create({login_id, name, {"staff"}, true, {}, {}, {}}, Bytes(32, 1), "account:1")
            .value();
    }
    void tried(std::string const& login_id, std::int64_t account_id)
    {
        auto batch = pool.batch(log);
        batch.exec(
            R"(INSERT INTO login_log (at, login_id, account_id, outcome, address, request_id)
               VALUES (1, ?1, ?2, 'wrong', '192.0.2.1', 'r'))",
            login_id, account_id
        );
        batch.commit();
        Asked asked{clock.now()};
        sign_ins.count_failure(asked.call, login_id, account_id);
    }
    bool chain_holds()
    {
        auto const key = audit::chain_key(test_root(), office);
        return audit::first_bad_row(pool.read(office), key) == 0;
    }
    std::string dump(store::FileId const& file)
    {
        return dump_of(store::path_of(path, file), file);
    }
};

bool holds(std::string const& all, std::string const& text)
{
    return all.find(text) != std::string::npos;
}

} // namespace

TEST_CASE_FIXTURE(
    Leaving, "a deleted account leaves neither name nor sign-in ID, and a whole chain"
)
{
    boss();
    auto person = invited("Hanako.Y", "山田 花子");
    person =
        accounts
            .change(person.id, person.version, {"山本 花子", parse_date("2027-03-31")}, "account:1")
            .value();
    accounts.set_password(person.id, {"hash one", true}, 5, "account.first_password").value();
    accounts.set_password(person.id, {"hash two", true}, 5, "account.change_password").value();
    factors.offer_totp(person.id, person.login_id).value();
    tried("HANAKO.y", person.id);
    CHECK(accounts.erase(person.id, "account:1").error().code == "account_not_disabled");
    accounts.disable(person.id, "account:1").value();
    CHECK(holds(dump(office), "花子"));

    sign_ins.forget(person.id, person.login_id);
    accounts.erase(person.id, "account:1").value();

    for (auto const& file : {office, log}) {
        auto const all = dump(file);
        for (auto const* gone :
             {"花子", "Hanako.Y", "hanako.y", "HANAKO.y", "hash one", "hash two"})
            CHECK_MESSAGE(!holds(all, gone), gone);
    }
    CHECK(holds(dump(office), "account.erase"));
    CHECK(sign_ins.attempts_of(person.id) == 1);
    CHECK(chain_holds());
    CHECK(accounts.find(person.id).error().code == "not_found");
}

TEST_CASE_FIXTURE(Leaving, "the sign-in ID of a deleted account is nobody's again, in any case")
{
    boss();
    auto const person = invited("hanako", "山田 花子");
    accounts.erase(person.id, "account:1").value(); // invited: never used
    for (auto const* again : {"hanako", "HANAKO", "Hanako"}) {
        auto const refused = accounts.create(
            {again, "別人", {"staff"}, true, {}, {}, {}}, Bytes(32, 1), "account:1"
        );
        CHECK(refused.error().code == "login_id_retired");
    }
    CHECK(invited("hanako2", "別人").id == person.id + 1);
    CHECK(invited("other", "別人").login_id == "other");
}

TEST_CASE_FIXTURE(
    Leaving, "a deletion that stopped between the two files is settled by asking again"
)
{
    boss();
    auto const person = invited("hanako", "山田 花子");
    tried("hanako", person.id);
    accounts.disable(person.id, "account:1").value();
    sign_ins.forget(person.id, person.login_id); // and here the power went
    auto const again = accounts.find(person.id).value();
    CHECK(again.state == AccountState::disabled);
    sign_ins.forget(again.id, again.login_id);
    accounts.erase(again.id, "account:1").value();
    CHECK_FALSE(holds(dump(office), "花子"));
    CHECK_FALSE(holds(dump(log), "hanako"));
    CHECK(chain_holds());
}

TEST_CASE_FIXTURE(Leaving, "what others have with the same words stays")
{
    boss();
    auto const person = invited("staff", "業務"); // also the key of a role
    auto const other = invited("other", "別人");
    accounts.set_roles(other.id, {"staff", "exporter"}, "account:1", "account:1").value();
    auto const bodies = [&] {
        return pool.read(office)
            .one<std::int64_t>(
                "SELECT count(*) FROM audit JOIN audit_body USING (seq) WHERE object = ?1",
                fmt::format("account:{}", other.id)
            )
            .value();
    };
    auto const before = bodies();
    accounts.erase(person.id, "account:1").value();
    CHECK(bodies() == before);
}

TEST_CASE_FIXTURE(Leaving, "name and last day are changed by whoever has seen the newest version")
{
    auto const first = boss();
    auto const person = invited("hanako", "山田 花子");
    auto const day = parse_date("2027-03-31");
    auto const changed =
        accounts.change(person.id, person.version, {" 山本 花子 ", day}, "account:1").value();
    CHECK(changed.name == "山本 花子");
    CHECK(changed.ends_on == day);
    CHECK(
        accounts.change(person.id, person.version, {"x", {}}, "account:1").error().code ==
        "version_conflict"
    );
    CHECK(
        accounts.change(person.id, changed.version, {" ", {}}, "a").error().code == "invalid_fields"
    );
    CHECK_FALSE(accounts.change(person.id, changed.version, {"x", {}}, "a")->ends_on.has_value());
    CHECK(
        accounts.change(first.id, first.version, {"上司", day}, "a").error().code ==
        "last_administrator"
    );
}

TEST_CASE_FIXTURE(Leaving, "of many accounts one that is refused keeps all out")
{
    boss();
    NewAccount const good{"one", "一", {"staff"}, true, {}, {}, {}};
    NewAccount const taken{"BOSS", "二", {"staff"}, true, {}, {}, {}};
    auto const refused =
        accounts.create_all({good, taken}, {Bytes(32, 1), Bytes(32, 2)}, "account:1");
    CHECK(refused.error().code == "login_id_taken");
    CHECK(accounts.list().size() == 1);
    auto const made = accounts.create_all({good}, {Bytes(32, 1)}, "account:1").value();
    CHECK(made.front().state == AccountState::invited);
    CHECK(chain_holds());
}

TEST_CASE_FIXTURE(Leaving, "new codes are for accounts that wait for their owners, all or none")
{
    auto const first = boss();
    auto const person = invited("hanako", "山田 花子");
    CHECK(
        accounts.renew_codes({person.id, first.id}, {Bytes(32, 3), Bytes(32, 4)}, "a")
            .error()
            .code == "account_not_invited"
    );
    CHECK(accounts.credentials("hanako")->setup_hash == Bytes(32, 1));
    accounts.renew_codes({person.id}, {Bytes(32, 3)}, "account:1").value();
    CHECK(accounts.credentials("hanako")->setup_hash == Bytes(32, 3));
}

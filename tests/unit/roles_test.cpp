#include "accounts/grants.hpp"
#include "roles/role_book.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

namespace {

using http::AccountClass, http::Right;
using roles::catalogue;

constexpr auto last_right = static_cast<unsigned>(Right::vault_approve);

struct Office : TestOffice {
    roles::RoleBook roles{pool, recorder, clock};
    auth::Accounts accounts{{pool, recorder, clock, roles}};
    accounts::Grants grants{{pool, recorder, clock, accounts}};

    std::int64_t person(std::string const& login_id, std::vector<std::string> of)
    {
        return accounts
            .create_ready({login_id, "山田　太郎", std::move(of), false, {}, {}, {}}, {"x", true})
            .id;
    }
    roles::Role
    own(std::string const& name,
        std::vector<std::string> rights,
        AccountClass of = AccountClass::staff)
    {
        return roles.create({name, of, std::move(rights)}, "account:1").value();
    }
    std::int64_t id_of(roles::Role const& role) { return std::stoll(role.role.substr(4)); }

    std::string change(roles::Role const& role, roles::RoleWish const& wish)
    {
        auto const changed = roles.change(id_of(role), role.version, wish, "account:1");
        if (changed) return "";
        return changed.error().fields.empty() ? changed.error().code
                                              : changed.error().fields.front().message;
    }
    std::string fault(roles::RoleWish const& wish)
    {
        auto const made = roles.create(wish, "account:1");
        if (made) return "";
        return made.error().fields.at(0).field + ":" + made.error().fields.at(0).message;
    }
    std::string set_fault(std::vector<std::string> const& set)
    {
        auto const made = roles.set_of(set);
        return made ? "" : made.error().fields.at(0).message;
    }
};

http::Caller by(std::int64_t account_id)
{
    http::Caller caller;
    caller.account_id = account_id;
    caller.actor = fmt::format("account:{}", account_id);
    return caller;
}

} // namespace

TEST_CASE("the matrix has every right that a route can ask for, in Japanese and English words")
{
    for (auto i = static_cast<unsigned>(Right::account_manage); i <= last_right; ++i) {
        auto const name = http::name_of(static_cast<Right>(i));
        CAPTURE(name);
        auto const* const facts = catalogue().find(name);
        REQUIRE(facts != nullptr);
        CHECK_FALSE(facts->ja.empty());
        CHECK_FALSE(facts->en.empty());
        CHECK(facts->ja != facts->en);
    }
    CHECK(http::name_of(static_cast<Right>(last_right + 1)) == "unknown"); // none after it
    CHECK(catalogue().find("signed_in") == nullptr); // nobody gives or takes it
}

TEST_CASE("a file that contradicts the program does not start it")
{
    std::string const rights = "rights:\n  - {right: client.view, group: g, ja: 見る, en: See}\n";
    std::string const role =
        "roles:\n  - {role: a, ja: あ, en: A, class: staff, clients: all, says: s, says_en: s, ";
    CHECK(roles::read(rights + role + "rights: [client.view]}\n").roles.size() == 1);
    CHECK_THROWS_AS(
        roles::read("rights:\n  - {right: client.veiw, group: g, ja: 見る, en: See}\n"),
        std::logic_error
    );
    CHECK_THROWS_AS(roles::read(rights + role + "rights: [client.edit]}\n"), std::logic_error);
    CHECK_THROWS_AS(
        roles::read(rights + "marks:\n  - {right: client.fly, role: a}\n"), std::logic_error
    );
    CHECK_THROWS_AS(
        roles::read(
            rights + "roles:\n  - {role: a, ja: あ, en: A, class: boss, clients: all, says: s, "
                     "says_en: s, rights: []}\n"
        ),
        std::logic_error
    );
}

TEST_CASE("whole ledgers are exported by 出力担当 alone, numbers revealed by no built-in role")
{
    for (auto const& role : catalogue().roles) {
        CAPTURE(role.role);
        auto const bits = roles::rights_of(role);
        auto const has = [&](Right right) {
            return ((bits >> static_cast<unsigned>(right)) & 1ULL) != 0;
        };
        CHECK(has(Right::export_run) == (role.role == "exporter"));
        CHECK_FALSE(has(Right::vault_reveal));
        CHECK(role.version == 0);
    }
    for (auto const& facts : catalogue().rights)
        CHECK(facts.guarded == (facts.group == "vault" || facts.group == "export"));
}

TEST_CASE_FIXTURE(Office, "duties that must be apart are apart, also in roles of the office's own")
{
    CHECK(set_fault({}) == "required");
    CHECK(set_fault({"stuff"}) == "unknown_role");
    CHECK(set_fault({"own:9"}) == "unknown_role");
    CHECK(set_fault({"staff", "exporter", "administrator"}).empty());
    for (auto const* other :
         {"administrator", "system_administrator", "vault_manager", "vault_handler"}) {
        CAPTURE(other);
        CHECK(set_fault({"auditor", other}) == "roles_apart");
    }
    CHECK(set_fault({"vault_manager", "vault_handler"}) == "roles_apart");
    CHECK(set_fault({"auditor", "viewer"}).empty());
    CHECK(set_fault({"client_staff", "client_administrator"}).empty());
    for (auto const* other : {"staff", "administrator", "employee"})
        CHECK(set_fault({"client_staff", other}) == "roles_of_two_classes");

    auto const manages = own("人事", {"account.manage"}, AccountClass::administrator);
    auto const looks = own("控え", {"client.view"});
    CHECK(set_fault({"auditor", manages.role}) == "roles_apart");
    CHECK(set_fault({"auditor", looks.role}).empty());
}

TEST_CASE_FIXTURE(Office, "a role of the office's own is checked before it is written")
{
    CHECK(fault(roles::RoleWish{"", AccountClass::staff, {"client.view"}}) == "name:required");
    CHECK(fault(roles::RoleWish{"業務担当", AccountClass::staff, {"client.view"}}) == "name:taken");
    CHECK(
        fault(roles::RoleWish{std::string(51, 'x'), AccountClass::staff, {"client.view"}}) ==
        "name:too_long"
    );
    CHECK(
        fault(roles::RoleWish{"甲\u202E乙", AccountClass::staff, {"client.view"}}) ==
        "name:control_characters"
    );
    CHECK(fault(roles::RoleWish{"甲", AccountClass::staff, {}}) == "rights:required");
    CHECK(
        fault(roles::RoleWish{"甲", AccountClass::staff, {"client.fly"}}) == "rights:unknown_right"
    );
    CHECK(
        fault(roles::RoleWish{"甲", AccountClass::staff, {"signed_in"}}) == "rights:unknown_right"
    );
    CHECK(
        fault(roles::RoleWish{"甲", AccountClass::staff, {"account.manage"}}) ==
        "rights:right_not_for_class"
    );
    CHECK(
        fault(roles::RoleWish{"甲", AccountClass::client, {"export.run"}}) ==
        "rights:right_not_for_class"
    );
    CHECK(
        fault(roles::RoleWish{"甲", AccountClass::employee, {"client.view"}}) ==
        "account_class:class_not_allowed"
    );
    own("甲", {"client.view"});
    CHECK(fault(roles::RoleWish{" 甲　", AccountClass::staff, {"client.view"}}) == "name:taken");
}

TEST_CASE_FIXTURE(Office, "a role that somebody has changes only as far as one person may decide")
{
    auto const role = own("補助", {"client.view"});
    auto const holder = person("sato", {role.role, "auditor"});
    CHECK(
        change(role, {"補助", AccountClass::staff, {"client.view", "vault.reveal"}}) ==
        "role_in_use_guarded"
    );
    CHECK(change(role, {"補助", AccountClass::administrator, {"client.view"}}) == "role_in_use");
    CHECK(roles.remove(id_of(role), "account:1").error().code == "role_in_use");
    CHECK(accounts.may(accounts.find(holder).value(), Right::client_view));
    CHECK(change(role, {"補助", AccountClass::staff, {"employee.view"}}).empty());
    CHECK_FALSE(accounts.may(accounts.find(holder).value(), Right::client_view));
    CHECK(change(role, {"補助", AccountClass::staff, {"client.view"}}) == "version_conflict");

    // 監査者 with it may not become somebody who manages backups through a change of the role.
    auto const upkeep = own("保守", {"job.view"}, AccountClass::administrator);
    person("suzuki", {upkeep.role, "auditor"});
    CHECK(change(upkeep, {"保守", AccountClass::administrator, {"backup.run"}}) == "roles_apart");

    auto const unused = own("空き", {"client.view"});
    CHECK(roles.change(id_of(unused), 1, {"空き", AccountClass::staff, {"vault.reveal"}}, "x")
              .has_value()); // nobody has it: whoever gets it is approved
    CHECK(roles.remove(id_of(unused), "account:1").has_value());
    CHECK(roles.remove(id_of(unused), "account:1").error().code == "not_found");
}

TEST_CASE_FIXTURE(Office, "no change of a role leaves an office without anybody to manage accounts")
{
    auto const chief = own("所長", {"account.manage", "role.manage"}, AccountClass::administrator);
    person("sato", {chief.role});
    roles::RoleWish const less{"所長", AccountClass::administrator, {"role.manage"}};
    CHECK(change(chief, less) == "last_administrator");
    person("suzuki", {"administrator"});
    CHECK(change(chief, less).empty());
}

TEST_CASE_FIXTURE(Office, "what one asks for another approves, and neither is the receiver")
{
    auto const one = person("one", {"administrator"});
    auto const two = person("two", {"administrator"});
    auto const staff = person("staff", {"staff"});
    CHECK(
        grants.request({staff, {"staff", "exporter"}, " 　"}, by(one)).error().code ==
        "invalid_fields"
    );
    auto const grant = grants.request({staff, {"staff", "exporter"}, "算定の提出"}, by(one));
    REQUIRE(grant.has_value());
    CHECK(
        grants.request({staff, {"staff", "exporter"}, "再"}, by(two)).error().code ==
        "grant_waiting"
    );
    CHECK(grants.approve(grant->id, "", by(one)).error().code == "own_request");
    CHECK(grants.approve(grant->id, "", by(staff)).error().code == "own_account");
    CHECK(grants.refuse(grant->id, "", by(one)).error().code == "own_request");
    CHECK(grants.withdraw(grant->id, by(two)).error().code == "not_own_request");
    CHECK_FALSE(accounts.may(accounts.find(staff).value(), Right::export_run));
    CHECK(grants.waiting() == 1);
    auto const approved = grants.approve(grant->id, "確認した", by(two));
    REQUIRE(approved.has_value());
    CHECK(approved->state == accounts::GrantState::approved);
    CHECK(accounts.may(accounts.find(staff).value(), Right::export_run));
    CHECK(
        pool.read(office).one<std::string>(
            "SELECT granted_by FROM account_role WHERE account_id = ?1 AND role = 'exporter'", staff
        ) == fmt::format("account:{} account:{}", one, two)
    );
    CHECK(grants.approve(grant->id, "", by(two)).error().code == "nothing_to_do");
    CHECK(grants.waiting() == 0);
    CHECK(audit::first_bad_row(pool.read(office), audit::chain_key(test_root(), office)) == 0);
}

TEST_CASE_FIXTURE(Office, "a request that nobody decided on in a week grants nothing")
{
    auto const one = person("one", {"administrator"});
    auto const two = person("two", {"administrator"});
    auto const staff = person("staff", {"staff"});
    auto const old = grants.request({staff, {"staff", "exporter"}, "算定"}, by(one)).value();
    clock.advance(std::chrono::hours{7 * 24} - std::chrono::seconds{1});
    CHECK(grants.waiting() == 1);
    CHECK(grants.request({staff, {"exporter"}, "再"}, by(one)).error().code == "grant_waiting");
    clock.advance(std::chrono::seconds{1});
    CHECK(grants.approve(old.id, "", by(two)).error().code == "grant_expired");
    CHECK(grants.waiting() == 0);
    auto const anew = grants.request({staff, {"staff", "exporter"}, "再"}, by(one)); // makes room
    REQUIRE(anew.has_value());
    CHECK(grants.approve(anew->id, "", by(two)).has_value());
    CHECK(grants.approve(old.id, "", by(two)).error().code == "nothing_to_do");
}

TEST_CASE_FIXTURE(Office, "an approval that cannot be carried out decides nothing")
{
    auto const one = person("one", {"administrator"});
    auto const two = person("two", {"administrator"});
    auto const staff = person("staff", {"staff"});
    auto const role = own("一時", {"client.view"});
    auto const grant = grants.request({staff, {role.role, "exporter"}, "算定"}, by(one)).value();
    REQUIRE(roles.remove(id_of(role), "account:1").has_value());
    CHECK(grants.approve(grant.id, "", by(two)).error().code == "invalid_fields");
    CHECK(grants.waiting_for(staff).has_value());
    CHECK(accounts.find(staff)->roles == std::vector<std::string>{"staff"});
    CHECK(grants.withdraw(grant.id, by(one)).has_value());
}

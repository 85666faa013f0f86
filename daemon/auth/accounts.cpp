#include "auth/accounts.hpp"

#include "audit/recorder.hpp"
#include "base/present.hpp"
#include "domain/text.hpp"
#include "store/json.hpp"

#include <fmt/format.h>

namespace auth {

namespace {

store::FileId const office{store::Kind::office, {}, 1};

Problem no_such_account() { return {Fault::not_found, "not_found"}; }

std::string object_of(std::int64_t id) { return fmt::format("account:{}", id); }

std::vector<FieldFault> faults_of(NewAccount const& wanted)
{
    std::vector<FieldFault> faults;
    bool plain = !wanted.login_id.empty() && wanted.login_id.size() <= 64;
    for (char const c : wanted.login_id)
        plain = plain && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' || c == '@');
    if (!plain)
        faults.push_back({"login_id", wanted.login_id.empty() ? "required" : "bad_login_id"});
    if (domain::trimmed(wanted.name).empty()) faults.push_back({"name", "required"});
    if (domain::length(wanted.name) > 100) faults.push_back({"name", "too_long"});
    if (domain::has_hostile_characters(wanted.name))
        faults.push_back({"name", "control_characters"});
    return faults;
}

} // namespace

std::optional<Account> Accounts::read(store::Reader const& db, std::int64_t id)
{
    return db.one<Account>(
        R"(SELECT id, login_id, name, class AS account_class,
                  (SELECT json_group_array(role) FROM (SELECT role FROM account_role
                     WHERE account_id = account.id ORDER BY granted_at, role)) AS roles,
                  all_clients, all_specific, state, version, employee_id, ends_on,
                  last_sign_in_at, last_sign_in_address, last_sign_in_device
             FROM account WHERE id = ?1)",
        id
    );
}

void Accounts::set_office_name(std::string const& name)
{
    auto transaction = pool_.begin(office);
    transaction.exec(
        "INSERT INTO setting (key, value) VALUES ('office_name', ?1) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        name
    );
    transaction.commit(recorder_.append(transaction, {"init", "office.name", "office", "{}"}));
}

std::string Accounts::office_name() const
{
    return pool_.read(office)
        .one<std::string>("SELECT value FROM setting WHERE key = 'office_name'")
        .value_or("");
}

void Accounts::set_first_code(Bytes const& code_hash)
{
    auto transaction = pool_.begin(office);
    auto const expires = clock_.now() + setup_code_life;
    json::object const code{
        {"hash", base::to_hex(code_hash)}, {"expires", expires.time_since_epoch().count()}
    };
    transaction.exec(
        "INSERT INTO setting (key, value) VALUES ('first_code', ?1) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        json::serialize(code)
    );
    transaction.commit(recorder_.append(transaction, {"init", "setup.code", "office", "{}"}));
}

bool Accounts::first_needed() const
{
    return pool_.read(office).one<std::int64_t>("SELECT count(*) FROM account") == 0;
}

Result<Account> Accounts::create_first(
    std::string_view code,
    std::string const& login_id,
    std::string const& name,
    HashedPassword const& password,
    bool exports
)
{
    NewAccount wanted{login_id, name, {"administrator", "system_administrator", "manager"},
                      true,     {},   {},
                      {}};
    if (exports) wanted.roles.emplace_back("exporter");
    TRY(auto const set, checked(wanted));
    auto transaction = pool_.begin(office); // one at a time: exactly one first administrator
    auto const stored =
        transaction.one<std::string>("SELECT value FROM setting WHERE key = 'first_code'");
    if (!stored || transaction.one<std::int64_t>("SELECT count(*) FROM account") != 0)
        return Problem{Fault::conflict, "setup_is_over"};
    auto const expected = boost::json::parse(*stored).as_object();
    auto const hash = base::from_hex(std::string_view{expected.at("hash").as_string()});
    if (!hash || !base::equal_in_constant_time(*hash, setup_code_hash(code)))
        return Problem{Fault::forbidden, "setup_code_wrong"};
    if (clock_.now().time_since_epoch().count() >= expected.at("expires").as_int64())
        return Problem{Fault::forbidden, "setup_code_expired"};

    auto const id =
        insert(transaction, wanted, {set, AccountState::active, password, std::nullopt, "init"});
    transaction.exec("DELETE FROM setting WHERE key = 'first_code'");
    auto account = base::present(read(transaction, id));
    transaction.commit(recorder_.append(
        transaction, {object_of(id), "account.create_first", object_of(id), json::to_text(account)}
    ));
    return account;
}

Result<roles::RoleSet> Accounts::checked(NewAccount const& wanted) const
{
    auto faults = faults_of(wanted);
    auto set = roles_.set_of(wanted.roles);
    if (!set) {
        auto const problem = set.error(); // by value: of two calls the iterators would not match
        faults.insert(faults.end(), problem.fields.begin(), problem.fields.end());
    } else if (set->account_class == http::AccountClass::client ||
               set->account_class == http::AccountClass::employee) {
        if (wanted.all_clients || wanted.client_ids.size() != 1)
            faults.push_back({"client_ids", "one_client"});
        bool const employee = set->account_class == http::AccountClass::employee;
        if (employee != wanted.employee_id.has_value())
            faults.push_back({"employee_id", employee ? "required" : "not_for_class"});
    } else if (wanted.employee_id) {
        faults.push_back({"employee_id", "not_for_class"});
    }
    if (!faults.empty()) return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    return set;
}

std::int64_t
Accounts::insert(store::Transaction& transaction, NewAccount const& wanted, Entry const& entry)
{
    auto const now = clock_.now();
    std::optional<Instant> expires;
    if (entry.code_hash) expires = now + setup_code_life;
    std::optional<std::string> hash;
    std::optional<Instant> set_at;
    if (entry.password) {
        hash = entry.password->hash;
        set_at = now;
    }
    transaction.exec(
        R"(INSERT INTO account (login_id, name, class, all_clients, state, password_hash,
                                password_set_at, password_long, setup_hash, setup_expires,
                                employee_id, ends_on, created_at, updated_at)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13))",
        wanted.login_id, wanted.name, entry.set.account_class,
        wanted.all_clients || entry.set.all_clients, entry.state, hash, set_at,
        entry.password && entry.password->is_long, entry.code_hash, expires, wanted.employee_id,
        wanted.ends_on, now
    );
    auto const id = transaction.last_id();
    for (auto const client_id : wanted.client_ids)
        transaction.exec(
            "INSERT INTO assignment (account_id, client_id) "
            "SELECT ?1, id FROM client WHERE id = ?2 ON CONFLICT DO NOTHING",
            id, client_id
        );
    for (auto const& role : wanted.roles)
        transaction.exec(
            "INSERT INTO account_role (account_id, role, granted_at, granted_by) "
            "VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            id, role, now, entry.granted_by
        );
    return id;
}

Account Accounts::create_ready(NewAccount const& wanted, HashedPassword const& password)
{
    auto const set = checked(wanted).value(); // by the program, not by a person
    auto transaction = pool_.begin(office);
    auto const id =
        insert(transaction, wanted, {set, AccountState::active, password, std::nullopt, "init"});
    transaction.exec("DELETE FROM setting WHERE key = 'first_code'");
    auto account = base::present(read(transaction, id));
    transaction.commit(recorder_.append(
        transaction, {"init", "account.create", object_of(id), json::to_text(account)}
    ));
    return account;
}

Result<Account> Accounts::invite_again(std::int64_t id, Bytes const& code_hash, std::string actor)
{
    auto transaction = pool_.begin(office);
    if (!read(transaction, id)) return no_such_account();
    transaction.exec(
        R"(INSERT INTO password_past (account_id, set_at, hash)
           SELECT id, coalesce(password_set_at, created_at), password_hash
             FROM account WHERE id = ?1 AND password_hash IS NOT NULL)",
        id
    );
    transaction.exec(
        R"(UPDATE account SET state = 'invited', password_hash = NULL, setup_hash = ?2,
                              setup_expires = ?3, version = version + 1, updated_at = ?4
            WHERE id = ?1)",
        id, code_hash, clock_.now() + setup_code_life, clock_.now()
    );
    transaction.commit(recorder_.append(
        transaction, {std::move(actor), "account.invite_again", object_of(id), "{}"}
    ));
    return find(id);
}

Result<Account> Accounts::set_password(
    std::int64_t id, HashedPassword const& password, std::int64_t history, std::string action
)
{
    auto transaction = pool_.begin(office);
    if (!read(transaction, id)) return no_such_account();
    transaction.exec(
        R"(INSERT INTO password_past (account_id, set_at, hash)
           SELECT id, coalesce(password_set_at, created_at), password_hash
             FROM account WHERE id = ?1 AND password_hash IS NOT NULL)",
        id
    );
    transaction.exec(
        R"(DELETE FROM password_past WHERE account_id = ?1 AND rowid NOT IN (
               SELECT rowid FROM password_past WHERE account_id = ?1
                ORDER BY set_at DESC, rowid DESC LIMIT ?2))",
        id, std::max<std::int64_t>(history - 1, 0)
    );
    transaction.exec(
        R"(UPDATE account SET state = 'active', password_hash = ?2, password_set_at = ?3,
                              password_long = ?4, setup_hash = NULL, setup_expires = NULL,
                              version = version + 1, updated_at = ?3
            WHERE id = ?1)",
        id, password.hash, clock_.now(), password.is_long
    );
    transaction.commit(
        recorder_.append(transaction, {object_of(id), std::move(action), object_of(id), "{}"})
    );
    return find(id);
}

std::vector<std::string> Accounts::past_hashes(std::int64_t id) const
{
    return pool_.read(office).all<std::string>(
        R"(SELECT hash FROM (
               SELECT password_hash AS hash, 1 AS present, 0 AS set_at FROM account
                WHERE id = ?1 AND password_hash IS NOT NULL
               UNION ALL SELECT hash, 0, set_at FROM password_past WHERE account_id = ?1)
            ORDER BY present DESC, set_at DESC)",
        id
    );
}

Result<Account> Accounts::unlocked(std::int64_t id, std::string actor, std::string why)
{
    auto transaction = pool_.begin(office);
    auto account = read(transaction, id);
    if (!account) return no_such_account();
    transaction.commit(recorder_.append(
        transaction, {std::move(actor), "account.unlock", object_of(id), std::move(why)}
    ));
    return std::move(*account);
}

Result<Account> Accounts::disable(std::int64_t id, std::string actor, std::string why)
{
    auto transaction = pool_.begin(office);
    auto const account = read(transaction, id);
    if (!account) return no_such_account();
    if (is_last_manager(transaction, id)) return Problem{Fault::conflict, "last_administrator"};
    transaction.exec(
        R"(UPDATE account SET state = 'disabled', setup_hash = NULL, setup_expires = NULL,
                              version = version + 1, updated_at = ?2
            WHERE id = ?1)",
        id, clock_.now()
    );
    transaction.commit(recorder_.append(
        transaction, {std::move(actor), "account.disable", object_of(id), std::move(why)}
    ));
    return find(id);
}

void Accounts::signed_in(std::int64_t id, std::string const& address, std::string const& device)
{
    auto transaction = pool_.begin(office, store::Pool::Room::use_reserve);
    transaction.exec(
        R"(UPDATE account SET last_sign_in_at = ?2, last_sign_in_address = ?3,
                              last_sign_in_device = ?4 WHERE id = ?1)",
        id, clock_.now(), address, device
    );
    transaction.commit(
        recorder_.append(transaction, {object_of(id), "session.open", object_of(id), "{}"})
    );
}

std::vector<Account> Accounts::list() const
{
    return pool_.read(office).all<Account>(
        R"(SELECT id, login_id, name, class AS account_class,
                  (SELECT json_group_array(role) FROM (SELECT role FROM account_role
                     WHERE account_id = account.id ORDER BY granted_at, role)) AS roles,
                  all_clients, all_specific, state, version, employee_id, ends_on,
                  last_sign_in_at, last_sign_in_address, last_sign_in_device
             FROM account ORDER BY state = 'disabled', name, id)"
    );
}

Result<Account> Accounts::find(std::int64_t id) const
{
    auto account = read(pool_.read(office), id);
    if (!account) return no_such_account();
    return std::move(*account);
}

std::optional<Credentials> Accounts::credentials(std::string const& login_id) const
{
    return pool_.read(office).one<Credentials>(
        R"(SELECT id, state, password_hash, setup_hash, setup_expires,
                  coalesce(password_set_at, created_at) AS password_set_at, password_long
             FROM account WHERE login_id = ?1)",
        login_id
    );
}

} // namespace auth

// The life of an account: made alone or with many others, changed, and erased.
#include "audit/history.hpp"
#include "audit/recorder.hpp"
#include "auth/accounts.hpp"
#include "base/present.hpp"
#include "base/random.hpp"
#include "crypto/hash.hpp"
#include "domain/text.hpp"
#include "store/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace auth {

namespace {

constexpr std::size_t name_max = 100;

store::FileId const office{store::Kind::office, {}, 1};

std::string object_of(std::int64_t id) { return fmt::format("account:{}", id); }

Problem no_such_account() { return {Fault::not_found, "not_found"}; }

std::optional<std::string> stored_key(store::Reader const& db)
{
    return db.one<std::string>("SELECT value FROM setting WHERE key = 'tombstone_key'");
}

std::string lower(std::string text) // as NOCASE compares: ASCII only
{
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

// Keyed: nobody who reads the table alone can try names.
Bytes login_hash(std::string const& key_hex, std::string const& login_id)
{
    Key key;
    auto const bytes = base::present(base::from_hex(key_hex));
    std::copy_n(bytes.begin(), key.bytes().size(), key.bytes().begin());
    auto const hash = crypto::hmac_sha256(key, base::as_bytes(lower(login_id)));
    return {hash.begin(), hash.end()};
}

// Made once, with the first tombstone.
std::string tombstone_key(store::Transaction& transaction)
{
    if (auto known = stored_key(transaction)) return std::move(*known);
    Bytes random(32);
    base::fill_random(random);
    auto key = base::to_hex(random);
    transaction.exec("INSERT INTO setting (key, value) VALUES ('tombstone_key', ?1)", key);
    return key;
}

std::vector<FieldFault> faults_of(AccountChange const& wanted)
{
    std::vector<FieldFault> faults;
    if (domain::trimmed(wanted.name).empty()) faults.push_back({"name", "required"});
    if (domain::length(wanted.name) > name_max) faults.push_back({"name", "too_long"});
    if (domain::has_hostile_characters(wanted.name) || domain::has_line_breaks(wanted.name))
        faults.push_back({"name", "control_characters"});
    return faults;
}

// Bodies about the account itself, and any other that carries the sign-in ID or, among those about
// accounts, the name. Hashes stay: the chain still holds.
void erase_bodies(store::Transaction& transaction, Account const& account)
{
    auto const quoted = [](std::string const& text) { return json::serialize(json::value(text)); };
    transaction.exec(
        R"(DELETE FROM audit_body
            WHERE seq IN (SELECT seq FROM audit WHERE object = ?1)
               OR instr(lower(body), ?2) > 0
               OR (instr(body, ?3) > 0
                   AND seq IN (SELECT seq FROM audit WHERE object LIKE 'account%')))",
        object_of(account.id), "\"login_id\":" + quoted(lower(account.login_id)),
        quoted(account.name)
    );
}

} // namespace

std::optional<Problem>
Accounts::refused_id(store::Reader const& db, std::string const& login_id) const
{
    if (db.one<std::int64_t>("SELECT 1 FROM account WHERE login_id = ?1", login_id))
        return Problem{Fault::conflict, "login_id_taken", {{"login_id", "taken"}}};
    auto const key = stored_key(db);
    if (key &&
        db.one<std::int64_t>(
            "SELECT 1 FROM account_tombstone WHERE login_hash = ?1", login_hash(*key, login_id)
        ))
        return Problem{Fault::conflict, "login_id_retired", {{"login_id", "retired"}}};
    return std::nullopt;
}

std::vector<FieldFault> Accounts::faults_of_new(NewAccount const& wanted) const
{
    std::vector<FieldFault> faults;
    if (auto const set = checked(wanted); !set) faults = set.error().fields;
    if (auto const refused = refused_id(pool_.read(office), wanted.login_id))
        faults.insert(faults.end(), refused->fields.begin(), refused->fields.end());
    return faults;
}

Result<std::pair<Account, store::AuditReceipt>> Accounts::add_invited(
    store::Transaction& transaction,
    NewAccount const& wanted,
    Bytes const& code_hash,
    std::string const& actor
)
{
    TRY(auto const set, checked(wanted));
    if (auto refused = refused_id(transaction, wanted.login_id)) return std::move(*refused);
    auto const id =
        insert(transaction, wanted, {set, AccountState::invited, std::nullopt, code_hash, actor});
    auto account = base::present(read(transaction, id));
    auto const receipt = recorder_.append(
        transaction, {actor, "account.create", object_of(id), json::to_text(account)}
    );
    return std::pair{std::move(account), receipt};
}

Result<Account> Accounts::create(
    NewAccount const& wanted, Bytes const& code_hash, std::string actor, AlsoOf const& also
)
{
    auto transaction = pool_.begin(office);
    TRY(auto made, add_invited(transaction, wanted, code_hash, actor));
    if (also) TRY_VOID(also(transaction, made.first));
    transaction.commit(made.second);
    return std::move(made.first);
}

Result<std::vector<Account>> Accounts::create_all(
    std::vector<NewAccount> const& wanted, std::vector<Bytes> const& code_hashes, std::string actor
)
{
    auto transaction = pool_.begin(office);
    transaction.expect_much();
    std::vector<Account> accounts;
    std::optional<store::AuditReceipt> receipt;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        TRY(auto made, add_invited(transaction, wanted[i], code_hashes.at(i), actor));
        accounts.push_back(std::move(made.first));
        receipt = made.second;
    }
    if (receipt) transaction.commit(*receipt);
    return accounts;
}

Result<std::vector<Account>> Accounts::renew_codes(
    std::vector<std::int64_t> const& ids, std::vector<Bytes> const& code_hashes, std::string actor
)
{
    auto transaction = pool_.begin(office);
    std::vector<Account> accounts;
    std::optional<store::AuditReceipt> receipt;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        auto account = read(transaction, ids[i]);
        if (!account) return no_such_account();
        if (account->state != AccountState::invited)
            return Problem{Fault::conflict, "account_not_invited"};
        transaction.exec(
            R"(UPDATE account SET setup_hash = ?2, setup_expires = ?3, version = version + 1,
                                  updated_at = ?4 WHERE id = ?1)",
            ids[i], code_hashes.at(i), clock_.now() + setup_code_life, clock_.now()
        );
        accounts.push_back(std::move(*account));
        receipt =
            recorder_.append(transaction, {actor, "account.print_sheet", object_of(ids[i]), "{}"});
    }
    if (receipt) transaction.commit(*receipt);
    return accounts;
}

Result<Account> Accounts::change(
    std::int64_t id, std::int64_t version, AccountChange const& wanted, std::string actor
)
{
    if (auto faults = faults_of(wanted); !faults.empty())
        return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    auto transaction = pool_.begin(office);
    auto const before = read(transaction, id);
    if (!before) return no_such_account();
    if (before->version != version)
        return Problem{Fault::conflict, "version_conflict", {}, json::to_text(*before)};
    if (wanted.ends_on && is_last_manager(transaction, id))
        return Problem{Fault::conflict, "last_administrator", {{"ends_on", "last_administrator"}}};
    transaction.exec(
        R"(UPDATE account SET name = ?2, ends_on = ?3, version = version + 1, updated_at = ?4
            WHERE id = ?1)",
        id, domain::trimmed(wanted.name), wanted.ends_on, clock_.now()
    );
    auto after = base::present(read(transaction, id));
    AccountChange const was{before->name, before->ends_on};
    AccountChange const is{after.name, after.ends_on};
    transaction.commit(recorder_.append(
        transaction,
        {std::move(actor), "account.change", object_of(id), audit::changes_of(&was, &is)}
    ));
    return after;
}

Result<void> Accounts::erase(std::int64_t id, std::string actor)
{
    auto transaction = pool_.begin(office);
    auto const account = read(transaction, id);
    if (!account) return no_such_account();
    if (account->state == AccountState::active)
        return Problem{Fault::conflict, "account_not_disabled"};
    auto const key = tombstone_key(transaction);
    transaction.exec(
        R"(INSERT INTO account_tombstone (account_id, login_hash, deleted_at, deleted_by)
           VALUES (?1, ?2, ?3, ?4))",
        id, login_hash(key, account->login_id), clock_.now(), actor
    );
    erase_bodies(transaction, *account);
    transaction.exec("DELETE FROM assignment WHERE account_id = ?1", id);
    // Roles, requests, passwords, second factors: whatever refers to the account goes with it.
    transaction.exec("DELETE FROM account WHERE id = ?1", id);
    transaction.commit(
        recorder_.append(transaction, {std::move(actor), "account.erase", object_of(id), "{}"})
    );
    return {};
}

} // namespace auth

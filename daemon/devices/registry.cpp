#include "devices/registry.hpp"

#include "audit/recorder.hpp"
#include "auth/accounts.hpp"
#include "base/present.hpp"
#include "crypto/aead.hpp"
#include "domain/text.hpp"
#include "store/json.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace devices {

namespace {

store::FileId const office{store::Kind::office, {}, 1};

constexpr std::size_t device_characters_max = 60;
constexpr std::chrono::days authority_left_min{400}; // a certificate lives 398
constexpr std::string_view seal_context = "device authority";

std::string object_of(std::int64_t id) { return fmt::format("device_certificate:{}", id); }

struct AuthorityRow {
    std::string fingerprint;
    Bytes certificate;
    Bytes sealed_key;
    Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(AuthorityRow, (), (fingerprint, certificate, sealed_key, expires_at))

struct KnownRow {
    std::string issuer;
    std::string serial;
    std::int64_t id = 0;
    std::int64_t account_id = 0;
    Instant expires_at;
    bool revoked = false;
};
BOOST_DESCRIBE_STRUCT(KnownRow, (), (issuer, serial, id, account_id, expires_at, revoked))

struct Owner {
    std::int64_t id = 0;
    std::string state;
};
BOOST_DESCRIBE_STRUCT(Owner, (), (id, state))

Policy read_policy(store::Reader const& db)
{
    return base::present(db.one<Policy>(
        "SELECT administrator, staff, client, employee, version FROM device_policy WHERE id = 1"
    ));
}

std::optional<Certificate> read_certificate(store::Reader const& db, std::int64_t id)
{
    return db.one<Certificate>(
        R"(SELECT c.id, c.serial, c.issuer, c.account_id, a.login_id, a.name AS account_name,
                  c.device, c.issued_at, c.expires_at, c.revoked_at, c.revoke_reason,
                  c.last_used_at
             FROM device_certificate c JOIN account a ON a.id = c.account_id WHERE c.id = ?1)",
        id
    );
}

bool asks(Policy const& policy)
{
    return policy.administrator != Need::off || policy.staff != Need::off ||
           policy.client != Need::off || policy.employee != Need::off;
}

Problem version_conflict(Policy const& current)
{
    return {
        Fault::conflict,
        "version_conflict",
        {},
        json::serialize(json::object{{"current", json::to(current)}})
    };
}

std::vector<FieldFault> faults_of(std::string const& device)
{
    if (device.empty()) return {{"device", "required"}};
    if (domain::length(device) > device_characters_max) return {{"device", "too_long"}};
    if (domain::has_hostile_characters(device)) return {{"device", "control_characters"}};
    return {};
}

} // namespace

Need Policy::of(http::AccountClass account_class) const
{
    switch (account_class) {
    case http::AccountClass::administrator: return administrator;
    case http::AccountClass::staff: return staff;
    case http::AccountClass::client: return client;
    case http::AccountClass::employee: return employee;
    }
    return Need::required; // an unknown class: the strictest
}

// The count is read before the rows: a commit in between makes the picture newer than its number,
// and it is read once more than needed.
std::shared_ptr<Picture const> Registry::picture()
{
    std::scoped_lock const lock{mutex_};
    auto const newest = parts_.pool.commits(office);
    if (picture_ && picture_of_ == newest) return picture_;
    auto const db = parts_.pool.read(office);
    auto fresh = std::make_shared<Picture>();
    fresh->policy = read_policy(db);
    db.each<KnownRow>(
        R"(SELECT c.issuer, c.serial, c.id, c.account_id, c.expires_at,
                  c.revoked_at IS NOT NULL OR a.state = 'disabled' AS revoked
             FROM device_certificate c JOIN account a ON a.id = c.account_id)",
        [&](KnownRow row) {
            fresh->certificates[{std::move(row.issuer), std::move(row.serial)}] = {
                row.id, row.account_id, row.expires_at, row.revoked
            };
        }
    );
    fresh->authorities =
        db.all<Bytes>("SELECT certificate FROM device_authority ORDER BY created_at DESC");
    picture_ = std::move(fresh);
    picture_of_ = newest;
    return picture_;
}

std::vector<Bytes> Registry::authorities_to_ask_for()
{
    auto const now = picture();
    return asks(now->policy) ? now->authorities : std::vector<Bytes>{};
}

void Registry::asking_may_have_changed(std::vector<Bytes> const& before)
{
    if (tell_ && authorities_to_ask_for() != before) tell_();
}

std::optional<Authority> Registry::authority()
{
    return parts_.pool.read(office).one<Authority>(
        R"(SELECT fingerprint, created_at, expires_at FROM device_authority
            ORDER BY created_at DESC LIMIT 1)"
    );
}

Result<Authority> Registry::create_authority(std::string const& actor)
{
    std::scoped_lock const one_at_a_time{making_authority_};
    auto const now = parts_.clock.now();
    if (auto const present = authority(); present && present->expires_at - now > authority_left_min)
        return Problem{Fault::conflict, "device_authority_exists"};
    auto const before = authorities_to_ask_for();
    auto const made = crypto::make_device_authority(parts_.office_name(), now);
    auto const sealed =
        crypto::seal(parts_.sealing_key(), base::as_bytes(made.key.view()), seal_context);
    auto transaction = parts_.pool.begin(office);
    transaction.exec(
        R"(INSERT INTO device_authority (fingerprint, certificate, sealed_key, created_at,
                                         created_by, expires_at)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6))",
        made.fingerprint, made.certificate, sealed, now, actor, made.expires_at
    );
    json::object const body{{"fingerprint", made.fingerprint}};
    transaction.commit(parts_.recorder.append(
        transaction, {actor, "device.create_authority", "office", json::serialize(body)}
    ));
    asking_may_have_changed(before);
    return Authority{made.fingerprint, now, made.expires_at};
}

Result<Made>
Registry::issue(std::string const& login_id, std::string const& wanted, std::string const& actor)
{
    auto const device = domain::trimmed(wanted);
    if (auto faults = faults_of(device); !faults.empty())
        return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    auto const now = parts_.clock.now();
    if (auto made = create_authority(actor);
        !made && made.error().code != "device_authority_exists")
        return std::move(made).error();
    auto transaction = parts_.pool.begin(office);
    auto const owner =
        transaction.one<Owner>("SELECT id, state FROM account WHERE login_id = ?1", login_id);
    if (!owner) return Problem{Fault::invalid, "invalid_fields", {{"login_id", "unknown_person"}}};
    if (owner->state == "disabled") return Problem{Fault::conflict, "account_disabled"};
    auto const row = base::present(transaction.one<AuthorityRow>(
        R"(SELECT fingerprint, certificate, sealed_key, expires_at FROM device_authority
            ORDER BY created_at DESC LIMIT 1)"
    ));
    auto opened = crypto::open(parts_.sealing_key(), row.sealed_key, seal_context);
    if (!opened) throw store::Error("the device authority's key does not open", 0);
    crypto::DeviceAuthority const authority{
        row.certificate, SecretText{std::string{base::as_text(*opened)}}, row.expires_at,
        row.fingerprint
    };
    base::wipe(opened->data(), opened->size());
    auto passphrase = auth::new_setup_code(); // 75 bits that can be typed
    auto made =
        crypto::issue_device_file(authority, device, SecretText{std::string{passphrase}}, now);
    transaction.exec(
        R"(INSERT INTO device_certificate (issuer, serial, account_id, device, issued_at,
                                           issued_by, expires_at)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7))",
        row.fingerprint, made.serial, owner->id, device, now, actor, made.expires_at
    );
    auto certificate = base::present(read_certificate(transaction, transaction.last_id()));
    json::object const body{
        {"account", certificate.account_id}, {"device", device}, {"serial", made.serial}
    };
    transaction.commit(parts_.recorder.append(
        transaction, {actor, "device.issue", object_of(certificate.id), json::serialize(body)}
    ));
    return Made{std::move(certificate), std::move(passphrase), std::move(made.pkcs12)};
}

Result<Certificate> Registry::revoke(std::int64_t id, RevokeReason reason, std::string const& actor)
{
    auto transaction = parts_.pool.begin(office, store::Pool::Room::use_reserve);
    auto const known = read_certificate(transaction, id);
    if (!known) return Problem{Fault::not_found, "not_found"};
    if (known->revoked_at) return Problem{Fault::conflict, "device_certificate_is_revoked"};
    transaction.exec(
        R"(UPDATE device_certificate SET revoked_at = ?2, revoked_by = ?3, revoke_reason = ?4
            WHERE id = ?1)",
        id, parts_.clock.now(), actor, reason
    );
    auto revoked = base::present(read_certificate(transaction, id));
    json::object const body{{"reason", json::to(reason)}};
    transaction.commit(parts_.recorder.append(
        transaction, {actor, "device.revoke", object_of(id), json::serialize(body)}
    ));
    return revoked;
}

std::vector<Certificate> Registry::list()
{
    return with_uses(parts_.pool.read(office).all<Certificate>(
        R"(SELECT c.id, c.serial, c.issuer, c.account_id, a.login_id, a.name AS account_name,
                  c.device, c.issued_at, c.expires_at, c.revoked_at, c.revoke_reason,
                  c.last_used_at
             FROM device_certificate c JOIN account a ON a.id = c.account_id
            ORDER BY c.revoked_at IS NOT NULL, a.name, a.id, c.id DESC)"
    ));
}

std::vector<Certificate> Registry::list_of(std::int64_t account_id)
{
    return with_uses(parts_.pool.read(office).all<Certificate>(
        R"(SELECT c.id, c.serial, c.issuer, c.account_id, a.login_id, a.name AS account_name,
                  c.device, c.issued_at, c.expires_at, c.revoked_at, c.revoke_reason,
                  c.last_used_at
             FROM device_certificate c JOIN account a ON a.id = c.account_id
            WHERE c.account_id = ?1 ORDER BY c.revoked_at IS NOT NULL, c.id DESC)",
        account_id
    ));
}

Result<Certificate> Registry::find(std::int64_t id)
{
    auto found = read_certificate(parts_.pool.read(office), id);
    if (!found) return Problem{Fault::not_found, "not_found"};
    return std::move(*found);
}

Result<Policy>
Registry::set_policy(PolicyInput const& wanted, std::int64_t seen, std::string const& actor)
{
    auto const before = authorities_to_ask_for();
    Policy changed;
    {
        auto transaction = parts_.pool.begin(office);
        auto const current = read_policy(transaction);
        if (current.version != seen) return version_conflict(current);
        transaction.exec(
            R"(UPDATE device_policy SET administrator = ?1, staff = ?2, client = ?3,
                                        employee = ?4, version = version + 1 WHERE id = 1)",
            wanted.administrator, wanted.staff, wanted.client, wanted.employee
        );
        changed = read_policy(transaction);
        json::object const body{{"from", json::to(current)}, {"to", json::to(changed)}};
        transaction.commit(parts_.recorder.append(
            transaction, {actor, "device.policy", "office", json::serialize(body)}
        ));
    }
    asking_may_have_changed(before);
    return changed;
}

void Registry::used(Known const& certificate, Instant now)
{
    std::scoped_lock const lock{mutex_};
    uses_[certificate.id] = now;
}

std::vector<Certificate> Registry::with_uses(std::vector<Certificate> rows)
{
    std::scoped_lock const lock{mutex_};
    for (auto& row : rows)
        if (auto const used = uses_.find(row.id); used != uses_.end())
            row.last_used_at = used->second;
    return rows;
}

void Registry::write_uses()
{
    std::map<std::int64_t, Instant> uses;
    {
        std::scoped_lock const lock{mutex_};
        uses.swap(uses_);
    }
    if (uses.empty()) return;
    auto transaction = parts_.pool.begin(office);
    for (auto const& [id, at] : uses)
        transaction.exec("UPDATE device_certificate SET last_used_at = ?2 WHERE id = ?1", id, at);
    json::object const body{{"certificates", uses.size()}};
    transaction.commit(parts_.recorder.append(
        transaction, {"system:scheduler", "device.used", "office", json::serialize(body)}
    ));
}

} // namespace devices

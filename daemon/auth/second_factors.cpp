#include "auth/second_factors.hpp"

#include "audit/recorder.hpp"
#include "auth/accounts.hpp"
#include "base/qr.hpp"
#include "base/random.hpp"
#include "crypto/totp.hpp"
#include "domain/text.hpp"
#include "store/json.hpp"

#include <fmt/format.h>

#include <array>

namespace auth {

namespace {

constexpr std::size_t recovery_codes = 10;
constexpr std::size_t totp_digits = 6;

store::FileId const office{store::Kind::office, {}, 1};

struct Totp {
    Bytes secret;
    std::optional<Instant> confirmed_at;
    std::int64_t used_step = 0;
};
BOOST_DESCRIBE_STRUCT(Totp, (), (secret, confirmed_at, used_step))

std::optional<Totp> read_totp(store::Reader const& db, std::int64_t account_id)
{
    return db.one<Totp>(
        "SELECT secret, confirmed_at, used_step FROM totp WHERE account_id = ?1", account_id
    );
}

std::string object_of(std::int64_t account_id) { return fmt::format("account:{}", account_id); }

std::vector<std::string> write_recovery_codes(store::Transaction& office_db, std::int64_t account)
{
    office_db.exec("DELETE FROM recovery_code WHERE account_id = ?1", account);
    std::vector<std::string> codes;
    while (codes.size() < recovery_codes) {
        codes.push_back(new_setup_code());
        office_db.exec(
            "INSERT INTO recovery_code (account_id, hash) VALUES (?1, ?2)", account,
            setup_code_hash(codes.back())
        );
    }
    return codes;
}

SecondFactorState state_in(store::Reader const& db, std::int64_t account_id)
{
    auto const totp = read_totp(db, account_id);
    SecondFactorState state;
    state.totp = totp && totp->confirmed_at;
    state.recovery_codes =
        db.one<std::int64_t>("SELECT count(*) FROM recovery_code WHERE account_id = ?1", account_id)
            .value_or(0);
    state.passkeys = passkeys::count_of(db, account_id);
    return state;
}

// Recovery codes stand in for a factor: without one they would be a way in of their own.
void drop_idle_codes(store::Transaction& office_db, std::int64_t account_id)
{
    if (!state_in(office_db, account_id).in_force())
        office_db.exec("DELETE FROM recovery_code WHERE account_id = ?1", account_id);
}

std::string passkey_body(std::int64_t id) { return json::serialize(json::object{{"passkey", id}}); }

} // namespace

SecondFactorState SecondFactors::state_of(std::int64_t account_id) const
{
    return state_in(pool_.read(office), account_id);
}

Result<TotpOffer> SecondFactors::offer_totp(std::int64_t account_id, std::string const& login_id)
{
    std::array<Byte, 20> secret{};
    base::fill_random(secret);
    auto transaction = pool_.begin(office);
    if (auto const totp = read_totp(transaction, account_id); totp && totp->confirmed_at)
        return Problem{Fault::conflict, "second_factor_exists"};
    transaction.exec(
        R"(INSERT INTO totp (account_id, secret) VALUES (?1, ?2)
           ON CONFLICT (account_id) DO UPDATE SET secret = excluded.secret, used_step = 0)",
        account_id, Bytes{secret.begin(), secret.end()}
    );
    transaction.commit(recorder_.append(
        transaction, {object_of(account_id), "account.totp_offer", object_of(account_id), "{}"}
    ));
    auto uri = crypto::otpauth_uri("蔵守", login_id, secret);
    auto qr = base::qr_modules(uri);
    return TotpOffer{crypto::base32(secret), std::move(uri), std::move(qr)};
}

Result<std::vector<std::string>>
SecondFactors::confirm_totp(std::int64_t account_id, std::string_view code)
{
    auto const now_step = crypto::totp_step(clock_.now());
    auto transaction = pool_.begin(office);
    auto const totp = read_totp(transaction, account_id);
    if (!totp) return Problem{Fault::conflict, "second_factor_not_offered"};
    if (totp->confirmed_at) return Problem{Fault::conflict, "second_factor_exists"};
    auto const step = crypto::matching_step(totp->secret, code, now_step, totp->used_step);
    if (!step) return Problem{Fault::invalid, "invalid_fields", {{"code", "code_wrong"}}};
    transaction.exec(
        "UPDATE totp SET confirmed_at = ?2, used_step = ?3 WHERE account_id = ?1", account_id,
        clock_.now(), *step
    );
    auto codes = write_recovery_codes(transaction, account_id);
    transaction.commit(recorder_.append(
        transaction, {object_of(account_id), "account.totp_on", object_of(account_id), "{}"}
    ));
    return codes;
}

Result<std::vector<std::string>> SecondFactors::renew_recovery_codes(std::int64_t account_id)
{
    auto transaction = pool_.begin(office);
    if (!state_in(transaction, account_id).in_force())
        return Problem{Fault::conflict, "second_factor_not_offered"};
    auto codes = write_recovery_codes(transaction, account_id);
    transaction.commit(recorder_.append(
        transaction, {object_of(account_id), "account.recovery_codes", object_of(account_id), "{}"}
    ));
    return codes;
}

Result<void> SecondFactors::remove_totp(std::int64_t account_id, bool required)
{
    auto transaction = pool_.begin(office);
    if (required && state_in(transaction, account_id).passkeys == 0)
        return Problem{Fault::conflict, "second_factor_required"};
    transaction.exec("DELETE FROM totp WHERE account_id = ?1", account_id);
    drop_idle_codes(transaction, account_id);
    transaction.commit(recorder_.append(
        transaction, {object_of(account_id), "account.totp_off", object_of(account_id), "{}"}
    ));
    return {};
}

Result<std::vector<std::string>> SecondFactors::add_passkey(
    std::int64_t account_id, passkeys::NewCredential const& made, bool only_first
)
{
    auto transaction = pool_.begin(office);
    bool const first = !state_in(transaction, account_id).in_force();
    if (only_first && !first) return Problem{Fault::conflict, "second_factor_exists"};
    TRY(auto const id, passkeys::insert(transaction, account_id, made, clock_.now()));
    std::vector<std::string> codes;
    if (first) codes = write_recovery_codes(transaction, account_id);
    json::object const body{
        {"passkey", id}, {"name", made.name}, {"aaguid", base::to_hex(made.made.aaguid)}
    };
    transaction.commit(recorder_.append(
        transaction,
        {object_of(account_id), "account.passkey_on", object_of(account_id), json::serialize(body)}
    ));
    return codes;
}

Result<void> SecondFactors::remove_passkey(std::int64_t account_id, std::int64_t id, bool required)
{
    auto transaction = pool_.begin(office);
    if (!passkeys::remove(transaction, account_id, id))
        return Problem{Fault::not_found, "not_found"};
    if (required && !state_in(transaction, account_id).in_force())
        return Problem{Fault::conflict, "second_factor_required"};
    drop_idle_codes(transaction, account_id);
    transaction.commit(recorder_.append(
        transaction,
        {object_of(account_id), "account.passkey_off", object_of(account_id), passkey_body(id)}
    ));
    return {};
}

void SecondFactors::remove(std::int64_t account_id, std::string const& actor)
{
    auto transaction = pool_.begin(office);
    transaction.exec("DELETE FROM totp WHERE account_id = ?1", account_id);
    transaction.exec("DELETE FROM recovery_code WHERE account_id = ?1", account_id);
    passkeys::remove_all(transaction, account_id);
    transaction.commit(recorder_.append(
        transaction, {actor, "account.second_factor_off", object_of(account_id), "{}"}
    ));
}

std::optional<Factor> SecondFactors::take(std::int64_t account_id, std::string_view code)
{
    auto const plain = domain::half_width(domain::trimmed(code));
    std::string digits;
    for (char const c : plain)
        if (c != ' ' && c != '-') digits.push_back(c);
    bool const by_app = digits.size() == totp_digits;
    bool const right =
        by_app ? take_totp(account_id, digits) : take_recovery_code(account_id, plain);
    if (!right) return std::nullopt;
    return by_app ? Factor::totp : Factor::recovery_code;
}

// The step is written down before the answer: a code seen over a shoulder is worth nothing, not
// even after a crash. The disk's reserve may be used: signing in must work when the disk is full.
bool SecondFactors::take_totp(std::int64_t account_id, std::string_view code)
{
    auto const now_step = crypto::totp_step(clock_.now());
    auto transaction = pool_.begin(office, store::Pool::Room::use_reserve);
    auto const totp = read_totp(transaction, account_id);
    if (!totp || !totp->confirmed_at) return false;
    auto const step = crypto::matching_step(totp->secret, code, now_step, totp->used_step);
    if (!step) return false;
    transaction.exec("UPDATE totp SET used_step = ?2 WHERE account_id = ?1", account_id, *step);
    transaction.commit(recorder_.append(
        transaction, {object_of(account_id), "account.totp_used", object_of(account_id), "{}"}
    ));
    return true;
}

bool SecondFactors::take_recovery_code(std::int64_t account_id, std::string_view code)
{
    auto transaction = pool_.begin(office, store::Pool::Room::use_reserve);
    auto const used = transaction.exec(
        "DELETE FROM recovery_code WHERE account_id = ?1 AND hash = ?2", account_id,
        setup_code_hash(code)
    );
    if (used == 0) return false;
    transaction.commit(recorder_.append(
        transaction,
        {object_of(account_id), "account.recovery_code_used", object_of(account_id), "{}"}
    ));
    return true;
}

} // namespace auth

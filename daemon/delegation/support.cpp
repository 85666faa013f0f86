#include "delegation/support.hpp"

#include "audit/recorder.hpp"
#include "base/log.hpp"
#include "base/present.hpp"
#include "domain/text.hpp"
#include "store/json.hpp"

#include <fmt/format.h>

namespace delegation {

namespace {

constexpr std::chrono::hours request_life{7 * 24};
constexpr std::int64_t hours_max = 23; // ACC-09: less than a day

store::FileId const office{store::Kind::office, {}, 1};

std::string object_of(std::int64_t id) { return fmt::format("support:{}", id); }

std::optional<SupportGrant> read(store::Reader const& db, std::int64_t id)
{
    return db.one<SupportGrant>(
        R"(SELECT id, ticket, helper, purpose, hours, client_id, consent, state, requested_at,
                  requested_by, decided_at, decided_by, account_id, expires_at, ended_at
             FROM support_grant WHERE id = ?1)",
        id
    );
}

struct End {
    std::int64_t account_id = 0;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(End, (), (account_id, at))

void check(
    std::vector<FieldFault>& faults, char const* field, std::string const& text, std::size_t max
)
{
    if (domain::trimmed(text).empty()) return faults.push_back({field, "required"});
    if (domain::length(text) > max) return faults.push_back({field, "too_long"});
    if (domain::has_hostile_characters(text)) faults.push_back({field, "control_characters"});
}

std::vector<FieldFault> faults_of(SupportWish const& wish)
{
    std::vector<FieldFault> faults;
    check(faults, "ticket", wish.ticket, 60);
    check(faults, "helper", wish.helper, 60);
    check(faults, "purpose", wish.purpose, 200);
    if (wish.hours < 1 || wish.hours > hours_max) faults.push_back({"hours", "support_hours"});
    if (wish.client_id) check(faults, "consent", wish.consent.value_or(""), 200);
    return faults;
}

} // namespace

Support::Support(Parts parts) : parts_(parts)
{
    // Those that are over too: an account that somebody enables again stays shut.
    for (auto const& end : parts_.pool.read(office).all<End>(
             R"(SELECT account_id, coalesce(ended_at, expires_at) AS at FROM support_grant
                 WHERE account_id IS NOT NULL)"
         ))
        note_end(end.account_id, end.at);
}

void Support::note_end(std::int64_t account_id, Instant at)
{
    std::scoped_lock const lock{mutex_};
    ends_[account_id] = at;
}

Result<SupportGrant> Support::request(SupportWish const& wish, http::Caller const& caller)
{
    if (auto faults = faults_of(wish); !faults.empty())
        return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    auto transaction = parts_.pool.begin(office);
    if (wish.client_id &&
        !transaction.one<std::int64_t>("SELECT id FROM client WHERE id = ?1", *wish.client_id))
        return Problem{Fault::invalid, "invalid_fields", {{"client_id", "not_a_choice"}}};
    std::optional<std::string> consent;
    if (wish.client_id) consent = domain::trimmed(wish.consent.value_or(""));
    transaction.exec(
        R"(INSERT INTO support_grant (ticket, helper, purpose, hours, client_id, consent, state,
                                      requested_at, requested_by)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'waiting', ?7, ?8))",
        domain::trimmed(wish.ticket), domain::trimmed(wish.helper), domain::trimmed(wish.purpose),
        wish.hours, wish.client_id, consent, parts_.clock.now(), caller.actor
    );
    auto grant = base::present(read(transaction, transaction.last_id()));
    transaction.commit(parts_.recorder.append(
        transaction, {caller.actor, "support.request", object_of(grant.id), json::to_text(grant)}
    ));
    return grant;
}

Result<SupportGrant> Support::find(std::int64_t id, SupportState state) const
{
    auto grant = read(parts_.pool.read(office), id);
    if (!grant) return Problem{Fault::not_found, "not_found"};
    if (grant->state != state) return Problem{Fault::conflict, "nothing_to_do"};
    return std::move(*grant);
}

Result<SupportOpened> Support::approve(std::int64_t id, http::Caller const& caller)
{
    TRY(auto const grant, find(id, SupportState::waiting));
    if (parts_.two_person && grant.requested_by == caller.actor)
        return Problem{Fault::conflict, "own_request"};
    auto const now = parts_.clock.now();
    if (now - grant.requested_at >= request_life) return Problem{Fault::conflict, "grant_expired"};
    auto const expires = now + std::chrono::hours{grant.hours};
    auth::NewAccount wanted;
    wanted.login_id = fmt::format("support-{}", grant.id);
    wanted.name = fmt::format("一時サポート {}", grant.helper);
    wanted.roles = {grant.client_id ? "support_reader" : "support_machine"};
    if (grant.client_id) wanted.client_ids = {*grant.client_id};
    auto code = auth::new_setup_code();
    // Account and grant in one: there is never one without the end of the other.
    auto const open = [&](store::Transaction& transaction,
                          auth::Account const& account) -> Result<void> {
        auto const changed = transaction.exec(
            R"(UPDATE support_grant SET state = 'open', decided_at = ?2, decided_by = ?3,
                                        account_id = ?4, expires_at = ?5
                WHERE id = ?1 AND state = 'waiting')",
            id, now, caller.account_id, account.id, expires
        );
        if (changed == 0) return Problem{Fault::conflict, "nothing_to_do"};
        auto const body = json::to_text(base::present(read(transaction, id)));
        parts_.recorder.append(transaction, {caller.actor, "support.open", object_of(id), body});
        return {};
    };
    TRY(auto const account,
        parts_.accounts.create(wanted, auth::setup_code_hash(code), caller.actor, open));
    note_end(account.id, expires);
    TRY(auto opened, find(id, SupportState::open));
    return SupportOpened{std::move(opened), account.login_id, std::move(code)};
}

Result<SupportGrant> Support::refuse(std::int64_t id, http::Caller const& caller)
{
    TRY(auto const grant, find(id, SupportState::waiting));
    auto transaction = parts_.pool.begin(office);
    auto const changed = transaction.exec(
        R"(UPDATE support_grant SET state = 'refused', decided_at = ?2, decided_by = ?3
            WHERE id = ?1 AND state = 'waiting')",
        grant.id, parts_.clock.now(), caller.account_id
    );
    if (changed == 0) return Problem{Fault::conflict, "nothing_to_do"};
    auto refused = base::present(read(transaction, id));
    transaction.commit(parts_.recorder.append(
        transaction, {caller.actor, "support.refuse", object_of(id), json::to_text(refused)}
    ));
    return refused;
}

Result<SupportGrant> Support::revoke(std::int64_t id, http::Caller const& caller)
{
    TRY(auto const grant, find(id, SupportState::open));
    return end(grant, SupportState::revoked, caller.actor);
}

// The account first: whatever happens afterwards, nobody looks any more.
Result<SupportGrant>
Support::end(SupportGrant const& grant, SupportState state, std::string const& actor)
{
    if (grant.account_id) {
        note_end(*grant.account_id, parts_.clock.now());
        TRY_VOID(parts_.accounts.disable(*grant.account_id, actor));
        parts_.sessions.close_account(*grant.account_id);
    }
    auto transaction = parts_.pool.begin(office);
    transaction.exec(
        "UPDATE support_grant SET state = ?2, ended_at = ?3 WHERE id = ?1 AND state = 'open'",
        grant.id, state, parts_.clock.now()
    );
    auto ended = base::present(read(transaction, grant.id));
    auto const action = fmt::format("support.{}", boost::describe::enum_to_string(state, ""));
    transaction.commit(parts_.recorder.append(
        transaction, {actor, action, object_of(grant.id), json::to_text(ended)}
    ));
    return ended;
}

std::vector<SupportGrant> Support::list() const
{
    return parts_.pool.read(office).all<SupportGrant>(
        R"(SELECT id, ticket, helper, purpose, hours, client_id, consent, state, requested_at,
                  requested_by, decided_at, decided_by, account_id, expires_at, ended_at
             FROM support_grant ORDER BY id DESC LIMIT 500)"
    );
}

void Support::end_expired()
{
    auto const over = parts_.pool.read(office).all<std::int64_t>(
        "SELECT id FROM support_grant WHERE state = 'open' AND expires_at <= ?1", parts_.clock.now()
    );
    for (auto const id : over) {
        auto const found = find(id, SupportState::open);
        if (!found) continue; // revoked meanwhile
        auto const& grant = *found;
        if (auto const ended = end(grant, SupportState::expired, "system:scheduler"); !ended)
            base::log::error(
                "delegation", "support_not_ended",
                {{"grant", std::to_string(grant.id)}, {"code", ended.error().code}}
            );
    }
}

Result<void> Support::admit(http::Caller const& caller, net::Request const&, Instant now)
{
    if (caller.account_id == 0) return {};
    std::scoped_lock const lock{mutex_};
    auto const found = ends_.find(caller.account_id);
    if (found != ends_.end() && now >= found->second)
        return Problem{Fault::unauthenticated, "sign_in_needed"};
    return {};
}

} // namespace delegation

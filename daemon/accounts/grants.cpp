#include "accounts/grants.hpp"

#include "audit/recorder.hpp"
#include "base/present.hpp"
#include "domain/text.hpp"
#include "store/json.hpp"

#include <fmt/format.h>

namespace accounts {

namespace {

constexpr std::chrono::hours life{7 * 24};
constexpr std::size_t reason_max = 200;

store::FileId const office{store::Kind::office, {}, 1};

std::string object_of(Grant const& grant) { return fmt::format("account:{}", grant.account_id); }

std::optional<Grant> read(store::Reader const& db, std::int64_t id)
{
    return db.one<Grant>(
        R"(SELECT id, account_id, roles, reason, state, requested_at, requested_by, decided_at,
                  decided_by, comment FROM grant_request WHERE id = ?1)",
        id
    );
}

store::AuditReceipt noted(
    audit::Recorder const& recorder,
    store::Transaction& transaction,
    Grant const& grant,
    http::Caller const& caller
)
{
    auto const action = fmt::format("grant.{}", boost::describe::enum_to_string(grant.state, ""));
    return recorder.append(
        transaction, {caller.actor, action, object_of(grant), json::to_text(grant)}
    );
}

Result<void> checked_text(std::string const& field, std::string const& text, bool needed)
{
    char const* fault = nullptr;
    if (needed && domain::trimmed(text).empty()) fault = "required";
    if (domain::length(text) > reason_max) fault = "too_long";
    if (domain::has_hostile_characters(text)) fault = "control_characters";
    if (fault) return Problem{Fault::invalid, "invalid_fields", {{field, fault}}};
    return {};
}

} // namespace

Result<void> checked_reason(std::string const& reason)
{
    return checked_text("reason", reason, true);
}

Result<Grant> Grants::request(GrantWish const& wish, http::Caller const& caller)
{
    TRY_VOID(checked_reason(wish.reason));
    auto transaction = parts_.pool.begin(office);
    transaction.exec( // one that nobody decided on in its week makes room
        R"(UPDATE grant_request SET state = 'withdrawn', decided_at = ?2
            WHERE account_id = ?1 AND state = 'waiting' AND requested_at <= ?3)",
        wish.account_id, parts_.clock.now(), parts_.clock.now() - life
    );
    try {
        transaction.exec(
            R"(INSERT INTO grant_request (account_id, roles, reason, state, requested_at,
                                          requested_by) VALUES (?1, ?2, ?3, 'waiting', ?4, ?5))",
            wish.account_id, json::to_text(wish.roles), domain::trimmed(wish.reason),
            parts_.clock.now(), caller.account_id
        );
    } catch (store::Error const& error) {
        if (!error.unique_violation()) throw;
        return Problem{Fault::conflict, "grant_waiting"};
    }
    auto grant = base::present(read(transaction, transaction.last_id()));
    transaction.commit(parts_.recorder.append(
        transaction, {caller.actor, "grant.request", object_of(grant), json::to_text(grant)}
    ));
    return grant;
}

Result<Grant> Grants::undecided(std::int64_t id) const
{
    auto grant = read(parts_.pool.read(office), id);
    if (!grant) return Problem{Fault::not_found, "not_found"};
    if (grant->state != GrantState::waiting) return Problem{Fault::conflict, "nothing_to_do"};
    return std::move(*grant);
}

Result<Grant>
Grants::approve(std::int64_t id, std::string const& comment, http::Caller const& caller)
{
    TRY_VOID(checked_text("comment", comment, false));
    TRY(auto const grant, undecided(id));
    if (grant.requested_by == caller.account_id) return Problem{Fault::conflict, "own_request"};
    if (grant.account_id == caller.account_id) return Problem{Fault::conflict, "own_account"};
    if (parts_.clock.now() - grant.requested_at >= life)
        return Problem{Fault::conflict, "grant_expired"};
    auto const by = fmt::format("account:{} {}", grant.requested_by, caller.actor);
    Grant decided;
    // Together: what set_roles refuses stays undecided, and of two who approve at once one acts.
    auto const decide_too = [&](store::Transaction& transaction) -> Result<void> {
        TRY(decided, decide(transaction, id, {GrantState::approved, comment}, caller));
        noted(parts_.recorder, transaction, decided, caller);
        return {};
    };
    TRY_VOID(parts_.accounts.set_roles(grant.account_id, grant.roles, caller.actor, by, decide_too)
    );
    return decided;
}

Result<Grant>
Grants::refuse(std::int64_t id, std::string const& comment, http::Caller const& caller)
{
    TRY_VOID(checked_text("comment", comment, false));
    TRY(auto const grant, undecided(id));
    if (grant.requested_by == caller.account_id) return Problem{Fault::conflict, "own_request"};
    return close(id, {GrantState::refused, comment}, caller);
}

Result<Grant> Grants::withdraw(std::int64_t id, http::Caller const& caller)
{
    TRY(auto const grant, undecided(id));
    if (grant.requested_by != caller.account_id)
        return Problem{Fault::forbidden, "not_own_request"};
    return close(id, {GrantState::withdrawn, ""}, caller);
}

Result<Grant> Grants::decide(
    store::Transaction& transaction,
    std::int64_t id,
    Decision const& decision,
    http::Caller const& caller
)
{
    auto const changed = transaction.exec(
        R"(UPDATE grant_request SET state = ?2, decided_at = ?3, decided_by = ?4, comment = ?5
            WHERE id = ?1 AND state = 'waiting')",
        id, decision.state, parts_.clock.now(), caller.account_id, decision.comment
    );
    if (changed == 0) return Problem{Fault::conflict, "nothing_to_do"};
    return base::present(read(transaction, id));
}

Result<Grant> Grants::close(std::int64_t id, Decision const& decision, http::Caller const& caller)
{
    auto transaction = parts_.pool.begin(office);
    TRY(auto grant, decide(transaction, id, decision, caller));
    transaction.commit(noted(parts_.recorder, transaction, grant, caller));
    return grant;
}

std::vector<Grant> Grants::list() const
{
    return parts_.pool.read(office).all<Grant>(
        R"(SELECT id, account_id, roles, reason, state, requested_at, requested_by, decided_at,
                  decided_by, comment FROM grant_request
            ORDER BY state <> 'waiting', requested_at DESC, id DESC LIMIT 200)"
    );
}

std::optional<Grant> Grants::waiting_for(std::int64_t account_id) const
{
    auto const id = parts_.pool.read(office).one<std::int64_t>(
        "SELECT id FROM grant_request WHERE account_id = ?1 AND state = 'waiting'", account_id
    );
    return id ? read(parts_.pool.read(office), *id) : std::nullopt;
}

std::int64_t Grants::waiting() const
{
    return parts_.pool.read(office)
        .one<std::int64_t>(
            "SELECT count(*) FROM grant_request WHERE state = 'waiting' AND requested_at > ?1",
            parts_.clock.now() - life
        )
        .value_or(0);
}

} // namespace accounts

// ロックアウト: failures of a name in a row lock it for a while, and each lock is written down from
// its beginning to its end (LOG-02).
#include "auth/sign_in_log.hpp"
#include "base/log.hpp"

namespace auth {

namespace {

store::FileId const log_file{store::Kind::log, {}, 1};

void note_expired_in(store::Batch& batch, Instant now)
{
    batch.exec(
        R"(INSERT INTO lockout_log (at, login_id, account_id, event, address, actor, request_id)
           SELECT locked_until, login_id, account_id, 'expired', '', '', ''
             FROM login_failure WHERE locked_until <= ?1)",
        now
    );
    batch.exec("UPDATE login_failure SET locked_until = NULL WHERE locked_until <= ?1", now);
}

} // namespace

bool SignInLog::locked(std::string const& login_id, Instant now) const
{
    auto const until = pool_.read(log_file).one<std::optional<Instant>>(
        "SELECT locked_until FROM login_failure WHERE login_id = ?1", login_id
    );
    return until && *until && now < **until;
}

void SignInLog::count_failure(
    http::Call const& call,
    std::string const& login_id,
    std::optional<std::int64_t> account_id,
    std::optional<Lockout> of_class
)
{
    auto const lockout = of_class.value_or(lockout_);
    auto const until = call.now + lockout.locked_for;
    auto batch = pool_.batch(log_file);
    note_expired_in(batch, call.now);
    batch.exec(
        R"(INSERT INTO login_failure (login_id, failures, account_id) VALUES (?1, 1, ?2)
           ON CONFLICT (login_id) DO UPDATE SET failures = failures + 1, account_id = ?2)",
        login_id, account_id
    );
    auto const locks = batch.exec(
        R"(UPDATE login_failure SET failures = 0, locked_until = ?3
            WHERE login_id = ?1 AND failures >= ?2)",
        login_id, lockout.failures_max, until
    );
    if (locks > 0)
        batch.exec(
            R"(INSERT INTO lockout_log (at, login_id, account_id, event, until, address, actor,
                                        request_id)
               VALUES (?1, ?2, ?3, 'locked', ?4, ?5, '', ?6))",
            call.now, base::log::escaped(login_id), account_id, until, call.request.peer,
            call.request.request_id
        );
    batch.commit();
}

void SignInLog::forget_failures(std::string const& login_id, Instant now, std::string const& actor)
{
    auto batch = pool_.batch(log_file);
    note_expired_in(batch, now);
    if (!actor.empty())
        batch.exec(
            R"(INSERT INTO lockout_log (at, login_id, account_id, event, address, actor, request_id)
               SELECT ?2, login_id, account_id, 'released', '', ?3, ''
                 FROM login_failure WHERE login_id = ?1 AND locked_until > ?2)",
            login_id, now, actor
        );
    batch.exec("DELETE FROM login_failure WHERE login_id = ?1", login_id);
    batch.commit();
}

void SignInLog::note_expired(Instant now)
{
    auto const due = pool_.read(log_file).one<std::int64_t>(
        "SELECT 1 FROM login_failure WHERE locked_until <= ?1", now
    );
    if (!due) return;
    auto batch = pool_.batch(log_file);
    note_expired_in(batch, now);
    batch.commit();
}

void SignInLog::remove_lockouts(Instant before)
{
    auto batch = pool_.batch(log_file);
    batch.exec("DELETE FROM lockout_log WHERE at < ?1", before);
    batch.commit();
}

std::vector<LockoutRow> SignInLog::lockouts(std::int64_t offset, std::int64_t limit) const
{
    return pool_.read(log_file).all<LockoutRow>(
        R"(SELECT at, event, account_id, until, address, actor FROM lockout_log
            ORDER BY at DESC, id DESC LIMIT ?2 OFFSET ?1)",
        offset, limit
    );
}

std::int64_t SignInLog::lockouts_total() const
{
    return pool_.read(log_file).one<std::int64_t>("SELECT count(*) FROM lockout_log").value_or(0);
}

} // namespace auth

#include "http/idempotency.hpp"

#include "crypto/hash.hpp"

namespace http {

namespace {

constexpr std::chrono::hours kept{24};

store::FileId const log_file{store::Kind::log, {}, 1};

struct Known {
    std::string operation;
    Bytes body_hash;
    std::string answer;
};
BOOST_DESCRIBE_STRUCT(Known, (), (operation, body_hash, answer))

} // namespace

Result<std::optional<std::string>> Idempotency::answer_of(
    Call const& call, std::string const& key, std::string_view operation, std::string const& body
)
{
    auto const known = pool_.read(log_file).one<Known>(
        R"(SELECT operation, body_hash, answer FROM idempotency
            WHERE account_id = ?1 AND key = ?2 AND at > ?3)",
        call.caller.account_id, key, call.now - kept
    );
    if (!known) return std::optional<std::string>{};
    auto const hash = crypto::sha256(base::as_bytes(body));
    if (known->operation != operation || known->body_hash != Bytes{hash.begin(), hash.end()})
        return Problem{Fault::invalid, "idempotency_key_reused"};
    return std::optional<std::string>{known->answer};
}

void Idempotency::remember(
    Call const& call,
    std::string const& key,
    std::string_view operation,
    std::string const& body,
    std::string const& answer
)
{
    auto const hash = crypto::sha256(base::as_bytes(body));
    auto batch = pool_.batch(log_file);
    batch.exec("DELETE FROM idempotency WHERE at <= ?1", call.now - kept);
    batch.exec(
        R"(INSERT INTO idempotency (account_id, key, operation, body_hash, answer, at)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6)
           ON CONFLICT DO UPDATE SET operation = excluded.operation, answer = excluded.answer,
                                     body_hash = excluded.body_hash, at = excluded.at)",
        call.caller.account_id, key, operation, ByteView{hash}, answer, call.now
    );
    batch.commit();
}

} // namespace http

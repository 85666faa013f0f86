#include "audit/recorder.hpp"

#include "crypto/hash.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace audit {

namespace {

constexpr std::int64_t hash_version = 1;

struct ChainRow {
    std::int64_t seq = 0;
    std::int64_t version = hash_version;
    Instant at;
    std::string actor;
    std::string action;
    std::string object;
    Bytes body_hash;
    Bytes prev;
    Bytes hash;
};
BOOST_DESCRIBE_STRUCT(
    ChainRow, (), (seq, version, at, actor, action, object, body_hash, prev, hash)
)

struct Tail {
    std::int64_t seq = 0;
    Instant at;
    Bytes hash;
};
BOOST_DESCRIBE_STRUCT(Tail, (), (seq, at, hash))

struct HashedBody {
    std::int64_t seq = 0;
    std::string body;
    Bytes body_hash;
};
BOOST_DESCRIBE_STRUCT(HashedBody, (), (seq, body, body_hash))

void add_number(crypto::Hmac& mac, std::int64_t number)
{
    std::array<Byte, 8> bytes{};
    auto rest = static_cast<std::uint64_t>(number);
    for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte, rest >>= 8U)
        *byte = static_cast<Byte>(rest & 255U);
    mac.add(bytes);
}

void add_text(crypto::Hmac& mac, std::string_view text) // length first: no two rows look alike
{
    add_number(mac, static_cast<std::int64_t>(text.size()));
    mac.add(base::as_bytes(text));
}

// Hash input, version 1: the numbers as 8 big-endian bytes, each text behind its length.
Bytes hash_of(ChainRow const& row, Key const& key)
{
    crypto::Hmac mac{key};
    add_number(mac, row.version);
    add_number(mac, row.seq);
    add_number(mac, row.at.time_since_epoch().count());
    add_text(mac, row.actor);
    add_text(mac, row.action);
    add_text(mac, row.object);
    mac.add(row.body_hash);
    mac.add(row.prev);
    auto const hash = mac.finish();
    return {hash.begin(), hash.end()};
}

Bytes body_hash_of(std::string_view body, Key const& key)
{
    auto const hash = crypto::hmac_sha256(key, base::as_bytes(body)); // keyed: nobody can guess it
    return {hash.begin(), hash.end()};
}

Tail tail_of(store::Reader const& db)
{
    return db.one<Tail>("SELECT seq, at, hash FROM audit ORDER BY seq DESC LIMIT 1")
        .value_or(Tail{0, {}, Bytes(32)});
}

} // namespace

Key chain_key(Key const& audit_root, store::FileId const& file)
{
    return crypto::derive(
        audit_root, fmt::format("audit chain {} {}", static_cast<int>(file.kind), file.book_id)
    );
}

store::AuditReceipt Recorder::append(store::Transaction& transaction, Entry const& entry) const
{
    auto const key = chain_key(audit_root_, transaction.file());
    auto const tail = tail_of(transaction);
    ChainRow row;
    row.seq = tail.seq + 1;
    row.at = std::max(tail.at, clock_->now());
    row.actor = entry.actor;
    row.action = entry.action;
    row.object = entry.object;
    row.body_hash = body_hash_of(entry.body, key);
    row.prev = tail.hash;
    row.hash = hash_of(row, key);
    transaction.exec(
        R"(INSERT INTO audit (seq, version, at, actor, action, object, body_hash, prev, hash)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9))",
        row.seq, row.version, row.at, row.actor, row.action, row.object, row.body_hash, row.prev,
        row.hash
    );
    transaction.exec("INSERT INTO audit_body (seq, body) VALUES (?1, ?2)", row.seq, entry.body);
    return {transaction, row.seq};
}

Head head_of(store::Reader const& db)
{
    auto const tail = tail_of(db);
    return {tail.seq, tail.hash};
}

std::int64_t first_bad_row(store::Reader const& db, Key const& key)
{
    Bytes prev(32);
    std::int64_t expected = 0;
    std::int64_t bad = 0;
    db.each<ChainRow>(
        "SELECT seq, version, at, actor, action, object, body_hash, prev, hash FROM audit "
        "ORDER BY seq",
        [&](ChainRow const& row) {
            ++expected;
            bool const fits = row.seq == expected && row.version == hash_version &&
                              row.prev == prev && row.hash == hash_of(row, key);
            if (!fits && bad == 0) bad = expected;
            prev = row.hash;
        }
    );
    if (bad != 0) return bad;
    db.each<HashedBody>(
        "SELECT seq, body, body_hash FROM audit JOIN audit_body USING (seq) ORDER BY seq",
        [&](HashedBody const& row) {
            if (bad == 0 && row.body_hash != body_hash_of(row.body, key)) bad = row.seq;
        }
    );
    return bad;
}

} // namespace audit

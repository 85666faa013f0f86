#include "delegation/tokens.hpp"

#include "audit/recorder.hpp"
#include "base/present.hpp"
#include "base/random.hpp"
#include "crypto/hash.hpp"
#include "domain/text.hpp"
#include "store/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace delegation {

namespace {

constexpr std::string_view prefix = "kura_"; // found by secret scanners, and by people
constexpr std::int64_t days_max = 366;
constexpr std::size_t name_max = 60;
constexpr std::size_t networks_max = 100;

store::FileId const office{store::Kind::office, {}, 1};
store::FileId const log_file{store::Kind::log, {}, 1};

struct LastUse {
    std::int64_t token_id = 0;
    Instant at;
    std::string address;
};
BOOST_DESCRIBE_STRUCT(LastUse, (), (token_id, at, address))

Bytes hash_of(std::string_view secret)
{
    auto const hash = crypto::sha256(base::as_bytes(secret));
    return {hash.begin(), hash.end()};
}

struct Row { // as Token, with what is stored as JSON
    std::int64_t id = 0;
    std::string name;
    std::vector<std::string> rights;
    std::vector<std::string> networks;
    bool all_clients = false;
    std::string clients;
    std::int64_t owner = 0;
    Instant created_at;
    Instant expires_at;
    std::optional<Instant> revoked_at;
};
BOOST_DESCRIBE_STRUCT(
    Row,
    (),
    (id, name, rights, networks, all_clients, clients, owner, created_at, expires_at, revoked_at)
)

Token token_of(Row row)
{
    return {
        row.id,
        std::move(row.name),
        std::move(row.rights),
        std::move(row.networks),
        row.all_clients,
        json::from_text<std::vector<std::int64_t>>(row.clients).value(),
        row.owner,
        row.created_at,
        row.expires_at,
        row.revoked_at,
        {},
        {}
    };
}

std::optional<Token> maybe(std::optional<Row> row)
{
    if (!row) return std::nullopt;
    return token_of(std::move(*row));
}

std::optional<Token> read(store::Reader const& db, std::int64_t id)
{
    return maybe(db.one<Row>(
        R"(SELECT id, name, rights, networks, all_clients, clients, owner, created_at, expires_at,
                  revoked_at FROM token WHERE id = ?1)",
        id
    ));
}

std::vector<FieldFault> faults_of(TokenWish const& wish, http::Caller const& caller)
{
    std::vector<FieldFault> faults;
    auto const name = domain::trimmed(wish.name);
    if (name.empty()) faults.push_back({"name", "required"});
    if (domain::length(name) > name_max) faults.push_back({"name", "too_long"});
    if (domain::has_hostile_characters(name)) faults.push_back({"name", "control_characters"});
    if (wish.rights.empty()) faults.push_back({"rights", "required"});
    for (auto const& right : wish.rights) {
        auto const* const facts = roles::catalogue().find(right);
        auto const known = http::right_from(right);
        if (facts != nullptr && facts->lendable && known && caller.may(*known)) continue;
        faults.push_back({"rights", "right_not_for_token"});
        break;
    }
    if (wish.networks.empty()) faults.push_back({"networks", "required"});
    if (wish.networks.size() > networks_max) faults.push_back({"networks", "too_many_addresses"});
    for (auto const& network : wish.networks) {
        auto const parsed = admission::parse_network(network);
        if (parsed.network) continue;
        faults.push_back({"networks", parsed.fault});
        break;
    }
    if (!wish.all_clients && wish.client_ids.empty()) faults.push_back({"client_ids", "required"});
    if (wish.days < 1 || wish.days > days_max) faults.push_back({"days", "token_days"});
    return faults;
}

std::string new_secret()
{
    std::array<Byte, 32> bytes{};
    base::fill_random(bytes);
    return std::string{prefix} + base::to_base64url(bytes);
}

} // namespace

Result<NewToken> Tokens::create(TokenWish const& wish, http::Caller const& caller)
{
    if (auto faults = faults_of(wish, caller); !faults.empty())
        return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    std::vector<std::string> networks;
    networks.reserve(wish.networks.size());
    for (auto const& network : wish.networks)
        networks.push_back(base::present(admission::parse_network(network).network).text);
    auto secret = new_secret();
    auto const now = parts_.clock.now();
    auto transaction = parts_.pool.begin(office);
    transaction.exec(
        R"(INSERT INTO token (name, hash, rights, networks, all_clients, clients, owner, created_at,
                              expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9))",
        domain::trimmed(wish.name), hash_of(secret), json::to_text(wish.rights),
        json::to_text(networks), wish.all_clients, json::to_text(wish.client_ids),
        caller.account_id, now, now + std::chrono::hours{24 * wish.days}
    );
    auto token = base::present(read(transaction, transaction.last_id()));
    transaction.commit(parts_.recorder.append(
        transaction,
        {caller.actor, "token.create", fmt::format("token:{}", token.id), json::to_text(token)}
    ));
    return NewToken{std::move(token), std::move(secret)};
}

Result<Token> Tokens::revoke(std::int64_t id, http::Caller const& caller)
{
    auto transaction = parts_.pool.begin(office);
    auto const token = read(transaction, id);
    if (!token) return Problem{Fault::not_found, "not_found"};
    if (token->revoked_at) return Problem{Fault::conflict, "nothing_to_do"};
    transaction.exec("UPDATE token SET revoked_at = ?2 WHERE id = ?1", id, parts_.clock.now());
    auto revoked = base::present(read(transaction, id));
    transaction.commit(parts_.recorder.append(
        transaction, {caller.actor, "token.revoke", fmt::format("token:{}", id), "{}"}
    ));
    return revoked;
}

std::vector<Token> Tokens::list() const
{
    std::vector<Token> out;
    for (auto& row : parts_.pool.read(office).all<Row>(
             R"(SELECT id, name, rights, networks, all_clients, clients, owner, created_at,
                       expires_at, revoked_at
                  FROM token ORDER BY id DESC)"
         ))
        out.push_back(token_of(std::move(row)));
    auto const used =
        parts_.pool.read(log_file).all<LastUse>("SELECT token_id, at, address FROM token_use");
    for (auto const& use : used)
        for (auto& token : out)
            if (token.id == use.token_id) {
                token.last_used_at = use.at;
                token.last_used_from = use.address;
            }
    return out;
}

std::optional<http::Caller> Tokens::caller_of(std::string_view secret, std::string const& peer)
{
    if (!secret.starts_with(prefix)) return std::nullopt;
    auto const token = maybe(parts_.pool.read(office).one<Row>(
        R"(SELECT id, name, rights, networks, all_clients, clients, owner, created_at, expires_at,
                  revoked_at FROM token WHERE hash = ?1)",
        hash_of(secret)
    ));
    auto const now = parts_.clock.now();
    if (!token || token->revoked_at || now >= token->expires_at) return std::nullopt;
    std::vector<admission::Network> networks;
    for (auto const& text : token->networks)
        if (auto parsed = admission::parse_network(text); parsed.network)
            networks.push_back(std::move(*parsed.network));
    auto const address = admission::parse_address(peer);
    if (!address || !admission::NetworkSet{networks}.holds(*address)) return std::nullopt;
    auto const owner = parts_.accounts.find(token->owner);
    if (!owner || owner->state != auth::AccountState::active) return std::nullopt;

    auto const person = parts_.accounts.caller_of(*owner);
    http::Caller caller;
    caller.account_id = -token->id; // nobody's account: histories and repeats are the token's own
    caller.account_class = person.account_class;
    caller.actor = fmt::format("token:{}", token->id);
    caller.name = token->name;
    caller.role = "token";
    for (auto const& name : token->rights)
        if (auto const right = http::right_from(name); right && person.may(*right))
            caller.grant(*right);
    caller.all_clients = token->all_clients && person.all_clients;
    auto const& wider = token->all_clients ? person.clients : token->client_ids;
    for (auto const client_id : wider)
        if (person.may_see_client(client_id)) caller.clients.push_back(client_id);
    std::sort(caller.clients.begin(), caller.clients.end());
    std::scoped_lock const lock{mutex_};
    uses_[token->id] = {now, peer};
    return caller;
}

void Tokens::write_uses()
{
    std::unordered_map<std::int64_t, Use> uses;
    {
        std::scoped_lock const lock{mutex_};
        uses.swap(uses_);
    }
    if (uses.empty()) return;
    auto batch = parts_.pool.batch(log_file);
    for (auto const& [id, use] : uses)
        batch.exec(
            R"(INSERT INTO token_use (token_id, at, address) VALUES (?1, ?2, ?3)
               ON CONFLICT (token_id) DO UPDATE SET at = excluded.at, address = excluded.address)",
            id, use.at, use.from
        );
    batch.commit();
}

std::shared_ptr<http::Caller const>
Identity::caller_of(net::Request const& request, Instant now, http::Look look)
{
    constexpr std::string_view scheme = "Bearer ";
    auto const given = request.headers.find("Authorization");
    if (request.admin_socket || !given.starts_with(scheme))
        return people_.caller_of(request, now, look);
    static auto const nobody = std::make_shared<http::Caller const>();
    auto caller = tokens_.caller_of(given.substr(scheme.size()), request.peer);
    return caller ? std::make_shared<http::Caller const>(std::move(*caller)) : nobody;
}

} // namespace delegation

#pragma once
// 連携トークン (A-20, AUT-15): another program of the office reads or writes through the same
// routes. 256 random bits, kept as SHA-256; they expire, work from named addresses only, and can do
// no more than the person who made them can at that moment. Never anything that asks for a fresh
// proof.
#include "admission/network.hpp"
#include "auth/accounts.hpp"
#include "http/dispatch.hpp"

#include <mutex>
#include <unordered_map>

namespace delegation {

struct Token {
    std::int64_t id = 0;
    std::string name;
    std::vector<std::string> rights;
    std::vector<std::string> networks; // canonical CIDR
    bool all_clients = false;
    std::vector<std::int64_t> client_ids;
    std::int64_t owner = 0; // account
    Instant created_at;
    Instant expires_at;
    std::optional<Instant> revoked_at;
    std::optional<Instant> last_used_at;
    std::optional<std::string> last_used_from;
};
BOOST_DESCRIBE_STRUCT(
    Token,
    (),
    (id,
     name,
     rights,
     networks,
     all_clients,
     client_ids,
     owner,
     created_at,
     expires_at,
     revoked_at,
     last_used_at,
     last_used_from)
)

struct TokenWish {
    std::string name;
    std::vector<std::string> rights;
    std::vector<std::string> networks;
    bool all_clients = false;
    std::vector<std::int64_t> client_ids;
    std::int64_t days = 0; // 1 to 366
};
BOOST_DESCRIBE_STRUCT(TokenWish, (), (name, rights, networks, all_clients, client_ids, days))

struct NewToken {
    Token token;
    std::string secret; // "kura_…", shown once
};
BOOST_DESCRIBE_STRUCT(NewToken, (), (token, secret))

class Tokens {
public:
    struct Parts {
        store::Pool& pool;
        audit::Recorder const& recorder;
        base::Clock const& clock;
        auth::Accounts const& accounts;
    };
    explicit Tokens(Parts parts) : parts_(parts) {}

    Result<NewToken> create(TokenWish const& wish, http::Caller const& caller);
    Result<Token> revoke(std::int64_t id, http::Caller const& caller);
    std::vector<Token> list() const;
    // Who the secret speaks for from that address; nobody when it is unknown, over or elsewhere.
    std::optional<http::Caller> caller_of(std::string_view secret, std::string const& peer);
    void write_uses(); // when tokens were last used: the scheduler's, every minute

private:
    struct Use {
        Instant at;
        std::string from;
    };
    Parts parts_;
    std::mutex mutex_;
    std::unordered_map<std::int64_t, Use> uses_; // not written yet
};

// Sessions are people's; `Authorization: Bearer kura_…` is a token's. A request with both is the
// token's.
class Identity final : public http::Identity {
public:
    Identity(http::Identity& people, Tokens& tokens) : people_(people), tokens_(tokens) {}
    std::shared_ptr<http::Caller const>
    caller_of(net::Request const& request, Instant now, http::Look look) override;

private:
    http::Identity& people_;
    Tokens& tokens_;
};

} // namespace delegation

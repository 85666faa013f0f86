#pragma once
// アカウント管理台帳: who has an account, what that person can do, in words, and who gave it when.
#include "auth/accounts.hpp"
#include "auth/second_factors.hpp"
#include "http/route.hpp"

#include <functional>

namespace reviews {

struct LedgerRole { // 付与: a role, and since when
    std::string role;
    std::string ja;
    std::string en;
    Instant granted_at;
    std::vector<std::string> granted_by; // names; with two persons both
};
BOOST_DESCRIBE_STRUCT(LedgerRole, (), (role, ja, en, granted_at, granted_by))

struct LedgerRight { // what the roles together allow
    std::string right;
    std::string ja;
    std::string en;
    bool guarded = false;
};
BOOST_DESCRIBE_STRUCT(LedgerRight, (), (right, ja, en, guarded))

struct LedgerClient {
    std::int64_t id = 0;
    std::string code;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(LedgerClient, (), (id, code, name))

struct LedgerLine {
    std::int64_t account_id = 0;
    std::string login_id;
    std::string name;
    http::AccountClass account_class = http::AccountClass::staff;
    auth::AccountState state = auth::AccountState::invited;
    std::vector<LedgerRole> roles;
    std::vector<LedgerRight> can;
    bool all_clients = false;
    std::vector<LedgerClient> clients;
    bool all_specific = false;
    std::vector<LedgerClient> specific_clients; // 特定個人情報 too
    bool second_factor = false;
    Instant created_at;
    std::optional<Instant> last_sign_in_at;
    bool dormant = false; // nobody has signed in with it for a long time
};
BOOST_DESCRIBE_STRUCT(
    LedgerLine,
    (),
    (account_id,
     login_id,
     name,
     account_class,
     state,
     roles,
     can,
     all_clients,
     clients,
     all_specific,
     specific_clients,
     second_factor,
     created_at,
     last_sign_in_at,
     dormant)
)

struct AccountLedger {
    std::int64_t dormant_days = 0;
    std::vector<LedgerLine> lines;
};
BOOST_DESCRIBE_STRUCT(AccountLedger, (), (dormant_days, lines))

class Ledger {
public:
    struct Parts {
        store::Pool& pool;
        audit::Recorder const& recorder;
        roles::RoleBook const& roles;
        auth::SecondFactors const& second_factors;
        std::function<std::string(std::string const& actor)> name_of;
        std::int64_t dormant_days = 90;
    };
    explicit Ledger(Parts parts) : parts_(std::move(parts)) {}

    http::RoomRoutes routes();
    // Client companies only as far as the caller sees them; whoever administers the office or
    // audits it (class administrator) sees all of them here.
    Result<AccountLedger> show(http::Call& call);
    Result<http::Download> download(http::Call& call); // CSV; noted as an extract

    std::vector<LedgerLine> lines(Instant now) const; // everybody's, nothing left out

private:
    AccountLedger seen_by(http::Caller const& caller, Instant now) const;
    Parts parts_;
};

std::string csv_of(AccountLedger const& ledger); // UTF-8 with BOM, Japanese

} // namespace reviews

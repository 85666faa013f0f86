#include "reviews/ledger.hpp"

#include "audit/recorder.hpp"
#include "contents/contents.hpp"
#include "store/json.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <map>

namespace reviews {

namespace {

store::FileId const office{store::Kind::office, {}, 1};

struct AccountRow {
    std::int64_t id = 0;
    std::string login_id;
    std::string name;
    http::AccountClass account_class = http::AccountClass::staff;
    auth::AccountState state = auth::AccountState::invited;
    bool all_clients = false;
    bool all_specific = false;
    Instant created_at;
    std::optional<Instant> last_sign_in_at;
};
BOOST_DESCRIBE_STRUCT(
    AccountRow,
    (),
    (id,
     login_id,
     name,
     account_class,
     state,
     all_clients,
     all_specific,
     created_at,
     last_sign_in_at)
)

struct HeldRow {
    std::int64_t account_id = 0;
    std::string role;
    Instant granted_at;
    std::string granted_by;
};
BOOST_DESCRIBE_STRUCT(HeldRow, (), (account_id, role, granted_at, granted_by))

struct AssignedRow {
    std::int64_t account_id = 0;
    std::int64_t id = 0;
    std::string code;
    std::string name;
    bool specific = false;
};
BOOST_DESCRIBE_STRUCT(AssignedRow, (), (account_id, id, code, name, specific))

struct Held {
    std::vector<LedgerRole> roles;
    std::uint64_t rights = 0;
};

std::vector<LedgerRight> words_of(std::uint64_t rights)
{
    std::vector<LedgerRight> words;
    for (auto const& facts : roles::catalogue().rights)
        if (auto const right = http::right_from(facts.right);
            right && ((rights >> static_cast<unsigned>(*right)) & 1ULL) != 0)
            words.push_back({facts.right, facts.ja, facts.en, facts.guarded});
    return words;
}

// "account:1 account:2": who asked and who approved.
std::vector<std::string> names_in(
    std::string const& granted_by, std::function<std::string(std::string const&)> const& name_of
)
{
    std::vector<std::string> names;
    for (std::size_t from = 0; from < granted_by.size();) {
        auto const to = std::min(granted_by.find(' ', from), granted_by.size());
        if (to > from) names.push_back(name_of(granted_by.substr(from, to - from)));
        from = to + 1;
    }
    return names;
}

// An account that is not disabled, and that nobody has used for `days`.
bool is_dormant(AccountRow const& row, std::int64_t days, Instant now)
{
    if (row.state == auth::AccountState::disabled) return false;
    return now - row.last_sign_in_at.value_or(row.created_at) >= std::chrono::hours{24 * days};
}

} // namespace

std::vector<LedgerLine> Ledger::lines(Instant now) const
{
    auto const db = parts_.pool.read(office);
    std::map<std::string, roles::Role> known;
    for (auto& role : parts_.roles.all()) known.emplace(role.role, std::move(role));
    std::map<std::int64_t, Held> held;
    for (auto const& row : db.all<HeldRow>(
             R"(SELECT account_id, role, granted_at, granted_by FROM account_role
                 ORDER BY account_id, granted_at, role)"
         )) {
        auto const role = known.find(row.role);
        if (role == known.end()) continue;
        auto& of = held[row.account_id];
        of.roles.push_back(
            {row.role, role->second.ja, role->second.en, row.granted_at,
             names_in(row.granted_by, parts_.name_of)}
        );
        of.rights |= roles::rights_of(role->second);
    }
    std::map<std::int64_t, std::vector<AssignedRow>> assigned;
    for (auto& row : db.all<AssignedRow>(
             R"(SELECT assignment.account_id, client.id, client.code, client.name,
                       assignment.specific
                  FROM assignment JOIN client ON client.id = assignment.client_id
                 ORDER BY client.code)"
         ))
        assigned[row.account_id].push_back(std::move(row));
    std::vector<LedgerLine> lines;
    for (auto& row : db.all<AccountRow>(
             R"(SELECT id, login_id, name, class AS account_class, state, all_clients,
                       all_specific, created_at, last_sign_in_at
                  FROM account ORDER BY state = 'disabled', name, id)"
         )) {
        auto const& of = held[row.id];
        LedgerLine line{
            row.id,
            row.login_id,
            row.name,
            row.account_class,
            row.state,
            of.roles,
            words_of(of.rights),
            row.all_clients,
            {},
            row.all_specific,
            {},
            parts_.second_factors.state_of(row.id).in_force(),
            row.created_at,
            row.last_sign_in_at,
            is_dormant(row, parts_.dormant_days, now)
        };
        for (auto const& client : assigned[row.id]) {
            line.clients.push_back({client.id, client.code, client.name});
            if (client.specific) line.specific_clients.push_back(line.clients.back());
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

AccountLedger Ledger::seen_by(http::Caller const& caller, Instant now) const
{
    AccountLedger ledger{parts_.dormant_days, lines(now)};
    if (caller.account_class == http::AccountClass::administrator) return ledger;
    auto const hidden = [&](LedgerClient const& client) {
        return !caller.may_see_client(client.id);
    };
    for (auto& line : ledger.lines) {
        std::erase_if(line.clients, hidden);
        std::erase_if(line.specific_clients, hidden);
    }
    return ledger;
}

Result<AccountLedger> Ledger::show(http::Call& call) { return seen_by(call.caller, call.now); }

Result<http::Download> Ledger::download(http::Call& call)
{
    auto const ledger = seen_by(call.caller, call.now);
    auto text = csv_of(ledger);
    auto transaction = parts_.pool.begin(office); // durable before a byte leaves
    json::object const body{{"lines", ledger.lines.size()}};
    transaction.commit(parts_.recorder.append(
        transaction,
        {call.caller.actor, "account_ledger.extract", "account_ledger", json::serialize(body)}
    ));
    http::Download download;
    download.bytes = text.size();
    download.source = std::make_unique<contents::TextSource>(std::move(text));
    download.file_name =
        fmt::format("アカウント管理台帳_{:%Y%m%d%H%M}.csv", call.now + base::japan_offset);
    download.content_type = "text/csv";
    return download;
}

http::RoomRoutes Ledger::routes()
{
    using http::Proof, http::Right, http::Scope, http::Verb, http::on, http::Route;
    static constexpr Route table[] = {
        {Verb::get, "/api/v1/account-ledger", Right::account_view, Scope::office,
         "getAccountLedger", on<&Ledger::show>},
        {Verb::get, "/api/v1/account-ledger.csv", Right::account_view, Scope::office,
         "downloadAccountLedger", on<&Ledger::download>, Proof::fresh},
    };
    return {table, this};
}

} // namespace reviews

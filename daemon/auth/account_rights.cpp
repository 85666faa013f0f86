#include "auth/accounts.hpp"

#include "audit/recorder.hpp"
#include "store/json.hpp"

#include <fmt/format.h>

#include <algorithm>

// What an account may do: roles, clients, and the caller that a session speaks for.
namespace auth {

namespace {

store::FileId const office{store::Kind::office, {}, 1};

std::string object_of(std::int64_t id) { return fmt::format("account:{}", id); }

Problem no_such_account() { return {Fault::not_found, "not_found"}; }

bool of_one_client(http::AccountClass account_class)
{
    return account_class == http::AccountClass::client ||
           account_class == http::AccountClass::employee;
}

std::vector<std::string> roles_of(store::Reader const& db, std::int64_t id)
{
    return db.all<std::string>(
        "SELECT role FROM account_role WHERE account_id = ?1 ORDER BY granted_at, role", id
    );
}

} // namespace

bool Accounts::may(Account const& account, http::Right right) const
{
    auto const set = roles_.set_of(account.roles);
    return set && ((set->rights >> static_cast<unsigned>(right)) & 1ULL) != 0;
}

// Without it nobody could give anybody a right again.
bool Accounts::is_last_manager(store::Reader const& db, std::int64_t id) const
{
    auto const manages = [&](std::int64_t account_id) {
        auto const set = roles_.set_of(roles_of(db, account_id));
        constexpr auto manage = static_cast<unsigned>(http::Right::account_manage);
        return set && ((set->rights >> manage) & 1ULL) != 0;
    };
    auto const others = db.all<std::int64_t>(
        "SELECT id FROM account WHERE state = 'active' AND class = 'administrator' AND id <> ?1", id
    );
    return manages(id) && std::none_of(others.begin(), others.end(), manages);
}

Result<Account> Accounts::set_roles(
    std::int64_t id,
    std::vector<std::string> const& roles,
    std::string actor,
    std::string granted_by,
    Also const& also
)
{
    TRY(auto const set, roles_.set_of(roles));
    auto transaction = pool_.begin(office);
    auto const before = roles_of(transaction, id);
    auto const account_class = transaction.one<http::AccountClass>(
        "SELECT class FROM account WHERE id = ?1 AND state <> 'disabled'", id
    );
    if (!account_class) return no_such_account();
    if (of_one_client(*account_class) != of_one_client(set.account_class) ||
        (of_one_client(*account_class) && *account_class != set.account_class))
        return Problem{Fault::invalid, "invalid_fields", {{"roles", "roles_of_two_classes"}}};
    constexpr auto manage = static_cast<unsigned>(http::Right::account_manage);
    if (((set.rights >> manage) & 1ULL) == 0 && is_last_manager(transaction, id))
        return Problem{Fault::conflict, "last_administrator"};
    for (auto const& role : before)
        if (std::find(roles.begin(), roles.end(), role) == roles.end())
            transaction.exec(
                "DELETE FROM account_role WHERE account_id = ?1 AND role = ?2", id, role
            );
    for (auto const& role : roles)
        transaction.exec(
            R"(INSERT INTO account_role (account_id, role, granted_at, granted_by)
               VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING)",
            id, role, clock_.now(), granted_by
        );
    transaction.exec(
        R"(UPDATE account SET class = ?2, all_clients = max(all_clients, ?3),
                              version = version + 1, updated_at = ?4 WHERE id = ?1)",
        id, set.account_class, set.all_clients, clock_.now()
    );
    if (also) {
        TRY_VOID(also(transaction));
    }
    json::object const body{
        {"before", json::to(before)}, {"after", json::to(roles)}, {"granted_by", granted_by}
    };
    transaction.commit(recorder_.append(
        transaction, {std::move(actor), "account.roles", object_of(id), json::serialize(body)}
    ));
    return find(id);
}

Result<Account> Accounts::assign(std::int64_t id, Assignment const& wanted, std::string actor)
{
    TRY(auto const account, find(id));
    if (of_one_client(account.account_class))
        return Problem{Fault::conflict, "account_of_one_client"};
    auto const set = roles_.set_of(account.roles);
    bool const all = wanted.all_clients || (set && set->all_clients);
    auto transaction = pool_.begin(office);
    transaction.exec("DELETE FROM assignment WHERE account_id = ?1", id);
    for (auto const client_id : wanted.client_ids)
        transaction.exec(
            "INSERT INTO assignment (account_id, client_id) "
            "SELECT ?1, id FROM client WHERE id = ?2 ON CONFLICT DO NOTHING",
            id, client_id
        );
    for (auto const client_id : wanted.specific_client_ids)
        transaction.exec(
            R"(INSERT INTO assignment (account_id, client_id, specific)
               SELECT ?1, id, 1 FROM client WHERE id = ?2
               ON CONFLICT (account_id, client_id) DO UPDATE SET specific = 1)",
            id, client_id
        );
    transaction.exec(
        R"(UPDATE account SET all_clients = ?2, all_specific = ?3, version = version + 1,
                              updated_at = ?4 WHERE id = ?1)",
        id, all, wanted.all_specific && all, clock_.now()
    );
    transaction.commit(recorder_.append(
        transaction, {std::move(actor), "account.assign", object_of(id), json::to_text(wanted)}
    ));
    return find(id);
}

std::vector<std::int64_t> Accounts::clients_of(std::int64_t id) const
{
    return pool_.read(office).all<std::int64_t>(
        "SELECT client_id FROM assignment WHERE account_id = ?1 ORDER BY client_id", id
    );
}

Result<Assignment> Accounts::assignment_of(std::int64_t id) const
{
    TRY(auto const account, find(id));
    return Assignment{
        account.all_clients, clients_of(id), account.all_specific,
        pool_.read(office).all<std::int64_t>(
            R"(SELECT client_id FROM assignment WHERE account_id = ?1 AND specific = 1
                ORDER BY client_id)",
            id
        )
    };
}

http::Caller Accounts::caller_of(Account const& account) const
{
    http::Caller caller;
    caller.account_id = account.id;
    caller.actor = object_of(account.id);
    caller.name = account.name;
    caller.account_class = account.account_class;
    caller.role = fmt::format("{}", fmt::join(account.roles, " "));
    caller.grant(http::Right::signed_in);
    caller.grant(http::Right::signing_in);
    if (auto const set = roles_.set_of(account.roles)) caller.rights |= set->rights;
    if (auto assigned = assignment_of(account.id)) {
        caller.all_clients = assigned->all_clients;
        caller.clients = std::move(assigned->client_ids);
        caller.all_specific = assigned->all_specific;
        caller.specific_clients = std::move(assigned->specific_client_ids);
    }
    return caller;
}

} // namespace auth

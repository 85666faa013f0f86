#include "roles/role_book.hpp"

#include "audit/recorder.hpp"
#include "base/present.hpp"
#include "domain/text.hpp"
#include "store/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace roles {

namespace {

using http::AccountClass;

constexpr std::size_t name_max = 50;

store::FileId const office{store::Kind::office, {}, 1};

std::string key_of(std::int64_t id) { return fmt::format("own:{}", id); }

std::uint64_t bit_of(std::string_view right)
{
    auto const known = http::right_from(right);
    return known ? 1ULL << static_cast<unsigned>(*known) : 0;
}

struct OwnRole { // a row
    std::int64_t id = 0;
    std::string name;
    std::string account_class;
    std::string rights;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(OwnRole, (), (id, name, account_class, rights, version))

Role role_of(OwnRole row)
{
    Role role;
    role.role = key_of(row.id);
    role.ja = row.name;
    role.en = std::move(row.name);
    boost::describe::enum_from_string(row.account_class.c_str(), role.account_class);
    role.rights = json::from_text<std::vector<std::string>>(row.rights).value();
    role.version = row.version;
    return role;
}

std::optional<Role> read_own(store::Reader const& db, std::int64_t id)
{
    auto row = db.one<OwnRole>(
        "SELECT id, name, class AS account_class, rights, version FROM role WHERE id = ?1", id
    );
    if (!row) return std::nullopt;
    return role_of(std::move(*row));
}

// Whether two classes are of one population: 事務所, 顧問先 and 従業員 do not mix.
bool mix(AccountClass one, AccountClass other)
{
    auto const inside = [](AccountClass c) {
        return c == AccountClass::administrator || c == AccountClass::staff;
    };
    return one == other || (inside(one) && inside(other));
}

// A role of one's own may have what the built-in roles of its class (and of staff, for
// administrators) have together; 画面に表示する is in none and may be given to staff.
std::uint64_t allowed_for(AccountClass wanted)
{
    if (wanted == AccountClass::administrator) return ~0ULL;
    std::uint64_t allowed = wanted == AccountClass::staff ? bit_of("vault.reveal") : 0;
    for (auto const& role : catalogue().roles)
        if (role.account_class == wanted) allowed |= rights_of(role);
    return allowed;
}

bool apart(std::set<std::string> const& names)
{
    auto const has_one = [&](std::vector<std::string> const& of) {
        return std::any_of(of.begin(), of.end(), [&](auto const& n) { return names.contains(n); });
    };
    auto const& all = catalogue().separations;
    return std::any_of(all.begin(), all.end(), [&](auto const& separation) {
        return has_one(separation.roles) && has_one(separation.apart_from);
    });
}

std::set<std::string> names_counted(std::vector<Role> const& held)
{
    std::set<std::string> names;
    for (auto const& role : held) {
        names.insert(role.role);
        if (role.version == 0) continue; // built in: it is what it is called
        for (auto const& mark : catalogue().marks)
            if ((rights_of(role) & bit_of(mark.right)) != 0) names.insert(mark.role);
    }
    return names;
}

Problem of_roles(std::string code)
{
    return {Fault::invalid, "invalid_fields", {{"roles", std::move(code)}}};
}

Problem no_such_role() { return {Fault::not_found, "not_found"}; }

} // namespace

std::uint64_t rights_of(Role const& role)
{
    std::uint64_t bits = 0;
    for (auto const& right : role.rights) bits |= bit_of(right);
    return bits;
}

std::vector<std::string> guarded_of(std::uint64_t rights)
{
    std::vector<std::string> guarded;
    for (auto const& facts : catalogue().rights)
        if (facts.guarded && (rights & bit_of(facts.right)) != 0) guarded.push_back(facts.right);
    return guarded;
}

std::vector<Role> RoleBook::all() const
{
    auto out = catalogue().roles;
    for (auto& row : pool_.read(office).all<OwnRole>(
             "SELECT id, name, class AS account_class, rights, version FROM role ORDER BY name"
         ))
        out.push_back(role_of(std::move(row)));
    return out;
}

std::optional<Role> RoleBook::find(std::string const& role) const
{
    auto const known = all();
    auto const found =
        std::find_if(known.begin(), known.end(), [&](auto const& one) { return one.role == role; });
    if (found == known.end()) return std::nullopt;
    return *found;
}

Result<RoleSet> RoleBook::set_of(std::vector<std::string> const& roles) const
{
    if (roles.empty()) return of_roles("required");
    auto const known = all();
    std::vector<Role> held;
    for (auto const& name : roles) {
        auto const found = std::find_if(known.begin(), known.end(), [&](auto const& one) {
            return one.role == name;
        });
        if (found == known.end()) return of_roles("unknown_role");
        held.push_back(*found);
    }
    RoleSet set{held.front().account_class, false, 0};
    for (auto const& role : held) {
        if (!mix(set.account_class, role.account_class)) return of_roles("roles_of_two_classes");
        if (role.account_class == AccountClass::administrator)
            set.account_class = AccountClass::administrator;
        set.all_clients = set.all_clients || role.all_clients;
        set.rights |= rights_of(role);
    }
    if (apart(names_counted(held))) return of_roles("roles_apart");
    return set;
}

std::vector<FieldFault> RoleBook::faults_of(RoleWish const& wish) const
{
    std::vector<FieldFault> faults;
    auto const name = domain::trimmed(wish.name);
    if (name.empty()) faults.push_back({"name", "required"});
    if (domain::length(name) > name_max) faults.push_back({"name", "too_long"});
    if (domain::has_hostile_characters(name)) faults.push_back({"name", "control_characters"});
    for (auto const& role : catalogue().roles)
        if (name == role.ja || name == role.en) faults.push_back({"name", "taken"});
    if (wish.account_class == AccountClass::employee)
        faults.push_back({"account_class", "class_not_allowed"});
    if (wish.rights.empty()) faults.push_back({"rights", "required"});
    auto const allowed = allowed_for(wish.account_class);
    for (auto const& right : wish.rights) {
        if (catalogue().find(right) == nullptr) {
            faults.push_back({"rights", "unknown_right"});
            break;
        }
        if ((allowed & bit_of(right)) == 0) {
            faults.push_back({"rights", "right_not_for_class"});
            break;
        }
    }
    return faults;
}

Result<Role> RoleBook::create(RoleWish const& wish, std::string actor)
{
    if (auto faults = faults_of(wish); !faults.empty())
        return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    auto transaction = pool_.begin(office);
    try {
        transaction.exec(
            R"(INSERT INTO role (name, class, rights, created_at, updated_at)
               VALUES (?1, ?2, ?3, ?4, ?4))",
            domain::trimmed(wish.name), wish.account_class, json::to_text(wish.rights), clock_.now()
        );
    } catch (store::Error const& error) {
        if (!error.unique_violation()) throw;
        return Problem{Fault::invalid, "invalid_fields", {{"name", "taken"}}};
    }
    auto role = base::present(read_own(transaction, transaction.last_id()));
    transaction.commit(recorder_.append(
        transaction, {std::move(actor), "role.create", "role:" + role.role, json::to_text(role)}
    ));
    return role;
}

// What somebody has, with `instead` in place of the stored role of that key.
std::vector<Role>
RoleBook::held_by(store::Reader const& db, std::int64_t account_id, Role const& instead) const
{
    std::vector<Role> held;
    for (auto const& name :
         db.all<std::string>("SELECT role FROM account_role WHERE account_id = ?1", account_id))
        held.push_back(name == instead.role ? instead : base::present(find(name)));
    return held;
}

bool RoleBook::somebody_manages(store::Reader const& db, Role const& instead) const
{
    auto const administrators = db.all<std::int64_t>(
        "SELECT id FROM account WHERE state = 'active' AND class = 'administrator'"
    );
    return std::any_of(administrators.begin(), administrators.end(), [&](auto const id) {
        auto const held = held_by(db, id, instead);
        return std::any_of(held.begin(), held.end(), [](auto const& role) {
            return (rights_of(role) & bit_of("account.manage")) != 0;
        });
    });
}

Result<Role>
RoleBook::change(std::int64_t id, std::int64_t version, RoleWish const& wish, std::string actor)
{
    if (auto faults = faults_of(wish); !faults.empty())
        return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    auto transaction = pool_.begin(office);
    auto const before = read_own(transaction, id);
    if (!before) return no_such_role();
    if (before->version != version) return Problem{Fault::conflict, "version_conflict"};
    auto const holders = accounts_with(id);
    if (before->account_class != wish.account_class && !holders.empty())
        return Problem{Fault::conflict, "role_in_use"};
    Role after = *before;
    after.rights = wish.rights;
    auto const added = rights_of(after) & ~rights_of(*before);
    if (!holders.empty() && !guarded_of(added).empty())
        return Problem{Fault::conflict, "role_in_use_guarded"};
    for (auto const account : holders)
        if (apart(names_counted(held_by(transaction, account, after))))
            return of_roles("roles_apart");
    if (somebody_manages(transaction, *before) && !somebody_manages(transaction, after))
        return Problem{Fault::conflict, "last_administrator"};
    try {
        transaction.exec(
            R"(UPDATE role SET name = ?2, class = ?3, rights = ?4, version = version + 1,
                               updated_at = ?5 WHERE id = ?1)",
            id, domain::trimmed(wish.name), wish.account_class, json::to_text(wish.rights),
            clock_.now()
        );
    } catch (store::Error const& error) {
        if (!error.unique_violation()) throw;
        return Problem{Fault::invalid, "invalid_fields", {{"name", "taken"}}};
    }
    auto role = base::present(read_own(transaction, id));
    json::object const body{{"before", json::to(*before)}, {"after", json::to(role)}};
    transaction.commit(recorder_.append(
        transaction, {std::move(actor), "role.change", "role:" + role.role, json::serialize(body)}
    ));
    return role;
}

Result<void> RoleBook::remove(std::int64_t id, std::string actor)
{
    auto transaction = pool_.begin(office);
    auto const role = read_own(transaction, id);
    if (!role) return no_such_role();
    if (!accounts_with(id).empty()) return Problem{Fault::conflict, "role_in_use"};
    transaction.exec("DELETE FROM role WHERE id = ?1", id);
    transaction.commit(recorder_.append(
        transaction, {std::move(actor), "role.remove", "role:" + role->role, json::to_text(*role)}
    ));
    return {};
}

std::vector<std::int64_t> RoleBook::accounts_with(std::int64_t id) const
{
    return pool_.read(office).all<std::int64_t>(
        "SELECT account_id FROM account_role WHERE role = ?1 ORDER BY account_id", key_of(id)
    );
}

} // namespace roles

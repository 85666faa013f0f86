#pragma once
// 役割: the built-in ones and the office's own, what a set of them allows, and which sets are not
// allowed (職務の分離).
#include "base/clock.hpp"
#include "base/result.hpp"
#include "roles/catalogue.hpp"
#include "store/pool.hpp"

#include <optional>
#include <string>
#include <vector>

namespace audit {
class Recorder;
}

namespace roles {

struct RoleSet { // what somebody with these roles is and may do
    http::AccountClass account_class = http::AccountClass::staff;
    bool all_clients = false;
    std::uint64_t rights = 0; // bit per http::Right
};

struct RoleWish { // a role of the office's own
    std::string name;
    http::AccountClass account_class = http::AccountClass::staff;
    std::vector<std::string> rights;
};
BOOST_DESCRIBE_STRUCT(RoleWish, (), (name, account_class, rights))

// The words of `rights` that need a second administrator.
std::vector<std::string> guarded_of(std::uint64_t rights);
std::uint64_t rights_of(Role const& role);

class RoleBook {
public:
    RoleBook(store::Pool& pool, audit::Recorder const& recorder, base::Clock const& clock)
        : pool_(pool), recorder_(recorder), clock_(clock)
    {
    }

    std::vector<Role> all() const;
    std::optional<Role> find(std::string const& role) const; // by its key: "staff", "own:3"
    // Faults of the field "roles": required, unknown_role, roles_of_two_classes (事務所, 顧問先 and
    // 従業員 do not mix), roles_apart (a separation).
    Result<RoleSet> set_of(std::vector<std::string> const& roles) const;

    Result<Role> create(RoleWish const& wish, std::string actor);
    // Rights that a second person must approve are never added to a role that somebody has
    // (role_in_use_guarded): make another one and grant that. Nor may a change bring somebody's
    // roles into conflict (roles_apart) or leave nobody who manages accounts (last_administrator).
    Result<Role>
    change(std::int64_t id, std::int64_t version, RoleWish const& wish, std::string actor);
    Result<void> remove(std::int64_t id, std::string actor); // nobody may have it (role_in_use)

    std::vector<std::int64_t> accounts_with(std::int64_t id) const;

private:
    std::vector<Role>
    held_by(store::Reader const& db, std::int64_t account_id, Role const& instead) const;
    bool somebody_manages(store::Reader const& db, Role const& instead) const;
    std::vector<FieldFault> faults_of(RoleWish const& wish) const;

    store::Pool& pool_;
    audit::Recorder const& recorder_;
    base::Clock const& clock_;
};

} // namespace roles

#pragma once
// 認証ポリシー: what passwords, lockouts and the second factor are asked for, by class of accounts.
// kuramori.yaml gives the floor; an administrator may set what is stricter, on the screen, and it
// is in force with the next sign-in.
#include "auth/password_policy.hpp"
#include "auth/sign_in_log.hpp"
#include "http/route.hpp"

#include <array>
#include <mutex>
#include <shared_mutex>

namespace audit {
class Recorder;
}

namespace auth {

struct ClassPolicy {
    std::int64_t length_min = 10; // of a password, in characters
    std::int64_t kinds_min = 3;   // of small letters, capitals, digits, everything else
    std::int64_t history = 5;     // the last passwords that must not come back
    std::int64_t days = 90;       // that a password lasts; 0: it never expires
    std::int64_t lockout_failures = 5;
    std::int64_t lockout_minutes = 30;
    bool second_factor = false; // is required

    friend bool operator==(ClassPolicy const&, ClassPolicy const&) = default;
};
BOOST_DESCRIBE_STRUCT(
    ClassPolicy,
    (),
    (length_min, kinds_min, history, days, lockout_failures, lockout_minutes, second_factor)
)

struct PolicyOfClass {
    http::AccountClass account_class = http::AccountClass::administrator;
    std::int64_t version = 0; // 0: nobody has changed it
    ClassPolicy rules;        // in force
    ClassPolicy floor;        // of kuramori.yaml
};
BOOST_DESCRIBE_STRUCT(PolicyOfClass, (), (account_class, version, rules, floor))

struct PolicyList {
    std::vector<PolicyOfClass> policies;
    // From so many characters any kinds do and, with a second factor, a password never expires.
    std::int64_t long_enough = 0;
};
BOOST_DESCRIBE_STRUCT(PolicyList, (), (policies, long_enough))

struct PolicyWish {
    http::AccountClass account_class = http::AccountClass::administrator;
    ClassPolicy rules;
};
BOOST_DESCRIBE_STRUCT(PolicyWish, (), (account_class, rules))

struct PasswordRules { // what the page shows while somebody types; the policy decides
    std::int64_t length = 0;
    std::int64_t kinds = 0;       // of characters
    std::int64_t long_enough = 0; // from here on any kinds do; 0: never
};
BOOST_DESCRIBE_STRUCT(PasswordRules, (), (length, kinds, long_enough))

class Policies {
public:
    struct Floor {
        std::array<ClassPolicy, http::account_classes> of_class; // in the order of AccountClass
        std::int64_t long_enough = 15;                           // 0: no length lifts the rules
        bool two_person = true; // 二人承認; off in an office of one person
    };
    Policies(store::Pool& pool, audit::Recorder const& recorder, Floor floor);

    ClassPolicy of(http::AccountClass of) const;
    PasswordPolicy password_of(http::AccountClass of) const;
    Lockout lockout_of(http::AccountClass of) const;
    // That fit every class: before it is known who types.
    PasswordRules strictest_rules() const;
    PasswordRules rules_of(http::AccountClass of) const;
    bool two_person() const { return floor_.two_person; }

    http::RoomRoutes routes();
    Result<PolicyList> list_policies(http::Call& call);
    Result<PolicyOfClass> set_policy(http::Call& call, PolicyWish const& wanted);

private:
    void read();
    PolicyOfClass whole_of(http::AccountClass of) const;

    store::Pool& pool_;
    audit::Recorder const& recorder_;
    Floor const floor_;
    std::mutex changing_; // one change after the other
    mutable std::shared_mutex mutex_;
    std::array<PolicyOfClass, http::account_classes> in_force_;
};

} // namespace auth

#include "auth/policies.hpp"

#include "audit/history.hpp"
#include "audit/recorder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>

namespace auth {

namespace {

using http::AccountClass;

store::FileId const office{store::Kind::office, {}, 1};

struct StoredPolicy {
    AccountClass account_class = AccountClass::administrator;
    std::string rules; // JSON
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(StoredPolicy, (), (account_class, rules, version))

std::size_t place_of(AccountClass of) { return static_cast<std::size_t>(of); }

// 0 stands for ever.
std::int64_t fewer_days(std::int64_t a, std::int64_t b)
{
    if (a == 0 || b == 0) return std::max(a, b);
    return std::min(a, b);
}

ClassPolicy stricter(ClassPolicy const& a, ClassPolicy const& b)
{
    return {
        std::max(a.length_min, b.length_min),
        std::max(a.kinds_min, b.kinds_min),
        std::max(a.history, b.history),
        fewer_days(a.days, b.days),
        std::min(a.lockout_failures, b.lockout_failures),
        std::max(a.lockout_minutes, b.lockout_minutes),
        a.second_factor || b.second_factor,
    };
}

// The same bounds as the keys of kuramori.yaml have.
std::vector<FieldFault> faults_of(ClassPolicy const& wanted, ClassPolicy const& floor)
{
    std::vector<FieldFault> faults;
    auto const within = [&](char const* field, std::int64_t value, std::int64_t min,
                            std::int64_t max, bool weak) {
        auto const path = std::string{"rules."} + field;
        if (value < min || value > max)
            faults.push_back({path, "out_of_range"});
        else if (weak)
            faults.push_back({path, "weaker_than_floor"});
    };
    within("length_min", wanted.length_min, 10, 64, wanted.length_min < floor.length_min);
    within("kinds_min", wanted.kinds_min, 3, 4, wanted.kinds_min < floor.kinds_min);
    within("history", wanted.history, 0, 24, wanted.history < floor.history);
    within("days", wanted.days, 0, 366, fewer_days(wanted.days, floor.days) != wanted.days);
    within(
        "lockout_failures", wanted.lockout_failures, 3, 100,
        wanted.lockout_failures > floor.lockout_failures
    );
    within(
        "lockout_minutes", wanted.lockout_minutes, 1, 1440,
        wanted.lockout_minutes < floor.lockout_minutes
    );
    if (floor.second_factor && !wanted.second_factor)
        faults.push_back({"rules.second_factor", "weaker_than_floor"});
    return faults;
}

} // namespace

Policies::Policies(store::Pool& pool, audit::Recorder const& recorder, Floor floor)
    : pool_(pool), recorder_(recorder), floor_(floor)
{
    read();
}

void Policies::read()
{
    std::array<PolicyOfClass, http::account_classes> fresh;
    for (std::size_t i = 0; i < fresh.size(); ++i)
        fresh[i] = {static_cast<AccountClass>(i), 0, floor_.of_class[i], floor_.of_class[i]};
    auto const stored = pool_.read(office).all<StoredPolicy>(
        "SELECT account_class, rules, version FROM sign_in_policy"
    );
    for (auto const& row : stored) {
        auto& place = fresh[place_of(row.account_class)];
        place.version = row.version;
        place.rules = stricter(json::from_text<ClassPolicy>(row.rules).value(), place.floor);
    }
    std::scoped_lock const lock{mutex_};
    in_force_ = fresh;
}

PolicyOfClass Policies::whole_of(AccountClass of) const
{
    std::shared_lock const lock{mutex_};
    return in_force_[place_of(of)];
}

ClassPolicy Policies::of(AccountClass of) const { return whole_of(of).rules; }

PasswordPolicy Policies::password_of(AccountClass of) const
{
    auto const rules = this->of(of);
    return {rules.length_min, rules.kinds_min, rules.history, rules.days, floor_.long_enough};
}

Lockout Policies::lockout_of(AccountClass of) const
{
    auto const rules = this->of(of);
    return {rules.lockout_failures, std::chrono::minutes{rules.lockout_minutes}};
}

PasswordRules Policies::rules_of(AccountClass of) const
{
    auto const rules = this->of(of);
    return {rules.length_min, rules.kinds_min, floor_.long_enough};
}

PasswordRules Policies::strictest_rules() const
{
    PasswordRules strictest{0, 0, floor_.long_enough};
    std::shared_lock const lock{mutex_};
    for (auto const& policy : in_force_) {
        strictest.length = std::max(strictest.length, policy.rules.length_min);
        strictest.kinds = std::max(strictest.kinds, policy.rules.kinds_min);
    }
    return strictest;
}

Result<PolicyList> Policies::list_policies(http::Call&)
{
    PolicyList list{{}, floor_.long_enough};
    std::shared_lock const lock{mutex_};
    list.policies.assign(in_force_.begin(), in_force_.end());
    return list;
}

Result<PolicyOfClass> Policies::set_policy(http::Call& call, PolicyWish const& wanted)
{
    TRY(auto const seen, call.if_match());
    auto const& floor = floor_.of_class[place_of(wanted.account_class)];
    if (auto faults = faults_of(wanted.rules, floor); !faults.empty())
        return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    std::scoped_lock const changing{changing_};
    auto const before = whole_of(wanted.account_class);
    if (before.version != seen) {
        json::object const context{{"current", json::to(before)}};
        return Problem{Fault::conflict, "version_conflict", {}, json::serialize(context)};
    }
    auto transaction = pool_.begin(office);
    transaction.exec(
        R"(INSERT INTO sign_in_policy (account_class, rules, version, updated_at)
           VALUES (?1, ?2, ?3, ?4)
           ON CONFLICT (account_class) DO UPDATE SET rules = excluded.rules,
               version = excluded.version, updated_at = excluded.updated_at)",
        wanted.account_class, json::to_text(wanted.rules), seen + 1, call.now
    );
    auto const object =
        fmt::format("sign_in_policy:{}", boost::describe::enum_to_string(wanted.account_class, ""));
    transaction.commit(recorder_.append(
        transaction, {call.caller.actor, "policy.update", object,
                      audit::changes_of(&before.rules, &wanted.rules)}
    ));
    read();
    return whole_of(wanted.account_class);
}

http::RoomRoutes Policies::routes()
{
    using http::Proof, http::Right, http::Scope, http::Verb, http::on;
    static constexpr http::Route table[] = {
        {Verb::get, "/api/v1/policies", Right::policy_manage, Scope::office, "listPolicies",
         on<&Policies::list_policies>},
        {Verb::put, "/api/v1/policies", Right::policy_manage, Scope::office, "setPolicy",
         on<&Policies::set_policy>, Proof::fresh},
    };
    return {table, this};
}

} // namespace auth

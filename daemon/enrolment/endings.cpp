#include "enrolment/endings.hpp"

#include "base/log.hpp"
#include "store/json.hpp"

#include <algorithm>

namespace enrolment {

namespace {

constexpr char const* actor = "system:scheduler";

store::FileId const office{store::Kind::office, {}, 1};

struct LastDay {
    std::int64_t id = 0;
    Date day{};
};
BOOST_DESCRIBE_STRUCT(LastDay, (), (id, day))

struct PersonsAccount {
    std::int64_t account_id = 0;
    std::int64_t employee_id = 0;
};
BOOST_DESCRIBE_STRUCT(PersonsAccount, (), (account_id, employee_id))

} // namespace

Date Endings::shut_from(Date last_day) const
{
    if (parts_.when == EndsWhen::next_business_day)
        return parts_.holidays.next_business_day(last_day);
    return Date{std::chrono::sys_days{last_day} + std::chrono::days{1}};
}

bool Endings::end(std::int64_t account_id, char const* why, Date last_day)
{
    json::object const body{{why, to_string(last_day)}};
    auto const ended = parts_.accounts.disable(account_id, actor, json::serialize(body));
    if (!ended) { // the last administrator, or deleted meanwhile
        base::log::warning(
            "enrolment", "account_not_ended",
            {{"account", std::to_string(account_id)}, {"code", ended.error().code}}
        );
        return false;
    }
    parts_.sessions.close_account(account_id);
    return true;
}

std::size_t Endings::end_retired(std::int64_t client_id, store::FileId const& book, Date today)
{
    auto const accounts = parts_.pool.read(office).all<PersonsAccount>(
        R"(SELECT account.id AS account_id, employee_id
             FROM account JOIN assignment ON assignment.account_id = account.id
            WHERE client_id = ?1 AND class = 'employee' AND state <> 'disabled'
              AND employee_id IS NOT NULL)",
        client_id
    );
    if (accounts.empty()) return 0;
    auto const retired = parts_.pool.read(book).all<LastDay>(
        R"(SELECT employee_id AS id, json_extract(body, '$.retired_on') AS day FROM section
            WHERE kind = 'basic' AND json_extract(body, '$.retired_on') IS NOT NULL)"
    );
    std::size_t count = 0;
    for (auto const& account : accounts) {
        auto const left = std::find_if(retired.begin(), retired.end(), [&](auto const& one) {
            return one.id == account.employee_id;
        });
        if (left != retired.end() && shut_from(left->day) <= today)
            count += end(account.account_id, "retired_on", left->day) ? 1 : 0;
    }
    return count;
}

void Endings::warn_of_unknown_year(Date today)
{
    if (parts_.holidays.knows(today.year()) || warned_ == today.year()) return;
    warned_ = today.year();
    base::log::warning(
        "enrolment", "holidays_unknown", {{"year", std::to_string(static_cast<int>(today.year()))}}
    );
}

std::size_t Endings::end_due()
{
    auto const today = domain::date_in_japan(parts_.clock.now());
    warn_of_unknown_year(today);
    std::size_t count = 0;
    auto const due = parts_.pool.read(office).all<LastDay>(
        R"(SELECT id, ends_on AS day FROM account
            WHERE state <> 'disabled' AND ends_on IS NOT NULL AND ends_on < ?1)",
        today
    );
    for (auto const& account : due)
        if (shut_from(account.day) <= today)
            count += end(account.id, "ends_on", account.day) ? 1 : 0;
    for (auto const& [client_id, book] : parts_.clients.all_books()) {
        try {
            count += end_retired(client_id, book, today);
        } catch (store::Error const&) { // one damaged book must not stop the others
            base::log::error(
                "enrolment", "retired_not_ended", {{"client", std::to_string(client_id)}}
            );
        }
    }
    return count;
}

} // namespace enrolment

#pragma once
// Accounts that end by themselves: after their last day, and after an employee's retirement.
#include "auth/accounts.hpp"
#include "auth/sessions.hpp"
#include "clients/clients.hpp"
#include "domain/business_days.hpp"

namespace enrolment {

enum class EndsWhen { next_day, next_business_day };
BOOST_DESCRIBE_ENUM(EndsWhen, next_day, next_business_day)

class Endings {
public:
    struct Parts {
        store::Pool& pool;
        base::Clock const& clock;
        auth::Accounts& accounts;
        auth::Sessions& sessions;
        clients::Clients& clients;
        EndsWhen when;
        domain::Holidays const& holidays;
    };
    explicit Endings(Parts parts) : parts_(parts) {}

    // The day from whose beginning an account with this last day is shut.
    Date shut_from(Date last_day) const;
    // Disables what is due today, in the scheduler's name; how many. May be asked at any time.
    std::size_t end_due();

private:
    bool end(std::int64_t account_id, char const* why, Date last_day);
    std::size_t end_retired(std::int64_t client_id, store::FileId const& book, Date today);
    void warn_of_unknown_year(Date today);

    Parts parts_;
    std::optional<std::chrono::year> warned_;
};

} // namespace enrolment

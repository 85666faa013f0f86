#pragma once
// アカウント棚卸: one a month by itself. Every account has a line with its facts as they were on
// that day; somebody signs each (ACC-06). What is signed stays as evidence and never changes.
#include "reviews/ledger.hpp"

namespace reviews {

inline constexpr int days_until_overdue = 10; // on the eleventh day it is

enum class Verdict { keep, change, disable };
BOOST_DESCRIBE_ENUM(Verdict, keep, change, disable)

struct FactRole {
    std::string role;
    std::string ja;
    std::string en;
};
BOOST_DESCRIBE_STRUCT(FactRole, (), (role, ja, en))

struct ReviewFacts { // no name: the account may be deleted later, the evidence stays
    http::AccountClass account_class = http::AccountClass::staff;
    auth::AccountState state = auth::AccountState::invited;
    std::vector<FactRole> roles;
    std::vector<std::string> rights;
    bool all_clients = false;
    std::vector<std::string> clients; // codes
    bool all_specific = false;
    std::vector<std::string> specific_clients;
    bool second_factor = false;
    Instant created_at;
    std::optional<Instant> last_sign_in_at;
    bool dormant = false;
};
BOOST_DESCRIBE_STRUCT(
    ReviewFacts,
    (),
    (account_class,
     state,
     roles,
     rights,
     all_clients,
     clients,
     all_specific,
     specific_clients,
     second_factor,
     created_at,
     last_sign_in_at,
     dormant)
)

struct ReviewLine {
    std::int64_t account_id = 0;
    std::optional<std::string> name; // as it is now; absent: the account is deleted
    std::optional<std::string> login_id;
    ReviewFacts facts;
    std::optional<Verdict> verdict;
    std::optional<std::string> comment;
    std::optional<Instant> signed_at;
    std::optional<std::string> signed_by; // a name
    bool mine = false;                    // to be signed by somebody else
};
BOOST_DESCRIBE_STRUCT(
    ReviewLine,
    (),
    (account_id, name, login_id, facts, verdict, comment, signed_at, signed_by, mine)
)

struct ReviewSummary {
    std::int64_t id = 0;
    std::string month; // "2026-12"
    Instant opened_at;
    std::optional<Instant> closed_at;
    std::optional<std::string> closed_by; // a name
    std::int64_t lines = 0;
    std::int64_t signed_lines = 0;
    std::int64_t to_change = 0; // verdicts that ask for something
    std::int64_t to_disable = 0;
    bool overdue = false;
};
BOOST_DESCRIBE_STRUCT(
    ReviewSummary,
    (),
    (id, month, opened_at, closed_at, closed_by, lines, signed_lines, to_change, to_disable, overdue
    )
)

struct ReviewList {
    std::vector<ReviewSummary> reviews; // the newest first
};
BOOST_DESCRIBE_STRUCT(ReviewList, (), (reviews))

struct Review {
    ReviewSummary summary;
    std::vector<ReviewLine> lines;
};
BOOST_DESCRIBE_STRUCT(Review, (), (summary, lines))

struct Signature {
    Verdict verdict = Verdict::keep;
    std::string comment;
};
BOOST_DESCRIBE_STRUCT(Signature, (), (verdict, comment))

struct OpenReviews {          // for the first screen
    std::int64_t waiting = 0; // lines
    std::int64_t overdue = 0;
};

class Reviews {
public:
    struct Parts {
        store::Pool& pool;
        audit::Recorder const& recorder;
        base::Clock const& clock;
        auth::Accounts const& accounts;
        Ledger const& ledger;
    };
    explicit Reviews(Parts parts) : parts_(parts) {}

    http::RoomRoutes routes();
    Result<ReviewList> list(http::Call& call);
    // This month's, before its time: in an office's first month, or after it was set up anew.
    Result<http::Created<Review>> open_now(http::Call& call);
    Result<Review> show(http::Call& call);
    // own_line, line_signed; the last signature closes the review.
    Result<Review> sign(http::Call& call, Signature const& given);

    // Opens this month's when there is none yet; `since` is the office's first day, and the month
    // in which that fell is left out. Says so in the log, once a day, while one is overdue.
    void keep_up(Instant since);
    OpenReviews open_reviews(Instant now) const;

private:
    std::optional<std::int64_t> open(std::string const& month, std::string const& actor);
    Result<Review> read(std::int64_t id, http::Caller const& caller) const;
    bool others_may_sign(std::int64_t account_id) const;
    std::string name_of(std::int64_t account_id) const;
    void warn_when_overdue(Instant now);

    Parts parts_;
    std::optional<Date> warned_; // touched by the scheduler alone
};

} // namespace reviews

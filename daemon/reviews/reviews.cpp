#include "reviews/reviews.hpp"

#include "audit/recorder.hpp"
#include "base/log.hpp"
#include "base/present.hpp"
#include "domain/date.hpp"
#include "domain/text.hpp"
#include "store/json.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace reviews {

namespace {

constexpr std::size_t comment_max = 200;
constexpr char const* own_actor = "system:reviews";

store::FileId const office{store::Kind::office, {}, 1};

std::string object_of(std::int64_t id) { return fmt::format("account_review:{}", id); }

std::string month_of(Instant now)
{
    auto const today = domain::date_in_japan(now);
    return fmt::format("{:04}-{:02}", int{today.year()}, unsigned{today.month()});
}

bool is_overdue(Instant opened_at, Instant now)
{
    std::chrono::sys_days const opened = domain::date_in_japan(opened_at);
    std::chrono::sys_days const today = domain::date_in_japan(now);
    return today - opened >= std::chrono::days{days_until_overdue};
}

ReviewFacts facts_of(LedgerLine const& line)
{
    ReviewFacts facts;
    facts.account_class = line.account_class;
    facts.state = line.state;
    for (auto const& role : line.roles) facts.roles.push_back({role.role, role.ja, role.en});
    for (auto const& right : line.can) facts.rights.push_back(right.right);
    facts.all_clients = line.all_clients;
    for (auto const& client : line.clients) facts.clients.push_back(client.code);
    facts.all_specific = line.all_specific;
    for (auto const& client : line.specific_clients) facts.specific_clients.push_back(client.code);
    facts.second_factor = line.second_factor;
    facts.created_at = line.created_at;
    facts.last_sign_in_at = line.last_sign_in_at;
    facts.dormant = line.dormant;
    return facts;
}

struct StoredLine {
    std::int64_t account_id = 0;
    std::optional<std::string> name;
    std::optional<std::string> login_id;
    std::string facts;
    std::optional<Verdict> verdict;
    std::optional<std::string> comment;
    std::optional<Instant> signed_at;
    std::optional<std::int64_t> signed_by;
};
BOOST_DESCRIBE_STRUCT(
    StoredLine, (), (account_id, name, login_id, facts, verdict, comment, signed_at, signed_by)
)

struct StoredReview {
    std::int64_t id = 0;
    std::string month;
    Instant opened_at;
    std::optional<Instant> closed_at;
    std::optional<std::int64_t> closed_by;
    std::int64_t lines = 0;
    std::int64_t signed_lines = 0;
    std::int64_t to_change = 0;
    std::int64_t to_disable = 0;
};
BOOST_DESCRIBE_STRUCT(
    StoredReview,
    (),
    (id, month, opened_at, closed_at, closed_by, lines, signed_lines, to_change, to_disable)
)

std::vector<StoredReview> stored(store::Reader const& db)
{
    return db.all<StoredReview>(
        R"(SELECT id, month, opened_at, closed_at, closed_by, count(line.account_id) AS lines,
                  count(line.signed_at) AS signed_lines,
                  coalesce(sum(line.verdict = 'change'), 0) AS to_change,
                  coalesce(sum(line.verdict = 'disable'), 0) AS to_disable
             FROM account_review LEFT JOIN account_review_line AS line ON line.review_id = id
            GROUP BY id ORDER BY month DESC)"
    );
}

Result<void> checked(Signature const& given)
{
    char const* fault = nullptr;
    // Whoever has to change it must be able to read what.
    if (given.verdict == Verdict::change && domain::trimmed(given.comment).empty())
        fault = "required";
    if (domain::length(given.comment) > comment_max) fault = "too_long";
    if (domain::has_hostile_characters(given.comment)) fault = "control_characters";
    if (fault) return Problem{Fault::invalid, "invalid_fields", {{"comment", fault}}};
    return {};
}

Problem no_such_review() { return {Fault::not_found, "not_found"}; }

} // namespace

std::string Reviews::name_of(std::int64_t account_id) const
{
    auto const account = parts_.accounts.find(account_id);
    return account ? account->name : fmt::format("account:{}", account_id);
}

bool Reviews::others_may_sign(std::int64_t account_id) const
{
    auto const known = parts_.accounts.list();
    return std::any_of(known.begin(), known.end(), [&](auto const& account) {
        return account.id != account_id && account.state == auth::AccountState::active &&
               parts_.accounts.may(account, http::Right::review_sign);
    });
}

Result<ReviewList> Reviews::list(http::Call& call)
{
    ReviewList list;
    for (auto& row : stored(parts_.pool.read(office))) {
        bool const overdue = !row.closed_at && is_overdue(row.opened_at, call.now);
        std::optional<std::string> closed_by;
        if (row.closed_by) closed_by = name_of(*row.closed_by);
        list.reviews.push_back(
            {row.id, std::move(row.month), row.opened_at, row.closed_at, std::move(closed_by),
             row.lines, row.signed_lines, row.to_change, row.to_disable, overdue}
        );
    }
    return list;
}

Result<Review> Reviews::read(std::int64_t id, http::Caller const& caller) const
{
    auto const db = parts_.pool.read(office);
    auto const all = stored(db);
    auto const row =
        std::find_if(all.begin(), all.end(), [&](auto const& r) { return r.id == id; });
    if (row == all.end()) return no_such_review();
    bool const overdue = !row->closed_at && is_overdue(row->opened_at, parts_.clock.now());
    Review review{
        {row->id,
         row->month,
         row->opened_at,
         row->closed_at,
         {},
         row->lines,
         row->signed_lines,
         row->to_change,
         row->to_disable,
         overdue},
        {}
    };
    if (row->closed_by) review.summary.closed_by = name_of(*row->closed_by);
    bool const not_mine = others_may_sign(caller.account_id);
    for (auto& line : db.all<StoredLine>(
             R"(SELECT line.account_id, account.name, account.login_id, line.facts, line.verdict,
                       line.comment, line.signed_at, line.signed_by
                  FROM account_review_line AS line
                  LEFT JOIN account ON account.id = line.account_id
                 WHERE line.review_id = ?1 ORDER BY account.name IS NULL, account.name,
                       line.account_id)",
             id
         )) {
        std::optional<std::string> signed_by;
        if (line.signed_by) signed_by = name_of(*line.signed_by);
        review.lines.push_back(
            {line.account_id, std::move(line.name), std::move(line.login_id),
             json::from_text<ReviewFacts>(line.facts).value(), line.verdict,
             std::move(line.comment), line.signed_at, std::move(signed_by),
             not_mine && line.account_id == caller.account_id}
        );
    }
    return review;
}

Result<Review> Reviews::show(http::Call& call) { return read(call.id("review_id"), call.caller); }

std::optional<std::int64_t> Reviews::open(std::string const& month, std::string const& actor)
{
    auto const now = parts_.clock.now();
    auto const lines = parts_.ledger.lines(now);
    auto transaction = parts_.pool.begin(office);
    if (transaction.exec(
            "INSERT INTO account_review (month, opened_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            month, now
        ) == 0)
        return std::nullopt;
    auto const id = transaction.last_id();
    for (auto const& line : lines)
        transaction.exec(
            R"(INSERT INTO account_review_line (review_id, account_id, facts)
               VALUES (?1, ?2, ?3))",
            id, line.account_id, json::to_text(facts_of(line))
        );
    json::object const body{{"month", month}, {"lines", lines.size()}};
    transaction.commit(parts_.recorder.append(
        transaction, {actor, "account_review.open", object_of(id), json::serialize(body)}
    ));
    return id;
}

Result<http::Created<Review>> Reviews::open_now(http::Call& call)
{
    auto const id = open(month_of(call.now), call.caller.actor);
    if (!id) return Problem{Fault::conflict, "review_exists"};
    TRY(auto review, read(*id, call.caller));
    return http::Created<Review>{std::move(review)};
}

Result<Review> Reviews::sign(http::Call& call, Signature const& given)
{
    TRY_VOID(checked(given));
    auto const id = call.id("review_id");
    auto const account_id = call.id("account_id");
    if (account_id == call.caller.account_id && others_may_sign(account_id))
        return Problem{Fault::conflict, "own_line"};
    auto transaction = parts_.pool.begin(office);
    auto const is_signed = transaction.one<bool>(
        R"(SELECT signed_at IS NOT NULL FROM account_review_line
            WHERE review_id = ?1 AND account_id = ?2)",
        id, account_id
    );
    if (!is_signed) return no_such_review();
    if (*is_signed) return Problem{Fault::conflict, "line_signed"};
    transaction.exec(
        R"(UPDATE account_review_line
              SET verdict = ?3, comment = ?4, signed_at = ?5, signed_by = ?6
            WHERE review_id = ?1 AND account_id = ?2)",
        id, account_id, given.verdict, domain::trimmed(given.comment), call.now,
        call.caller.account_id
    );
    auto const closed = transaction.exec(
        R"(UPDATE account_review SET closed_at = ?2, closed_by = ?3
            WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM account_review_line
                                           WHERE review_id = ?1 AND signed_at IS NULL))",
        id, call.now, call.caller.account_id
    );
    json::object const body{
        {"account", account_id},
        {"verdict", json::to(given.verdict)},
        {"comment", given.comment},
        {"closed", closed > 0}
    };
    transaction.commit(parts_.recorder.append(
        transaction,
        {call.caller.actor, "account_review.sign", object_of(id), json::serialize(body)}
    ));
    return read(id, call.caller);
}

void Reviews::keep_up(Instant since)
{
    auto const now = parts_.clock.now();
    auto const month = month_of(now);
    auto const newest = parts_.pool.read(office).one<std::optional<std::string>>(
        "SELECT max(month) FROM account_review"
    );
    // A clock that was set back does not open one of a month long gone.
    if (month_of(since) < month && newest.value_or(std::nullopt).value_or("") < month)
        open(month, own_actor);
    warn_when_overdue(now);
}

void Reviews::warn_when_overdue(Instant now)
{
    auto const today = domain::date_in_japan(now);
    if (warned_ == today) return;
    warned_ = today;
    if (auto const open = open_reviews(now); open.overdue > 0)
        base::log::warning(
            "reviews", "account_review_overdue", {{"unsigned", std::to_string(open.overdue)}}
        );
}

OpenReviews Reviews::open_reviews(Instant now) const
{
    OpenReviews open;
    for (auto const& review : stored(parts_.pool.read(office))) {
        if (review.closed_at) continue;
        auto const left = review.lines - review.signed_lines;
        (is_overdue(review.opened_at, now) ? open.overdue : open.waiting) += left;
    }
    return open;
}

http::RoomRoutes Reviews::routes()
{
    using http::Proof, http::Right, http::Scope, http::Verb, http::on, http::Route;
    constexpr auto view = Right::account_view;
    constexpr auto sign = Right::review_sign;
    constexpr auto office_wide = Scope::office;
    static constexpr Route table[] = {
        {Verb::get, "/api/v1/account-reviews", view, office_wide, "listAccountReviews",
         on<&Reviews::list>},
        {Verb::post, "/api/v1/account-reviews", sign, office_wide, "openAccountReview",
         on<&Reviews::open_now>, Proof::fresh},
        {Verb::get, "/api/v1/account-reviews/{review_id}", view, office_wide, "getAccountReview",
         on<&Reviews::show>},
        {Verb::post, "/api/v1/account-reviews/{review_id}/lines/{account_id}", sign, office_wide,
         "signAccountReviewLine", on<&Reviews::sign>, Proof::fresh},
    };
    return {table, this};
}

} // namespace reviews

#pragma once
// 権限付与の申請と承認: rights over individual numbers and whole ledgers are given by two people
// (ACC-02): one asks, another one, who is neither the asker nor the receiver, approves.
#include "auth/accounts.hpp"

namespace accounts {

enum class GrantState { waiting, approved, refused, withdrawn };
BOOST_DESCRIBE_ENUM(GrantState, waiting, approved, refused, withdrawn)

struct Grant { // 申請
    std::int64_t id = 0;
    std::int64_t account_id = 0;
    std::vector<std::string> roles; // all that the account is to have
    std::string reason;
    GrantState state = GrantState::waiting;
    Instant requested_at;
    std::int64_t requested_by = 0;
    std::optional<Instant> decided_at;
    std::optional<std::int64_t> decided_by;
    std::optional<std::string> comment;
};
BOOST_DESCRIBE_STRUCT(
    Grant,
    (),
    (id,
     account_id,
     roles,
     reason,
     state,
     requested_at,
     requested_by,
     decided_at,
     decided_by,
     comment)
)

struct GrantWish {
    std::int64_t account_id = 0;
    std::vector<std::string> roles;
    std::string reason;
};

// The reason that somebody gives for a request; a fault of the field "reason".
Result<void> checked_reason(std::string const& reason);

class Grants {
public:
    struct Parts {
        store::Pool& pool;
        audit::Recorder const& recorder;
        base::Clock const& clock;
        auth::Accounts& accounts;
    };
    explicit Grants(Parts parts) : parts_(parts) {}

    // One waits for an account at a time (grant_waiting).
    Result<Grant> request(GrantWish const& wish, http::Caller const& caller);
    // The account gets the roles, in the same transaction. Refused: own_request, own_account,
    // already decided (nothing_to_do), a week old (grant_expired), or whatever set_roles refuses.
    Result<Grant> approve(std::int64_t id, std::string const& comment, http::Caller const& caller);
    Result<Grant> refuse(std::int64_t id, std::string const& comment, http::Caller const& caller);
    Result<Grant> withdraw(std::int64_t id, http::Caller const& caller); // the asker only

    std::vector<Grant> list() const; // the waiting ones first
    std::optional<Grant> waiting_for(std::int64_t account_id) const;
    std::int64_t waiting() const;

private:
    Result<Grant> undecided(std::int64_t id) const;
    struct Decision {
        GrantState state;
        std::string comment;
    };
    Result<Grant> decide(
        store::Transaction& transaction,
        std::int64_t id,
        Decision const& decision,
        http::Caller const& caller
    );
    Result<Grant> close(std::int64_t id, Decision const& decision, http::Caller const& caller);
    Parts parts_;
};

} // namespace accounts

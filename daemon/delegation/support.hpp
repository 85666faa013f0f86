#pragma once
// 一時サポート (A-18, ACC-09): somebody from outside looks at the machine, or at one client with
// that client's consent, for less than a day. An account is made when a second person approves, may
// read and nothing else, and is disabled by itself.
#include "auth/accounts.hpp"
#include "auth/sessions.hpp"
#include "http/dispatch.hpp"

#include <functional>
#include <map>
#include <mutex>

namespace delegation {

enum class SupportState { waiting, open, refused, expired, revoked };
BOOST_DESCRIBE_ENUM(SupportState, waiting, open, refused, expired, revoked)

struct SupportGrant {
    std::int64_t id = 0;
    std::string ticket;
    std::string helper; // the person who comes
    std::string purpose;
    std::int64_t hours = 0;
    std::optional<std::int64_t> client_id; // none: the machine's state only
    std::optional<std::string> consent;    // who of the client agreed, when and how
    SupportState state = SupportState::waiting;
    Instant requested_at;
    std::string requested_by;
    std::optional<Instant> decided_at;
    std::optional<std::int64_t> decided_by;
    std::optional<std::int64_t> account_id;
    std::optional<Instant> expires_at;
    std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(
    SupportGrant,
    (),
    (id,
     ticket,
     helper,
     purpose,
     hours,
     client_id,
     consent,
     state,
     requested_at,
     requested_by,
     decided_at,
     decided_by,
     account_id,
     expires_at,
     ended_at)
)

struct SupportWish {
    std::string ticket;
    std::string helper;
    std::string purpose;
    std::int64_t hours = 0; // 1 to 23
    std::optional<std::int64_t> client_id;
    std::optional<std::string> consent; // needed with a client
};
BOOST_DESCRIBE_STRUCT(SupportWish, (), (ticket, helper, purpose, hours, client_id, consent))

struct SupportOpened {
    SupportGrant grant;
    std::string login_id;
    std::string setup_code; // shown once, to whoever approved
};
BOOST_DESCRIBE_STRUCT(SupportOpened, (), (grant, login_id, setup_code))

class Support final : public http::Gate {
public:
    struct Parts {
        store::Pool& pool;
        audit::Recorder const& recorder;
        base::Clock const& clock;
        auth::Accounts& accounts;
        auth::Sessions& sessions;
        bool two_person = true;
    };
    explicit Support(Parts parts);

    Result<SupportGrant> request(SupportWish const& wish, http::Caller const& caller);
    // By another person than the asker, within a week of the request; the hours run from now.
    Result<SupportOpened> approve(std::int64_t id, http::Caller const& caller);
    Result<SupportGrant> refuse(std::int64_t id, http::Caller const& caller);
    Result<SupportGrant> revoke(std::int64_t id, http::Caller const& caller);
    std::vector<SupportGrant> list() const;

    void end_expired(); // the scheduler's, every few seconds
    // Nothing after the end, not even for the seconds until the scheduler comes round.
    Result<void>
    admit(http::Caller const& caller, net::Request const& request, Instant now) override;

private:
    Result<SupportGrant> find(std::int64_t id, SupportState state) const;
    void note_end(std::int64_t account_id, Instant at);
    Result<SupportGrant>
    end(SupportGrant const& grant, SupportState state, std::string const& actor);

    Parts parts_;
    mutable std::mutex mutex_;
    std::map<std::int64_t, Instant> ends_; // account → when it ends or has ended
};

} // namespace delegation

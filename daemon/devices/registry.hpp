#pragma once
// 端末証明書: which certificates the office has issued, to whom, for which device, and what a class
// of accounts needs. Kept in office.db; what is asked at every request is a copy in memory that
// follows each commit, so that a revocation holds from the next request on.
#include "base/clock.hpp"
#include "base/result.hpp"
#include "crypto/device_authority.hpp"
#include "http/caller.hpp"
#include "net/message.hpp"
#include "store/pool.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace audit {
class Recorder;
}

namespace devices {

enum class Need {
    off,      // certificates are not looked at
    optional, // one that is shown must be good
    required, // nobody comes in without one
};
BOOST_DESCRIBE_ENUM(Need, off, optional, required)

struct Policy { // by 利用者区分
    Need administrator = Need::optional;
    Need staff = Need::optional;
    Need client = Need::off;
    Need employee = Need::off;
    std::int64_t version = 1;

    Need of(http::AccountClass account_class) const;
};
BOOST_DESCRIBE_STRUCT(Policy, (), (administrator, staff, client, employee, version))

struct PolicyInput {
    Need administrator = Need::optional;
    Need staff = Need::optional;
    Need client = Need::off;
    Need employee = Need::off;
};
BOOST_DESCRIBE_STRUCT(PolicyInput, (), (administrator, staff, client, employee))

enum class RevokeReason {
    lost,     // 紛失・盗難
    replaced, // 端末の入れ替え
    retired,  // 使用終了
    mistake,  // 誤発行
    account_disabled,
};
BOOST_DESCRIBE_ENUM(RevokeReason, lost, replaced, retired, mistake, account_disabled)

struct Certificate {
    std::int64_t id = 0;
    std::string serial;
    std::string issuer;
    std::int64_t account_id = 0;
    std::string login_id;
    std::string account_name;
    std::string device;
    Instant issued_at;
    Instant expires_at;
    std::optional<Instant> revoked_at;
    std::optional<RevokeReason> revoke_reason;
    std::optional<Instant> last_used_at;
};
BOOST_DESCRIBE_STRUCT(
    Certificate,
    (),
    (id,
     serial,
     issuer,
     account_id,
     login_id,
     account_name,
     device,
     issued_at,
     expires_at,
     revoked_at,
     revoke_reason,
     last_used_at)
)

struct Authority {
    std::string fingerprint;
    Instant created_at;
    Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(Authority, (), (fingerprint, created_at, expires_at))

struct Made {
    Certificate certificate;
    std::string passphrase; // told once, never kept
    Bytes pkcs12;           // likewise
};

struct Known { // what a request is measured against
    std::int64_t id = 0;
    std::int64_t account_id = 0;
    Instant expires_at;
    bool revoked = false;
};

struct Picture { // of one moment; never changed once made
    Policy policy;
    std::map<net::ClientCertificate, Known> certificates;
    std::vector<Bytes> authorities; // DER
};

class Registry {
public:
    struct Parts {
        store::Pool& pool;
        audit::Recorder const& recorder;
        base::Clock const& clock;
        std::function<Key()> sealing_key; // of the keyring
        std::function<std::string()> office_name;
    };
    explicit Registry(Parts parts) : parts_(std::move(parts)) {}

    std::shared_ptr<Picture const> picture();

    std::optional<Authority> authority(); // that signs now
    // Conflict while the present one has more than a year: a certificate must not outlive it.
    Result<Authority> create_authority(std::string const& actor);

    // Makes the authority when there is none.
    Result<Made>
    issue(std::string const& login_id, std::string const& device, std::string const& actor);
    Result<Certificate> revoke(std::int64_t id, RevokeReason reason, std::string const& actor);
    std::vector<Certificate> list();
    std::vector<Certificate> list_of(std::int64_t account_id);
    Result<Certificate> find(std::int64_t id);

    Result<Policy>
    set_policy(PolicyInput const& wanted, std::int64_t seen_version, std::string const& actor);

    // What TLS asks browsers for: empty while no class of accounts wants any.
    std::vector<Bytes> authorities_to_ask_for();
    void on_change_of_asking(std::function<void()> tell) { tell_ = std::move(tell); }

    void used(Known const& certificate, Instant now);
    void write_uses(); // an hour's at once: a row of the audit chain each time would drown it

private:
    void asking_may_have_changed(std::vector<Bytes> const& before);
    std::vector<Certificate> with_uses(std::vector<Certificate> rows);

    Parts parts_;
    std::function<void()> tell_;
    std::mutex mutex_; // guards the rest
    std::shared_ptr<Picture const> picture_;
    std::uint64_t picture_of_ = 0; // the commit that it belongs to
    std::map<std::int64_t, Instant> uses_;
    std::mutex making_authority_;
};

} // namespace devices

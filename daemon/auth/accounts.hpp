#pragma once
// アカウント: one person, one account; an id is never used again.
#include "auth/roles.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "store/pool.hpp"

#include <optional>
#include <string>
#include <vector>

namespace audit {
class Recorder;
}

namespace auth {

enum class AccountState {
    invited, // waits for its owner to choose a password with the setup code
    active,
    disabled,
};
BOOST_DESCRIBE_ENUM(AccountState, invited, active, disabled)

struct Account {
    std::int64_t id = 0;
    std::string login_id;
    std::string name;
    Role role = Role::staff;
    bool all_clients = false;
    AccountState state = AccountState::invited;
    std::int64_t version = 0;
    std::optional<Instant> last_sign_in_at;
    std::optional<std::string> last_sign_in_address;
    std::optional<std::string> last_sign_in_device;
};
BOOST_DESCRIBE_STRUCT(
    Account,
    (),
    (id,
     login_id,
     name,
     role,
     all_clients,
     state,
     version,
     last_sign_in_at,
     last_sign_in_address,
     last_sign_in_device)
)

struct NewAccount {
    std::string login_id;
    std::string name;
    Role role = Role::staff;
    bool all_clients = false;
    std::vector<std::int64_t> client_ids;
};
BOOST_DESCRIBE_STRUCT(NewAccount, (), (login_id, name, role, all_clients, client_ids))

struct Credentials { // what sign-in needs of an account
    std::int64_t id = 0;
    AccountState state = AccountState::invited;
    std::optional<std::string> password_hash;
    std::optional<Bytes> setup_hash;
    std::optional<Instant> setup_expires;
    Instant password_set_at{};
    bool password_long = false; // long enough for a passphrase (PasswordPolicy)
};
BOOST_DESCRIBE_STRUCT(
    Credentials,
    (),
    (id, state, password_hash, setup_hash, setup_expires, password_set_at, password_long)
)

struct HashedPassword {
    std::string hash;
    bool is_long = false;
};

// A code that lets somebody in once, 7 days long: 75 bits as XXXX-XXXX-XXXX-XXXX.
std::string new_setup_code();
Bytes setup_code_hash(std::string_view code); // folds case, spaces and hyphens

class Accounts {
public:
    Accounts(store::Pool& pool, audit::Recorder const& recorder, base::Clock const& clock)
        : pool_(pool), recorder_(recorder), clock_(clock)
    {
    }

    // The office's first administrator can be made once, with the code that init printed.
    void set_first_code(Bytes const& code_hash); // kuramori init
    bool first_needed() const;
    Result<Account> create_first(
        std::string_view code,
        std::string const& login_id,
        std::string const& name,
        HashedPassword const& password
    );

    Result<Account> create(NewAccount const& wanted, Bytes const& code_hash, std::string actor);
    // Demo and tests: an account that is ready, with this password.
    Account create_ready(NewAccount const& wanted, HashedPassword const& password);
    // A new setup code for an account whose owner forgot the password; the old one is dead.
    Result<Account> invite_again(std::int64_t id, Bytes const& code_hash, std::string actor);
    // The password before goes to the past ones, of which the newest `history` are kept.
    Result<Account> set_password(
        std::int64_t id, HashedPassword const& password, std::int64_t history, std::string action
    );
    std::vector<std::string> past_hashes(std::int64_t id) const; // the present one first
    // ロック解除 is recorded here; the failures are the log's (sign_in_log.hpp).
    Result<Account> unlocked(std::int64_t id, std::string actor);
    Result<Account> disable(std::int64_t id, std::string actor);
    Result<Account> assign(
        std::int64_t id,
        bool all_clients,
        std::vector<std::int64_t> const& clients,
        std::string actor
    );
    void signed_in(std::int64_t id, std::string const& address, std::string const& device);

    std::vector<Account> list() const;
    Result<Account> find(std::int64_t id) const;
    std::optional<Credentials> credentials(std::string const& login_id) const;
    std::vector<std::int64_t> clients_of(std::int64_t id) const;
    http::Caller caller_of(Account const& account) const; // rights and clients, no session yet

    std::string office_name() const;
    void set_office_name(std::string const& name); // kuramori init

private:
    std::int64_t insert(
        store::Transaction& transaction,
        NewAccount const& wanted,
        AccountState state,
        std::optional<HashedPassword> const& password,
        std::optional<Bytes> const& code_hash
    );
    store::Pool& pool_;
    audit::Recorder const& recorder_;
    base::Clock const& clock_;
};

} // namespace auth

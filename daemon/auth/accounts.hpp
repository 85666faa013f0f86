#pragma once
// アカウント: one person, one account; an id is never used again.
#include "base/clock.hpp"
#include "base/result.hpp"
#include "roles/role_book.hpp"
#include "store/pool.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>
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
    http::AccountClass account_class = http::AccountClass::staff;
    std::vector<std::string> roles; // 役割: "staff", "own:3"
    bool all_clients = false;
    bool all_specific = false; // 特定個人情報 of all of them too
    AccountState state = AccountState::invited;
    std::int64_t version = 0;
    std::optional<std::int64_t> employee_id; // 従業員's account
    std::optional<Date> ends_on;             // last day of one that ends by itself
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
     account_class,
     roles,
     all_clients,
     all_specific,
     state,
     version,
     employee_id,
     ends_on,
     last_sign_in_at,
     last_sign_in_address,
     last_sign_in_device)
)

struct NewAccount {
    std::string login_id;
    std::string name;
    std::vector<std::string> roles;
    bool all_clients = false;
    std::vector<std::int64_t> client_ids;    // exactly one for 顧問先 and 従業員
    std::optional<std::int64_t> employee_id; // 従業員 only, and then needed
    std::optional<Date> ends_on;
};
BOOST_DESCRIBE_STRUCT(
    NewAccount, (), (login_id, name, roles, all_clients, client_ids, employee_id, ends_on)
)

struct AccountChange {
    std::string name;
    std::optional<Date> ends_on;
};
BOOST_DESCRIBE_STRUCT(AccountChange, (), (name, ends_on))

struct Assignment { // 担当: which clients, and of which of them 特定個人情報 too
    bool all_clients = false;
    std::vector<std::int64_t> client_ids;
    bool all_specific = false;
    std::vector<std::int64_t> specific_client_ids;
};
BOOST_DESCRIBE_STRUCT(Assignment, (), (all_clients, client_ids, all_specific, specific_client_ids))

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

inline constexpr std::chrono::hours setup_code_life{7 * 24};

// A code that lets somebody in once, 7 days long: 75 bits as XXXX-XXXX-XXXX-XXXX.
std::string new_setup_code();
Bytes setup_code_hash(std::string_view code); // folds case, spaces and hyphens

class Accounts {
public:
    struct Parts {
        store::Pool& pool;
        audit::Recorder const& recorder;
        base::Clock const& clock;
        roles::RoleBook const& roles;
    };
    explicit Accounts(Parts parts)
        : pool_(parts.pool), recorder_(parts.recorder), clock_(parts.clock), roles_(parts.roles)
    {
    }

    // The office's first administrator can be made once, with the code that init printed:
    // 総括管理者, システム管理者 and 業務責任者 in one person, as a small office needs.
    void set_first_code(Bytes const& code_hash); // kuramori init
    bool first_needed() const;
    Result<Account> create_first(
        std::string_view code,
        std::string const& login_id,
        std::string const& name,
        HashedPassword const& password,
        bool exports = false // 出力担当 too: nobody else could grant it
    );

    // `also` happens in the same transaction, or nothing does.
    using AlsoOf = std::function<Result<void>(store::Transaction&, Account const&)>;
    Result<Account> create(
        NewAccount const& wanted, Bytes const& code_hash, std::string actor, AlsoOf const& also = {}
    );
    // All of them or none, each with its code. Demands what create() does; whoever has a file of
    // them looks at each with faults_of_new() first, to name the line.
    Result<std::vector<Account>> create_all(
        std::vector<NewAccount> const& wanted,
        std::vector<Bytes> const& code_hashes,
        std::string actor
    );
    // What create() would refuse, sign-in IDs that are taken or retired included.
    std::vector<FieldFault> faults_of_new(NewAccount const& wanted) const;
    // Demo and tests: an account that is ready, with this password.
    Account create_ready(NewAccount const& wanted, HashedPassword const& password);
    // A new setup code for an account whose owner forgot the password; the old one is dead.
    Result<Account> invite_again(std::int64_t id, Bytes const& code_hash, std::string actor);
    // New codes for accounts that wait for their owners, to be printed: all of them or none.
    // Refused: account_not_invited.
    Result<std::vector<Account>> renew_codes(
        std::vector<std::int64_t> const& ids,
        std::vector<Bytes> const& code_hashes,
        std::string actor
    );
    // The password before goes to the past ones, of which the newest `history` are kept.
    Result<Account> set_password(
        std::int64_t id, HashedPassword const& password, std::int64_t history, std::string action
    );
    std::vector<std::string> past_hashes(std::int64_t id) const; // the present one first
    // ロック解除 is recorded here; the failures are the log's (sign_in_log.hpp).
    Result<Account> unlocked(std::int64_t id, std::string actor, std::string why = "{}");
    // `why`: the audit row's body, where nobody pressed a button.
    Result<Account> disable(std::int64_t id, std::string actor, std::string why = "{}");
    // Name and last day. The last account that manages accounts has no last day.
    Result<Account>
    change(std::int64_t id, std::int64_t version, AccountChange const& wanted, std::string actor);
    // 完全削除: the account's part of office.db, personal fields in audit bodies included; what
    // stays is a tombstone with a keyed hash of the sign-in ID. log.db goes first
    // (SignInLog::forget).
    Result<void> erase(std::int64_t id, std::string actor);
    Result<Account> assign(std::int64_t id, Assignment const& wanted, std::string actor);
    // `granted_by`: as in account_role. The last active account that manages accounts keeps that
    // right (last_administrator). `also` happens in the same transaction, or nothing does.
    using Also = std::function<Result<void>(store::Transaction&)>;
    Result<Account> set_roles(
        std::int64_t id,
        std::vector<std::string> const& roles,
        std::string actor,
        std::string granted_by,
        Also const& also = {}
    );
    void signed_in(std::int64_t id, std::string const& address, std::string const& device);

    std::vector<Account> list() const;
    Result<Account> find(std::int64_t id) const;
    std::optional<Credentials> credentials(std::string const& login_id) const;
    std::vector<std::int64_t> clients_of(std::int64_t id) const;
    Result<Assignment> assignment_of(std::int64_t id) const;
    bool may(Account const& account, http::Right right) const;
    http::Caller caller_of(Account const& account) const; // rights and clients, no session yet

    std::string office_name() const;
    void set_office_name(std::string const& name); // kuramori init

private:
    struct Entry { // what is written beside what is wanted
        roles::RoleSet set;
        AccountState state = AccountState::invited;
        std::optional<HashedPassword> password;
        std::optional<Bytes> code_hash;
        std::string granted_by;
    };
    Result<roles::RoleSet> checked(NewAccount const& wanted) const;
    std::optional<Problem> refused_id(store::Reader const& db, std::string const& login_id) const;
    Result<std::pair<Account, store::AuditReceipt>> add_invited(
        store::Transaction& transaction,
        NewAccount const& wanted,
        Bytes const& code_hash,
        std::string const& actor
    );
    std::int64_t
    insert(store::Transaction& transaction, NewAccount const& wanted, Entry const& entry);
    static std::optional<Account> read(store::Reader const& db, std::int64_t id);
    bool is_last_manager(store::Reader const& db, std::int64_t id) const;
    store::Pool& pool_;
    audit::Recorder const& recorder_;
    base::Clock const& clock_;
    roles::RoleBook const& roles_;
};

} // namespace auth

#pragma once
// Signing in and out over HTTP, and the accounts behind it.
#include "auth/accounts.hpp"
#include "auth/password_policy.hpp"
#include "auth/sessions.hpp"
#include "http/dispatch.hpp"

#include <chrono>
#include <memory>

namespace auth {

struct Lockout {
    std::int64_t failures_max = 5;
    std::chrono::seconds locked_for{30 * 60};
};

struct SignIn {
    std::string login_id;
    SecretText password;
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (login_id, password))

struct FirstSetup {
    std::string code;
    std::string login_id;
    std::string name;
    SecretText password;
};
BOOST_DESCRIBE_STRUCT(FirstSetup, (), (code, login_id, name, password))

struct AccountSetup { // an invited account's owner chooses the password
    std::string login_id;
    std::string code;
    SecretText password;
};
BOOST_DESCRIBE_STRUCT(AccountSetup, (), (login_id, code, password))

struct PasswordChange {
    SecretText current;
    SecretText password;
};
BOOST_DESCRIBE_STRUCT(PasswordChange, (), (current, password))

struct PreviousSignIn { // 前回ログイン
    Instant at;
    std::string address;
};
BOOST_DESCRIBE_STRUCT(PreviousSignIn, (), (at, address))

struct SessionView {
    std::int64_t account_id = 0;
    std::string login_id;
    std::string name;
    Role role = Role::staff;
    std::vector<std::string> rights;
    bool all_clients = false;
    std::string csrf_token;
    std::optional<PreviousSignIn> previous_sign_in;
    std::string office_name;
    std::string version; // of kuramori
};
BOOST_DESCRIBE_STRUCT(
    SessionView,
    (),
    (account_id,
     login_id,
     name,
     role,
     rights,
     all_clients,
     csrf_token,
     previous_sign_in,
     office_name,
     version)
)

struct SetupState {
    bool needed = false; // no administrator yet
    std::string office_name;
};
BOOST_DESCRIBE_STRUCT(SetupState, (), (needed, office_name))

struct Invited {
    Account account;
    std::string setup_code; // shown once
};
BOOST_DESCRIBE_STRUCT(Invited, (), (account, setup_code))

struct AccountList {
    std::vector<Account> accounts;
};
BOOST_DESCRIBE_STRUCT(AccountList, (), (accounts))

struct Assignment {
    bool all_clients = false;
    std::vector<std::int64_t> client_ids;
};
BOOST_DESCRIBE_STRUCT(Assignment, (), (all_clients, client_ids))

class Door final : public http::Identity { // 入口
public:
    Door(
        store::Pool& pool,
        Accounts& accounts,
        Sessions& sessions,
        base::Clock const& clock,
        Lockout lockout,
        PasswordPolicy policy = {}
    );
    ~Door() override;

    std::shared_ptr<http::Caller const>
    caller_of(net::Request const& request, Instant now) override;

    http::RoomRoutes routes();
    Result<SetupState> get_setup(http::Call& call);
    Result<http::WithHeaders<SessionView>> set_up_first(http::Call& call, FirstSetup const& wanted);
    Result<http::WithHeaders<SessionView>>
    set_up_account(http::Call& call, AccountSetup const& wanted);
    Result<http::WithHeaders<SessionView>> sign_in(http::Call& call, SignIn const& wanted);
    Result<SessionView> get_session(http::Call& call);
    Result<http::WithHeaders<http::None>> sign_out(http::Call& call);
    Result<http::None> change_password(http::Call& call, PasswordChange const& wanted);

    Result<AccountList> list_accounts(http::Call& call);
    Result<http::Created<Invited>> create_account(http::Call& call, NewAccount const& wanted);
    Result<Invited> invite_again(http::Call& call);
    Result<Account> disable_account(http::Call& call);
    Result<Assignment> get_assignment(http::Call& call);
    Result<Assignment> set_assignment(http::Call& call, Assignment const& wanted);

private:
    class Hashing; // at most two password hashes at once, a short queue, then 503
    Result<http::WithHeaders<SessionView>>
    open_session(http::Call& call, Account const& account, unsigned status);
    Result<std::string>
    hash_checked(std::string_view password, std::string const& login_id, std::string const& name);
    Result<bool> verify(std::string_view password, std::optional<std::string> const& hash);
    bool locked(std::string const& login_id, Instant now) const;
    void count_failure(std::string const& login_id, Instant now);
    void forget_failures(std::string const& login_id);
    void log_attempt(
        http::Call const& call,
        std::string const& login_id,
        std::optional<std::int64_t> account,
        std::string_view outcome
    );

    store::Pool& pool_;
    Accounts& accounts_;
    Sessions& sessions_;
    base::Clock const& clock_;
    Lockout lockout_;
    PasswordPolicy policy_;
    std::unique_ptr<Hashing> hashing_;
};

} // namespace auth

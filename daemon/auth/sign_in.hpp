#pragma once
// Signing in and out over HTTP, and the accounts behind it.
#include "audit/findings.hpp"
#include "auth/accounts.hpp"
#include "auth/console.hpp"
#include "auth/hashing.hpp"
#include "auth/policies.hpp"
#include "auth/second_factors.hpp"
#include "auth/sessions.hpp"
#include "auth/sign_in_log.hpp"
#include "auth/throttle.hpp"
#include "http/dispatch.hpp"

#include <functional>
#include <memory>

namespace auth {

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

struct SecondStep { // a code of the app, or a recovery code
    SecretText code;
};
BOOST_DESCRIBE_STRUCT(SecondStep, (), (code))

struct PersonProof { // 本人の再確認
    SecretText password;
    std::optional<SecretText> code; // when the account has a second factor
};
BOOST_DESCRIBE_STRUCT(PersonProof, (), (password, code))

struct NewPassword { // in place of one that has expired
    SecretText password;
};
BOOST_DESCRIBE_STRUCT(NewPassword, (), (password))

// What is still asked of a person who gave the right password.
enum class Stage {
    second_factor, // 認証コード
    new_password,  // 期限切れ
    enrol,         // 二段階認証の登録
    open,          // nothing: all rights are in force
};
BOOST_DESCRIBE_ENUM(Stage, second_factor, new_password, enrol, open)

struct PreviousSignIn { // 前回ログイン
    Instant at;
    std::string address;
    std::string device;
};
BOOST_DESCRIBE_STRUCT(PreviousSignIn, (), (at, address, device))

struct RoleName {
    std::string role;
    std::string ja;
    std::string en;
};
BOOST_DESCRIBE_STRUCT(RoleName, (), (role, ja, en))

struct SessionView {
    std::int64_t account_id = 0;
    std::string login_id;
    std::string name;
    http::AccountClass account_class = http::AccountClass::staff;
    std::vector<RoleName> roles;
    Stage stage = Stage::open;
    Factor factor = Factor::none; // given at this sign-in
    bool second_factor = false;   // is in force
    bool totp = false;            // and which
    bool passkey = false;
    std::optional<std::int64_t> password_days_left; // within the last week
    PasswordRules password_rules;                   // of this account's class
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
     account_class,
     roles,
     stage,
     factor,
     second_factor,
     totp,
     passkey,
     password_days_left,
     password_rules,
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
    PasswordRules password_rules;
};
BOOST_DESCRIBE_STRUCT(SetupState, (), (needed, office_name, password_rules))

class Door final : public http::Identity { // 入口
public:
    struct Parts {
        Accounts& accounts;
        roles::RoleBook const& roles;
        Sessions& sessions;
        SecondFactors& second_factors;
        SignInLog& log;
        Throttle& throttle;
        Hashing& hashing;
        Policies const& policies;
        std::function<void(audit::Finding const&)> find = {}; // 要確認の記録
    };
    explicit Door(Parts parts) : parts_(std::move(parts)) {}

    std::shared_ptr<http::Caller const>
    caller_of(net::Request const& request, Instant now, http::Look look) override;

    using Entered = Result<http::WithHeaders<SessionView>>;

    // What the dispatcher asks at every request, the door asks before it lets somebody in.
    void ask(std::vector<http::Gate*> gates) { gates_ = std::move(gates); }

    http::RoomRoutes routes();
    Result<SetupState> get_setup(http::Call& call);
    Entered set_up_first(http::Call& call, FirstSetup const& wanted);
    Entered set_up_account(http::Call& call, AccountSetup const& wanted);
    Entered sign_in(http::Call& call, SignIn const& wanted);
    Entered give_second_factor(http::Call& call, SecondStep const& given);
    Entered replace_password(http::Call& call, NewPassword const& wanted);
    Entered prove(http::Call& call, PersonProof const& given);
    Result<SessionView> get_session(http::Call& call);
    Result<http::WithHeaders<http::None>> sign_out(http::Call& call);

    // Goes on from where the caller's session stands, under a new token, with what is proved so
    // far.
    Entered
    enter(http::Call& call, Account const& account, Factor given, Method method = Method::password);
    // The caller has just proved again who they are.
    Entered proved(http::Call& call, Method method, Factor factor);
    // Whether the caller's address may try at all.
    Result<void> may_try(http::Call const& call, std::string const& login_id); // "": no name yet
    // What every refusal does; gives the answer back.
    Problem refused(
        http::Call const& call,
        std::string const& login_id,
        std::optional<std::int64_t> account_id,
        Attempt outcome,
        Problem answer,
        Method method = Method::password
    );
    // Tells the open session what has changed of its account.
    void refresh_view(http::Call const& call);
    // The password of a signed-in person, asked again; failures count as at sign-in.
    Result<void> check_password(http::Call const& call, SecretText const& password);
    // Password and code of a signed-in person, asked again; which code it was.
    Result<Factor> check_again(
        http::Call const& call, SecretText const& password, std::optional<SecretText> const& code
    );
    // Against the policy of the owner's class and the account's past passwords.
    struct Owner {
        std::string login_id;
        std::string name;
        http::AccountClass account_class = http::AccountClass::administrator;
        std::int64_t account_id = 0; // a new account
    };
    static Owner owner_of(Account const& account);
    Result<HashedPassword> new_password(std::string_view password, Owner const& owner);

private:
    struct Proofs {
        bool second_factor = false; // is in force
        bool second_factor_given = false;
        Instant now;
    };
    Stage stage_of(Account const& account, Credentials const& known, Proofs const& proofs) const;
    void tell_rights(SessionView& view, Account const& account, http::Caller const& caller) const;
    void tell_credentials(
        SessionView& view, Account const& account, Credentials const& known, Instant now
    ) const;
    Sessions::Opened place_of(http::Call const& call, http::Caller caller);
    Entered shown(SessionView view, Sessions::Opened const& opened, unsigned status);
    void note_name(http::Call const& call, std::string const& login_id);
    // The refusal of the first gate that does not let this account in; nothing: come in.
    std::optional<Problem> kept_out(http::Call const& call, http::Caller const& caller) const;
    Problem wrong_sign_in(http::Call const& call, std::int64_t account_id, Problem otherwise) const;
    Parts parts_;
    std::vector<http::Gate*> gates_;
};

} // namespace auth

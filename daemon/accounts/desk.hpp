#pragma once
// 利用者管理: what administrators do with accounts.
#include "accounts/grants.hpp"
#include "auth/sign_in.hpp"

namespace accounts {

using auth::Account, auth::AccountChange, auth::Assignment;

struct Invited {
    Account account;
    std::string setup_code;       // shown once
    std::optional<Grant> waiting; // roles that a second person has to approve
};
BOOST_DESCRIBE_STRUCT(Invited, (), (account, setup_code, waiting))

struct AccountWish {
    std::string login_id;
    std::string name;
    std::vector<std::string> roles;
    bool all_clients = false;
    std::vector<std::int64_t> client_ids;
    std::optional<std::int64_t> employee_id;
    std::optional<Date> ends_on;
    std::optional<std::string> reason; // needed when somebody else has to approve a role
};
BOOST_DESCRIBE_STRUCT(
    AccountWish, (), (login_id, name, roles, all_clients, client_ids, employee_id, ends_on, reason)
)

struct AccountLine {
    Account account;
    bool second_factor = false;
    bool locked = false; // too many failures; ロック解除 ends it
};
BOOST_DESCRIBE_STRUCT(AccountLine, (), (account, second_factor, locked))

struct AccountList {
    std::vector<AccountLine> accounts;
};
BOOST_DESCRIBE_STRUCT(AccountList, (), (accounts))

struct RolesWish {
    std::vector<std::string> roles;
    std::optional<std::string> reason; // needed when somebody else has to approve
};
BOOST_DESCRIBE_STRUCT(RolesWish, (), (roles, reason))

struct RolesAnswer { // what the account has now, and what waits for a second person
    Account account;
    std::optional<Grant> waiting;
};
BOOST_DESCRIBE_STRUCT(RolesAnswer, (), (account, waiting))

struct GrantList {
    std::vector<Grant> grants;
};
BOOST_DESCRIBE_STRUCT(GrantList, (), (grants))

struct Lockouts { // ロックアウトの記録: newest first
    std::int64_t page = 1;
    std::int64_t size = 50;
    std::int64_t total = 0;
    std::vector<auth::LockoutRow> lockouts;
};
BOOST_DESCRIBE_STRUCT(Lockouts, (), (page, size, total, lockouts))

struct Comment {
    std::string comment;
};
BOOST_DESCRIBE_STRUCT(Comment, (), (comment))

class AccountsDesk {
public:
    struct Parts {
        auth::Accounts& accounts;
        roles::RoleBook& roles;
        Grants& grants;
        auth::Sessions& sessions;
        auth::SecondFactors& second_factors;
        auth::SignInLog& log;
        auth::Policies const& policies;
    };
    explicit AccountsDesk(Parts parts) : parts_(parts) {}

    http::RoomRoutes routes();
    Result<AccountList> list_accounts(http::Call& call);
    Result<Lockouts> list_lockouts(http::Call& call);
    Result<http::Created<Invited>> create_account(http::Call& call, AccountWish const& wanted);
    Result<Invited> invite_again(http::Call& call);
    Result<Account> disable_account(http::Call& call);
    Result<Account> change_account(http::Call& call, AccountChange const& wanted);
    // 完全削除, of accounts that are disabled or still wait for their owner: log.db first. A crash
    // between the two files leaves the account disabled; asking again settles it.
    Result<http::None> delete_account(http::Call& call);
    // ロック解除: the failures of the account's name are forgotten.
    Result<Account> unlock_account(http::Call& call);
    // The phone is lost: the person enrols anew at the next sign-in.
    Result<Account> remove_second_factor(http::Call& call);
    Result<Assignment> get_assignment(http::Call& call);
    Result<Assignment> set_assignment(http::Call& call, Assignment const& wanted);

    Result<RolesAnswer> set_roles(http::Call& call, RolesWish const& wanted);
    Result<GrantList> list_grants(http::Call& call);
    Result<Grant> approve_grant(http::Call& call, Comment const& given);
    Result<Grant> refuse_grant(http::Call& call, Comment const& given);
    Result<Grant> withdraw_grant(http::Call& call);

private:
    bool needs_second_person(http::Call const& call, std::uint64_t added) const;
    Parts parts_;
};

} // namespace accounts

#pragma once
// 利用者管理: what administrators do with accounts.
#include "auth/sign_in.hpp"

namespace auth {

struct Invited {
    Account account;
    std::string setup_code; // shown once
};
BOOST_DESCRIBE_STRUCT(Invited, (), (account, setup_code))

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

struct Assignment {
    bool all_clients = false;
    std::vector<std::int64_t> client_ids;
};
BOOST_DESCRIBE_STRUCT(Assignment, (), (all_clients, client_ids))

class AccountsDesk {
public:
    struct Parts {
        Accounts& accounts;
        Sessions& sessions;
        SecondFactors& second_factors;
        SignInLog& log;
    };
    explicit AccountsDesk(Parts parts) : parts_(parts) {}

    http::RoomRoutes routes();
    Result<AccountList> list_accounts(http::Call& call);
    Result<http::Created<Invited>> create_account(http::Call& call, NewAccount const& wanted);
    Result<Invited> invite_again(http::Call& call);
    Result<Account> disable_account(http::Call& call);
    // ロック解除: the failures of the account's name are forgotten.
    Result<Account> unlock_account(http::Call& call);
    // The phone is lost: the person enrols anew at the next sign-in.
    Result<Account> remove_second_factor(http::Call& call);
    Result<Assignment> get_assignment(http::Call& call);
    Result<Assignment> set_assignment(http::Call& call, Assignment const& wanted);

private:
    Parts parts_;
};

} // namespace auth

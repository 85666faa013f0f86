#pragma once
// アカウント設定: what everybody sees and changes of their own account, and of no other.
#include "auth/sign_in.hpp"

namespace auth {

struct PasswordChange {
    SecretText current;
    SecretText password;
};
BOOST_DESCRIBE_STRUCT(PasswordChange, (), (current, password))

struct SessionList {
    std::vector<SessionRow> sessions;
};
BOOST_DESCRIBE_STRUCT(SessionList, (), (sessions))

struct SignInHistory { // ログイン履歴: newest first, failures included
    std::int64_t page = 1;
    std::int64_t size = 50;
    std::int64_t total = 0;
    std::vector<AttemptRow> sign_ins;
};
BOOST_DESCRIBE_STRUCT(SignInHistory, (), (page, size, total, sign_ins))

struct RecoveryCodes { // shown once
    std::vector<std::string> codes;
};
BOOST_DESCRIBE_STRUCT(RecoveryCodes, (), (codes))

struct Enrolled {
    std::vector<std::string> codes; // recovery codes, shown once
    SessionView session;
};
BOOST_DESCRIBE_STRUCT(Enrolled, (), (codes, session))

class OwnAccount {
public:
    struct Parts {
        Accounts& accounts;
        Sessions& sessions;
        SecondFactors& second_factors;
        SignInLog& log;
        Door& door;
        Policies const& policies;
    };
    explicit OwnAccount(Parts parts) : parts_(parts) {}

    http::RoomRoutes routes();
    Result<http::None> change_password(http::Call& call, PasswordChange const& wanted);
    Result<SessionList> list_sessions(http::Call& call);
    Result<http::None> end_session(http::Call& call);
    Result<http::None> end_other_sessions(http::Call& call);
    Result<SignInHistory> list_sign_ins(http::Call& call);
    Result<SecondFactorState> get_second_factor(http::Call& call);
    Result<TotpOffer> offer_second_factor(http::Call& call);
    Result<http::WithHeaders<Enrolled>>
    confirm_second_factor(http::Call& call, SecondStep const& given);
    Result<http::None> remove_second_factor(http::Call& call);
    Result<RecoveryCodes> renew_recovery_codes(http::Call& call);

private:
    Result<void> may_enrol(http::Call const& call) const;
    Parts parts_;
};

} // namespace auth

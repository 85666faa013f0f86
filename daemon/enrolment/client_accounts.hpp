#pragma once
// 顧問先・従業員の利用者: accounts that belong to one client company, for the office and for that
// company's own administrators, who see no others.
#include "enrolment/desk.hpp"

namespace enrolment {

struct ClientAccountWish {
    std::string login_id;
    std::string name;
    std::vector<std::string> roles;          // of class client or employee
    std::optional<std::int64_t> employee_id; // 従業員 only: whose record
    std::optional<Date> ends_on;
};
BOOST_DESCRIBE_STRUCT(ClientAccountWish, (), (login_id, name, roles, employee_id, ends_on))

class ClientAccounts {
public:
    struct Parts {
        store::Pool& pool;
        accounts::AccountsDesk::Parts desk;
        EnrolmentDesk& enrolment;
    };
    explicit ClientAccounts(Parts parts) : parts_(parts) {}

    http::RoomRoutes routes();
    Result<accounts::AccountList> list(http::Call& call);
    Result<http::Created<accounts::Invited>>
    create(http::Call& call, ClientAccountWish const& wanted);
    Result<accounts::Invited> invite_again(http::Call& call);
    Result<Account> disable(http::Call& call);
    Result<http::Download> make_sheets(http::Call& call, SheetOrder const& order);

private:
    std::vector<std::int64_t> ids_of(std::int64_t client_id) const;
    Result<Account> of_client(http::Call const& call, std::int64_t account_id) const;
    Result<void> may_give(http::Call const& call, std::vector<std::string> const& roles) const;
    bool more_than_own(http::Call const& call, std::uint64_t rights) const;
    Result<Account> in_reach(http::Call const& call, std::int64_t account_id) const;
    Result<void> known_employee(http::Call const& call, std::int64_t employee_id) const;
    Parts parts_;
};

} // namespace enrolment

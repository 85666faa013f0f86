#pragma once
// 役割・権限: the matrix, and the roles that an office makes for itself.
#include "auth/accounts.hpp"
#include "auth/sessions.hpp"
#include "http/route.hpp"

namespace accounts {

struct RoleList {
    std::vector<roles::RightFacts> rights;
    std::vector<roles::Role> roles;
    bool two_person = true; // 二人承認
};
BOOST_DESCRIBE_STRUCT(RoleList, (), (rights, roles, two_person))

class RolesDesk {
public:
    struct Parts {
        roles::RoleBook& roles;
        auth::Accounts& accounts;
        auth::Sessions& sessions;
        bool two_person;
    };
    explicit RolesDesk(Parts parts) : parts_(parts) {}

    http::RoomRoutes routes();
    Result<RoleList> list_roles(http::Call& call);
    Result<http::Created<roles::Role>> create_role(http::Call& call, roles::RoleWish const& wish);
    Result<roles::Role> change_role(http::Call& call, roles::RoleWish const& wish);
    Result<http::None> remove_role(http::Call& call);

private:
    Parts parts_;
};

} // namespace accounts

#pragma once
// Roles are sets of rights. Two for now: 管理者 and 担当者; the console has a set of its own.
#include "http/caller.hpp"

#include <boost/describe.hpp>

namespace auth {

enum class Role {
    administrator, // 管理者
    staff,         // 担当者: the clients assigned to them
};
BOOST_DESCRIBE_ENUM(Role, administrator, staff)

void grant_rights_of(Role role, http::Caller& caller);
http::AccountClass class_of(Role role);

// The admin socket: OS運用者 runs backups and looks at the machine, never at people's records.
http::Caller console_caller(std::uint32_t uid);

} // namespace auth

#pragma once
// 役割と権限の目録: conf/roles.yaml, compiled into the program and read once.
#include "http/caller.hpp"

#include <boost/describe.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace roles {

struct RightFacts {    // a row of the matrix
    std::string right; // "employee.edit"
    std::string group;
    std::string ja; // 権限を台帳でいうときの言葉
    std::string en;
    bool guarded = false;  // 付与に別の管理者の承認が要る
    bool lendable = false; // a program may have it (連携トークン)
};
BOOST_DESCRIBE_STRUCT(RightFacts, (), (right, group, ja, en, guarded, lendable))

struct Role {
    std::string role; // "staff"; "own:3" for one that the office has made
    std::string ja;
    std::string en;
    std::string says; // who it is for
    std::string says_en;
    http::AccountClass account_class = http::AccountClass::staff;
    bool all_clients = false; // whoever has it sees every client
    std::vector<std::string> rights;
    std::int64_t version = 0; // 0: built in
    bool lent = false;        // 一時サポート gives it; nobody picks it
};
BOOST_DESCRIBE_STRUCT(
    Role, (), (role, ja, en, says, says_en, account_class, all_clients, rights, version, lent)
)

struct Separation { // 職務の分離: nobody has one of `roles` and one of `apart_from`
    std::string id;
    std::vector<std::string> roles;
    std::vector<std::string> apart_from;
};

struct Mark { // a role of the office's own with this right counts as that built-in role
    std::string right;
    std::string role;
};

struct Catalogue {
    std::vector<RightFacts> rights;
    std::vector<Role> roles;
    std::vector<Separation> separations;
    std::vector<Mark> marks;

    RightFacts const* find(std::string_view right) const; // nullptr: there is none
};

std::string_view roles_yaml(); // the file's text
Catalogue const& catalogue();  // throws std::logic_error when the file contradicts the program
Catalogue read(std::string const& yaml);

} // namespace roles

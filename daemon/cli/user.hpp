#pragma once
// What the words of `kuramori user` share: who sits at the console, and accounts by sign-in ID.
#include "app/office.hpp"
#include "cli/arguments.hpp"

namespace cli {

// 特権操作の記録 (ACC-08): who sits at the console, for the body of an audit row. No person's name.
struct ConsolePerson {
    std::string command;
    std::string sudo_user;
    std::string terminal;
};
BOOST_DESCRIBE_STRUCT(ConsolePerson, (), (command, sudo_user, terminal))

struct AtConsole {
    std::string actor; // "console:uid0"
    ConsolePerson person;
};
AtConsole at_console(std::string const& command); // asked before root becomes the files' owner

// One audit row more, beside those of what was done.
void note(app::Office& office, AtConsole const& who, std::string const& object);

std::string explained_refusal(Problem const& problem); // of accounts, in Japanese
std::int64_t known_account(app::Office const& office, std::string const& login_id);

// All with the daemon stopped: people's rights are none of the console's business while it runs.
int user_add(Arguments& arguments);
int user_disable(Arguments& arguments);
int user_reset(Arguments& arguments);
int user_unlock(Arguments& arguments);
int user_list(Arguments& arguments);
int user_import(Arguments& arguments);
int user_sheets(Arguments& arguments);

} // namespace cli

#pragma once
// kuramori COMMAND …: one file a command. Each returns the exit code: 0 done, 1 found something
// wrong (a damaged backup), 2 could not be carried out. Texts are Japanese; --json gives machines
// their form.
#include "app/settings.hpp"
#include "cli/arguments.hpp"

namespace cli {

int run(int count, char const* const* words); // from main(): argv without the program's name

int init(Arguments& arguments);
int serve(Arguments& arguments);
int config(Arguments& arguments);
int backup(Arguments& arguments);
int restore(Arguments& arguments);
int key(Arguments& arguments);
int user(Arguments& arguments);
int access(Arguments& arguments);
int ca(Arguments& arguments);
int demo(Arguments& arguments);
int print_routes(Arguments& arguments);

// --config FILE, else /etc/kuramori/kuramori.yaml.
app::Settings settings_from(Arguments& arguments);

} // namespace cli

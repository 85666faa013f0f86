#include "base/secret.hpp"
#include "cli/commands.hpp"

#include <sys/stat.h>

#include <csignal>

int main(int argc, char** argv)
{
    base::forbid_core_dumps();
    ::umask(0077);
    std::signal(SIGPIPE, SIG_IGN); // a reader that went away is an error code, not our end
    return cli::run(argc - 1, argv + 1);
}

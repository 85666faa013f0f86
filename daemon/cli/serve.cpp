// kuramori serve: the daemon, in the foreground.
#include "app/serve.hpp"

#include "cli/commands.hpp"

namespace cli {

int serve(Arguments& arguments)
{
    auto const settings = settings_from(arguments);
    arguments.nothing_else();
    app::serve(settings, [](std::uint16_t) {});
    return 0;
}

} // namespace cli

#pragma once
// The daemon: an opened office behind a TLS listener and the admin socket, with the scheduler.
#include "app/settings.hpp"

#include <functional>

namespace app {

// Returns after SIGTERM or SIGINT, when the requests under way are answered. Throws when the office
// cannot be opened or the port is taken. `listening` is told the port once requests are accepted.
void serve(Settings const& settings, std::function<void(std::uint16_t port)> const& listening);

} // namespace app

#pragma once
// The console has rights of its own; people's are roles/.
#include "http/caller.hpp"

namespace auth {

// The admin socket: OS運用者 runs backups and looks at the machine, never at people's records.
http::Caller console_caller(std::uint32_t uid);

} // namespace auth

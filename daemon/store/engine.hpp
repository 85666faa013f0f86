#pragma once
// Start-up assertions: an engine that is too old, or does not encrypt, or does not notice damage,
// must stop the daemon before it touches anybody's data.
#include <filesystem>
#include <string>

namespace store {

struct EngineFacts {
    std::string sqlite_version;
    std::string cipher_version;
};

// Throws Error with the reason. `scratch` is a folder for a throw-away database.
EngineFacts assert_engine(std::filesystem::path const& scratch);

} // namespace store

#pragma once
#include <stdexcept>
#include <string>

namespace store {

// A broken disk, a wrong key, a damaged or foreign file, or a bug in our SQL: never a caller's
// fault.
class Error : public std::runtime_error {
public:
    Error(std::string const& what, int extended_code)
        : std::runtime_error(what), code(extended_code)
    {
    }

    int const code; // SQLite's extended result code; 0 when the finding is ours

    bool unique_violation() const;
    bool disk_full() const;
};

} // namespace store

#pragma once
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;

namespace store {

// A broken disk, a wrong key, a damaged or foreign file, or a bug in our SQL: never a caller's
// fault.
class Error : public std::runtime_error {
public:
    Error(std::string const& what, int extended_code, int system_errno = 0)
        : std::runtime_error(what), code(extended_code), system_error(system_errno)
    {
    }

    int const code;         // SQLite's extended result code; 0 when the finding is ours
    int const system_error; // errno behind it, where SQLite knows one

    bool unique_violation() const;
    bool disk_full() const;
    bool handle_broken() const; // the connection it came from must not be used again
};

// The disk (or the user's quota on it) is full, whether the store or a file of ours says so.
bool is_disk_full(std::exception const& error);

Error last_error(sqlite3* db, std::string_view doing); // what SQLite says about its last call

} // namespace store

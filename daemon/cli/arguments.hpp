#pragma once
// The command line after the command's name: --option VALUE, --flag and plain words. What nobody
// asked for is refused.
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace cli {

// Something the person at the console can put right; the text says what, why and what to do.
class UserError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class Arguments {
public:
    Arguments(int count, char const* const* words) : words_(words, words + count) {}

    std::optional<std::string> option(std::string const& name); // --name VALUE or --name=VALUE
    std::vector<std::string> options(std::string const& name);  // may stand several times
    std::int64_t
    number(std::string const& name, std::int64_t min, std::int64_t max, std::int64_t otherwise);
    bool flag(std::string const& name);
    std::optional<std::string> word(); // the next plain word
    void nothing_else() const;         // throws UserError when something is left

private:
    std::vector<std::string> words_;
};

} // namespace cli

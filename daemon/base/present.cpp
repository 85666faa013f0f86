#include "base/present.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <stdexcept>

namespace base {

void throw_absent(std::source_location const& where)
{
    auto const file = std::filesystem::path{where.file_name()}.filename();
    throw std::logic_error(fmt::format("nothing is there: {}:{}", file.native(), where.line()));
}

} // namespace base

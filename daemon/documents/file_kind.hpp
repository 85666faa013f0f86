#pragma once
// What may be attached: the ten kinds of files that offices exchange, each known by its extension
// and by how such a file begins.
#include "base/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace documents {

inline constexpr std::size_t first_bytes = 8; // of the content: as much as tells the kind

// A problem names the field "name". The name itself is kept exactly as the person gave it.
std::optional<Problem> check_file_name(std::string_view name);

std::string extension_of(std::string_view name); // behind the last dot, in lower case

// Whether a content that begins so can be a file with this extension.
bool begins_like(std::string_view extension, std::string_view beginning);

} // namespace documents

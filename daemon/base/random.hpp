#pragma once
// The one doorway to the system's random numbers.
#include "base/bytes.hpp"

#include <string>

namespace base {

void fill_random(std::span<Byte> out); // throws if the generator fails

std::string random_id(); // 128 bits as 32 hex digits: ids of books, blobs, sessions, requests

} // namespace base

#include "base/random.hpp"

#include <openssl/rand.h>

#include <array>
#include <stdexcept>

namespace base {

void fill_random(std::span<Byte> out)
{
    if (RAND_bytes(out.data(), static_cast<int>(out.size())) != 1)
        throw std::runtime_error("the system's random generator failed");
}

std::string random_id()
{
    std::array<Byte, 16> bytes{};
    fill_random(bytes);
    return to_hex(bytes);
}

} // namespace base

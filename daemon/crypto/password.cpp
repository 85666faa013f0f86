#include "crypto/password.hpp"

#include "base/random.hpp"

#include <argon2.h>

#include <array>
#include <stdexcept>

namespace crypto {

namespace {

constexpr std::uint32_t passes = 3;
constexpr std::uint32_t memory_kib = 64 << 10;
constexpr std::uint32_t lanes = 1;
constexpr std::size_t hash_bytes = 32;

} // namespace

std::string hash_password(std::string_view password)
{
    std::array<Byte, 16> salt{};
    base::fill_random(salt);
    std::string encoded(
        argon2_encodedlen(passes, memory_kib, lanes, salt.size(), hash_bytes, Argon2_id), '\0'
    );
    if (argon2id_hash_encoded(
            passes, memory_kib, lanes, password.data(), password.size(), salt.data(), salt.size(),
            hash_bytes, encoded.data(), encoded.size()
        ) != ARGON2_OK)
        throw std::runtime_error("Argon2id failed");
    encoded.resize(encoded.find('\0'));
    return encoded;
}

bool verify_password(std::string_view password, std::string const& hash)
{
    return argon2id_verify(hash.c_str(), password.data(), password.size()) == ARGON2_OK;
}

void verify_password_of_nobody(std::string_view password)
{
    static std::string const nobody = hash_password("a password that nobody has");
    verify_password(password, nobody);
}

} // namespace crypto

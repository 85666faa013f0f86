#pragma once
// Argon2id (RFC 9106): 64 MiB, three passes, one lane; as a PHC string with its own salt.
#include <string>
#include <string_view>

namespace crypto {

std::string hash_password(std::string_view password);
bool verify_password(std::string_view password, std::string const& hash);

// Costs as much as verify_password: an unknown sign-in name must not answer sooner.
void verify_password_of_nobody(std::string_view password);

} // namespace crypto

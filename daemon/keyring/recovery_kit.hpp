#pragma once
// 復旧キット, first form: a printed page whose 24 words open the key-store copies of the backup
// repository without this machine and without its root key.
#include "base/clock.hpp"
#include "base/secret.hpp"

#include <string>
#include <vector>

namespace keyring {

struct RecoveryKit {
    std::vector<std::string> words; // 24
    Bytes public_key;
};
RecoveryKit make_recovery_kit();
Key kit_private_key(Key const& secret_of_words);

// The page to print: what it is, the words, where to keep it, how to restore.
std::string kit_page(RecoveryKit const& kit, std::string const& office_name, Instant made_at);

} // namespace keyring

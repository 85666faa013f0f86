#pragma once
// Key-store copies in the backup repository: with the root key, or with the recovery kit, a wiped
// machine gets all its keys back. Format: docs/formats/key-store-copy.md.
#include "keyring/keyring.hpp"

namespace keyring {

// <repository>/keys/: the newest two copies are kept, older ones go.
void write_key_store_copy(Keyring const& keys, std::filesystem::path const& repository);

struct KeyStoreCopy {
    Key root;
    Contents contents;
};

// The newest readable copy. Throws store::Error when there is none, or the key does not fit.
KeyStoreCopy read_key_store_copy(std::filesystem::path const& repository, Key root);
KeyStoreCopy read_key_store_copy_with_kit(std::filesystem::path const& repository, Key kit);

} // namespace keyring

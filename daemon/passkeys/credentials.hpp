#pragma once
// The passkeys of the office's people in office.db. Rows only: what they may be used for is
// decided by whoever calls.
#include "base/clock.hpp"
#include "base/result.hpp"
#include "passkeys/ceremony.hpp"
#include "store/pool.hpp"

#include <optional>
#include <string>
#include <vector>

namespace passkeys {

inline constexpr std::int64_t of_one_account_max = 20;

struct Passkey { // as its owner sees it
    std::int64_t id = 0;
    std::string name;
    std::string host; // the name of the server that it was made for
    Instant created_at;
    std::optional<Instant> last_used_at;
    bool backed_up = false; // a copy lies with the maker of the telephone or computer
};
BOOST_DESCRIBE_STRUCT(Passkey, (), (id, name, host, created_at, last_used_at, backed_up))

struct NewCredential { // verified, and not yet kept
    MadeCredential made;
    std::string name;
    std::string host;
    std::string transports; // "internal,hybrid": hints for the browser
    Bytes user_handle;
};

struct StoredCredential {
    std::int64_t id = 0;
    std::int64_t account_id = 0;
    std::int64_t algorithm = 0;
    Bytes public_key;
    std::int64_t counter = 0;
    std::string host;
    Bytes user_handle;
};
BOOST_DESCRIBE_STRUCT(
    StoredCredential, (), (id, account_id, algorithm, public_key, counter, host, user_handle)
)

struct Descriptor {
    Bytes credential_id;
    std::string transports;
};
BOOST_DESCRIBE_STRUCT(Descriptor, (), (credential_id, transports))

std::int64_t count_of(store::Reader const& office, std::int64_t account_id);
std::vector<Passkey> list_of(store::Reader const& office, std::int64_t account_id);
std::vector<Descriptor>
descriptors_of(store::Reader const& office, std::int64_t account_id, std::string const& host);
std::optional<StoredCredential> find(store::Reader const& office, Bytes const& credential_id);
// By which authenticators know the person: random, and nothing else in the office is called so.
std::optional<Bytes> user_handle_of(store::Reader const& office, std::int64_t account_id);

// Conflict: the credential is known already, or the account has as many as it may have.
Result<std::int64_t>
insert(store::Transaction& office, std::int64_t account_id, NewCredential const& made, Instant now);
// False: the counter has not grown, so that the key may be in two places.
bool note_use(store::Transaction& office, std::int64_t id, Used const& used, Instant now);
bool rename(
    store::Transaction& office, std::int64_t account_id, std::int64_t id, std::string const& name
);
bool remove(store::Transaction& office, std::int64_t account_id, std::int64_t id);
std::int64_t remove_all(store::Transaction& office, std::int64_t account_id);

} // namespace passkeys

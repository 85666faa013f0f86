#include "passkeys/credentials.hpp"

namespace passkeys {

std::int64_t count_of(store::Reader const& office, std::int64_t account_id)
{
    return office
        .one<std::int64_t>("SELECT count(*) FROM passkey WHERE account_id = ?1", account_id)
        .value_or(0);
}

std::vector<Passkey> list_of(store::Reader const& office, std::int64_t account_id)
{
    return office.all<Passkey>(
        R"(SELECT id, name, host, created_at, last_used_at, backed_up
             FROM passkey WHERE account_id = ?1 ORDER BY id)",
        account_id
    );
}

std::vector<Descriptor>
descriptors_of(store::Reader const& office, std::int64_t account_id, std::string const& host)
{
    return office.all<Descriptor>(
        R"(SELECT credential_id, transports
             FROM passkey WHERE account_id = ?1 AND host = ?2 ORDER BY id)",
        account_id, host
    );
}

std::optional<StoredCredential> find(store::Reader const& office, Bytes const& credential_id)
{
    return office.one<StoredCredential>(
        R"(SELECT passkey.id, passkey.account_id, algorithm, public_key, counter, passkey.host,
                  passkey_user.handle AS user_handle
             FROM passkey JOIN passkey_user ON passkey_user.account_id = passkey.account_id
            WHERE credential_id = ?1)",
        credential_id
    );
}

std::optional<Bytes> user_handle_of(store::Reader const& office, std::int64_t account_id)
{
    return office.one<Bytes>("SELECT handle FROM passkey_user WHERE account_id = ?1", account_id);
}

Result<std::int64_t>
insert(store::Transaction& office, std::int64_t account_id, NewCredential const& made, Instant now)
{
    if (count_of(office, account_id) >= of_one_account_max)
        return Problem{Fault::conflict, "passkeys_too_many"};
    office.exec(
        R"(INSERT INTO passkey_user (account_id, handle) VALUES (?1, ?2)
           ON CONFLICT (account_id) DO NOTHING)",
        account_id, made.user_handle
    );
    // Two offers at once made two handles; the authenticator knows the one that it was given.
    if (user_handle_of(office, account_id) != made.user_handle)
        return Problem{Fault::conflict, "passkey_offer_over"};
    try {
        office.exec(
            R"(INSERT INTO passkey (account_id, credential_id, host, algorithm, public_key, counter,
                                    name, transports, aaguid, backed_up, created_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11))",
            account_id, made.made.credential_id, made.host, made.made.algorithm,
            made.made.public_key, made.made.counter, made.name, made.transports, made.made.aaguid,
            made.made.backed_up, now
        );
    } catch (store::Error const& error) {
        if (!error.unique_violation()) throw;
        return Problem{Fault::conflict, "passkey_known"};
    }
    return office.last_id();
}

// Authenticators that keep no count say 0 for ever.
bool note_use(store::Transaction& office, std::int64_t id, Used const& used, Instant now)
{
    return office.exec(
               R"(UPDATE passkey SET counter = ?2, backed_up = ?3, last_used_at = ?4
                   WHERE id = ?1 AND (counter < ?2 OR (counter = 0 AND ?2 = 0)))",
               id, used.counter, used.backed_up, now
           ) == 1;
}

bool rename(
    store::Transaction& office, std::int64_t account_id, std::int64_t id, std::string const& name
)
{
    return office.exec(
               "UPDATE passkey SET name = ?3 WHERE id = ?2 AND account_id = ?1", account_id, id,
               name
           ) == 1;
}

bool remove(store::Transaction& office, std::int64_t account_id, std::int64_t id)
{
    return office.exec("DELETE FROM passkey WHERE id = ?2 AND account_id = ?1", account_id, id) ==
           1;
}

std::int64_t remove_all(store::Transaction& office, std::int64_t account_id)
{
    return office.exec("DELETE FROM passkey WHERE account_id = ?1", account_id);
}

} // namespace passkeys

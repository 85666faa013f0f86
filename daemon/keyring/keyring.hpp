#pragma once
// 鍵束: every key of the office but the root, wrapped under it. keyring.db → per-file keys →
// per-blob keys (architecture.md §5). Keys are unwrapped on demand, into locked memory.
#include "base/clock.hpp"
#include "base/secret.hpp"
#include "store/pool.hpp"

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace keyring {

// The root key: 32 random bytes as hex in a file of its own, 0400, outside the data folder.
void create_root_key_file(std::filesystem::path const& file);                // throws if it exists
void write_root_key_file(std::filesystem::path const& file, Key const& key); // likewise
Key load_root_key(std::filesystem::path const& file); // refuses a file that others may read

struct KeyRow { // as stored and as carried in key-store copies
    std::string purpose;
    std::optional<Bytes> wrapped; // absent: destroyed
    Instant created_at;
    std::optional<Instant> destroyed_at;
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (purpose, wrapped, created_at, destroyed_at))

struct Contents { // all of a keyring; still wrapped
    std::vector<KeyRow> keys;
    Bytes kit_public_key; // empty: no recovery kit yet
    std::string instance_id;
};

class Keyring {
public:
    // A keyring.db with the keys that every office has. `folder` is the data folder. One that is
    // there already is opened: a crash may have cut off the try before.
    static std::unique_ptr<Keyring>
    create(std::filesystem::path const& folder, Key root, base::Clock const& clock);
    static std::unique_ptr<Keyring>
    open(std::filesystem::path const& folder, Key root, base::Clock const& clock);
    // From the contents of a key-store copy whose keys are wrapped under `root`.
    static std::unique_ptr<Keyring> rebuild(
        std::filesystem::path const& folder,
        Key root,
        Contents const& contents,
        base::Clock const& clock
    );

    Keyring(Keyring const&) = delete;
    Keyring& operator=(Keyring const&) = delete;
    ~Keyring();

    // Throws store::Error when there is none, or it was destroyed.
    store::DatabaseKey database_key(store::FileId const& file);
    std::optional<store::DatabaseKey> find_database_key(store::FileId const& file); // no throw
    bool destroyed(store::FileId const& file); // its key was, for good
    Key blob_key(std::string const& book_id);  // wraps the keys of the book's blobs
    Key audit_root();
    Key backup_key(); // MACs and manifests of the repository
    // Seals the private keys of certificates that office.db keeps; made when first asked for.
    Key certificate_key();

    void create_book_keys(std::string const& book_id); // keeps those that are there
    void destroy_book_keys(std::string const& book_id);

    Contents contents() const;
    void set_kit_public_key(Bytes const& key);
    Key const& root() const { return root_; }
    // Goes up with every change: a key-store copy is due when it has moved.
    std::uint64_t changes() const;

private:
    Keyring(std::filesystem::path const& folder, Key root, base::Clock const& clock);
    void add_office_keys();
    void add(store::Batch& batch, std::string const& purpose, ByteView secret);
    template <std::size_t Size> Secret<Size> unwrap(std::string const& purpose);
    void store_meta(store::Batch& batch, std::string const& key, ByteView value);

    Key root_;
    Key wrapping_;
    base::Clock const& clock_;
    std::unique_ptr<store::Pool> pool_;
    mutable std::mutex mutex_;
    std::uint64_t changes_ = 0;
};

} // namespace keyring

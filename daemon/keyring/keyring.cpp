#include "keyring/keyring.hpp"

#include "base/files.hpp"
#include "base/random.hpp"
#include "crypto/aead.hpp"
#include "crypto/hash.hpp"

#include <fmt/format.h>

#include <sys/stat.h>

namespace keyring {

namespace {

store::FileId const keyring_file{store::Kind::keyring, {}, 1};

std::string database_purpose(store::FileId const& file)
{
    switch (file.kind) {
    case store::Kind::office: return "database office";
    case store::Kind::log: return "database log";
    case store::Kind::index: return "database index";
    case store::Kind::book: return "database book " + file.book_id;
    case store::Kind::keyring: break;
    }
    throw std::logic_error("the keyring holds no key of its own file");
}

std::string blob_purpose(std::string const& book_id) { return "blobs book " + book_id; }

} // namespace

void create_root_key_file(std::filesystem::path const& file)
{
    Key key;
    base::fill_random(key.bytes());
    write_root_key_file(file, key);
}

void write_root_key_file(std::filesystem::path const& file, Key const& key)
{
    Secret<65> line; // no copy of the key stays in ordinary memory
    base::to_hex(key.bytes(), line.bytes().first(64));
    line.bytes()[64] = '\n';
    base::make_private_folder(file.parent_path());
    base::create_file(file, line.bytes(), 0400);
}

Key load_root_key(std::filesystem::path const& file)
{
    struct stat facts{};
    if (::stat(file.c_str(), &facts) != 0)
        throw store::Error("the root key file cannot be read: " + file.string(), 0);
    if ((facts.st_mode & 077U) != 0)
        throw store::Error(
            "the root key file may be read by others: chmod 0400 " + file.string(), 0
        );
    auto text = base::read_file(file, 4096);
    auto length = text.size();
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r')) --length;
    auto bytes = base::from_hex(base::as_text(ByteView{text}.first(length)));
    base::wipe(text.data(), text.size());
    if (!bytes || bytes->size() != 32)
        throw store::Error("the root key file does not hold a key: " + file.string(), 0);
    Key key{std::span<Byte const, 32>{bytes->data(), 32}};
    base::wipe(bytes->data(), bytes->size());
    return key;
}

Keyring::Keyring(std::filesystem::path const& folder, Key root, base::Clock const& clock)
    : root_(std::move(root))
    , wrapping_(crypto::derive(root_, "kuramori wrapping key 1"))
    , clock_(clock)
{
    auto const key = [this](store::FileId const&) {
        store::DatabaseKey made;
        crypto::derive_into(root_.bytes(), "kuramori keyring.db 1", made.bytes());
        return made;
    };
    pool_ = std::make_unique<store::Pool>(store::Pool::Options{folder, 8, 2000}, key);
}

Keyring::~Keyring() = default;

std::unique_ptr<Keyring>
Keyring::create(std::filesystem::path const& folder, Key root, base::Clock const& clock)
{
    std::unique_ptr<Keyring> made{new Keyring{folder, std::move(root), clock}};
    if (!made->pool_->exists(keyring_file)) made->pool_->create(keyring_file);
    if (made->pool_->read(keyring_file).one<std::int64_t>("SELECT count(*) FROM key") == 0)
        made->add_office_keys();
    made->audit_root();
    return made;
}

void Keyring::add_office_keys()
{
    auto batch = pool_->batch(keyring_file);
    for (auto const kind : {store::Kind::office, store::Kind::log, store::Kind::index}) {
        store::DatabaseKey key;
        base::fill_random(key.bytes());
        add(batch, database_purpose({kind, {}, 1}), key.bytes());
    }
    for (auto const* purpose : {"audit", "backup"}) {
        Key key;
        base::fill_random(key.bytes());
        add(batch, purpose, key.bytes());
    }
    store_meta(batch, "instance_id", base::as_bytes(base::random_id()));
    batch.commit();
}

std::unique_ptr<Keyring>
Keyring::open(std::filesystem::path const& folder, Key root, base::Clock const& clock)
{
    std::unique_ptr<Keyring> made{new Keyring{folder, std::move(root), clock}};
    made->audit_root(); // a wrong root key is found here, not in the middle of somebody's work
    return made;
}

std::unique_ptr<Keyring> Keyring::rebuild(
    std::filesystem::path const& folder,
    Key root,
    Contents const& contents,
    base::Clock const& clock
)
{
    std::unique_ptr<Keyring> made{new Keyring{folder, std::move(root), clock}};
    made->pool_->create(keyring_file);
    auto batch = made->pool_->batch(keyring_file);
    for (auto const& row : contents.keys)
        batch.exec(
            R"(INSERT INTO key (purpose, wrapped, created_at, destroyed_at)
               VALUES (?1, ?2, ?3, ?4))",
            row.purpose, row.wrapped, row.created_at, row.destroyed_at
        );
    made->store_meta(batch, "instance_id", base::as_bytes(contents.instance_id));
    if (!contents.kit_public_key.empty())
        made->store_meta(batch, "kit_public_key", contents.kit_public_key);
    batch.commit();
    made->audit_root();
    return made;
}

void Keyring::add(store::Batch& batch, std::string const& purpose, ByteView secret)
{
    batch.exec(
        "INSERT INTO key (purpose, wrapped, created_at) VALUES (?1, ?2, ?3)", purpose,
        crypto::seal(wrapping_, secret, purpose), clock_.now()
    );
}

void Keyring::store_meta(store::Batch& batch, std::string const& key, ByteView value)
{
    batch.exec(
        "INSERT INTO meta (key, value) VALUES (?1, ?2) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        key, value
    );
}

template <std::size_t Size> Secret<Size> Keyring::unwrap(std::string const& purpose)
{
    auto const wrapped =
        pool_->read(keyring_file)
            .one<std::optional<Bytes>>("SELECT wrapped FROM key WHERE purpose = ?1", purpose);
    if (!wrapped || !*wrapped) throw store::Error("there is no key for this file", 0);
    auto plain = crypto::open(wrapping_, **wrapped, purpose);
    if (!plain || plain->size() != Size)
        throw store::Error("the root key does not open this keyring", 0);
    Secret<Size> secret{std::span<Byte const, Size>{plain->data(), Size}};
    base::wipe(plain->data(), plain->size());
    return secret;
}

store::DatabaseKey Keyring::database_key(store::FileId const& file)
{
    return unwrap<48>(database_purpose(file));
}

std::optional<store::DatabaseKey> Keyring::find_database_key(store::FileId const& file)
{
    auto const there = pool_->read(keyring_file)
                           .one<std::int64_t>(
                               "SELECT id FROM key WHERE purpose = ?1 AND wrapped IS NOT NULL",
                               database_purpose(file)
                           );
    if (!there) return std::nullopt;
    return database_key(file);
}

bool Keyring::destroyed(store::FileId const& file)
{
    return pool_->read(keyring_file)
        .one<std::int64_t>(
            "SELECT id FROM key WHERE purpose = ?1 AND wrapped IS NULL", database_purpose(file)
        )
        .has_value();
}

Key Keyring::blob_key(std::string const& book_id) { return unwrap<32>(blob_purpose(book_id)); }
Key Keyring::audit_root() { return unwrap<32>("audit"); }
Key Keyring::backup_key() { return unwrap<32>("backup"); }

Key Keyring::certificate_key()
{
    constexpr auto const* purpose = "certificates";
    std::scoped_lock const lock{mutex_};
    auto const there = pool_->read(keyring_file)
                           .one<std::int64_t>("SELECT id FROM key WHERE purpose = ?1", purpose);
    if (!there) {
        Key key;
        base::fill_random(key.bytes());
        auto batch = pool_->batch(keyring_file);
        add(batch, purpose, key.bytes());
        batch.commit();
        ++changes_;
    }
    return unwrap<32>(purpose);
}

void Keyring::create_book_keys(std::string const& book_id)
{
    auto batch = pool_->batch(keyring_file);
    auto const database_key_purpose = database_purpose({store::Kind::book, book_id, 1});
    // Made by a try that a crash cut off; or destroyed, and then never made again.
    if (batch.one<std::int64_t>("SELECT id FROM key WHERE purpose = ?1", database_key_purpose))
        return;
    store::DatabaseKey database;
    base::fill_random(database.bytes());
    add(batch, database_key_purpose, database.bytes());
    Key blobs;
    base::fill_random(blobs.bytes());
    add(batch, blob_purpose(book_id), blobs.bytes());
    batch.commit();
    std::scoped_lock const lock{mutex_};
    ++changes_;
}

void Keyring::destroy_book_keys(std::string const& book_id)
{
    auto batch = pool_->batch(keyring_file);
    for (auto const& purpose :
         {database_purpose({store::Kind::book, book_id, 1}), blob_purpose(book_id)})
        batch.exec(
            "UPDATE key SET wrapped = NULL, destroyed_at = ?2 "
            "WHERE purpose = ?1 AND wrapped IS NOT NULL",
            purpose, clock_.now()
        );
    batch.commit();
    pool_->close(keyring_file); // the WAL must not keep what was destroyed
    std::scoped_lock const lock{mutex_};
    ++changes_;
}

Contents Keyring::contents() const
{
    auto const read = pool_->read(keyring_file);
    Contents all;
    all.keys =
        read.all<KeyRow>("SELECT purpose, wrapped, created_at, destroyed_at FROM key ORDER BY id");
    all.kit_public_key =
        read.one<Bytes>("SELECT value FROM meta WHERE key = 'kit_public_key'").value_or(Bytes{});
    auto const id =
        read.one<Bytes>("SELECT value FROM meta WHERE key = 'instance_id'").value_or(Bytes{});
    all.instance_id = std::string{base::as_text(id)};
    return all;
}

void Keyring::set_kit_public_key(Bytes const& key)
{
    auto batch = pool_->batch(keyring_file);
    store_meta(batch, "kit_public_key", key);
    batch.commit();
    std::scoped_lock const lock{mutex_};
    ++changes_;
}

std::uint64_t Keyring::changes() const
{
    std::scoped_lock const lock{mutex_};
    return changes_;
}

} // namespace keyring

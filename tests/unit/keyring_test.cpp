#include "base/files.hpp"
#include "crypto/words.hpp"
#include "keyring/key_store_copy.hpp"
#include "keyring/recovery_kit.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sys/stat.h>

using keyring::Keyring;

namespace {

store::FileId const office_file{store::Kind::office, {}, 1};
std::string const book_id(32, 'a');
store::FileId const book{store::Kind::book, book_id, 1};

template <std::size_t Size> std::string hex(Secret<Size> const& secret)
{
    return base::to_hex(secret.bytes());
}

struct Keys : ScratchFolder {
    base::SetClock clock{Instant{std::chrono::seconds{1'795'000'000}}};
    std::filesystem::path const data = path / "data";
    std::filesystem::path const repository = path / "repository";

    Keys() { std::filesystem::create_directories(data); }
    std::unique_ptr<Keyring> create() { return Keyring::create(data, test_root(), clock); }
};

} // namespace

TEST_CASE_FIXTURE(Keys, "the root key file is made once, private, and read back")
{
    auto const file = path / "etc" / "root.key";
    keyring::create_root_key_file(file);
    struct stat facts{};
    REQUIRE(::stat(file.c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777U) == 0400U);
    auto const key = keyring::load_root_key(file);
    CHECK(hex(key) == hex(keyring::load_root_key(file)));
    CHECK_THROWS(keyring::create_root_key_file(file));
    std::filesystem::permissions(file, std::filesystem::perms{0440});
    CHECK_THROWS_AS(keyring::load_root_key(file), store::Error);
    CHECK_THROWS_AS(keyring::load_root_key(path / "nowhere"), store::Error);
    base::create_file(path / "short.key", base::as_bytes("abcd\n"), 0400);
    CHECK_THROWS_AS(keyring::load_root_key(path / "short.key"), store::Error);
}

TEST_CASE_FIXTURE(Keys, "keys outlive the process, and every file has its own")
{
    std::string office_key;
    std::string book_key;
    std::string blob_key;
    {
        auto const keys = create();
        keys->create_book_keys(book_id);
        office_key = hex(keys->database_key(office_file));
        book_key = hex(keys->database_key(book));
        blob_key = hex(keys->blob_key(book_id));
    }
    auto const keys = Keyring::open(data, test_root(), clock);
    CHECK(hex(keys->database_key(office_file)) == office_key);
    CHECK(hex(keys->database_key(book)) == book_key);
    CHECK(hex(keys->blob_key(book_id)) == blob_key);
    CHECK(office_key != book_key);
    CHECK(hex(keys->audit_root()) != hex(keys->backup_key()));
    CHECK_THROWS_AS(keys->database_key({store::Kind::book, std::string(32, 'b'), 1}), store::Error);
}

TEST_CASE_FIXTURE(Keys, "another root key opens nothing, and changes nothing")
{
    create().reset();
    CHECK_THROWS_AS(Keyring::open(data, test_root(8), clock), store::Error);
    CHECK_NOTHROW(Keyring::open(data, test_root(), clock));
}

TEST_CASE_FIXTURE(Keys, "a keyring that is not there is not made by opening it")
{
    CHECK_THROWS_AS(Keyring::open(data, test_root(), clock), store::Error);
    CHECK_FALSE(std::filesystem::exists(data / "keyring.db"));
}

TEST_CASE_FIXTURE(Keys, "no key stands in the clear on the disk")
{
    auto const keys = create();
    keys->create_book_keys(book_id);
    auto const key = keys->database_key(book);
    for (auto const* name : {"keyring.db", "keyring.db-wal"}) {
        auto const content = base::read_file(data / name, 1 << 24);
        auto const raw = key.bytes();
        CHECK(std::search(content.begin(), content.end(), raw.begin(), raw.end()) == content.end());
        auto const digits = base::to_hex(raw);
        CHECK(
            std::search(content.begin(), content.end(), digits.begin(), digits.end()) ==
            content.end()
        );
    }
}

TEST_CASE_FIXTURE(Keys, "making a book's keys twice keeps the first: a crash may have come between")
{
    auto const keys = create();
    keys->create_book_keys(book_id);
    auto const first = hex(keys->database_key(book));
    auto const blobs = hex(keys->blob_key(book_id));
    auto const changes = keys->changes();
    CHECK_NOTHROW(keys->create_book_keys(book_id));
    CHECK(hex(keys->database_key(book)) == first);
    CHECK(hex(keys->blob_key(book_id)) == blobs);
    CHECK(keys->changes() == changes);
}

TEST_CASE_FIXTURE(Keys, "a destroyed key is gone for good, from the files as well")
{
    auto const keys = create();
    keys->create_book_keys(book_id);
    auto const wrapped = [&] {
        for (auto const& row : keys->contents().keys)
            if (row.purpose == "database book " + book_id) return row.wrapped.value_or(Bytes{});
        return Bytes{};
    };
    auto const before = wrapped();
    REQUIRE_FALSE(before.empty());
    auto const changes = keys->changes();
    keys->destroy_book_keys(book_id);
    CHECK(keys->changes() > changes);
    CHECK_THROWS_AS(keys->database_key(book), store::Error);
    CHECK_THROWS_AS(keys->blob_key(book_id), store::Error);
    CHECK(wrapped().empty());
    keys->create_book_keys(book_id); // no second life
    CHECK_THROWS_AS(keys->database_key(book), store::Error);
    CHECK(std::filesystem::file_size(data / "keyring.db-wal") == 0);
    CHECK_NOTHROW(keys->audit_root());
}

TEST_CASE_FIXTURE(Keys, "a wiped machine gets its keys back from a copy and the root key")
{
    std::string book_key;
    {
        auto const keys = create();
        keys->create_book_keys(book_id);
        keys->create_book_keys(std::string(32, 'b'));
        keys->destroy_book_keys(std::string(32, 'b'));
        book_key = hex(keys->database_key(book));
        keyring::write_key_store_copy(*keys, repository);
    }
    std::filesystem::remove_all(data);
    std::filesystem::create_directories(data);
    CHECK_THROWS_AS(keyring::read_key_store_copy(repository, test_root(8)), store::Error);
    auto copy = keyring::read_key_store_copy(repository, test_root());
    auto const keys = Keyring::rebuild(data, std::move(copy.root), copy.contents, clock);
    CHECK(hex(keys->database_key(book)) == book_key);
    CHECK_THROWS_AS(keys->database_key({store::Kind::book, std::string(32, 'b'), 1}), store::Error);
    CHECK(keys->contents().instance_id == copy.contents.instance_id);
}

TEST_CASE_FIXTURE(Keys, "or from a copy and the words of the recovery kit, without the root key")
{
    auto const kit = keyring::make_recovery_kit();
    CHECK(kit.words.size() == 24);
    std::string book_key;
    {
        auto const keys = create();
        keys->create_book_keys(book_id);
        book_key = hex(keys->database_key(book));
        keyring::write_key_store_copy(*keys, repository); // before there is a kit
        CHECK_THROWS_AS(
            keyring::read_key_store_copy_with_kit(repository, test_root()), store::Error
        );
        keys->set_kit_public_key(kit.public_key);
        keyring::write_key_store_copy(*keys, repository);
    }
    std::string typed;
    for (auto const& word : kit.words) typed += word + " ";
    auto const secret = crypto::key_from_words(typed);
    REQUIRE(secret.key);
    std::filesystem::remove_all(data);
    std::filesystem::create_directories(data);
    auto copy =
        keyring::read_key_store_copy_with_kit(repository, keyring::kit_private_key(*secret.key));
    CHECK(hex(copy.root) == hex(test_root()));
    auto const keys = Keyring::rebuild(data, std::move(copy.root), copy.contents, clock);
    CHECK(hex(keys->database_key(book)) == book_key);
    CHECK_THROWS_AS(keyring::read_key_store_copy_with_kit(repository, test_root(9)), store::Error);
}

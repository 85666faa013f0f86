#include "base/files.hpp"
#include "crypto/words.hpp"
#include "keyring/key_store_copy.hpp"
#include "keyring/recovery_kit.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

#include <set>

namespace {

struct Copies : ScratchFolder {
    base::SetClock clock{Instant{std::chrono::seconds{1'795'000'000}}};
    std::filesystem::path const data = path / "data";
    std::filesystem::path const repository = path / "repository";
    std::unique_ptr<keyring::Keyring> keys = [this] {
        std::filesystem::create_directories(data);
        return keyring::Keyring::create(data, test_root(), clock);
    }();

    void write() { keyring::write_key_store_copy(*keys, repository); }
    std::set<std::string> names() const
    {
        std::set<std::string> out;
        for (auto const& entry : std::filesystem::directory_iterator{repository / "keys"})
            out.insert(entry.path().filename().string());
        return out;
    }
};

} // namespace

TEST_CASE_FIXTURE(Copies, "the newest two copies are kept, and the newest is read")
{
    write();
    write();
    keys->create_book_keys(std::string(32, 'a'));
    write();
    CHECK(names() == std::set<std::string>{"000000000002.keys", "000000000003.keys"});
    auto const copy = keyring::read_key_store_copy(repository, test_root());
    CHECK(copy.contents.keys.size() == keys->contents().keys.size());
    CHECK_THROWS_AS(keyring::read_key_store_copy(repository, test_root(8)), store::Error);
}

TEST_CASE_FIXTURE(Copies, "a damaged newest copy does not hide the one before")
{
    write();
    write();
    Bytes const damaged{'K', 'U', 'R', 'A', 'K', 'E', 'Y', '1', 0, 0, 0, 0, 0, 0, 0, 0};
    base::replace_file(repository / "keys" / "000000000002.keys", damaged);
    CHECK(keyring::read_key_store_copy(repository, test_root()).contents.keys.size() > 0);
}

TEST_CASE_FIXTURE(Copies, "a stranger's file beside the copies is left alone and read by nobody")
{
    write();
    Bytes const text{'?'};
    base::create_file(repository / "keys" / "copy of 000000000001.keys", text);
    write();
    CHECK(names().contains("copy of 000000000001.keys"));
    CHECK(names().contains("000000000002.keys"));
}

TEST_CASE_FIXTURE(Copies, "the recovery kit's words open a copy without the root key")
{
    auto const kit = keyring::make_recovery_kit();
    keys->set_kit_public_key(kit.public_key);
    write();
    std::string typed;
    for (auto const& word : kit.words) typed += word + " ";
    auto const secret = crypto::key_from_words(typed).key;
    REQUIRE(secret);
    auto const copy =
        keyring::read_key_store_copy_with_kit(repository, keyring::kit_private_key(*secret));
    CHECK(base::equal_in_constant_time(copy.root.bytes(), test_root().bytes()));
}

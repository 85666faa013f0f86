// A change of a client lies in two files. Whatever cuts it off in between, it is carried on.
#include "client_parts.hpp"
#include "keyring/keyring.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <thread>
#include <utility>

namespace {

struct Directory : ScratchFolder {
    base::SetClock clock{Instant{std::chrono::seconds{1'795'000'000}}};
    store::FileId const office{store::Kind::office, {}, 1};
    store::FileId const log{store::Kind::log, {}, 1};
    std::unique_ptr<keyring::Keyring> keys = keyring::Keyring::create(path, test_root(), clock);
    store::Pool pool{{path, 64, 2000}, [this](store::FileId const& file) {
                         return keys->database_key(file);
                     }};
    audit::Recorder recorder{clock, test_root()};
    std::function<void(std::string const&)> make_keys = [this](std::string const& book_id) {
        keys->create_book_keys(book_id);
    };
    clients::Clients clients{[this] {
        auto parts = client_parts(pool, recorder, clock);
        parts.create_book_keys = [this](std::string const& book_id) { make_keys(book_id); };
        return parts;
    }()};

    Directory()
    {
        pool.create(office);
        pool.create(log);
    }
    clients::ClientInput input() const
    {
        clients::ClientInput wanted;
        wanted.code = "A001";
        wanted.name = "山田商店";
        wanted.name_kana = "ヤマダショウテン";
        wanted.profile.note = "はじめ";
        return wanted;
    }
    std::int64_t pending()
    {
        return pool.read(office).one<std::int64_t>("SELECT count(*) FROM client_outbox").value();
    }
    std::string book_id()
    {
        return pool.read(office).one<std::string>("SELECT book_id FROM client").value();
    }
};

} // namespace

TEST_CASE_FIXTURE(Directory, "a client cut off before its keys, between keys and file, or later")
{
    auto const whole = make_keys;
    SUBCASE("before the keys")
    {
        make_keys = [](std::string const&) { throw store::Error("cut off", 0); };
    }
    SUBCASE("between keys and file")
    {
        make_keys = [&](std::string const& id) {
            whole(id);
            throw store::Error("cut off", 0);
        };
    }
    SUBCASE("with an empty file")
    {
        make_keys = [&](std::string const& id) {
            whole(id);
            std::filesystem::create_directories(path / "books" / id / "1");
            std::ofstream{path / "books" / id / "1" / "book.db"};
            throw store::Error("cut off", 0);
        };
    }
    CHECK_THROWS_AS(clients.create(input(), "account:1"), store::Error);
    CHECK(pending() == 1);
    CHECK_FALSE(clients.find_client(1)); // nobody sees half a client
    make_keys = whole;
    clients.replay_outbox();
    CHECK(pending() == 0);
    REQUIRE(clients.find_client(1));
    CHECK(clients.read(1).value().profile.note == "はじめ");
    clients.replay_outbox();
    CHECK(clients.read(1).value().version == 1);
}

TEST_CASE_FIXTURE(Directory, "a slower change never puts an older profile over a newer one")
{
    auto const whole = make_keys;
    make_keys = [&](std::string const& id) { // meanwhile somebody else has changed the client
        auto newer = input().profile;
        newer.note = "あと";
        auto transaction = pool.begin(office);
        transaction.exec("UPDATE client_outbox SET profile = ?1", json::to_text(newer));
        transaction.commit(recorder.append(transaction, {"test", "client.update", "client:1", "{}"})
        );
        whole(id);
    };
    CHECK(clients.create(input(), "account:1").value().profile.note == "あと");
    CHECK(pending() == 0);
}

TEST_CASE_FIXTURE(Directory, "one book that cannot be written does not keep the others waiting")
{
    CHECK(clients.create(input(), "account:1").has_value());
    auto second = input();
    second.code = "A002";
    make_keys = [](std::string const&) { throw store::Error("cut off", 0); };
    CHECK_THROWS_AS(clients.create(second, "account:1"), store::Error);
    clients.replay_outbox(); // still cut off: tells, and goes on
    CHECK(pending() == 1);
    CHECK(clients.find_client(1));
}

TEST_CASE_FIXTURE(Directory, "destroyed keys are never made again")
{
    CHECK(clients.create(input(), "account:1").has_value());
    auto const id = book_id();
    keys->destroy_book_keys(id);
    keys->create_book_keys(id);
    CHECK_THROWS_AS(keys->database_key({store::Kind::book, id, 1}), store::Error);
}

TEST_CASE("a keyring that a crash left without keys is completed, one with keys is opened")
{
    ScratchFolder const folder;
    base::SetClock const clock{Instant{}};
    std::string instance;
    {
        auto const keys = keyring::Keyring::create(folder.path, test_root(), clock);
        instance = keys->contents().instance_id;
    }
    CHECK(
        keyring::Keyring::create(folder.path, test_root(), clock)->contents().instance_id ==
        instance
    );
    CHECK_THROWS_AS(keyring::Keyring::create(folder.path, test_root(9), clock), store::Error);
    ScratchFolder const empty;
    std::ofstream{empty.path / "keyring.db"};
    CHECK_FALSE(
        keyring::Keyring::create(empty.path, test_root(), clock)->contents().instance_id.empty()
    );
}

TEST_CASE_FIXTURE(Directory, "what is under way is not carried on a second time")
{
    bool once = false;
    pool.on_commit([&](store::FileId const& file) { // in the book already, in the outbox still
        if (file.kind != store::Kind::book || std::exchange(once, true)) return;
        std::thread{[&] { clients.replay_outbox(); }}.join();
    });
    REQUIRE(clients.create(input(), "account:1").has_value());
    CHECK(once);
    CHECK(audit::head_of(pool.read({store::Kind::book, book_id(), 1})).seq == 1);
    CHECK(pending() == 0);
}

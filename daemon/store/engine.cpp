#include "store/engine.hpp"

#include "base/files.hpp"
#include "base/random.hpp"
#include "store/checkpoint.hpp"
#include "store/connection.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <fstream>

namespace store {

namespace {

// Before 3.51.3 a checkpoint can lose a committed transaction (the WAL-reset race); SQLCipher 4.14
// is the first release on it. reference: design/architecture.md §2.
constexpr int sqlite_version_min = 3051003;
constexpr int cipher_version_min = 4014;

constexpr std::string_view planted = "a sentence that nobody may find in the file";

int cipher_number(std::string const& text) // "4.14.0 community" → 4014
{
    int major = 0;
    int minor = 0;
    auto const dot = text.find('.');
    try {
        major = std::stoi(text.substr(0, dot));
        minor = std::stoi(text.substr(dot + 1));
    } catch (std::exception const&) {
        return 0;
    }
    return major * 1000 + minor;
}

struct Scratch { // a keyed database that goes when the check is over
    explicit Scratch(std::filesystem::path const& folder)
        : file(folder / (base::random_id() + ".probe"))
    {
        base::fill_random(key.bytes());
    }
    Scratch(Scratch const&) = delete;
    Scratch& operator=(Scratch const&) = delete;
    ~Scratch()
    {
        std::error_code ignored;
        for (auto const* suffix : {"", "-wal", "-shm"})
            std::filesystem::remove(file.string() + suffix, ignored);
    }
    std::filesystem::path file;
    DatabaseKey key;
};

// Neither SQLite's header nor what was put in stands in the file.
void expect_ciphertext(std::filesystem::path const& file)
{
    auto const bytes = base::read_file(file, std::size_t{1} << 20U);
    auto const content = base::as_text(bytes);
    if (content.size() < 2 * 4096) throw Error("the engine wrote no database", 0);
    for (auto const clear :
         {std::string_view{"SQLite format 3"}, planted, std::string_view{"probe"}})
        if (content.find(clear) != std::string_view::npos)
            throw Error("the engine wrote a database in clear", 0);
}

// A file without a key must not come about beside one that has one.
void expect_attach_refused(Connection& db)
{
    try {
        db.script("ATTACH nothing AS other");
    } catch (Error const&) {
        return;
    }
    throw Error("the engine lets a second database be attached", 0);
}

void expect_damage_noticed(Scratch const& scratch)
{
    {
        std::fstream damaged{scratch.file, std::ios::in | std::ios::out | std::ios::binary};
        damaged.seekg(4096 + 100);
        char const byte = static_cast<char>(damaged.get() ^ 1);
        damaged.seekp(4096 + 100);
        damaged.put(byte);
    }
    bool noticed = false;
    try {
        auto const db = Connection::open(scratch.file, scratch.key, Access::write);
        Reader{*db}.all<std::string>("SELECT text FROM probe");
    } catch (Error const&) {
        noticed = true;
    }
    if (!noticed) throw Error("the engine did not notice a damaged page", 0);
}

} // namespace

EngineFacts assert_engine(std::filesystem::path const& scratch_folder)
{
    if (sqlite3_libversion_number() < sqlite_version_min)
        throw Error(fmt::format("SQLite {} is too old", sqlite3_libversion()), 0);
    if (sqlite3_threadsafe() == 0) throw Error("SQLite was built without thread safety", 0);

    base::make_private_folder(scratch_folder);
    Scratch const scratch{scratch_folder};
    EngineFacts facts{sqlite3_libversion(), {}};
    {
        auto const db = Connection::open(scratch.file, scratch.key, Access::create);
        facts.cipher_version = Reader{*db}.one<std::string>("PRAGMA cipher_version").value_or("");
        if (cipher_number(facts.cipher_version) < cipher_version_min)
            throw Error(fmt::format("SQLCipher {} is too old", facts.cipher_version), 0);
        expect_attach_refused(*db);
        db->script("CREATE TABLE probe (text TEXT NOT NULL) STRICT;"
                   "INSERT INTO probe VALUES (hex(randomblob(6000)));"
                   "INSERT INTO probe VALUES ('a sentence that nobody may find in the file')");
        checkpoint(*db, Checkpoint::truncate);
    }
    expect_ciphertext(scratch.file);
    expect_damage_noticed(scratch);
    return facts;
}

} // namespace store

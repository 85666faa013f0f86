#pragma once
// A folder of its own for one test, and the things most tests need in it.
#include "audit/recorder.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "crypto/hash.hpp"
#include "store/pool.hpp"

#include <fmt/format.h>

#include <filesystem>

struct ScratchFolder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / base::random_id();
    ScratchFolder() { std::filesystem::create_directories(path); }
    ScratchFolder(ScratchFolder const&) = delete;
    ScratchFolder& operator=(ScratchFolder const&) = delete;
    ~ScratchFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

// A keyed database key that depends on the file, as the keyring's do.
inline store::DatabaseKey test_key(store::FileId const& file)
{
    store::DatabaseKey key;
    crypto::derive_into(
        base::as_bytes("test"), fmt::format("{} {}", static_cast<int>(file.kind), file.book_id),
        key.bytes()
    );
    return key;
}

inline Key test_root(Byte fill = 7)
{
    Key key;
    for (auto& byte : key.bytes()) byte = fill;
    return key;
}

struct TestOffice : ScratchFolder {
    base::SetClock clock{Instant{std::chrono::seconds{1'795'000'000}}};
    store::FileId const office{store::Kind::office, {}, 1};
    store::FileId const log{store::Kind::log, {}, 1};
    store::Pool pool{{path, 600, 2000}, test_key};
    audit::Recorder recorder{clock, test_root()};

    TestOffice()
    {
        pool.create(office);
        pool.create(log);
    }
};

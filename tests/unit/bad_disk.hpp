#pragma once
// A disk that fails: it is full, or it gives back another bit than it was given.
#include <sys/resource.h>

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>

// No file of this process may grow beyond `bytes`: a full disk without one.
class FilesAtMost {
public:
    explicit FilesAtMost(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        rlimit const tight{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &tight);
    }
    FilesAtMost(FilesAtMost const&) = delete;
    FilesAtMost& operator=(FilesAtMost const&) = delete;
    ~FilesAtMost() { setrlimit(RLIMIT_FSIZE, &before_); }

private:
    rlimit before_{};
};

// The lowest bit of one byte.
inline void flip_bit(std::filesystem::path const& file, std::int64_t at)
{
    std::fstream bytes{file, std::ios::in | std::ios::out | std::ios::binary};
    bytes.seekg(at);
    auto const byte = static_cast<char>(bytes.get() ^ 1);
    bytes.seekp(at);
    bytes.put(byte);
}

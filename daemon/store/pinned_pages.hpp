#pragma once
// A pinned moment of one file, readable as ciphertext pages while writers go on: what a backup
// copies. Pages come through SQLite's own file handles; opening the files a second time would drop
// the process's POSIX locks on them.
#include "store/pool.hpp"

#include <cstdint>
#include <map>
#include <span>

namespace store {

class PinnedPages {
public:
    static constexpr std::size_t page_bytes = 4096;

    // Holds the writer's turn only for the instant of pinning.
    static PinnedPages pin(Pool& pool, FileId const& file);

    std::uint32_t page_count() const { return page_count_; }
    // Page numbers count from 1. Throws Error on a short read.
    void read_page(std::uint32_t number, std::span<Byte, page_bytes> out) const;

    // Sees exactly the pinned moment: invariants are computed here.
    Reader const& reader() const { return read_; }

private:
    explicit PinnedPages(Read read) : read_(std::move(read)) {}
    Read read_;
    std::uint32_t page_count_ = 0;
    std::map<std::uint32_t, std::int64_t> in_wal_; // page number → offset of its newest content
};

} // namespace store

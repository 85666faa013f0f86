#pragma once
// A page segment: ciphertext pages of one database file as they were at one position of its
// history, behind a header and before a MAC. Byte by byte in docs/formats/segment.md. A segment
// with all pages is a snapshot. No key of the data is needed to copy one.
#include "base/clock.hpp"
#include "base/files.hpp"
#include "base/secret.hpp"
#include "crypto/hash.hpp"
#include "store/pinned_pages.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

namespace backup {

struct SegmentHead {
    store::FileId file;
    std::int64_t sequence = 0; // of the audit chain; 0 for log.db
    Instant at;
    std::uint32_t database_pages = 0; // the file's size
    std::uint32_t pages = 0;          // in this segment
    std::array<Byte, 32> previous{};  // SHA-256 of the file's segment before this one
    std::array<Byte, 32> chain_head{};
};

struct SegmentFacts { // of a finished file
    std::uint64_t bytes = 0;
    std::string sha256; // hex
};

// Writes aside, flushes, renames, flushes the folder: a crash leaves no half segment under `file`.
class SegmentWriter {
public:
    SegmentWriter(std::filesystem::path file, SegmentHead const& head, Key const& mac_key);
    SegmentWriter(SegmentWriter const&) = delete;
    SegmentWriter& operator=(SegmentWriter const&) = delete;
    ~SegmentWriter(); // unfinished: removed

    using Page = std::span<Byte const, store::PinnedPages::page_bytes>;
    void add_page(std::uint32_t number, Page content);
    SegmentFacts finish();

private:
    void write(ByteView bytes);
    std::filesystem::path file_;
    std::filesystem::path aside_;
    base::File output_;
    bool finished_ = false;
    crypto::Hmac mac_;
    crypto::Sha256 whole_;
    Bytes pending_;
    std::uint64_t bytes_ = 0;
};

enum class SegmentFault { none, unreadable, not_a_segment, damaged };

// Reads a segment from end to end, checks the MAC, and hands out each page. Pages are handed out
// before the MAC is known: what is made of them counts only when `none` came back.
struct SegmentRead {
    SegmentFault fault = SegmentFault::none;
    SegmentHead head;
    SegmentFacts facts;
};
using PageVisit = std::function<void(std::uint32_t number, SegmentWriter::Page content)>;
SegmentRead
read_segment(std::filesystem::path const& file, Key const& mac_key, PageVisit const& visit);

} // namespace backup

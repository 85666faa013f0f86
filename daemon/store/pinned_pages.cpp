#include "store/pinned_pages.hpp"

#include "store/pool_state.hpp"

#include <sqlite3.h>

#include <array>

namespace store {

namespace {

// SQLite's documented WAL layout (sqlite.org/fileformat2.html §4.1): big-endian, a 32-byte header,
// then frames of a 24-byte header and one page.
constexpr std::int64_t wal_header_bytes = 32;
constexpr std::int64_t frame_header_bytes = 24;

std::uint32_t big_endian(ByteView bytes, std::size_t at)
{
    return std::uint32_t{bytes[at]} << 24U | std::uint32_t{bytes[at + 1]} << 16U |
           std::uint32_t{bytes[at + 2]} << 8U | std::uint32_t{bytes[at + 3]};
}

void read_at(sqlite3_file* file, std::span<Byte> out, std::int64_t offset)
{
    int const code = file->pMethods->xRead(file, out.data(), static_cast<int>(out.size()), offset);
    if (code != SQLITE_OK) throw Error("reading a page for the backup failed", code);
}

sqlite3_file* file_behind(Connection& db, int which)
{
    sqlite3_file* file = nullptr;
    if (sqlite3_file_control(db.handle(), "main", which, static_cast<void*>(&file)) != SQLITE_OK ||
        !file)
        throw Error("SQLite gave no file handle", 0);
    return file;
}

// The newest committed content of each page in the WAL, up to `frames`.
std::map<std::uint32_t, std::int64_t> map_wal(sqlite3_file* wal, std::int64_t frames)
{
    std::map<std::uint32_t, std::int64_t> newest;
    std::array<Byte, frame_header_bytes> header{};
    for (std::int64_t frame = 0; frame < frames; ++frame) {
        auto const at =
            wal_header_bytes +
            frame * (frame_header_bytes + static_cast<std::int64_t>(PinnedPages::page_bytes));
        read_at(wal, header, at);
        newest[big_endian(header, 0)] = at + frame_header_bytes;
    }
    return newest;
}

} // namespace

PinnedPages PinnedPages::pin(Pool& pool, FileId const& file)
{
    auto& state = *pool.state_;
    PinnedPages pinned{pool.read(file)};
    auto& connection = *pinned.read_.lease_->connection;

    TurnHolder const turn{pinned.read_.lease_->file->turns}; // nobody commits or checkpoints
    state.ensure_writer(*pinned.read_.lease_->file);
    auto const pages = pinned.read_.one<std::int64_t>("PRAGMA page_count"); // takes the snapshot
    pinned.read_.one<std::int64_t>("SELECT count(*) FROM sqlite_master");
    pinned.page_count_ = static_cast<std::uint32_t>(pages.value_or(0));
    auto const wal = wal_state(*pinned.read_.lease_->file->writer);
    // All frames checkpointed: the reader holds the file itself, and a later writer may start the
    // WAL over. Otherwise it holds the WAL, whose frames up to here stay in place while it lives.
    if (wal.log > wal.checkpointed)
        pinned.in_wal_ = map_wal(file_behind(connection, SQLITE_FCNTL_JOURNAL_POINTER), wal.log);
    return pinned;
}

void PinnedPages::read_page(std::uint32_t number, std::span<Byte, page_bytes> out) const
{
    auto& connection = *read_.lease_->connection;
    if (auto const found = in_wal_.find(number); found != in_wal_.end())
        return read_at(file_behind(connection, SQLITE_FCNTL_JOURNAL_POINTER), out, found->second);
    read_at(
        file_behind(connection, SQLITE_FCNTL_FILE_POINTER), out,
        (std::int64_t{number} - 1) * static_cast<std::int64_t>(page_bytes)
    );
}

} // namespace store

#include "store/checkpoint.hpp"

#include "base/present.hpp"

#include <sqlite3.h>

namespace store {

void checkpoint(Connection& writer, Checkpoint how)
{
    int const mode =
        how == Checkpoint::passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE;
    int const code = sqlite3_wal_checkpoint_v2(writer.handle(), "main", mode, nullptr, nullptr);
    // Busy means that a reader still needs the WAL: nothing is lost, the next checkpoint gets it.
    if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY && (code & 0xFF) != SQLITE_LOCKED)
        throw last_error(writer.handle(), "checkpoint");
}

WalState wal_state(Connection& db)
{
    // Asked by pragma: the C function refuses the mode NOOP in SQLite 3.51.3.
    return base::present(Reader{db}.one<WalState>("PRAGMA wal_checkpoint(NOOP)"));
}

void count_frames(Connection& writer, std::int64_t& frames)
{
    auto const hook = [](void* counter, sqlite3*, char const*, int in_wal) {
        *static_cast<std::int64_t*>(counter) = in_wal;
        return SQLITE_OK;
    };
    sqlite3_wal_hook(writer.handle(), hook, &frames);
}

} // namespace store

#pragma once
// Moving the WAL into the database file. Only the writer of a file does it, on its own turn.
#include "store/connection.hpp"

#include <cstdint>

namespace store {

enum class Checkpoint { passive, truncate };

void checkpoint(Connection& writer, Checkpoint how);

struct WalState { // the columns of PRAGMA wal_checkpoint
    std::int64_t busy = 0;
    std::int64_t log = 0;          // frames in the WAL
    std::int64_t checkpointed = 0; // of these, already in the file
};
BOOST_DESCRIBE_STRUCT(WalState, (), (busy, log, checkpointed))
WalState wal_state(Connection& db); // changes nothing

// Keeps `frames` at the number of frames in the WAL after each commit of this connection.
void count_frames(Connection& writer, std::int64_t& frames);

} // namespace store

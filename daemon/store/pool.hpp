#pragma once
// Every database file of the office, opened on demand and closed again: at most
// `connections_max` handles, one writer a file behind a fair queue, readers that come and go.
#include "store/migrate.hpp"
#include "store/transaction.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace store {

struct FileId {
    Kind kind = Kind::office;
    std::string book_id; // books only: 32 hex digits
    std::int64_t epoch = 1;

    friend auto operator<=>(FileId const&, FileId const&) = default;
};

// Where a file lies under the data folder: office.db, books/<id>/<epoch>/book.db, …
std::filesystem::path path_of(std::filesystem::path const& folder, FileId const& file);

using KeySource = std::function<DatabaseKey(FileId const&)>;

// A consistent view of one file: everything read through it belongs to one moment.
class Read : public Reader {
public:
    Read(Read const&) = delete;
    Read& operator=(Read const&) = delete;
    Read(Read&&) noexcept;
    Read& operator=(Read&&) = delete;
    ~Read();

private:
    friend class Pool;
    friend class PinnedPages;
    struct Lease;
    explicit Read(std::unique_ptr<Lease> lease);
    std::unique_ptr<Lease> lease_;
};

class Pool {
public:
    struct Options {
        std::filesystem::path folder;
        std::size_t connections_max = 600;
        std::int64_t checkpoint_pages = 2000; // the writer moves the WAL into the file beyond this
        // office.db and books are not written when less than this is free on the disk: the rest is
        // for reading (each open file needs 32 KiB), signing in, checkpoints and logs.
        std::uintmax_t free_bytes_min = 0;
    };

    Pool(Options options, KeySource keys);
    Pool(Pool const&) = delete;
    Pool& operator=(Pool const&) = delete;
    ~Pool(); // checkpoints and closes everything; no lease may be alive

    void create(FileId const& file); // a new, migrated file; throws if it exists
    bool exists(FileId const& file) const;

    Read read(FileId const& file);
    // office.db and books; waits its turn. What makes room may use the disk's reserve.
    enum class Room { leave_reserve, use_reserve };
    Transaction begin(FileId const& file, Room room = Room::leave_reserve);
    Batch batch(FileId const& file); // log.db, index.db; waits its turn

    // Called after each durable commit of a Transaction, on the committing thread.
    using Observer = std::function<void(FileId const&)>;
    void on_commit(Observer observer);

    // Grows with each commit to the file, before the commit returns: what was read since it had
    // this value is what is there now.
    std::uint64_t commits(FileId const& file) const;

    // Checkpoints and closes a file, waiting for its users; it opens again on the next use.
    void close(FileId const& file);

    std::size_t open_connections() const;
    std::filesystem::path const& folder() const;

private:
    friend class InUse;
    friend class Write;
    friend class WriterSeat;
    friend class Transaction;
    friend class PinnedPages;
    friend struct Read::Lease;
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace store

#pragma once
// Inside of the Pool, shared by pool.cpp and pinned_pages.cpp.
#include "store/checkpoint.hpp"
#include "store/pool.hpp"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <vector>

namespace store {

// First come, first served: std::mutex lets a busy writer overtake a waiting one for ever.
class Turns {
public:
    void wait()
    {
        std::unique_lock lock{mutex_};
        auto const mine = last_++;
        called_.wait(lock, [&] { return mine == serving_; });
    }
    void next()
    {
        {
            std::scoped_lock const lock{mutex_};
            ++serving_;
        }
        called_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable called_;
    std::uint64_t last_ = 0;
    std::uint64_t serving_ = 0;
};

class TurnHolder { // throws nothing once it has the turn
public:
    explicit TurnHolder(Turns& turns) : turns_(turns) { turns_.wait(); }
    TurnHolder(TurnHolder const&) = delete;
    TurnHolder& operator=(TurnHolder const&) = delete;
    ~TurnHolder() { turns_.next(); }

private:
    Turns& turns_;
};

struct OpenFile {
    FileId id;
    std::filesystem::path path;
    Turns turns; // whoever has the turn owns `writer` and `wal_frames`
    std::unique_ptr<Connection> writer;
    std::int64_t wal_frames = 0;
    std::atomic<std::uint64_t> commits = 0;
    // guarded by Pool::State::mutex:
    std::vector<std::unique_ptr<Connection>> idle_readers;
    int users = 0;
    std::uint64_t closings = 0; // a reader lent out before one is not kept afterwards
    std::list<OpenFile*>::iterator place;
};

// How much a connection keeps in memory, by what its file is for.
void tune(Connection& connection, Kind kind);

struct Pool::State {
    State(Options with, KeySource from);

    std::unique_ptr<Connection> connect(OpenFile& file, Access access);
    void disconnect(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> reader_of(OpenFile& file); // without the turn
    void give_back(OpenFile& file, std::uint64_t closings, std::unique_ptr<Connection> reader);
    // Both with the turn. Closing goes through though the checkpoint fails, and then throws.
    void ensure_writer(OpenFile& file);
    void close_handles(OpenFile& file);
    void require_room() const; // throws an Error that is a full disk's

    Options options;
    KeySource keys;
    std::vector<Observer> observers; // set before the first commit, then only read
    std::mutex mutex;
    std::map<FileId, std::shared_ptr<OpenFile>> files;
    std::list<OpenFile*> recent; // most recently used first
    std::size_t open = 0;

private:
    void make_room();
};

// An open file with this user counted: while there is one, its handles stay.
class InUse {
public:
    InUse(Pool::State& state, FileId const& id);
    InUse(InUse const&) = delete;
    InUse& operator=(InUse const&) = delete;
    ~InUse();
    OpenFile& operator*() const { return *file_; }
    OpenFile* operator->() const { return file_.get(); }

private:
    Pool::State& state_;
    std::shared_ptr<OpenFile> file_;
};

struct Read::Lease {
    Lease(Pool::State& pool_state, FileId const& id);
    Lease(Lease const&) = delete;
    Lease& operator=(Lease const&) = delete;
    ~Lease();

    Pool::State& state;
    InUse const file;
    std::uint64_t closings = 0;
    std::unique_ptr<Connection> connection;
};

class WriterSeat {
public:
    WriterSeat(Pool::State& pool_state, FileId const& id);
    WriterSeat(WriterSeat const&) = delete;
    WriterSeat& operator=(WriterSeat const&) = delete;
    ~WriterSeat();
    void commit();
    void expect_much();

    Pool::State& state;
    InUse const file;
    std::uint64_t const serial; // no two writes of this process have the same

private:
    TurnHolder const turn_;
    bool committed_ = false;
    bool much_ = false;
};

} // namespace store

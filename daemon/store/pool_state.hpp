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

class TurnHolder {
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
    bool current = false;       // the schema is this version's
    std::uint64_t closings = 0; // readers out on a lease when it counts up are not kept
    std::list<OpenFile*>::iterator place;
};

struct Pool::State {
    State(Options with, KeySource from);

    std::shared_ptr<OpenFile> use(FileId const& id); // pair with release()
    void release(OpenFile& file);
    std::unique_ptr<Connection> connect(OpenFile& file, Access access);
    void disconnect(std::unique_ptr<Connection> connection);
    void close_handles(OpenFile& file);
    void ensure_writer(OpenFile& file);                      // with the turn
    void ensure_current(OpenFile& file, Connection& reader); // without the turn

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

struct Read::Lease {
    Lease(Pool::State& pool_state, FileId const& id);
    Lease(Lease const&) = delete;
    Lease& operator=(Lease const&) = delete;
    ~Lease();

    Pool::State& state;
    std::shared_ptr<OpenFile> file;
    std::unique_ptr<Connection> connection;
    std::uint64_t opened_in = 0; // `closings` of the file at that time
};

class WriterSeat {
public:
    WriterSeat(Pool::State& pool_state, FileId const& id);
    WriterSeat(WriterSeat const&) = delete;
    WriterSeat& operator=(WriterSeat const&) = delete;
    ~WriterSeat();
    void commit();

    Pool::State& state;
    std::shared_ptr<OpenFile> file;

private:
    bool committed = false;
};

} // namespace store

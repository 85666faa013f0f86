#include "store/pool.hpp"

#include "base/files.hpp"
#include "base/log.hpp"
#include "store/pool_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <utility>

namespace store {

namespace {

constexpr std::size_t idle_readers_max = 4; // a file: more than that are closed on return

void tell_close_failed(Error const& error) // the WAL keeps what was committed
{
    base::log::error(
        "store", "close_failed", {{"code", std::to_string(error.code)}, {"what", error.what()}}
    );
}

} // namespace

// A page that is not in the cache is read, decrypted and authenticated again: 10 microseconds.
// There are many books, and each is small; the other files are few, and everybody asks them.
// index.db can be made again, so its commits need not wait for the disk.
void tune(Connection& connection, Kind kind)
{
    switch (kind) {
    case Kind::index:
        connection.script("PRAGMA cache_size = -16384; PRAGMA synchronous = NORMAL");
        break;
    case Kind::office: connection.script("PRAGMA cache_size = -4096"); break;
    case Kind::log: connection.script("PRAGMA cache_size = -1024"); break;
    default: connection.script("PRAGMA cache_size = -256");
    }
}

std::filesystem::path path_of(std::filesystem::path const& folder, FileId const& file)
{
    switch (file.kind) {
    case Kind::office: return folder / "office.db";
    case Kind::log: return folder / "log.db";
    case Kind::index: return folder / "index.db";
    case Kind::keyring: return folder / "keyring.db";
    case Kind::book:
        return folder / "books" / file.book_id / std::to_string(file.epoch) / "book.db";
    }
    throw std::logic_error("unknown kind of file");
}

// ---- State: the table of open files

Pool::State::State(Options with, KeySource from) : options(std::move(with)), keys(std::move(from))
{
}

InUse::InUse(Pool::State& state, FileId const& id) : state_(state)
{
    std::scoped_lock const lock{state.mutex};
    auto& file = state.files[id];
    if (!file) {
        file = std::make_shared<OpenFile>();
        file->id = id;
        file->path = path_of(state.options.folder, id);
        file->place = state.recent.insert(state.recent.begin(), file.get());
    } else {
        state.recent.splice(state.recent.begin(), state.recent, file->place);
    }
    ++file->users;
    file_ = file;
}

InUse::~InUse()
{
    std::scoped_lock const lock{state_.mutex};
    --file_->users;
}

std::unique_ptr<Connection> Pool::State::connect(OpenFile& file, Access access)
{
    make_room();
    auto connection = Connection::open(file.path, keys(file.id), access);
    tune(*connection, file.id.kind);
    std::scoped_lock const lock{mutex};
    ++open;
    return connection;
}

void Pool::State::disconnect(std::unique_ptr<Connection> connection)
{
    if (!connection) return;
    connection.reset();
    std::scoped_lock const lock{mutex};
    --open;
}

// Closes the files that were not used for longest until one more handle fits.
void Pool::State::make_room()
{
    for (;;) {
        std::unique_lock lock{mutex};
        if (open < options.connections_max) return;
        auto const idle = std::find_if(recent.rbegin(), recent.rend(), [](auto const* file) {
            return file->users == 0 && (file->writer || !file->idle_readers.empty());
        });
        if (idle == recent.rend()) return; // all in use: go over the limit rather than wait
        auto const file = files.at((*idle)->id);
        // A file without users has nobody at its turn: taking it here, before anybody else can,
        // never waits. Waiting could be for ever: the caller may hold another file's turn.
        file->turns.wait();
        ++file->users;
        lock.unlock();
        try {
            close_handles(*file);
        } catch (Error const& error) {
            tell_close_failed(error);
        }
        file->turns.next();
        lock.lock();
        --file->users;
    }
}

void Pool::State::close_handles(OpenFile& file)
{
    std::vector<std::unique_ptr<Connection>> readers;
    {
        std::scoped_lock const lock{mutex};
        readers.swap(file.idle_readers);
        ++file.closings;
    }
    for (auto& reader : readers) disconnect(std::move(reader));
    auto writer = std::move(file.writer);
    if (!writer) return;
    std::exception_ptr failed;
    try {
        checkpoint(*writer, Checkpoint::truncate);
    } catch (Error const&) {
        failed = std::current_exception();
    }
    disconnect(std::move(writer));
    if (failed) std::rethrow_exception(failed);
}

void Pool::State::ensure_writer(OpenFile& file)
{
    if (file.writer) return;
    auto writer = connect(file, Access::write);
    try {
        // A WAL that a crash left behind may have pages that never reached the disk: the kernel
        // forgets a failed flush. What follows must not be built on them; the file takes them over.
        if (wal_state(*writer).log > 0) checkpoint(*writer, Checkpoint::truncate);
        migrate(*writer, file.id.kind);
    } catch (...) {
        disconnect(std::move(writer));
        throw;
    }
    count_frames(*writer, file.wal_frames);
    file.writer = std::move(writer);
}

void Pool::State::require_room() const
{
    auto const wanted = options.free_bytes_min;
    if (wanted > 0 && base::free_bytes(options.folder) < wanted)
        throw Error("the disk is nearly full", 0, ENOSPC);
}

// The schema is brought up to date by the writer before anybody reads.
std::unique_ptr<Connection> Pool::State::reader_of(OpenFile& file)
{
    {
        std::scoped_lock const lock{mutex};
        if (!file.idle_readers.empty()) {
            auto reader = std::move(file.idle_readers.back());
            file.idle_readers.pop_back();
            return reader;
        }
    }
    auto reader = connect(file, Access::read);
    try {
        if (version_of(*reader) != newest_version(file.id.kind)) {
            TurnHolder const turn{file.turns};
            ensure_writer(file);
        }
    } catch (...) {
        disconnect(std::move(reader));
        throw;
    }
    return reader;
}

void Pool::State::give_back(
    OpenFile& file, std::uint64_t closings, std::unique_ptr<Connection> reader
)
{
    if (!reader->broken()) {
        std::scoped_lock const lock{mutex};
        if (file.closings == closings && file.idle_readers.size() < idle_readers_max)
            file.idle_readers.push_back(std::move(reader));
    }
    disconnect(std::move(reader));
}

// ---- Pool

Pool::Pool(Options options, KeySource keys)
    : state_(std::make_unique<State>(std::move(options), std::move(keys)))
{
}

Pool::~Pool()
{
    for (auto& [id, file] : state_->files) {
        try {
            TurnHolder const turn{file->turns};
            state_->close_handles(*file);
        } catch (Error const& error) {
            tell_close_failed(error);
        }
    }
}

void Pool::create(FileId const& file)
{
    auto const path = path_of(state_->options.folder, file);
    if (std::filesystem::exists(path)) throw Error("the database exists already", 0);
    base::make_private_folder(path.parent_path());
    {
        auto const fresh = Connection::open(path, state_->keys(file), Access::create);
        migrate(*fresh, file.kind);
        checkpoint(*fresh, Checkpoint::truncate);
    }
    base::sync_folder(path.parent_path());
}

bool Pool::exists(FileId const& file) const
{
    return std::filesystem::exists(path_of(state_->options.folder, file));
}

Read Pool::read(FileId const& file) { return Read{std::make_unique<Read::Lease>(*state_, file)}; }

Transaction Pool::begin(FileId const& file, Room room)
{
    if (file.kind != Kind::office && file.kind != Kind::book)
        throw std::logic_error("only office.db and books are written under audit");
    if (room == Room::leave_reserve) state_->require_room();
    return Transaction{std::make_unique<WriterSeat>(*state_, file)};
}

Batch Pool::batch(FileId const& file)
{
    if (file.kind == Kind::office || file.kind == Kind::book)
        throw std::logic_error("office.db and books are written under audit only");
    return Batch{std::make_unique<WriterSeat>(*state_, file)};
}

void Pool::on_commit(Observer observer) { state_->observers.push_back(std::move(observer)); }

void Pool::close(FileId const& id)
{
    InUse const file{*state_, id};
    TurnHolder const turn{file->turns};
    state_->close_handles(*file);
}

std::uint64_t Pool::commits(FileId const& id) const
{
    std::scoped_lock const lock{state_->mutex};
    auto const known = state_->files.find(id);
    return known == state_->files.end() ? 0 : known->second->commits.load();
}

std::size_t Pool::open_connections() const
{
    std::scoped_lock const lock{state_->mutex};
    return state_->open;
}

std::filesystem::path const& Pool::folder() const { return state_->options.folder; }

} // namespace store

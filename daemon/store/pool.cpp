#include "store/pool.hpp"

#include "base/files.hpp"
#include "base/log.hpp"
#include "store/pool_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace store {

namespace {

constexpr std::size_t idle_readers_max = 4; // a file: more than that are closed on return

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

} // namespace

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

std::shared_ptr<OpenFile> Pool::State::use(FileId const& id)
{
    std::scoped_lock const lock{mutex};
    auto& file = files[id];
    if (!file) {
        file = std::make_shared<OpenFile>();
        file->id = id;
        file->path = path_of(options.folder, id);
    } else {
        recent.erase(file->place);
    }
    recent.push_front(file.get());
    file->place = recent.begin();
    ++file->users;
    return file;
}

void Pool::State::release(OpenFile& file)
{
    std::scoped_lock const lock{mutex};
    --file.users;
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
        std::shared_ptr<OpenFile> victim;
        {
            std::scoped_lock const lock{mutex};
            if (open < options.connections_max) return;
            auto const idle = std::find_if(recent.rbegin(), recent.rend(), [](auto const* file) {
                return file->users == 0 && (file->writer || !file->idle_readers.empty());
            });
            if (idle == recent.rend()) return; // all in use: go over the limit rather than wait
            victim = files.at((*idle)->id);
            ++victim->users;
        }
        close_handles(*victim);
        release(*victim);
    }
}

void Pool::State::close_handles(OpenFile& file)
{
    TurnHolder const turn{file.turns};
    std::vector<std::unique_ptr<Connection>> readers;
    {
        std::scoped_lock const lock{mutex};
        readers.swap(file.idle_readers);
        ++file.closings;
        file.current = false;
    }
    for (auto& reader : readers) disconnect(std::move(reader));
    if (file.writer) checkpoint(*file.writer, Checkpoint::truncate);
    disconnect(std::move(file.writer));
}

void Pool::State::ensure_writer(OpenFile& file)
{
    if (file.writer) return;
    auto writer = connect(file, Access::write);
    try {
        migrate(*writer, file.id.kind);
    } catch (...) {
        disconnect(std::move(writer));
        throw;
    }
    count_frames(*writer, file.wal_frames);
    file.writer = std::move(writer);
}

// The schema is brought up to date by the writer before anybody reads. Most files need no writer:
// they are only read, and current already.
void Pool::State::ensure_current(OpenFile& file, Connection& reader)
{
    {
        std::scoped_lock const lock{mutex};
        if (file.current) return;
    }
    if (version_of(reader) != newest_version(file.id.kind)) {
        TurnHolder const turn{file.turns};
        ensure_writer(file);
    }
    std::scoped_lock const lock{mutex};
    file.current = true;
}

// ---- Read

Read::Lease::Lease(Pool::State& pool_state, FileId const& id)
    : state(pool_state), file(state.use(id))
{
    try {
        {
            std::scoped_lock const lock{state.mutex};
            opened_in = file->closings;
            if (!file->idle_readers.empty()) {
                connection = std::move(file->idle_readers.back());
                file->idle_readers.pop_back();
            }
        }
        if (!connection) {
            connection = state.connect(*file, Access::read);
            state.ensure_current(*file, *connection);
        }
        connection->run("BEGIN");
    } catch (...) {
        state.disconnect(std::move(connection));
        state.release(*file);
        throw;
    }
}

Read::Lease::~Lease()
{
    bool healthy = true;
    try {
        connection->run("ROLLBACK");
    } catch (Error const&) {
        healthy = false; // a damaged page poisons the handle: do not use it again
    }
    {
        std::scoped_lock const lock{state.mutex};
        bool const kept =
            healthy && file->closings == opened_in && file->idle_readers.size() < idle_readers_max;
        if (kept) file->idle_readers.push_back(std::move(connection));
    }
    state.disconnect(std::move(connection));
    state.release(*file);
}

Read::Read(std::unique_ptr<Lease> lease) : Reader(*lease->connection), lease_(std::move(lease)) {}
Read::Read(Read&&) noexcept = default;
Read::~Read() = default;

// ---- Write

WriterSeat::WriterSeat(Pool::State& pool_state, FileId const& id)
    : state(pool_state), file(state.use(id))
{
    file->turns.wait();
    try {
        state.ensure_writer(*file);
        file->writer->run("BEGIN IMMEDIATE");
    } catch (...) {
        file->turns.next();
        state.release(*file);
        throw;
    }
}

WriterSeat::~WriterSeat()
{
    if (!committed) {
        try {
            file->writer->run("ROLLBACK");
        } catch (Error const&) { // broken handle: the next writer opens a new one
            state.disconnect(std::move(file->writer));
        }
    }
    file->turns.next();
    state.release(*file);
}

void WriterSeat::commit()
{
    file->writer->run("COMMIT");
    committed = true;
    ++file->commits;
    if (file->wal_frames >= state.options.checkpoint_pages)
        checkpoint(*file->writer, Checkpoint::passive);
}

Write::Write(std::unique_ptr<WriterSeat> seat) : Reader(*seat->file->writer), seat_(std::move(seat))
{
}
Write::Write(Write&&) noexcept = default;
Write::~Write() = default;

FileId const& Write::file() const { return seat_->file->id; }

void Write::finish()
{
    if (!seat_) throw std::logic_error("committed twice");
    seat_->commit();
    auto& state = seat_->state;
    auto const id = seat_->file->id;
    seat_.reset(); // the next writer may start while the observers run
    if (id.kind != Kind::office && id.kind != Kind::book) return;
    for (auto const& observer : state.observers) observer(id);
}

void Transaction::commit(AuditReceipt const& receipt)
{
    if (receipt.written_in_ != this)
        throw std::logic_error("the audit receipt belongs to another transaction");
    finish();
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
            state_->close_handles(*file);
        } catch (Error const& error) { // the WAL keeps what was committed
            base::log::error("store", "close_failed", {{"code", std::to_string(error.code)}});
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

Transaction Pool::begin(FileId const& file)
{
    if (file.kind != Kind::office && file.kind != Kind::book)
        throw std::logic_error("only office.db and books are written under audit");
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
    auto const file = state_->use(id);
    state_->close_handles(*file);
    state_->release(*file);
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

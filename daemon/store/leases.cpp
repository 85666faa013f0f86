// What a reader or writer holds of a pool's file while it works.
#include "base/log.hpp"
#include "store/pool.hpp"
#include "store/pool_state.hpp"

#include <atomic>
#include <stdexcept>
#include <utility>

namespace store {

namespace {

std::atomic<std::uint64_t> writes_so_far = 0;

} // namespace

// ---- Read

Read::Lease::Lease(Pool::State& pool_state, FileId const& id)
    : state(pool_state), file(pool_state, id)
{
    {
        std::scoped_lock const lock{state.mutex};
        closings = file->closings;
    }
    connection = state.reader_of(*file);
    try {
        connection->run("BEGIN");
    } catch (...) {
        state.disconnect(std::move(connection));
        throw;
    }
}

Read::Lease::~Lease()
{
    try {
        connection->run("ROLLBACK");
    } catch (Error const&) {
        connection->distrust();
    }
    state.give_back(*file, closings, std::move(connection));
}

Read::Read(std::unique_ptr<Lease> lease) : Reader(*lease->connection), lease_(std::move(lease)) {}
Read::Read(Read&&) noexcept = default;
Read::~Read() = default;

// ---- Write

WriterSeat::WriterSeat(Pool::State& pool_state, FileId const& id)
    : state(pool_state), file(pool_state, id), serial(++writes_so_far), turn_(file->turns)
{
    state.ensure_writer(*file);
    try {
        file->writer->run("BEGIN IMMEDIATE");
    } catch (...) {
        state.disconnect(std::move(file->writer));
        throw;
    }
}

WriterSeat::~WriterSeat()
{
    try {
        if (!committed_) file->writer->run("ROLLBACK");
        if (much_) tune(*file->writer, file->id.kind);
    } catch (Error const&) { // SQLite rolled back already, or the handle is broken
        file->writer->distrust();
    }
    if (file->writer->broken()) state.disconnect(std::move(file->writer)); // the next opens anew
}

void WriterSeat::expect_much()
{
    file->writer->script("PRAGMA cache_size = -32768"); // KiB
    much_ = true;
}

// Nothing may fail once COMMIT has returned: the change is durable, and whoever asked is told so.
void WriterSeat::commit()
{
    file->writer->run("COMMIT");
    committed_ = true;
    ++file->commits;
    if (file->wal_frames < state.options.checkpoint_pages) return;
    try {
        checkpoint(*file->writer, Checkpoint::passive);
    } catch (Error const& error) { // the WAL grows until one succeeds
        base::log::warning(
            "store", "checkpoint_failed",
            {{"code", std::to_string(error.code)}, {"what", error.what()}}
        );
        if (error.handle_broken()) file->writer->distrust();
    }
}

Write::Write(std::unique_ptr<WriterSeat> seat) : Reader(*seat->file->writer), seat_(std::move(seat))
{
}
Write::Write(Write&&) noexcept = default;
Write::~Write() = default;

FileId const& Write::file() const { return seat_->file->id; }
std::uint64_t Write::serial() const { return seat_ ? seat_->serial : 0; }
void Write::expect_much() { seat_->expect_much(); }

void Write::finish()
{
    if (!seat_) throw std::logic_error("committed twice");
    seat_->commit();
    auto& state = seat_->state;
    auto const id = seat_->file->id;
    seat_.reset(); // the next writer may start while the observers run
    if (id.kind != Kind::office && id.kind != Kind::book) return;
    for (auto const& observer : state.observers) {
        try {
            observer(id);
        } catch (std::exception const& error) { // the change itself is durable
            base::log::error("store", "observer_failed", {{"what", error.what()}});
        }
    }
}

void Transaction::commit(AuditReceipt const& receipt)
{
    if (receipt.written_in_ != serial())
        throw std::logic_error("the audit receipt belongs to another transaction");
    finish();
}

} // namespace store

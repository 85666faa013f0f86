#pragma once
// Writing. A Transaction on office.db or a book can be committed only with an audit receipt, which
// only audit/ can make: a change without an audit row does not compile. Batch is for the files that
// carry no people's records of their own (log, index, keyring).
#include "store/connection.hpp"

#include <cstdint>
#include <memory>

namespace audit {
class Recorder;
}

namespace store {

class Pool;
class Transaction;
struct FileId;
class WriterSeat; // the one writer place of a file, held while a write is open

class AuditReceipt {
public:
    std::int64_t sequence() const { return sequence_; }

private:
    friend class audit::Recorder;
    friend class Transaction;
    AuditReceipt(Transaction const& written_in, std::int64_t sequence);
    std::uint64_t written_in_; // serial number of the transaction
    std::int64_t sequence_;
};

class Write : public Reader { // rolls back unless committed
public:
    Write(Write const&) = delete;
    Write& operator=(Write const&) = delete;
    Write(Write&&) noexcept;
    Write& operator=(Write&&) = delete;
    ~Write();

    template <class... Args> std::int64_t exec(Sql sql, Args const&... args) // rows changed
    {
        Query query = connection().prepare(sql);
        query.bind_all(args...);
        while (query.step()) {
        }
        return connection().changes();
    }
    std::int64_t last_id() const { return connection().last_id(); }
    FileId const& file() const;
    std::uint64_t serial() const; // of all writes of this process; 0 once committed
    // For a transaction over thousands of rows: more of the file stays in memory until it is over,
    // so that pages are not decrypted and written again and again.
    void expect_much();

protected:
    explicit Write(std::unique_ptr<WriterSeat> seat);
    void finish();

private:
    std::unique_ptr<WriterSeat> seat_; // empty once committed or moved from
};

class Transaction final : public Write {
public:
    // Durable when it returns: the log is flushed to disk.
    void commit(AuditReceipt const& receipt);

private:
    friend class Pool;
    using Write::Write;
};

inline AuditReceipt::AuditReceipt(Transaction const& written_in, std::int64_t sequence)
    : written_in_(written_in.serial()), sequence_(sequence)
{
}

class Batch final : public Write {
public:
    void commit() { finish(); }

private:
    friend class Pool;
    using Write::Write;
};

} // namespace store

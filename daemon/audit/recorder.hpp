#pragma once
// The audit chain (監査チェーン): every change of office.db or of a book leaves one row here, in
// the same transaction. Each row holds the previous row's hash, under a key of its own, so that a
// row edited, removed or put in later is found.
#include "base/clock.hpp"
#include "base/secret.hpp"
#include "store/pool.hpp"

#include <string>
#include <string_view>

namespace audit {

struct Entry {
    std::string actor;  // "account:3", "system:scheduler", "cli:uid0": never a name
    std::string action; // "employee.update"
    std::string object; // "employee:120"; the book says whose
    std::string body;   // JSON of what changed; may be erased later, its hash stays
};

struct Head {
    std::int64_t seq = 0;
    Bytes hash; // 32 bytes; all zero for an empty chain
};

// The key of one file's chain: chains of two files are under two keys, all from one root.
Key chain_key(Key const& audit_root, store::FileId const& file);

class Recorder {
public:
    Recorder(base::Clock const& clock, Key audit_root)
        : clock_(&clock), audit_root_(std::move(audit_root))
    {
    }

    // Appends a row. The receipt commits the transaction; of several, any one does.
    // Time in the chain never runs back: max(previous, clock).
    store::AuditReceipt append(store::Transaction& transaction, Entry const& entry) const;

private:
    base::Clock const* clock_;
    Key audit_root_;
};

Head head_of(store::Reader const& db);

// The sequence number of the first row that does not fit, or 0 when the whole chain holds. A body
// that is present must match its hash; an erased one is fine.
std::int64_t first_bad_row(store::Reader const& db, Key const& key);

} // namespace audit

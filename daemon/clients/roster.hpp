#pragma once
// The client table of office.db in memory: some thousand short rows that nearly every request asks
// for. It is read anew when office.db has been written since, so everybody sees their own changes.
#include "base/clock.hpp"
#include "store/pool.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace clients {

enum class ClientState { creating, active, ended };
BOOST_DESCRIBE_ENUM(ClientState, creating, active, ended)

struct Typed { // what somebody searches for
    explicit Typed(std::string_view as_typed);
    std::string text;
    std::string key; // domain/text company_key
};

struct RosterRow {
    std::int64_t id = 0;
    std::int64_t version = 0;
    std::string code;
    std::string name;
    std::string name_kana;
    std::string name_key; // folded for prefix search (domain/text company_key)
    std::string kana_key;
    ClientState state = ClientState::active;
    std::int64_t colour = 0;
    std::string book_id;
    std::int64_t epoch = 1;
    Instant updated_at;

    store::FileId book() const { return {store::Kind::book, book_id, epoch}; }
    bool starts_with(Typed const& prefix) const; // its code, name or kana
};
BOOST_DESCRIBE_STRUCT(
    RosterRow,
    (),
    (id,
     version,
     code,
     name,
     name_kana,
     name_key,
     kana_key,
     state,
     colour,
     book_id,
     epoch,
     updated_at)
)

class RosterView { // one moment of the table, without clients that are still being made
public:
    using Order = std::vector<RosterRow const*>;

    explicit RosterView(std::vector<RosterRow> rows);
    RosterView(RosterView const&) = delete;
    RosterView& operator=(RosterView const&) = delete;
    ~RosterView() = default;

    Order const& by_id() const { return by_id_; }
    Order const& by_code() const { return by_code_; }
    Order const& by_kana() const { return by_kana_; }
    Order const& by_change() const { return by_change_; }
    RosterRow const* find(std::int64_t id) const; // or nullptr
    RosterRow const* find_book(std::string_view book_id) const;

private:
    std::vector<RosterRow> rows_;
    Order by_id_;
    Order by_code_;
    Order by_kana_;
    Order by_change_;
    std::unordered_map<std::string_view, RosterRow const*> by_book_;
};

class Roster {
public:
    explicit Roster(store::Pool& pool) : pool_(pool) {}
    std::shared_ptr<RosterView const> view();

private:
    store::Pool& pool_;
    std::mutex mutex_; // guards the rest
    std::shared_ptr<RosterView const> newest_;
    std::uint64_t commits_ = 0; // of office.db, when it was read
};

} // namespace clients

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

struct DirectoryRow {
    std::int64_t id = 0;
    std::int64_t version = 0;
    std::string code;
    std::string name;
    std::string name_kana;
    std::string name_key; // folded for prefix search (domain/text search_key)
    std::string kana_key;
    ClientState state = ClientState::active;
    std::int64_t colour = 0;
    std::string book_id;
    std::int64_t epoch = 1;
    Instant updated_at;

    store::FileId book() const { return {store::Kind::book, book_id, epoch}; }
    bool starts_with(std::string const& key) const; // its code, name or kana; key: a search_key
};
BOOST_DESCRIBE_STRUCT(
    DirectoryRow,
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

class DirectoryView { // one moment of the table, without clients that are still being made
public:
    using Order = std::vector<DirectoryRow const*>;

    explicit DirectoryView(std::vector<DirectoryRow> rows);
    DirectoryView(DirectoryView const&) = delete;
    DirectoryView& operator=(DirectoryView const&) = delete;
    ~DirectoryView() = default;

    Order const& by_id() const { return by_id_; }
    Order const& by_code() const { return by_code_; }
    Order const& by_kana() const { return by_kana_; }
    Order const& by_change() const { return by_change_; }
    DirectoryRow const* find(std::int64_t id) const; // or nullptr
    DirectoryRow const* find_book(std::string_view book_id) const;

private:
    std::vector<DirectoryRow> rows_;
    Order by_id_;
    Order by_code_;
    Order by_kana_;
    Order by_change_;
    std::unordered_map<std::string_view, DirectoryRow const*> by_book_;
};

class Directory {
public:
    explicit Directory(store::Pool& pool) : pool_(pool) {}
    std::shared_ptr<DirectoryView const> view();

private:
    store::Pool& pool_;
    std::mutex mutex_; // guards the rest
    std::shared_ptr<DirectoryView const> newest_;
    std::uint64_t commits_ = 0; // of office.db, when it was read
};

} // namespace clients

#pragma once
// One handle on one encrypted file. Rooms never see it: they read through a Reader and write
// through a Transaction (transaction.hpp), both handed out by the Pool.
#include "base/secret.hpp"
#include "store/row.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace store {

// 32 raw key bytes, then the 16 bytes of the file's own salt.
using DatabaseKey = Secret<48>;

// SQL is written in the source, never assembled: only a literal converts to Sql.
class Sql {
public:
    consteval Sql(char const* text) : text_(text) {} // NOLINT: conversion is the point
    constexpr char const* text() const { return text_; }

private:
    char const* text_;
};

enum class Access { create, write, read };

class Connection {
public:
    // Opens with WAL, synchronous=FULL, foreign keys, secure_delete, no automatic checkpoints and
    // ATTACH refused. Throws Error when the file is missing (unless `create`), the key is wrong, or
    // the library behind us does not encrypt.
    static std::unique_ptr<Connection>
    open(std::filesystem::path const& file, DatabaseKey const& key, Access access);

    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;
    ~Connection();

    Query prepare(Sql sql);                    // cached for the life of the connection
    void run(Sql sql) { prepare(sql).step(); } // without rows: BEGIN, COMMIT, ROLLBACK
    std::int64_t changes() const;
    std::int64_t last_id() const;
    sqlite3* handle() const { return db_; }
    // A damaged page or a failed read was met: the handle must not be used again.
    bool broken() const { return broken_; }
    void distrust() { broken_ = true; }

    void script(std::string_view sql); // store/ only: migrations and pragmas

private:
    Connection();

    struct Statements;
    sqlite3* db_ = nullptr;
    bool broken_ = false;
    std::unique_ptr<Statements> statements_;
};

// May read. Valid while the lease or transaction that gave it lives.
class Reader {
public:
    explicit Reader(Connection& db) : db_(&db) {}

    template <class T, class... Args> std::optional<T> one(Sql sql, Args const&... args) const
    {
        Query query = db_->prepare(sql);
        query.bind_all(args...);
        query.expect_columns_of<T>();
        if (!query.step()) return std::nullopt;
        return query.row().template as<T>();
    }

    template <class T, class... Args> std::vector<T> all(Sql sql, Args const&... args) const
    {
        std::vector<T> rows;
        each<T>(sql, [&](T row) { rows.push_back(std::move(row)); }, args...);
        return rows;
    }

    // Calls visit(T) for each row, in constant memory; a visit that returns false is the last.
    template <class T, class Visit, class... Args>
    void each(Sql sql, Visit&& visit, Args const&... args) const
    {
        Query query = db_->prepare(sql);
        query.bind_all(args...);
        query.expect_columns_of<T>();
        while (query.step()) {
            if constexpr (std::is_same_v<std::invoke_result_t<Visit&, T>, bool>) {
                if (!visit(query.row().template as<T>())) return;
            } else {
                visit(query.row().template as<T>());
            }
        }
    }

    sqlite3* handle() const { return db_->handle(); } // store/ only
    void distrust() const { db_->distrust(); }        // likewise

protected:
    Connection& connection() const { return *db_; }

private:
    Connection* db_;
};

} // namespace store

#include "http/access_log.hpp"

#include "base/log.hpp"

namespace http {

namespace {

store::FileId const log_file{store::Kind::log, {}, 1};

constexpr std::chrono::milliseconds group_interval{250};
constexpr std::size_t waiting_max = 200'000; // the disk is gone: memory must not follow it

} // namespace

AccessLog::AccessLog(store::Pool& pool) : pool_(pool)
{
    thread_ = std::thread{[this] { thread_loop(); }};
}

AccessLog::~AccessLog()
{
    {
        std::scoped_lock const lock{mutex_};
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void AccessLog::add(AccessRecord record)
{
    std::scoped_lock const lock{mutex_};
    if (waiting_.size() < waiting_max) waiting_.push_back(std::move(record));
}

void AccessLog::flush()
{
    std::unique_lock lock{mutex_};
    hurry_ = true;
    changed_.notify_all();
    changed_.wait(lock, [&] { return waiting_.empty() && !writing_; });
}

void AccessLog::thread_loop()
{
    std::unique_lock lock{mutex_};
    for (;;) {
        changed_.wait_for(lock, group_interval, [&] { return stopping_ || hurry_; });
        hurry_ = false;
        std::vector<AccessRecord> group;
        group.swap(waiting_);
        writing_ = true;
        lock.unlock();
        if (!group.empty()) write(group);
        lock.lock();
        writing_ = false;
        changed_.notify_all();
        if (stopping_ && waiting_.empty()) return;
    }
}

void AccessLog::remove(Instant before)
{
    constexpr std::int64_t at_once = 5000;
    for (std::int64_t removed = at_once; removed == at_once;) {
        auto batch = pool_.batch(log_file);
        removed = batch.exec(
            R"(DELETE FROM access_log WHERE id IN
               (SELECT id FROM access_log WHERE at < ?1 ORDER BY at LIMIT ?2))",
            before, at_once
        );
        batch.commit();
    }
}

void AccessLog::write(std::vector<AccessRecord> const& records)
try {
    auto batch = pool_.batch(log_file);
    for (auto const& r : records)
        batch.exec(
            R"(INSERT INTO access_log (at, account_id, address, operation, client_id, object,
                                       status, bytes, microseconds, request_id)
               VALUES (?1, nullif(?2, 0), ?3, ?4, nullif(?5, 0), nullif(?6, ''), ?7, ?8, ?9, ?10))",
            r.at, r.account_id, r.address, r.operation, r.client_id, r.object, r.status, r.bytes,
            r.microseconds, r.request_id
        );
    batch.commit();
} catch (std::exception const& error) {
    base::log::error(
        "http", "access_log_failed",
        {{"records", std::to_string(records.size())}, {"what", error.what()}}
    );
}

} // namespace http

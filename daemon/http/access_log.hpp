#pragma once
// アクセスログ: one row in log.db for every API request, written in groups on a thread of its own
// so that ordinary reads do not wait for the disk. What must be durable before its answer leaves is
// in the audit chain instead.
#include "http/dispatch.hpp"
#include "store/pool.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace http {

class AccessLog {
public:
    explicit AccessLog(store::Pool& pool);
    AccessLog(AccessLog const&) = delete;
    AccessLog& operator=(AccessLog const&) = delete;
    ~AccessLog(); // writes what is left

    void add(AccessRecord record);
    void remove(Instant before); // older rows, some thousands at a time
    void flush();                // returns when everything added before is durable

private:
    void thread_loop();
    void write(std::vector<AccessRecord> const& records);

    store::Pool& pool_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<AccessRecord> waiting_;
    bool writing_ = false;
    bool hurry_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace http

#pragma once
// ジョブ: work that outlives its request (imports, exports, backups, verifications). A job runs on
// one of a few background threads; its progress can be watched, its result is kept in log.db.
#include "base/clock.hpp"
#include "http/route.hpp"
#include "store/json.hpp"
#include "store/pool.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace jobs {

enum class State { waiting, running, done, failed, cancelled };
BOOST_DESCRIBE_ENUM(State, waiting, running, done, failed, cancelled)

struct Job {
    std::int64_t id = 0;
    std::string kind; // "backup", "employee_import_check", …: the browser has its name
    std::optional<std::int64_t> client_id;
    std::string actor;
    State state = State::waiting;
    std::string step;       // what is being done now, as a code
    std::int64_t done = 0;  // of
    std::int64_t total = 0; // 0: not known yet
    Instant created_at;
    std::optional<Instant> started_at;
    std::optional<Instant> finished_at;
    std::optional<json::value> result;
    std::optional<std::string> error; // code
};
BOOST_DESCRIBE_STRUCT(
    Job,
    (),
    (id,
     kind,
     client_id,
     actor,
     state,
     step,
     done,
     total,
     created_at,
     started_at,
     finished_at,
     result,
     error)
)

struct JobList {
    std::vector<Job> jobs;
};
BOOST_DESCRIBE_STRUCT(JobList, (), (jobs))

// What a running job holds in its hands.
class Progress {
public:
    virtual ~Progress() = default;
    virtual void step(std::string_view code) = 0;
    virtual void advance(std::int64_t done, std::int64_t total) = 0;
    virtual bool cancelled() const = 0; // the job stops at its next safe point
};

struct Cancelled {}; // thrown by a job that has stopped because it was asked to

// Returns the result, or the Problem that made it fail; may throw Cancelled.
using Work = std::function<Result<json::value>(Progress&)>;

class Jobs {
public:
    Jobs(store::Pool& pool, base::Clock const& clock, unsigned threads);
    Jobs(Jobs const&) = delete;
    Jobs& operator=(Jobs const&) = delete;
    ~Jobs(); // stops

    // Asks running jobs to stop and waits for them: what they work with may go afterwards.
    void stop();

    std::int64_t
    submit(std::string kind, std::optional<std::int64_t> client_id, std::string actor, Work work);
    std::optional<Job> find(std::int64_t id);
    bool busy(std::string_view kind) const; // waiting or running
    bool ask_to_stop(std::int64_t id);      // false: it is over already

    // Jobs that a crash cut off are marked failed ("interrupted"). Called once at start.
    void settle_interrupted();

    // Moves whenever a job makes progress: the watchdog looks at it.
    std::uint64_t heartbeat() const { return beats_; }

    http::RoomRoutes routes();
    Result<JobList> list(http::Call& call);
    Result<Job> get(http::Call& call);
    Result<http::None> cancel(http::Call& call);
    Result<http::Events> events(http::Call& call);

private:
    class Running;
    void work_loop();
    void run(Running& job);
    void save(Job const& job); // what cannot be saved now is kept, and saved when the disk allows
    void save_kept();
    Result<Job> visible(http::Call const& call);

    store::Pool& pool_;
    base::Clock const& clock_;
    mutable std::mutex mutex_;
    std::condition_variable more_;
    std::deque<std::shared_ptr<Running>> waiting_;
    std::map<std::int64_t, std::shared_ptr<Running>> live_; // waiting or running
    std::vector<Job> kept_;                                 // over, but log.db does not know yet
    bool stopping_ = false;
    std::atomic<std::uint64_t> beats_ = 0;
    std::vector<std::thread> threads_;
};

} // namespace jobs

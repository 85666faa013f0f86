#pragma once
// 運用: the first screen and the state of the machine.
#include "http/route.hpp"

#include <functional>

namespace ops {

struct RecentClient {
    std::int64_t id = 0;
    std::string code;
    std::string name;
    std::int64_t colour = 0;
};
BOOST_DESCRIBE_STRUCT(RecentClient, (), (id, code, name, colour))

struct HomeTask { // something that a person should do
    std::string code;
    bool urgent = false;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(HomeTask, (), (code, urgent, count))

struct Home {
    std::int64_t clients = 0;
    std::int64_t employees = 0;
    std::optional<Instant> last_backup_at;
    std::optional<Instant> last_proven_at;
    std::vector<RecentClient> recent_clients;
    std::vector<HomeTask> tasks;
};
BOOST_DESCRIBE_STRUCT(
    Home, (), (clients, employees, last_backup_at, last_proven_at, recent_clients, tasks)
)

struct Status {
    std::string version;
    std::string sqlite_version;
    std::string cipher_version;
    Instant started_at;
    bool ready = false;
    std::int64_t clients = 0;
    std::int64_t open_connections = 0;
    std::int64_t resident_bytes = 0;
};
BOOST_DESCRIBE_STRUCT(
    Status,
    (),
    (version,
     sqlite_version,
     cipher_version,
     started_at,
     ready,
     clients,
     open_connections,
     resident_bytes)
)

struct BackupFacts { // what the first screen says about backups; wired from backup/
    std::optional<Instant> last_at;
    std::optional<Instant> last_proven_at;
    bool same_device = false;
    bool newest_damaged = false;
};

struct AccountFacts { // what waits for somebody who decides on accounts; wired from accounts/ and
                      // reviews/
    std::int64_t grants_waiting = 0;
    std::int64_t review_waiting = 0; // lines
    std::int64_t review_overdue = 0;
};

class Ops {
public:
    struct Parts {
        store::Pool& pool;
        std::function<BackupFacts()> backups;
        std::function<std::vector<HomeTask>(http::Caller const&)> certificates; // that expire
        std::function<AccountFacts()> accounts;
        std::function<std::int64_t()> head_count;
        std::string sqlite_version;
        std::string cipher_version;
        Instant started_at;
    };
    explicit Ops(Parts parts) : parts_(std::move(parts)) {}

    http::RoomRoutes routes();
    Result<Home> home(http::Call& call);
    Result<Status> status(http::Call& call);

private:
    void backup_tasks(std::vector<HomeTask>& tasks, Instant now) const;
    void account_tasks(std::vector<HomeTask>& tasks, http::Caller const& caller) const;
    std::vector<HomeTask> tasks(http::Caller const& caller, Home const& home, Instant now) const;
    Parts parts_;
};

} // namespace ops

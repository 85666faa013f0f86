#include "ops/ops.hpp"

#include <unistd.h>

#include <fstream>

namespace ops {

namespace {

constexpr std::chrono::hours backup_age_max{26};
constexpr std::chrono::hours proof_age_max{7 * 24};
constexpr std::int64_t recent_max = 8;

store::FileId const office{store::Kind::office, {}, 1};

std::int64_t resident_bytes()
{
    std::ifstream statm{"/proc/self/statm"};
    std::int64_t pages = 0;
    std::int64_t resident = 0;
    statm >> pages >> resident;
    return resident * sysconf(_SC_PAGESIZE);
}

std::int64_t count_clients(store::Reader const& db, http::Caller const& caller)
{
    return db
        .one<std::int64_t>(
            R"(SELECT count(*) FROM client WHERE state = 'active'
                  AND (?1 OR id IN (SELECT client_id FROM assignment WHERE account_id = ?2)))",
            caller.all_clients, caller.account_id
        )
        .value_or(0);
}

} // namespace

void Ops::backup_tasks(std::vector<HomeTask>& tasks, Instant now) const
{
    auto const facts = parts_.backups();
    if (!facts.last_at)
        tasks.push_back({"no_backup_yet", true, 0});
    else if (now - *facts.last_at > backup_age_max)
        tasks.push_back({"backup_overdue", true, 0});
    if (facts.newest_damaged) tasks.push_back({"backup_damaged", true, 0});
    if (facts.last_at && (!facts.last_proven_at || now - *facts.last_proven_at > proof_age_max))
        tasks.push_back({"backup_unproven", false, 0});
    if (facts.same_device) tasks.push_back({"backup_same_device", false, 0});
}

void Ops::account_tasks(std::vector<HomeTask>& tasks, http::Caller const& caller) const
{
    bool const approves = caller.may(http::Right::grant_approve);
    bool const signs = caller.may(http::Right::review_sign);
    if (!approves && !signs) return;
    auto const facts = parts_.accounts();
    if (approves && facts.grants_waiting > 0)
        tasks.push_back({"grants_waiting", false, facts.grants_waiting});
    if (signs && facts.review_overdue > 0)
        tasks.push_back({"account_review_overdue", true, facts.review_overdue});
    if (signs && facts.review_waiting > 0)
        tasks.push_back({"account_review_open", false, facts.review_waiting});
}

std::vector<HomeTask> Ops::tasks(http::Caller const& caller, Home const& home, Instant now) const
{
    std::vector<HomeTask> tasks;
    if (home.clients == 0) tasks.push_back({"no_clients", false, 0});
    for (auto& task : parts_.certificates(caller)) tasks.push_back(std::move(task));
    account_tasks(tasks, caller);
    if (caller.may(http::Right::backup_view)) backup_tasks(tasks, now);
    return tasks;
}

Result<Home> Ops::home(http::Call& call)
{
    Home home;
    auto const db = parts_.pool.read(office);
    home.clients = count_clients(db, call.caller);
    home.employees = call.caller.all_clients ? parts_.head_count() : 0;
    home.recent_clients = db.all<RecentClient>(
        R"(SELECT id, code, name, colour FROM client
            WHERE state = 'active'
              AND (?1 OR id IN (SELECT client_id FROM assignment WHERE account_id = ?2))
            ORDER BY updated_at DESC, id DESC LIMIT ?3)",
        call.caller.all_clients, call.caller.account_id, recent_max
    );
    auto const facts = parts_.backups();
    home.last_backup_at = facts.last_at;
    home.last_proven_at = facts.last_proven_at;
    home.tasks = tasks(call.caller, home, call.now);
    return home;
}

Result<Status> Ops::status(http::Call& call)
{
    Status status;
    status.version = KURAMORI_VERSION;
    status.sqlite_version = parts_.sqlite_version;
    status.cipher_version = parts_.cipher_version;
    status.started_at = parts_.started_at;
    status.ready = true;
    http::Caller everything = call.caller;
    everything.all_clients = true;
    status.clients = count_clients(parts_.pool.read(office), everything);
    status.open_connections = static_cast<std::int64_t>(parts_.pool.open_connections());
    status.resident_bytes = resident_bytes();
    return status;
}

http::RoomRoutes Ops::routes()
{
    using http::Right, http::Scope, http::Verb, http::on;
    static constexpr http::Route table[] = {
        {Verb::get, "/api/v1/home", Right::signed_in, Scope::own, "getHome", on<&Ops::home>},
        {Verb::get, "/api/v1/status", Right::status_view, Scope::office, "getStatus",
         on<&Ops::status>},
    };
    return {table, this};
}

} // namespace ops

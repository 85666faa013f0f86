#include "backup/backup.hpp"
#include "base/log.hpp"
#include "domain/date.hpp"

#include <sys/stat.h>

namespace backup {

namespace {

store::FileId const log_file{store::Kind::log, {}, 1};
constexpr std::int64_t listed_max = 200;

// A repository that is not there yet will lie where its parent does.
bool on_one_device(std::filesystem::path a, std::filesystem::path const& b)
{
    while (!std::filesystem::exists(a) && a.has_relative_path()) a = a.parent_path();
    struct stat first{};
    struct stat second{};
    return ::stat(a.c_str(), &first) == 0 && ::stat(b.c_str(), &second) == 0 &&
           first.st_dev == second.st_dev;
}

} // namespace

// The point itself is in the repository, and listed from there.
void Backup::remember(RestorePoint const& point)
try {
    auto batch = parts_.pool.batch(log_file);
    batch.exec(
        R"(INSERT OR REPLACE INTO restore_point
             (id, kind, started_at, finished_at, bytes, files, blobs, rows, state, verified_at,
              verify_seconds, fault)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12))",
        point.id, point.kind, point.started_at, point.finished_at, point.bytes, point.files,
        point.blobs, point.rows, point.state, point.verified_at, point.verify_seconds, point.fault
    );
    batch.commit();
} catch (store::Error const& error) {
    base::log::warning(
        "backup", "point_not_noted", {{"point", std::to_string(point.id)}, {"what", error.what()}}
    );
}

// Only points whose manifest is still in the repository; after a restore of log.db the newer ones
// are read from there.
std::vector<RestorePoint> Backup::remembered()
{
    auto known = parts_.pool.read(log_file).all<RestorePoint>(
        R"(SELECT id, kind, started_at, finished_at, bytes, files, blobs, rows, state, verified_at,
                  verify_seconds, fault
             FROM restore_point ORDER BY id DESC LIMIT ?1)",
        listed_max
    );
    Repository const repository{parts_.repository, parts_.keys.backup_key()};
    std::vector<RestorePoint> points;
    for (auto const id : repository.points()) {
        auto const found = std::find_if(known.begin(), known.end(), [&](auto const& point) {
            return point.id == id;
        });
        if (found != known.end()) {
            points.push_back(*found);
            continue;
        }
        RestorePoint point;
        if (auto const manifest = repository.load(id)) {
            point = point_of(*manifest);
        } else {
            point.id = id;
            point.kind = "unknown";
            point.state = PointState::damaged;
            point.fault = "manifest_damaged";
        }
        points.push_back(std::move(point));
    }
    return points;
}

Instant Backup::next_run(Instant now) const
{
    auto const minutes = std::chrono::hours{std::stoi(parts_.time_of_day.substr(0, 2))} +
                         std::chrono::minutes{std::stoi(parts_.time_of_day.substr(3, 2))};
    auto const today = std::chrono::sys_days{domain::date_in_japan(now)};
    Instant next{today + minutes - base::japan_offset};
    if (next <= now) next += std::chrono::hours{24};
    return next;
}

Overview Backup::overview()
{
    Overview overview;
    overview.restore_points = remembered();
    for (auto const& point : overview.restore_points) {
        if (!overview.last_at) overview.last_at = point.finished_at;
        if (point.state == PointState::verified && !overview.last_proven_at)
            overview.last_proven_at = point.verified_at;
    }
    auto const failed = parts_.pool.read(log_file).one<std::optional<std::string>>(
        R"(SELECT error FROM job WHERE kind = 'backup' AND state IN ('done', 'failed')
            ORDER BY id DESC LIMIT 1)"
    );
    if (failed) overview.last_fault = *failed;
    overview.next_at = next_run(parts_.clock.now());
    overview.generations = static_cast<std::int64_t>(parts_.generations);
    overview.repository = parts_.repository.string();
    std::error_code unknown;
    auto const space = std::filesystem::space(parts_.repository, unknown);
    if (!unknown) overview.free_bytes = static_cast<std::int64_t>(space.available);
    overview.same_device = on_one_device(parts_.repository, parts_.pool.folder());
    auto const noted = parts_.pool.read(log_file).all<std::int64_t>(
        R"(SELECT id FROM job WHERE kind IN ('backup', 'backup_verify')
              AND state IN ('waiting', 'running') ORDER BY id)"
    );
    for (auto const id : noted) // the stored row may lag behind
        if (auto const job = parts_.jobs.find(id);
            job && !job->finished_at && !overview.running_job)
            overview.running_job = id;
    return overview;
}

std::int64_t Backup::start_verify(std::int64_t point, std::string const& actor)
{
    return parts_.jobs.submit("backup_verify", std::nullopt, actor, [this, point](auto& progress) {
        return verify(point, progress);
    });
}

Result<Overview> Backup::list(http::Call&) { return overview(); }

Result<http::Accepted> Backup::post(http::Call& call)
{
    if (parts_.jobs.busy("backup")) return Problem{::Fault::conflict, "backup_is_running"};
    return http::Accepted{start("manual", call.caller.actor)};
}

Result<http::Accepted> Backup::post_verify(http::Call& call)
{
    auto const id = call.id("backup_id");
    Repository const repository{parts_.repository, parts_.keys.backup_key()};
    auto const points = repository.points();
    if (std::find(points.begin(), points.end(), id) == points.end())
        return Problem{::Fault::not_found, "not_found"};
    if (parts_.jobs.busy("backup_verify")) return Problem{::Fault::conflict, "verify_is_running"};
    return http::Accepted{start_verify(id, call.caller.actor)};
}

http::RoomRoutes Backup::routes()
{
    using http::Right, http::Scope, http::Verb, http::on;
    static constexpr http::Route table[] = {
        {Verb::get, "/api/v1/backups", Right::backup_view, Scope::office, "listBackups",
         on<&Backup::list>},
        {Verb::post, "/api/v1/backups", Right::backup_run, Scope::office, "runBackup",
         on<&Backup::post>},
        {Verb::post, "/api/v1/backups/{backup_id}/verify", Right::backup_run, Scope::office,
         "verifyBackup", on<&Backup::post_verify>},
    };
    return {table, this};
}

} // namespace backup

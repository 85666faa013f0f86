#include "jobs/job_rows.hpp"

namespace jobs {

namespace {

store::FileId const log_file{store::Kind::log, {}, 1};

struct JobRow { // Job with its result as text
    std::int64_t id = 0;
    std::string kind;
    std::optional<std::int64_t> client_id;
    std::string actor;
    State state = State::waiting;
    std::string step;
    std::int64_t done = 0;
    std::int64_t total = 0;
    Instant created_at;
    std::optional<Instant> started_at;
    std::optional<Instant> finished_at;
    std::optional<std::string> result;
    std::optional<std::string> error;
};
BOOST_DESCRIBE_STRUCT(
    JobRow,
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

Job from_row(JobRow&& row)
{
    Job job;
    job.id = row.id;
    job.kind = std::move(row.kind);
    job.client_id = row.client_id;
    job.actor = std::move(row.actor);
    job.state = row.state;
    job.step = std::move(row.step);
    job.done = row.done;
    job.total = row.total;
    job.created_at = row.created_at;
    job.started_at = row.started_at;
    job.finished_at = row.finished_at;
    if (row.result) job.result = boost::json::parse(*row.result);
    job.error = std::move(row.error);
    return job;
}

std::optional<std::string> result_text(Job const& job)
{
    if (!job.result) return std::nullopt;
    return json::serialize(*job.result);
}

} // namespace

std::int64_t insert_job(store::Pool& pool, Job const& job)
{
    auto batch = pool.batch(log_file);
    batch.exec(
        R"(INSERT INTO job (kind, client_id, actor, state, step, done, total, created_at)
           VALUES (?1, ?2, ?3, ?4, '', 0, 0, ?5))",
        job.kind, job.client_id, job.actor, job.state, job.created_at
    );
    auto const id = batch.last_id();
    batch.commit();
    return id;
}

void update_job(store::Pool& pool, Job const& job)
{
    auto batch = pool.batch(log_file);
    batch.exec(
        R"(UPDATE job SET state = ?2, step = ?3, done = ?4, total = ?5, started_at = ?6,
                          finished_at = ?7, result = ?8, error = ?9
            WHERE id = ?1)",
        job.id, job.state, job.step, job.done, job.total, job.started_at, job.finished_at,
        result_text(job), job.error
    );
    batch.commit();
}

std::optional<Job> find_job(store::Pool& pool, std::int64_t id)
{
    auto const read = pool.read(log_file);
    auto row = read.one<JobRow>(
        R"(SELECT id, kind, client_id, actor, state, step, done, total, created_at, started_at,
                  finished_at, result, error
             FROM job WHERE id = ?1)",
        id
    );
    if (!row) return std::nullopt;
    return from_row(std::move(*row));
}

std::vector<Job> newest_jobs(store::Pool& pool, std::int64_t count)
{
    std::vector<Job> jobs;
    auto const read = pool.read(log_file);
    read.each<JobRow>(
        R"(SELECT id, kind, client_id, actor, state, step, done, total, created_at, started_at,
                  finished_at, result, error
             FROM job ORDER BY id DESC LIMIT ?1)",
        [&](JobRow row) { jobs.push_back(from_row(std::move(row))); }, count
    );
    return jobs;
}

void fail_unfinished_jobs(store::Pool& pool, Instant now)
{
    auto batch = pool.batch(log_file);
    batch.exec(
        R"(UPDATE job SET state = 'failed', error = 'interrupted', finished_at = ?1
            WHERE state IN ('waiting', 'running'))",
        now
    );
    batch.commit();
}

} // namespace jobs

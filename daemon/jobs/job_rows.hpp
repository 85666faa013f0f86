#pragma once
// Jobs in log.db.
#include "jobs/jobs.hpp"

namespace jobs {

std::int64_t insert_job(store::Pool& pool, Job const& job); // gives it its id
void update_job(store::Pool& pool, Job const& job);
std::optional<Job> find_job(store::Pool& pool, std::int64_t id);
std::vector<Job> newest_jobs(store::Pool& pool, std::int64_t count);
void fail_unfinished_jobs(store::Pool& pool, Instant now);

} // namespace jobs

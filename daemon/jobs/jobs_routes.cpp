#include "jobs/job_rows.hpp"
#include "jobs/jobs.hpp"

namespace jobs {

namespace {

constexpr std::int64_t listed_max = 200;

// A job is shown to whoever started it and to those who may see its client; jobs of the whole
// office (backups) to those who may see backups.
bool may_see(http::Caller const& caller, Job const& job)
{
    if (job.actor == caller.actor) return true;
    if (job.client_id) return caller.may_see_client(*job.client_id);
    return caller.may(http::Right::backup_view);
}

class JobEvents final : public net::EventSource {
public:
    JobEvents(Jobs& jobs, std::int64_t id) : jobs_(jobs), id_(id) {}

    bool poll(std::string& out) override
    {
        auto const job = jobs_.find(id_);
        if (!job) return false;
        auto text = json::to_text(*job);
        if (text != last_) {
            out = "data: " + text + "\n\n";
            last_ = std::move(text);
        }
        return job->state == State::waiting || job->state == State::running;
    }

private:
    Jobs& jobs_;
    std::int64_t id_;
    std::string last_;
};

} // namespace

Result<Job> Jobs::visible(http::Call const& call)
{
    auto job = find(call.id("job_id"));
    if (!job || !may_see(call.caller, *job)) return Problem{Fault::not_found, "not_found"};
    return std::move(*job);
}

Result<JobList> Jobs::list(http::Call& call)
{
    JobList out;
    for (auto& stored : newest_jobs(pool_, listed_max)) {
        if (!may_see(call.caller, stored)) continue;
        auto live = find(stored.id); // the stored row lags behind while the job runs
        out.jobs.push_back(std::move(live ? *live : stored));
    }
    return out;
}

Result<Job> Jobs::get(http::Call& call) { return visible(call); }

Result<http::None> Jobs::cancel(http::Call& call)
{
    TRY(auto const job, visible(call));
    if (!ask_to_stop(job.id)) return Problem{Fault::conflict, "job_is_over"};
    return http::None{};
}

Result<http::Events> Jobs::events(http::Call& call)
{
    TRY(auto const job, visible(call));
    return http::Events{std::make_unique<JobEvents>(*this, job.id)};
}

http::RoomRoutes Jobs::routes()
{
    using http::Right, http::Scope, http::Verb, http::on;
    static constexpr http::Route table[] = {
        {Verb::get, "/api/v1/jobs", Right::job_view, Scope::office, "listJobs", on<&Jobs::list>},
        {Verb::get, "/api/v1/jobs/{job_id}", Right::job_view, Scope::office, "getJob",
         on<&Jobs::get>},
        {Verb::post, "/api/v1/jobs/{job_id}/cancel", Right::job_view, Scope::office, "cancelJob",
         on<&Jobs::cancel>},
        {Verb::get, "/api/v1/jobs/{job_id}/events", Right::job_view, Scope::office, "watchJob",
         on<&Jobs::events>},
    };
    return {table, this};
}

} // namespace jobs

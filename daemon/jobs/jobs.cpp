#include "jobs/jobs.hpp"

#include "base/log.hpp"
#include "jobs/job_rows.hpp"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace jobs {

namespace {

constexpr std::chrono::seconds kept_retried_after{5};

} // namespace

class Jobs::Running final : public Progress {
public:
    Running(Jobs& all, Job start, Work what)
        : work(std::move(what)), jobs_(all), job_(std::move(start))
    {
    }

    void step(std::string_view code) override
    {
        {
            std::scoped_lock const lock{mutex_};
            job_.step = code;
            job_.done = 0;
            job_.total = 0;
        }
        ++jobs_.beats_;
    }
    void advance(std::int64_t done, std::int64_t total) override
    {
        {
            std::scoped_lock const lock{mutex_};
            job_.done = done;
            job_.total = total;
        }
        ++jobs_.beats_;
    }
    bool cancelled() const override { return cancel_; }

    void ask_to_stop() { cancel_ = true; }
    Job snapshot() const
    {
        std::scoped_lock const lock{mutex_};
        return job_;
    }
    template <class Change> Job change(Change const& how)
    {
        std::scoped_lock const lock{mutex_};
        how(job_);
        return job_;
    }

    Work work;

private:
    Jobs& jobs_;
    mutable std::mutex mutex_;
    Job job_;
    std::atomic<bool> cancel_ = false;
};

Jobs::Jobs(store::Pool& pool, base::Clock const& clock, unsigned threads)
    : pool_(pool), clock_(clock)
{
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work_loop(); });
}

Jobs::~Jobs() { stop(); }

void Jobs::stop()
{
    {
        std::scoped_lock const lock{mutex_};
        stopping_ = true;
        for (auto& [id, job] : live_) job->ask_to_stop();
    }
    more_.notify_all();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

std::int64_t
Jobs::submit(std::string kind, std::optional<std::int64_t> client_id, std::string actor, Work work)
{
    Job job;
    job.kind = std::move(kind);
    job.client_id = client_id;
    job.actor = std::move(actor);
    job.created_at = clock_.now();
    job.id = insert_job(pool_, job);
    auto running = std::make_shared<Running>(*this, job, std::move(work));
    {
        std::scoped_lock const lock{mutex_};
        live_[job.id] = running;
        waiting_.push_back(running);
    }
    more_.notify_one();
    return job.id;
}

std::optional<Job> Jobs::find(std::int64_t id)
{
    {
        std::scoped_lock const lock{mutex_};
        if (auto const found = live_.find(id); found != live_.end())
            return found->second->snapshot();
        for (auto const& job : kept_)
            if (job.id == id) return job;
    }
    return find_job(pool_, id);
}

bool Jobs::busy(std::string_view kind) const
{
    std::scoped_lock const lock{mutex_};
    for (auto const& [id, job] : live_)
        if (job->snapshot().kind == kind) return true;
    return false;
}

bool Jobs::ask_to_stop(std::int64_t id)
{
    std::scoped_lock const lock{mutex_};
    auto const found = live_.find(id);
    if (found == live_.end()) return false;
    found->second->ask_to_stop();
    return true;
}

void Jobs::settle_interrupted()
try {
    fail_unfinished_jobs(pool_, clock_.now());
} catch (store::Error const& error) { // a full disk: they look as if they ran until the next start
    if (!error.disk_full()) throw;
    base::log::warning("jobs", "interrupted_not_noted", {{"what", error.what()}});
}

void Jobs::work_loop()
{
    // Interactive requests go first: a background thread is nicer, for the processor and the disk.
    setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), 10);
    for (;;) {
        save_kept();
        std::shared_ptr<Running> job;
        {
            std::unique_lock lock{mutex_};
            auto const called = [&] { return stopping_ || !waiting_.empty(); };
            if (kept_.empty())
                more_.wait(lock, called);
            else if (!more_.wait_for(lock, kept_retried_after, called))
                continue;
            if (waiting_.empty()) return;
            job = waiting_.front();
            waiting_.pop_front();
        }
        run(*job);
        std::scoped_lock const lock{mutex_};
        live_.erase(job->snapshot().id);
    }
}

void Jobs::run(Running& running)
{
    auto const finish = [&](State state, std::optional<json::value> result,
                            std::optional<std::string> error) {
        auto over = running.snapshot(); // seen as over once it is saved and no longer live
        over.state = state;
        over.result = std::move(result);
        over.error = std::move(error);
        over.finished_at = clock_.now();
        save(over);
        ++beats_;
    };
    try {
        if (running.cancelled()) return finish(State::cancelled, {}, {});
        save(running.change([&](Job& job) {
            job.state = State::running;
            job.started_at = clock_.now();
        }));
        auto outcome = running.work(running);
        if (outcome) return finish(State::done, std::move(*outcome), {});
        std::optional<json::value> details;
        if (!outcome.error().fields.empty()) details = json::to(outcome.error().fields);
        finish(State::failed, std::move(details), outcome.error().code);
    } catch (Cancelled const&) {
        finish(State::cancelled, {}, {});
    } catch (std::exception const& error) {
        auto const job = running.snapshot();
        base::log::error(
            "jobs", "job_failed",
            {{"job", std::to_string(job.id)}, {"kind", job.kind}, {"what", error.what()}}
        );
        finish(State::failed, {}, store::is_disk_full(error) ? "disk_full" : "internal");
    }
}

void Jobs::save(Job const& job)
try {
    update_job(pool_, job);
} catch (store::Error const& error) {
    base::log::error(
        "jobs", "job_not_saved", {{"job", std::to_string(job.id)}, {"what", error.what()}}
    );
    if (!job.finished_at) return;
    std::scoped_lock const lock{mutex_};
    kept_.push_back(job);
}

void Jobs::save_kept()
{
    std::vector<Job> kept;
    {
        std::scoped_lock const lock{mutex_};
        kept = kept_;
    }
    for (auto const& job : kept) {
        try {
            update_job(pool_, job);
        } catch (store::Error const&) {
            return; // told once, when it could not be saved first
        }
        std::scoped_lock const lock{mutex_};
        std::erase_if(kept_, [&](auto const& known) { return known.id == job.id; });
    }
}

} // namespace jobs

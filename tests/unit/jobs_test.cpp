#include "asked.hpp"
#include "jobs/job_rows.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

#include <future>

namespace {

using jobs::Job, jobs::Jobs, jobs::Progress, jobs::State;

struct Working : TestOffice {
    std::optional<Jobs> jobs{std::in_place, pool, clock, 1U};

    std::int64_t submit(jobs::Work work, std::optional<std::int64_t> client = {})
    {
        return jobs->submit("test", client, "account:1", std::move(work));
    }
    Job ended(std::int64_t id) // waits for it, by a job behind it in the queue
    {
        std::promise<void> reached;
        jobs->submit("after", {}, "account:1", [&](Progress&) {
            reached.set_value();
            return Result<json::value>{json::value{}};
        });
        reached.get_future().wait();
        return jobs->find(id).value();
    }
};

Result<json::value> nothing() { return json::value{}; }

} // namespace

TEST_CASE_FIXTURE(Working, "a job's result is kept")
{
    auto const id = submit([](Progress& progress) -> Result<json::value> {
        progress.step("counting");
        progress.advance(3, 7);
        return json::value{{"rows", 7}};
    });
    auto const job = ended(id);
    CHECK(job.state == State::done);
    CHECK(job.step == "counting");
    CHECK(job.done == 3);
    CHECK(job.total == 7);
    CHECK(job.started_at);
    CHECK(job.finished_at);
    jobs.reset();
    auto const stored = jobs::find_job(pool, id).value(); // outlives the daemon
    CHECK(stored.state == State::done);
    CHECK(stored.result->at("rows") == 7);
}

TEST_CASE_FIXTURE(
    Working, "what a job could not do is told by a code, what broke is not told outside"
)
{
    auto const refused = ended(submit([](Progress&) -> Result<json::value> {
        return Problem{Fault::invalid, "bad_file", {{"line", "not_utf8"}}};
    }));
    CHECK(refused.state == State::failed);
    CHECK(refused.error == "bad_file");
    CHECK(refused.result->as_array().size() == 1);
    auto const broken = ended(submit([](Progress&) -> Result<json::value> {
        throw std::runtime_error("山田太郎 at /secret");
    }));
    CHECK(broken.state == State::failed);
    CHECK(broken.error == "internal");
    CHECK_FALSE(broken.result);
}

TEST_CASE_FIXTURE(Working, "a job stops when it is asked to, running or waiting")
{
    std::promise<void> running;
    auto const id = submit([&](Progress& progress) -> Result<json::value> {
        running.set_value();
        while (!progress.cancelled()) std::this_thread::yield();
        throw jobs::Cancelled{};
    });
    bool ran = false;
    auto const behind = submit([&](Progress&) {
        ran = true;
        return nothing();
    });
    running.get_future().wait();
    CHECK(jobs->busy("test"));
    CHECK(jobs->find(id)->state == State::running);
    CHECK(jobs->find(behind)->state == State::waiting);
    CHECK(jobs->ask_to_stop(behind));
    CHECK(jobs->ask_to_stop(id));
    CHECK(ended(behind).state == State::cancelled);
    CHECK(jobs->find(id)->state == State::cancelled);
    CHECK_FALSE(ran);
    CHECK_FALSE(jobs->ask_to_stop(id));
    CHECK_FALSE(jobs->busy("test"));
    CHECK_FALSE(jobs->find(999));
}

TEST_CASE_FIXTURE(Working, "going down stops what runs and settles what waits")
{
    std::promise<void> running;
    auto const id = submit([&](Progress& progress) -> Result<json::value> {
        running.set_value();
        while (!progress.cancelled()) std::this_thread::yield();
        throw jobs::Cancelled{};
    });
    auto const waiting = submit([](Progress&) { return nothing(); });
    running.get_future().wait();
    jobs.reset();
    CHECK(jobs::find_job(pool, id)->state == State::cancelled);
    CHECK(jobs::find_job(pool, waiting)->state == State::cancelled);
}

TEST_CASE_FIXTURE(
    Working, "a job that a crash cut off is failed at the next start, finished ones stay"
)
{
    auto const done = submit([](Progress&) { return nothing(); });
    ended(done);
    Job cut;
    cut.kind = "backup";
    cut.actor = "system:scheduler";
    cut.state = State::running;
    cut.created_at = clock.now();
    cut.id = jobs::insert_job(pool, cut);
    jobs->settle_interrupted();
    auto const settled = jobs->find(cut.id).value();
    CHECK(settled.state == State::failed);
    CHECK(settled.error == "interrupted");
    CHECK(jobs->find(done)->state == State::done);
}

TEST_CASE_FIXTURE(Working, "people see their own jobs, those of their clients, and no others")
{
    auto const mine = submit([](Progress&) { return nothing(); });
    auto const of_client = jobs->submit("x", 5, "account:2", [](Progress&) { return nothing(); });
    auto const of_office = jobs->submit("x", {}, "account:2", [](Progress&) { return nothing(); });
    ended(of_office);
    auto const sees = [&](Asked& asked) {
        std::string ids;
        auto const list = jobs->list(asked.call);
        for (auto const& job : list->jobs)
            if (job.kind != "after") ids += std::to_string(job.id - mine);
        return ids;
    };
    Asked staff{clock.now()};
    staff.caller.all_clients = false;
    CHECK(sees(staff) == "0");
    staff.param("job_id", of_client);
    CHECK(jobs->get(staff.call).error().code == "not_found");
    CHECK(jobs->cancel(staff.call).error().code == "not_found");
    staff.caller.clients = {5};
    CHECK(sees(staff) == fmt::format("{}0", of_client - mine));
    CHECK(jobs->cancel(staff.call).error().code == "job_is_over");
    Asked administrator{clock.now()};
    administrator.caller.actor = "account:3";
    administrator.caller.grant(http::Right::backup_view);
    CHECK(sees(administrator) == fmt::format("{}{}0", of_office - mine, of_client - mine));
}

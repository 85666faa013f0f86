// kuramori backup run | list | verify: through the daemon when it runs, by itself when it does not.
#include "app/office.hpp"
#include "cli/commands.hpp"
#include "cli/daemon_client.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <memory>
#include <thread>

namespace cli {

namespace {

using backup::Overview, backup::PointState, backup::RestorePoint;

constexpr std::chrono::milliseconds poll_interval{200};

std::string moment(Instant at)
{
    return fmt::format("{:%Y-%m-%d %H:%M:%S}", at + base::japan_offset);
}

std::string_view word_for(PointState state)
{
    switch (state) {
    case PointState::complete: return "取得済み（未確認）";
    case PointState::verified: return "復元できることを確認済み";
    case PointState::damaged: return "壊れています";
    }
    return "";
}

std::string_view word_for_step(std::string const& step)
{
    if (step == "saving") return "保存しています";
    if (step == "proving") return "復元して確かめています";
    if (step == "pruning") return "古い世代を片付けています";
    return "準備しています";
}

void show_progress(std::string const& step, std::int64_t done, std::int64_t total)
{
    if (::isatty(STDERR_FILENO) == 0) return;
    fmt::print(stderr, "\r\033[K{} {}/{}", word_for_step(step), done, total);
}

void end_progress()
{
    if (::isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\r\033[K");
}

// The same three questions, to a daemon or to the files themselves.
class Backups {
public:
    Backups() = default;
    Backups(Backups const&) = delete;
    Backups& operator=(Backups const&) = delete;
    virtual ~Backups() = default;
    virtual Overview overview() = 0;
    virtual Result<json::value> run() = 0;
    virtual Result<json::value> verify(std::int64_t point) = 0;
};

class ThroughDaemon final : public Backups {
public:
    explicit ThroughDaemon(DaemonClient const& daemon) : daemon_(daemon) {}

    Overview overview() override
    {
        return json::from<Overview>(daemon_.get("/api/v1/backups")).value();
    }
    Result<json::value> run() override { return watched(daemon_.post("/api/v1/backups")); }
    Result<json::value> verify(std::int64_t point) override
    {
        return watched(daemon_.post(fmt::format("/api/v1/backups/{}/verify", point)));
    }

private:
    Result<json::value> watched(json::value const& accepted)
    {
        auto const path = fmt::format("/api/v1/jobs/{}", accepted.at("job_id").as_int64());
        for (;;) {
            auto job = json::from<jobs::Job>(daemon_.get(path)).value();
            using jobs::State;
            if (job.state != State::waiting && job.state != State::running) {
                end_progress();
                if (job.state == State::done) return job.result.value_or(nullptr);
                return Problem{Fault::conflict, job.error.value_or("interrupted")};
            }
            show_progress(job.step, job.done, job.total);
            std::this_thread::sleep_for(poll_interval);
        }
    }
    DaemonClient const& daemon_;
};

class Console final : public jobs::Progress {
public:
    void step(std::string_view code) override { step_ = code; }
    void advance(std::int64_t done, std::int64_t total) override
    {
        show_progress(step_, done, total);
    }
    bool cancelled() const override { return false; }

private:
    std::string step_;
};

class OnStoppedOffice final : public Backups {
public:
    explicit OnStoppedOffice(app::Settings const& settings) : office_(settings, clock_) {}
    Overview overview() override { return office_.backup.overview(); }
    Result<json::value> run() override
    {
        auto made = office_.backup.run("manual", progress_);
        end_progress();
        return made;
    }
    Result<json::value> verify(std::int64_t point) override
    {
        auto proved = office_.backup.verify(point, progress_);
        end_progress();
        return proved;
    }

private:
    base::SystemClock clock_;
    Console progress_;
    app::Office office_;
};

std::unique_ptr<Backups> backups_of(app::Settings const& settings, DaemonClient const& daemon)
{
    if (daemon.running()) return std::make_unique<ThroughDaemon>(daemon);
    return std::make_unique<OnStoppedOffice>(settings);
}

void print_point(RestorePoint const& point)
{
    fmt::print(
        "{:>12}  {}  {:>8.1f} MB  {:>6} ファイル  {:>9} 行  {}\n", point.id,
        moment(point.finished_at), static_cast<double>(point.bytes) / 1e6,
        point.files + point.blobs, point.rows, word_for(point.state)
    );
}

int list(Backups& backups, bool as_json)
{
    auto const overview = backups.overview();
    if (as_json) {
        fmt::print("{}\n", json::to_text(overview));
        return 0;
    }
    fmt::print("置き場所: {}\n", overview.repository);
    if (overview.restore_points.empty()) {
        fmt::print("まだ復元ポイントがありません。kuramori backup run で取れます。\n");
        return 0;
    }
    for (auto const& point : overview.restore_points) print_point(point);
    fmt::print("次の自動バックアップ: {}\n", moment(overview.next_at));
    if (overview.same_device)
        fmt::print("注意: データと同じディスクに置いています。別のディスクを設定してください。\n");
    return 0;
}

int report(Result<json::value> const& outcome, char const* done, bool as_json)
{
    if (!outcome) {
        fmt::print(stderr, "できませんでした: {}\n", explained_fault(outcome.error().code));
        return 1;
    }
    auto const point = json::from<RestorePoint>(*outcome).value();
    if (as_json)
        fmt::print("{}\n", json::to_text(point));
    else {
        fmt::print("{}\n", done);
        print_point(point);
    }
    return 0;
}

int verify(Backups& backups, std::optional<std::string> const& which, bool as_json)
{
    auto const points = backups.overview().restore_points;
    if (points.empty())
        throw UserError(
            "復元ポイントがまだありません。先に kuramori backup run を実行してください。"
        );
    std::int64_t id = points.front().id;
    if (which) {
        auto const found = std::find_if(points.begin(), points.end(), [&](auto const& point) {
            return std::to_string(point.id) == *which;
        });
        if (found == points.end()) throw UserError(explained_fault("not_found"));
        id = found->id;
    }
    return report(backups.verify(id), "復元できることを確かめました。", as_json);
}

} // namespace

int backup(Arguments& arguments)
{
    auto const settings = settings_from(arguments);
    bool const as_json = arguments.flag("--json");
    auto const what = arguments.word().value_or("");
    auto const which = arguments.word();
    arguments.nothing_else();
    if (what != "run" && what != "list" && what != "verify")
        throw UserError("kuramori backup run | list | verify [番号] です。");
    if (which && what != "verify") throw UserError("番号は verify だけに付けられます。");
    DaemonClient const daemon{settings.admin_socket};
    auto const backups = backups_of(settings, daemon);
    if (what == "list") return list(*backups, as_json);
    if (what == "verify") return verify(*backups, which, as_json);
    return report(backups->run(), "バックアップを取りました。", as_json);
}

} // namespace cli

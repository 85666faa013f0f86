#include "app/serve.hpp"

#include "app/office.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "http/access_log.hpp"
#include "net/static_files.hpp"
#include "schedule/scheduler.hpp"
#include "schedule/watchdog.hpp"

#include <algorithm>
#include <limits>

namespace app {

namespace {

store::FileId const log_file{store::Kind::log, {}, 1};

constexpr char const* scheduler_actor = "system:scheduler";
constexpr std::chrono::hours idempotency_kept{24};

// Everything outside /api/: the UI, the office's CA certificate, and two questions for monitors.
class Pages {
public:
    Pages(Settings const& settings, std::atomic<bool> const& ready)
        : ui_(settings.ui_folder)
        , authority_(certificate_files(settings).authority_certificate)
        , ready_(ready)
    {
    }

    net::Response answer(net::Request const& request) const
    {
        if (request.path == "/healthz") return text(200, "ok\n");
        if (request.path == "/readyz")
            return ready_ ? text(200, "ready\n") : text(503, "not ready\n");
        if (request.path == "/kuramori-ca.crt") return authority();
        return ui_.answer(request);
    }

private:
    static net::Response text(unsigned status, std::string body)
    {
        net::Response response;
        response.status = status;
        response.headers.emplace_back("Content-Type", "text/plain; charset=utf-8");
        response.body = std::move(body);
        return response;
    }

    net::Response authority() const
    {
        if (!std::filesystem::exists(authority_)) return text(404, "");
        auto const pem = base::read_file(authority_, 64 << 10);
        auto response = text(200, std::string{pem.begin(), pem.end()});
        response.headers.front().second = "application/x-x509-ca-cert";
        response.headers.emplace_back(
            "Content-Disposition", "attachment; filename=\"kuramori-ca.crt\""
        );
        return response;
    }

    net::StaticFiles ui_;
    std::filesystem::path authority_;
    std::atomic<bool> const& ready_;
};

net::TlsIdentity identity_of(Office& office)
{
    auto pair = office.server_certificate.pair();
    return {std::move(pair.chain), std::move(pair.key), office.devices.authorities_to_ask_for()};
}

net::ServerOptions server_options(Office& office)
{
    auto const& settings = office.settings;
    net::ServerOptions options;
    options.address = settings.listen_address;
    options.port = static_cast<std::uint16_t>(settings.listen_port);
    options.hosts = served_hosts(settings);
    if (auto host = office.passkeys.host(); !host.empty()) options.hosts.push_back(std::move(host));
    options.identity = [&office] { return identity_of(office); };
    options.admin_socket = settings.admin_socket;
    options.io_threads = static_cast<unsigned>(settings.io_threads);
    options.workers = static_cast<unsigned>(settings.worker_threads);
    options.limits.connections_max = static_cast<std::size_t>(settings.connections_max);
    options.limits.connections_per_address_max =
        static_cast<std::size_t>(settings.connections_per_address);
    base::make_private_folder(options.admin_socket.parent_path());
    return options;
}

// One that a restart cut off does not count: it is made up for. Nor does one that a wrong clock has
// put into the future.
std::optional<Instant> last_scheduled_backup(store::Pool& pool, Instant now)
{
    auto const newest = pool.read(log_file).one<std::optional<Instant>>(
        R"(SELECT max(created_at) FROM job
            WHERE kind = 'backup' AND actor = ?1 AND created_at <= ?2
              AND state <> 'cancelled' AND (error IS NULL OR error <> 'interrupted'))",
        scheduler_actor, now
    );
    return newest.value_or(std::nullopt);
}

schedule::DailyTask nightly_backup(Office& office)
{
    return {
        "backup", schedule::parse_time_of_day(office.settings.backup_time),
        [&office] { return last_scheduled_backup(office.pool, office.clock.now()); },
        [&office] { office.backup.start("daily", scheduler_actor); }
    };
}

schedule::Beat forget_idempotency_keys(Office& office)
{
    return {"idempotency", std::chrono::hours{1}, [&office] {
                auto batch = office.pool.batch(log_file);
                batch.exec(
                    "DELETE FROM idempotency WHERE at < ?1", office.clock.now() - idempotency_kept
                );
                batch.commit();
            }};
}

// What the settings keep no longer. 0 days: for ever.
schedule::Beat shorten_logs(Office& office, http::AccessLog& access_log)
{
    return {"logs", std::chrono::hours{1}, [&office, &access_log] {
                auto const before = [&](std::int64_t days) -> std::optional<Instant> {
                    if (days == 0) return std::nullopt;
                    return office.clock.now() - std::chrono::days{days};
                };
                auto const& settings = office.settings;
                if (auto const day = before(settings.log_login_days))
                    office.sign_in_log.remove_attempts(*day);
                if (auto const day = before(settings.log_lockout_days))
                    office.sign_in_log.remove_lockouts(*day);
                if (auto const day = before(settings.log_access_days)) access_log.remove(*day);
            }};
}

schedule::Beat note_expired_locks(Office& office)
{
    return {"lockouts", std::chrono::minutes{1}, [&office] {
                office.sign_in_log.note_expired(office.clock.now());
            }};
}

schedule::Beat remove_expired_exports(Office& office)
{
    return {"exports", std::chrono::hours{1}, [&office] { office.exports.remove_expired(); }};
}

schedule::Beat watch_certificates(Office& office)
{
    return {"certificates", std::chrono::hours{1}, [&office] {
                office.server_certificate.renew_when_due();
                office.expiry.log_what_is_due();
                office.devices.write_uses();
            }};
}

// A change of certificates that cannot be put to use leaves the ones before in use.
void follow_certificates(Office& office, net::Server& server)
{
    auto const reload = [&server] {
        try {
            server.reload_identity();
            base::log::info("app", "certificate_in_use");
        } catch (std::exception const& error) {
            base::log::error("app", "certificate_not_used", {{"what", error.what()}});
        }
    };
    office.devices.on_change_of_asking(reload);
    office.server_certificate.on_change(reload);
}

// A key that was made is in the repository within a minute (architecture.md §5: within the hour).
schedule::Beat copy_changed_keys(Office& office, std::uint64_t& copied)
{
    return {"key_store_copy", std::chrono::seconds{30}, [&office, &copied] {
                auto const changes = office.keys->changes();
                if (changes == copied) return;
                office.backup.write_key_copy();
                copied = changes;
            }};
}

schedule::Beat end_support(Office& office)
{
    return {"support", std::chrono::seconds{10}, [&office] { office.support.end_expired(); }};
}

schedule::Beat note_token_uses(Office& office)
{
    return {"token_uses", std::chrono::minutes{1}, [&office] { office.tokens.write_uses(); }};
}

// A version of a person's record (適用日) begins with its day.
schedule::Beat begin_versions_of_the_day(Office& office, std::optional<Date>& done)
{
    return {"versions", std::chrono::minutes{1}, [&office, &done] {
                auto const now = office.clock.now();
                auto const today = domain::date_in_japan(now);
                if (done == today) return;
                for (auto const& [client, book] : office.clients.all_books()) {
                    try {
                        office.employees.begin_due_versions(book, now);
                    } catch (store::Error const&) { // one damaged book must not stop the others
                        base::log::error(
                            "app", "versions_not_begun", {{"client", std::to_string(client)}}
                        );
                    }
                }
                done = today;
            }};
}

// Last days and retirements: the account is shut when the day after begins, and after a restart.
schedule::Beat end_accounts(Office& office)
{
    return {"account_endings", std::chrono::minutes{5}, [&office] { office.endings.end_due(); }};
}

// A change that the disk cut off before it reached its book is carried on when there is room again.
schedule::Beat carry_on_clients(Office& office)
{
    return {"client_outbox", std::chrono::seconds{5}, [&office] {
                office.clients.replay_outbox();
            }};
}

// 棚卸: one a month, and a word in the log while one is overdue.
schedule::Beat keep_up_reviews(Office& office)
{
    return {"account_reviews", std::chrono::minutes{1}, [&office, since = office.opened_at()] {
                office.account_reviews.keep_up(since);
            }};
}

void write_probe(store::Pool& pool, Instant now)
{
    auto batch = pool.batch(log_file);
    batch.exec(
        "INSERT INTO write_probe (id, at) VALUES (1, ?1) "
        "ON CONFLICT (id) DO UPDATE SET at = excluded.at",
        now
    );
    batch.commit();
}

} // namespace

void serve(Settings const& settings, std::function<void(std::uint16_t port)> const& listening)
{
    base::SystemClock const clock;
    Office office{settings, clock};
    http::AccessLog access_log{office.pool};
    std::atomic<bool> ready = false;
    Pages const pages{settings, ready};
    http::Dispatcher dispatcher{
        {office.identity, office.clients, clock, office.gates(),
         [&](net::Request const& request) { return pages.answer(request); },
         [&](http::AccessRecord record) { access_log.add(std::move(record)); }, 1 << 20,
         static_cast<std::uint64_t>(settings.upload_megabytes) << 20},
        office.routes()
    };
    net::Server server{server_options(office), dispatcher};
    follow_certificates(office, server);

    auto keys_copied = std::numeric_limits<std::uint64_t>::max(); // a crash may have come before
    std::optional<Date> versions_begun;
    schedule::Scheduler scheduler{
        {nightly_backup(office)},
        {forget_idempotency_keys(office), remove_expired_exports(office),
         copy_changed_keys(office, keys_copied), begin_versions_of_the_day(office, versions_begun),
         carry_on_clients(office), watch_certificates(office), keep_up_reviews(office),
         shorten_logs(office, access_log), note_expired_locks(office), end_support(office),
         note_token_uses(office), end_accounts(office)},
        office.opened_at(),
        clock
    };
    scheduler.start();
    schedule::Watchdog const watchdog{
        {[&] { return scheduler.beats(); }, [&] { return server.heartbeat(); },
         [&] { return server.requests_wait(); }, [&] { write_probe(office.pool, clock.now()); }}
    };
    server.run([&] {
        ready = true;
        base::log::info(
            "app", "serving",
            {{"port", std::to_string(server.port())}, {"version", KURAMORI_VERSION}}
        );
        listening(server.port());
        schedule::Watchdog::ready();
    });
    ready = false;
    schedule::Watchdog::stopping();
    base::log::info("app", "stopping");
}

} // namespace app

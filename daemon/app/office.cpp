#include "app/office.hpp"

#include "backup/in_place.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "domain/date.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

namespace app {

namespace {

store::FileId const office_file{store::Kind::office, {}, 1};

std::filesystem::path whole(std::filesystem::path const& data_folder)
{
    if (backup::InPlace{data_folder}.begun())
        throw OfficeError("restore_unfinished", data_folder.string());
    if (!std::filesystem::exists(data_folder / "keyring.db"))
        throw OfficeError("data_folder_missing", data_folder.string());
    return data_folder;
}

// Left-overs of a verification or an upload that a crash cut off.
std::filesystem::path emptied_scratch(std::filesystem::path const& data_folder)
{
    auto const scratch = data_folder / "tmp";
    std::filesystem::remove_all(scratch);
    base::make_private_folder(scratch);
    return scratch;
}

// A full disk must not keep what is there from being read: the probe goes elsewhere then.
store::EngineFacts probed(std::filesystem::path const& scratch)
{
    bool const room = base::free_bytes(scratch) > (1U << 20U);
    return store::assert_engine(room ? scratch : std::filesystem::temp_directory_path());
}

std::string name_of_actor(auth::Accounts const& accounts, std::string const& actor)
{
    constexpr std::string_view prefix = "account:";
    if (!actor.starts_with(prefix)) return actor;
    std::int64_t id = 0;
    std::from_chars(actor.data() + prefix.size(), actor.data() + actor.size(), id);
    auto const account = accounts.find(id);
    return account ? account->name : actor;
}

std::vector<backup::SavedBlob> blobs_of(store::Reader const& book, std::string const& book_id)
{
    std::vector<backup::SavedBlob> saved;
    for (auto const& blob : documents::blobs_to_save(book))
        saved.push_back({book_id, blob.id, blob.stored_bytes, blob.stored_sha256});
    return saved;
}

// What kuramori.yaml asks for, by class; screens may only ask for more.
auth::Policies::Floor floor_of(Settings const& settings)
{
    auth::Policies::Floor floor;
    floor.long_enough = settings.password_long_enough;
    floor.two_person = settings.two_person;
    for (std::size_t i = 0; i < floor.of_class.size(); ++i) {
        auto const of = static_cast<http::AccountClass>(i);
        auto& rules = floor.of_class[i];
        rules.length_min = settings.password_length_min;
        rules.kinds_min = settings.password_classes_min;
        rules.history = settings.password_history;
        rules.days = 0;
        if (of == http::AccountClass::administrator)
            rules.days = settings.password_days_administrator;
        if (of == http::AccountClass::staff) rules.days = settings.password_days_staff;
        rules.lockout_failures = settings.lockout_failures;
        rules.lockout_minutes = settings.lockout_minutes;
        auto const& asked = settings.second_factor_for;
        rules.second_factor =
            std::find(asked.begin(), asked.end(), boost::describe::enum_to_string(of, "")) !=
            asked.end();
    }
    return floor;
}

admission::GeoTable geo_table(Settings const& settings, Instant now)
{
    if (settings.geo_table.empty()) return {};
    auto table = admission::GeoTable::load(settings.geo_table);
    if (!table.is_readable())
        base::log::error("admission", "geo_table_unreadable", {{"file", settings.geo_table}});
    else if (table.is_stale(domain::date_in_japan(now)))
        base::log::warning("admission", "geo_table_stale", {{"file", settings.geo_table}});
    return table;
}

passkeys::RelyingParty party_of(Settings const& settings, store::Pool& pool)
{
    auto host = passkey_host(settings, pool);
    if (host.empty()) return {};
    std::vector<std::string> origins{
        "https://" + host, "https://" + host + ":" + std::to_string(settings.listen_port)
    };
    return {std::move(host), std::move(origins)};
}

ops::BackupFacts facts_for_home(backup::Backup& backup)
{
    auto const overview = backup.overview();
    ops::BackupFacts facts;
    facts.last_at = overview.last_at;
    facts.last_proven_at = overview.last_proven_at;
    facts.same_device = overview.same_device;
    facts.newest_damaged = !overview.restore_points.empty() &&
                           overview.restore_points.front().state == backup::PointState::damaged;
    return facts;
}

std::vector<ops::HomeTask> tasks_of(std::vector<devices::Expiring> const& expiring)
{
    std::vector<ops::HomeTask> tasks;
    for (auto const& [what, count, urgent] : expiring) tasks.push_back({what, urgent, count});
    return tasks;
}

ops::AccountFacts
account_facts(accounts::Grants const& grants, reviews::Reviews const& account_reviews, Instant now)
{
    auto const open = account_reviews.open_reviews(now);
    return {grants.waiting(), open.waiting, open.overdue};
}

} // namespace

DataLock::DataLock(std::filesystem::path const& folder)
    : descriptor_(::open((folder / ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600))
{
    if (descriptor_ < 0) throw OfficeError("data_folder_missing", folder.string());
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
    ::close(descriptor_);
    throw OfficeError("data_folder_in_use", folder.string());
}

DataLock::~DataLock() { ::close(descriptor_); }

bool office_exists(Settings const& settings)
{
    return std::filesystem::exists(std::filesystem::path{settings.data_folder} / "office.db");
}

Office::Office(Settings const& with, base::Clock const& system_clock)
    : settings(with)
    , clock(system_clock)
    , lock(settings.data_folder)
    , engine(probed(emptied_scratch(whole(settings.data_folder))))
    , keys(keyring::Keyring::open(
          settings.data_folder, keyring::load_root_key(settings.root_key_file), clock
      ))
    , pool(
          {settings.data_folder, static_cast<std::size_t>(settings.store_connections), 2000,
           base::reserved_bytes(settings.data_folder)},
          [this](store::FileId const& file) { return keys->database_key(file); }
      )
    , recorder(clock, keys->audit_root())
    , roles(pool, recorder, clock)
    , accounts({pool, recorder, clock, roles})
    , sessions(
          {std::chrono::minutes{settings.session_idle_minutes},
           std::chrono::hours{settings.session_hours}}
      )
    , second_factors(pool, recorder, clock)
    , passkeys(pool, recorder, party_of(settings, pool))
    , sign_in_log(pool, {settings.lockout_failures, std::chrono::minutes{settings.lockout_minutes}})
    , throttle(
          {settings.throttle_failures, std::chrono::minutes{settings.throttle_window_minutes},
           std::chrono::minutes{settings.throttle_wait_minutes},
           std::chrono::seconds{settings.throttle_delay_seconds}}
      )
    , policies(pool, recorder, floor_of(settings))
    , access(pool, recorder, clock, geo_table(settings, clock.now()))
    , network_gate(access)
    , hours_gate(access, pool)
    , door(
          {accounts, roles, sessions, second_factors, sign_in_log, throttle, hashing, policies,
           [this](audit::Finding const& finding) { audit::add_finding(pool, finding); }}
      )
    , own_account({accounts, sessions, second_factors, sign_in_log, door, policies})
    , passkey_door({accounts, sessions, sign_in_log, door, passkeys})
    , own_passkeys({accounts, sessions, second_factors, door, passkeys, policies})
    , grants({pool, recorder, clock, accounts})
    , accounts_desk({accounts, roles, grants, sessions, second_factors, sign_in_log, policies})
    , roles_desk({roles, accounts, sessions, settings.two_person})
    , account_ledger(
          {pool, recorder, roles, second_factors,
           [this](std::string const& actor) { return name_of_actor(accounts, actor); },
           settings.dormant_days}
      )
    , account_reviews({pool, recorder, clock, accounts, account_ledger})
    , access_desk(access, accounts)
    , devices(
          {pool, recorder, clock, [this] { return keys->certificate_key(); },
           [this] { return accounts.office_name(); }}
      )
    , device_gate(devices)
    , devices_desk({devices, device_gate})
    , server_certificate(
          {pool, recorder, clock, [this] { return keys->certificate_key(); },
           [this] { return accounts.office_name(); }, certificate_files(settings),
           served_hosts(settings), typed_names(settings)}
      )
    , expiry(devices, server_certificate, clock)
    , support({pool, recorder, clock, accounts, sessions, settings.two_person})
    , tokens({pool, recorder, clock, accounts})
    , identity(door, tokens)
    , delegation_desk({support, tokens})
    , clients(
          {pool, recorder, clock,
           [this](std::string const& book_id) { keys->create_book_keys(book_id); },
           [this](std::string const& book_id) { keys->destroy_book_keys(book_id); },
           [this](std::int64_t client_id) { return search.head_count(client_id); },
           [this](std::string const& actor) { return name_of_actor(accounts, actor); }}
      )
    , enrolment(
          {pool, clock, accounts, roles, clients, policies,
           public_url(settings, passkey_host(settings, pool))}
      )
    , client_accounts(
          {pool,
           {accounts, roles, grants, sessions, second_factors, sign_in_log, policies},
           enrolment}
      )
    , endings(
          {pool, clock, accounts, sessions, clients,
           settings.account_ends == "next_day" ? enrolment::EndsWhen::next_day
                                               : enrolment::EndsWhen::next_business_day,
           domain::holidays()}
      )
    , search(pool, clients)
    , employees(
          {pool, recorder,
           [this](std::string const& actor) { return name_of_actor(accounts, actor); }}
      )
    , blobs(
          {settings.data_folder,
           [this](std::string const& book_id) { return keys->blob_key(book_id); },
           base::reserved_bytes(settings.data_folder)}
      )
    , documents(
          {pool, recorder, blobs,
           [this](std::string const& actor) { return name_of_actor(accounts, actor); }}
      )
    , jobs(pool, clock, static_cast<unsigned>(settings.job_threads))
    , imports(
          {pool, recorder, clock, blobs, clients, jobs,
           [this](std::string const& actor) { return name_of_actor(accounts, actor); }}
      )
    , exports({pool, recorder, clock, blobs, clients, jobs})
    , backup(
          {pool, *keys, jobs, clock, settings.backup_repository, settings.backup_time,
           static_cast<std::size_t>(settings.backup_generations),
           [this] { return blobs.hold_files(); }, blobs_of,
           [this](std::string const& book_id, std::string const& blob_id) {
               return blobs.file_of(book_id, blob_id);
           }}
      )
    , ops(
          {pool, [this] { return facts_for_home(backup); },
           [this](http::Caller const& caller) { return tasks_of(expiry.seen_by(caller)); },
           [this] { return account_facts(grants, account_reviews, clock.now()); },
           [this] { return search.total_head_count(); }, engine.sqlite_version,
           engine.cipher_version, clock.now()}
      )
{
    door.ask(gates());
    pool.on_commit([this](store::FileId const& file) { search.committed(file); });
    jobs.settle_interrupted();
    clients.replay_outbox();
    migrate_books();
    documents::settle_blobs(blobs, pool, clients.all_books());
    search.start();
}

Office::~Office() { jobs.stop(); }

// Every book has the schema of this version before anybody is served. A book that cannot be brought
// there is named in the log and answers with an error; the others serve.
void Office::migrate_books()
{
    auto const wanted = std::to_string(store::newest_version(store::Kind::book));
    auto const known =
        pool.read(office_file)
            .one<std::string>("SELECT value FROM setting WHERE key = 'books_schema'");
    if (known == wanted) return;
    for (auto const& [client_id, book] : clients.all_books()) {
        try {
            pool.read(book);
        } catch (store::Error const& error) {
            base::log::error(
                "app", "book_quarantined",
                {{"client", std::to_string(client_id)}, {"what", error.what()}}
            );
        }
    }
    auto transaction = pool.begin(office_file);
    transaction.exec(
        "INSERT INTO setting (key, value) VALUES ('books_schema', ?1) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        wanted
    );
    transaction.commit(
        recorder.append(transaction, {"system:start", "office.books_migrated", "office", "{}"})
    );
}

Instant Office::opened_at()
{
    return pool.read(office_file)
        .one<Instant>("SELECT at FROM audit ORDER BY seq LIMIT 1")
        .value_or(clock.now());
}

std::vector<http::RoomRoutes> Office::routes()
{
    return {
        door.routes(),
        own_account.routes(),
        accounts_desk.routes(),
        roles_desk.routes(),
        clients.routes(),
        employees.routes(),
        documents.routes(),
        search.routes(),
        jobs.routes(),
        imports.routes(),
        exports.routes(),
        backup.routes(),
        ops.routes(),
        policies.routes(),
        access_desk.routes(),
        passkey_door.routes(),
        own_passkeys.routes(),
        devices_desk.routes(),
        server_certificate.routes(),
        delegation_desk.routes(),
        account_ledger.routes(),
        account_reviews.routes(),
        enrolment.routes(),
        client_accounts.routes()
    };
}

std::vector<http::Gate*> Office::gates()
{
    return {&network_gate, &hours_gate, &device_gate, &support};
}

} // namespace app

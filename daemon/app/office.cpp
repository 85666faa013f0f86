#include "app/office.hpp"

#include "backup/in_place.hpp"
#include "base/files.hpp"
#include "base/log.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

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

auth::SignInPolicy policy_of(Settings const& settings)
{
    auth::SignInPolicy policy;
    policy.password = {
        settings.password_length_min, settings.password_classes_min,
        settings.password_history,    settings.password_days_administrator,
        settings.password_days_staff, settings.password_long_enough,
    };
    policy.two_person = settings.two_person;
    policy.second_factor_for.clear();
    for (auto const& name : settings.second_factor_for)
        if (http::AccountClass of{}; boost::describe::enum_from_string(name.c_str(), of))
            policy.second_factor_for.insert(of);
    return policy;
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
    , sign_in_log(pool, {settings.lockout_failures, std::chrono::minutes{settings.lockout_minutes}})
    , throttle(
          {settings.throttle_failures, std::chrono::minutes{settings.throttle_window_minutes},
           std::chrono::minutes{settings.throttle_wait_minutes}}
      )
    , sign_in_policy(policy_of(settings))
    , door(
          {accounts, roles, sessions, second_factors, sign_in_log, throttle, hashing, sign_in_policy
          }
      )
    , own_account({accounts, sessions, second_factors, sign_in_log, door, sign_in_policy})
    , grants({pool, recorder, clock, accounts})
    , accounts_desk({accounts, roles, grants, sessions, second_factors, sign_in_log, sign_in_policy}
      )
    , roles_desk({roles, accounts, sessions, settings.two_person})
    , clients(
          {pool, recorder, clock,
           [this](std::string const& book_id) { keys->create_book_keys(book_id); },
           [this](std::string const& book_id) { keys->destroy_book_keys(book_id); },
           [this](std::int64_t client_id) { return search.head_count(client_id); },
           [this](std::string const& actor) { return name_of_actor(accounts, actor); }}
      )
    , enrolment({pool, clock, accounts, roles, clients, sign_in_policy, public_url(settings)})
    , client_accounts(
          {pool,
           {accounts, roles, grants, sessions, second_factors, sign_in_log, sign_in_policy},
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
           [this] { return search.total_head_count(); }, engine.sqlite_version,
           engine.cipher_version, clock.now()}
      )
{
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
    return {door.routes(),       own_account.routes(), accounts_desk.routes(),
            roles_desk.routes(), enrolment.routes(),   client_accounts.routes(),
            clients.routes(),    employees.routes(),   documents.routes(),
            search.routes(),     jobs.routes(),        imports.routes(),
            exports.routes(),    backup.routes(),      ops.routes()};
}

std::vector<http::Gate*> Office::gates() { return {}; }

} // namespace app

#pragma once
// The opened office: keys, files and rooms, made in order of dependency. Used by the daemon, and by
// commands that work on a stopped one.
#include "accounts/desk.hpp"
#include "accounts/roles_desk.hpp"
#include "admission/desk.hpp"
#include "admission/gates.hpp"
#include "app/settings.hpp"
#include "audit/recorder.hpp"
#include "auth/own_account.hpp"
#include "auth/own_passkeys.hpp"
#include "auth/passkey_door.hpp"
#include "backup/backup.hpp"
#include "clients/clients.hpp"
#include "crypto/certificates.hpp"
#include "delegation/desk.hpp"
#include "devices/devices_desk.hpp"
#include "devices/expiry.hpp"
#include "devices/server_certificate.hpp"
#include "documents/documents.hpp"
#include "employees/employees.hpp"
#include "enrolment/client_accounts.hpp"
#include "enrolment/desk.hpp"
#include "enrolment/endings.hpp"
#include "exports/exports.hpp"
#include "imports/imports.hpp"
#include "jobs/jobs.hpp"
#include "keyring/keyring.hpp"
#include "ops/ops.hpp"
#include "reviews/reviews.hpp"
#include "search/search.hpp"
#include "store/engine.hpp"
#include "store/pool.hpp"

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace app {

// Something about the office's place that a person has to put right. `code` is stable:
// data_folder_missing, data_folder_in_use, office_exists, root_key_missing,
// restore_unfinished. The text says which
// folder.
class OfficeError : public std::runtime_error {
public:
    OfficeError(std::string error_code, std::string const& where)
        : std::runtime_error(error_code + ": " + where), code(std::move(error_code)), place(where)
    {
    }
    std::string const code;
    std::string const place;
};

// Held by whoever works on a data folder: two daemons, or a daemon and a restore, exclude each
// other. Throws when somebody else holds it.
class DataLock {
public:
    explicit DataLock(std::filesystem::path const& folder);
    DataLock(DataLock const&) = delete;
    DataLock& operator=(DataLock const&) = delete;
    ~DataLock();

private:
    int descriptor_;
};

class Office {
public:
    // Opens an office that exists; everything below is ready to use afterwards, and what a crash
    // left half done is finished.
    Office(Settings const& settings, base::Clock const& system_clock);
    Office(Office const&) = delete;
    Office& operator=(Office const&) = delete;
    ~Office();

    std::vector<http::RoomRoutes> routes();
    std::vector<http::Gate*> gates(); // that every request passes, in this order
    Instant opened_at();              // the office's first day

    Settings const settings;
    base::Clock const& clock;
    DataLock const lock;
    store::EngineFacts const engine;
    std::unique_ptr<keyring::Keyring> keys;
    store::Pool pool;
    audit::Recorder recorder;
    roles::RoleBook roles;
    auth::Accounts accounts;
    auth::Sessions sessions;
    auth::SecondFactors second_factors;
    passkeys::Passkeys passkeys;
    auth::SignInLog sign_in_log;
    auth::Throttle throttle;
    auth::Hashing hashing;
    auth::Policies policies;
    admission::Access access;
    admission::NetworkGate network_gate;
    admission::HoursGate hours_gate;
    auth::Door door;
    auth::OwnAccount own_account;
    auth::PasskeyDoor passkey_door;
    auth::OwnPasskeys own_passkeys;
    accounts::Grants grants;
    accounts::AccountsDesk accounts_desk;
    accounts::RolesDesk roles_desk;
    reviews::Ledger account_ledger;
    reviews::Reviews account_reviews;
    admission::Desk access_desk;
    devices::Registry devices;
    devices::DeviceGate device_gate;
    devices::DevicesDesk devices_desk;
    devices::ServerCertificate server_certificate;
    devices::Expiry expiry;
    delegation::Support support;
    delegation::Tokens tokens;
    delegation::Identity identity;
    delegation::Desk delegation_desk;
    clients::Clients clients;
    enrolment::EnrolmentDesk enrolment;
    enrolment::ClientAccounts client_accounts;
    enrolment::Endings endings;
    search::Search search;
    employees::Employees employees;
    documents::BlobStore blobs;
    documents::Documents documents;
    jobs::Jobs jobs;
    imports::Imports imports;
    exports::Exports exports;
    backup::Backup backup;
    ops::Ops ops;

private:
    void migrate_books();
};

bool office_exists(Settings const& settings);
crypto::CertificateFiles certificate_files(Settings const& settings);
std::vector<std::string> served_hosts(Settings const& settings); // settings and this machine's own
// The name that browsers elsewhere can use, when nobody has said one.
std::string usual_host(Settings const& settings);
// The name under which the office's passkeys work: the setting, the one that init was given, or the
// usual one. Empty: there is only an address, which browsers make no passkeys for.
std::string passkey_host(Settings const& settings, store::Pool& pool);
bool is_host_name(std::string_view text); // lower case letters, digits and hyphens between dots
// Those of them that people type: neither localhost nor the addresses of every interface.
std::vector<std::string> typed_names(Settings const& settings);
// Where a browser elsewhere opens it; without a name by its address.
std::string public_url(Settings const& settings, std::string const& name);

// A new office in an empty data folder: root key file, keyring, office.db, log.db, certificate.
// `host` is the name that it will be opened under; it stays, because passkeys are made for it.
// Returns the code with which the first administrator sets up their account; called again before
// that has happened, a new code (the old one is dead). Afterwards: office_exists.
std::string create_office(
    Settings const& settings,
    std::string const& office_name,
    std::string const& host,
    base::Clock const& clock
);

} // namespace app

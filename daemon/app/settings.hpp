#pragma once
// kuramori.yaml: every key with its default and what it means. Unknown and repeated keys are
// refused with file and line; a key that is left out has its default.
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace app {

struct Settings {
    std::string data_folder = "/var/lib/kuramori";
    std::string root_key_file = "/etc/kuramori/root.key";
    std::string backup_repository = "/var/backups/kuramori";
    std::string backup_time = "23:00"; // Japanese time
    std::int64_t backup_generations = 14;
    std::string listen_address = "0.0.0.0";
    std::int64_t listen_port = 8443;
    std::vector<std::string> listen_hosts;
    std::string tls_certificate = "/etc/kuramori/server.crt";
    std::string tls_key = "/etc/kuramori/server.key";
    std::string admin_socket = "/run/kuramori/admin.sock";
    std::string ui_folder = "/usr/share/kuramori/ui";
    std::int64_t io_threads = 2;
    std::int64_t worker_threads = 4;
    std::int64_t job_threads = 1;
    std::int64_t connections_max = 1000;
    std::int64_t connections_per_address = 64;
    std::int64_t upload_megabytes = 100;
    std::int64_t store_connections = 600;
    std::int64_t session_idle_minutes = 30;
    std::int64_t session_hours = 12;
    std::int64_t lockout_failures = 5;
    std::int64_t lockout_minutes = 30;
    std::int64_t log_login_days = 0; // LOG-01, LOG-02: whole life
    std::int64_t log_lockout_days = 0;
    std::int64_t log_access_days = 365; // B.1
    std::int64_t throttle_failures = 20;
    std::int64_t throttle_window_minutes = 5;
    std::int64_t throttle_wait_minutes = 10;
    std::string passkeys_host;               // empty: the one that init was given
    std::int64_t throttle_delay_seconds = 1; // 0: none
    std::string geo_table;                   // empty: off
    std::vector<std::string> second_factor_for{"administrator", "staff"};
    bool two_person = true; // 二人承認
    std::int64_t dormant_days = 90;
    std::string account_ends = "next_business_day"; // or next_day, after the last day
    std::int64_t password_length_min = 10;
    std::int64_t password_classes_min = 3;
    std::int64_t password_history = 5;
    std::int64_t password_days_administrator = 30; // 0: never expires
    std::int64_t password_days_staff = 90;
    std::int64_t password_long_enough = 15; // 0: no length lifts the other rules

    std::filesystem::path file; // where they were read from
};

class SettingsError : public std::runtime_error { // "kuramori.yaml:12: unknown key listen.prt"
public:
    using std::runtime_error::runtime_error;
};

Settings load_settings(std::filesystem::path const& file); // throws SettingsError
Settings parse_settings(std::string const& yaml, std::string const& file_name);

// All keys with these values, as YAML with its comments: conf/kuramori.yaml is this for the
// defaults (a test holds them equal).
std::string to_yaml(Settings const& settings);

} // namespace app

#include "app/office.hpp"
#include "backup/in_place.hpp"
#include "base/files.hpp"

#include <fmt/format.h>

namespace app {

crypto::CertificateFiles certificate_files(Settings const& settings)
{
    std::filesystem::path const server{settings.tls_certificate};
    std::filesystem::path const root_key{settings.root_key_file};
    return {
        root_key.parent_path() / "ca.key", server.parent_path() / "ca.crt", settings.tls_key, server
    };
}

std::vector<std::string> served_hosts(Settings const& settings)
{
    auto hosts = settings.listen_hosts;
    for (auto& host : crypto::own_hosts()) hosts.push_back(std::move(host));
    return hosts;
}

bool is_host_name(std::string_view text)
{
    if (text.empty() || text.size() > 253) return false;
    bool only_digits = true; // 192.168.1.5 is an address
    std::size_t label = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        bool const letter = c >= 'a' && c <= 'z';
        bool const hyphen = c == '-' && label > 0 && i + 1 < text.size() && text[i + 1] != '.';
        bool const dot = c == '.' && label > 0 && i + 1 < text.size();
        if (!letter && !(c >= '0' && c <= '9') && !hyphen && !dot) return false;
        only_digits = only_digits && !letter;
        label = dot ? 0 : label + 1;
        if (label > 63) return false;
    }
    return !only_digits;
}

std::string usual_host(Settings const& settings)
{
    for (auto const& host : settings.listen_hosts)
        if (is_host_name(host)) return host;
    if (settings.listen_address == "127.0.0.1" || settings.listen_address == "::1")
        return "localhost";
    for (auto& host : crypto::own_hosts())
        if (host != "localhost" && is_host_name(host)) return std::move(host);
    return {};
}

std::string passkey_host(Settings const& settings, store::Pool& pool)
{
    if (!settings.passkeys_host.empty())
        return is_host_name(settings.passkeys_host) ? settings.passkeys_host : std::string{};
    store::FileId const office{store::Kind::office, {}, 1};
    auto const given =
        pool.read(office).one<std::string>("SELECT value FROM setting WHERE key = 'host'");
    return given ? *given : usual_host(settings);
}

std::vector<std::string> typed_names(Settings const& settings)
{
    if (!settings.listen_hosts.empty()) return settings.listen_hosts;
    auto const own = crypto::own_hosts(); // localhost, the machine's name, addresses
    return own.size() > 1 ? std::vector{own[1]} : std::vector<std::string>{};
}

namespace {

void keep_host(store::Pool& pool, audit::Recorder const& recorder, std::string const& host)
{
    auto transaction = pool.begin({store::Kind::office, {}, 1});
    transaction.exec(
        "INSERT INTO setting (key, value) VALUES ('host', ?1) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        host
    );
    transaction.commit(recorder.append(
        transaction,
        {"init", "office.host", "office", json::serialize(json::object{{"host", host}})}
    ));
}

} // namespace

std::string public_url(Settings const& settings, std::string const& name)
{
    auto host = name;
    if (host.empty() && !settings.listen_hosts.empty()) host = settings.listen_hosts.front();
    if (host.empty()) {
        host = "localhost";
        for (auto const& other : served_hosts(settings))
            if (host == "localhost") host = other;
    }
    bool const is_v6 = host.find(':') != std::string::npos;
    return fmt::format("https://{}:{}", is_v6 ? "[" + host + "]" : host, settings.listen_port);
}

// Each step is skipped when an earlier try, cut off by a crash, has done it.
std::string create_office(
    Settings const& settings,
    std::string const& office_name,
    std::string const& host,
    base::Clock const& clock
)
{
    std::filesystem::path const data{settings.data_folder};
    std::filesystem::path const root_key{settings.root_key_file};
    store::FileId const office{store::Kind::office, {}, 1};
    store::FileId const log{store::Kind::log, {}, 1};
    base::make_private_folder(data);
    DataLock const lock{data};
    if (backup::InPlace{data}.begun()) throw OfficeError("restore_unfinished", data.string());
    base::make_private_folder(data / "tmp");
    store::assert_engine(data / "tmp");
    if (!std::filesystem::exists(root_key)) {
        if (std::filesystem::exists(data / "keyring.db"))
            throw OfficeError("root_key_missing", root_key.string());
        keyring::create_root_key_file(root_key);
    }
    auto const keys = keyring::Keyring::create(data, keyring::load_root_key(root_key), clock);
    store::Pool pool{{data, 16, 2000}, [&](store::FileId const& file) {
                         return keys->database_key(file);
                     }};
    for (auto const& file : {log, office})
        if (!pool.exists(file)) pool.create(file);
    audit::Recorder const recorder{clock, keys->audit_root()};
    roles::RoleBook const roles{pool, recorder, clock};
    auth::Accounts accounts{{pool, recorder, clock, roles}};
    if (!accounts.first_needed()) throw OfficeError("office_exists", data.string());
    accounts.set_office_name(office_name);
    keep_host(pool, recorder, host);
    auto code = auth::new_setup_code();
    accounts.set_first_code(auth::setup_code_hash(code));
    crypto::ensure_certificates(
        certificate_files(settings), office_name, served_hosts(settings), clock.now()
    );
    return code;
}

} // namespace app

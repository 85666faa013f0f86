#include "app/office.hpp"
#include "backup/in_place.hpp"
#include "base/files.hpp"

#include <fmt/format.h>

#include <algorithm>

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

// The name that a browser elsewhere can use: the first that is not this machine's loopback.
std::string public_url(Settings const& settings)
{
    std::string host = "localhost";
    if (!settings.listen_hosts.empty()) {
        host = settings.listen_hosts.front();
    } else if (settings.listen_address != "127.0.0.1") {
        auto const hosts = served_hosts(settings);
        auto const other = std::find_if(hosts.begin(), hosts.end(), [](auto const& one) {
            return one != "localhost";
        });
        if (other != hosts.end()) host = *other;
    }
    return fmt::format("https://{}:{}", host, settings.listen_port);
}

// Each step is skipped when an earlier try, cut off by a crash, has done it.
std::string
create_office(Settings const& settings, std::string const& office_name, base::Clock const& clock)
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
    auto code = auth::new_setup_code();
    accounts.set_first_code(auth::setup_code_hash(code));
    crypto::ensure_certificates(
        certificate_files(settings), office_name, served_hosts(settings), clock.now()
    );
    return code;
}

} // namespace app

#include "devices/server_certificate.hpp"

#include "audit/recorder.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "base/present.hpp"
#include "crypto/aead.hpp"
#include "crypto/x509.hpp"

#include <algorithm>

namespace devices {

namespace {

store::FileId const office{store::Kind::office, {}, 1};

constexpr std::chrono::days renew_before{61}; // the first warning comes at 60
constexpr std::string_view pair_context = "server certificate";
constexpr std::string_view request_context = "server certificate request";
constexpr std::size_t names_max = 50;

struct RequestRow {
    std::string pem;
    std::string names;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(RequestRow, (), (pem, names, created_at))

SecretText unsealed(Key const& key, Bytes const& sealed, std::string_view context)
{
    auto plain = crypto::open(key, sealed, context);
    if (!plain) throw store::Error("the key of a certificate does not open", 0);
    SecretText text{std::string{base::as_text(*plain)}};
    base::wipe(plain->data(), plain->size());
    return text;
}

std::string chain_in(std::filesystem::path const& file)
{
    return std::string{base::as_text(base::read_file(file, 64 << 10))};
}

bool plain_host(std::string_view name)
{
    if (name.starts_with("*.")) name.remove_prefix(2);
    auto const fine = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    };
    return !name.empty() && name.size() <= 253 && name.front() != '.' && name.back() != '.' &&
           name.front() != '-' && name.find("..") == std::string_view::npos &&
           std::all_of(name.begin(), name.end(), fine);
}

} // namespace

struct ServerCertificate::Stored {
    std::string chain;
    Bytes sealed_key;
    bool self_made = false;
    Instant installed_at;
    BOOST_DESCRIBE_CLASS(Stored, (), (chain, sealed_key, self_made, installed_at), (), ())
};

std::optional<ServerCertificate::Stored> ServerCertificate::stored() const
{
    return parts_.pool.read(office).one<Stored>(
        "SELECT chain, sealed_key, self_made, installed_at FROM server_certificate WHERE id = 1"
    );
}

crypto::KeyPair ServerCertificate::pair() const
{
    if (auto row = stored()) {
        try {
            auto key = unsealed(parts_.sealing_key(), row->sealed_key, pair_context);
            return {std::move(row->chain), std::move(key)};
        } catch (store::Error const& error) {
            base::log::error("devices", "certificate_not_opened", {{"what", error.what()}});
        }
    }
    return crypto::read_server_pair(parts_.files);
}

ServerCertificateView ServerCertificate::view() const
{
    auto const row = stored();
    auto const chain = row ? row->chain : chain_in(parts_.files.server_certificate);
    auto facts = crypto::facts_of(chain);
    ServerCertificateView view;
    view.subject = std::move(facts.subject);
    view.issuer = std::move(facts.issuer);
    view.names = std::move(facts.names);
    view.key = std::move(facts.key);
    view.fingerprint = std::move(facts.fingerprint);
    view.begins_at = facts.begins_at;
    view.expires_at = facts.expires_at;
    view.self_made = !row || row->self_made;
    view.chain_complete = facts.chain_complete;
    view.names_missing = crypto::names_not_covered(chain, parts_.names);
    view.names_served = parts_.names;
    if (row) view.installed_at = row->installed_at;
    auto const waiting = parts_.pool.read(office).one<RequestRow>(
        "SELECT pem, names, created_at FROM server_certificate_request WHERE id = 1"
    );
    if (waiting)
        view.request = PendingRequest{
            waiting->pem, json::from_text<std::vector<std::string>>(waiting->names).value(),
            waiting->created_at
        };
    return view;
}

Result<ServerCertificateView>
ServerCertificate::request(RequestInput const& wanted, std::string const& actor)
{
    if (wanted.names.empty() || wanted.names.size() > names_max)
        return Problem{Fault::invalid, "invalid_fields", {{"names", "required"}}};
    for (auto const& name : wanted.names)
        if (!plain_host(name) && !crypto::x509::address_literal(name))
            return Problem{Fault::invalid, "invalid_fields", {{"names", "bad_host_name"}}};
    auto const made = crypto::make_pair_request(parts_.office_name(), wanted.names);
    auto const sealed =
        crypto::seal(parts_.sealing_key(), base::as_bytes(made.key.view()), request_context);
    auto transaction = parts_.pool.begin(office);
    transaction.exec(
        R"(INSERT INTO server_certificate_request (id, pem, names, sealed_key, created_at,
                                                   created_by)
           VALUES (1, ?1, ?2, ?3, ?4, ?5)
           ON CONFLICT (id) DO UPDATE SET pem = excluded.pem, names = excluded.names,
               sealed_key = excluded.sealed_key, created_at = excluded.created_at,
               created_by = excluded.created_by)",
        made.pem, json::to_text(wanted.names), sealed, parts_.clock.now(), actor
    );
    json::object const body{{"names", json::to(wanted.names)}};
    transaction.commit(parts_.recorder.append(
        transaction, {actor, "server_certificate.request", "office", json::serialize(body)}
    ));
    return view();
}

SecretText ServerCertificate::request_key() const
{
    auto const sealed = parts_.pool.read(office).one<Bytes>(
        "SELECT sealed_key FROM server_certificate_request WHERE id = 1"
    );
    if (!sealed) return {};
    return unsealed(parts_.sealing_key(), *sealed, request_context);
}

void ServerCertificate::install(
    crypto::KeyPair const& pair, bool self_made, std::string const& actor
)
{
    auto const sealed =
        crypto::seal(parts_.sealing_key(), base::as_bytes(pair.key.view()), pair_context);
    auto const facts = crypto::facts_of(pair.chain);
    auto transaction = parts_.pool.begin(office);
    transaction.exec(
        R"(INSERT INTO server_certificate (id, chain, sealed_key, self_made, installed_at,
                                           installed_by)
           VALUES (1, ?1, ?2, ?3, ?4, ?5)
           ON CONFLICT (id) DO UPDATE SET chain = excluded.chain,
               sealed_key = excluded.sealed_key, self_made = excluded.self_made,
               installed_at = excluded.installed_at, installed_by = excluded.installed_by)",
        pair.chain, sealed, self_made, parts_.clock.now(), actor
    );
    // A request that was answered is over; its key is the server's now.
    if (!self_made) transaction.exec("DELETE FROM server_certificate_request WHERE id = 1");
    json::object const body{
        {"fingerprint", facts.fingerprint},
        {"self_made", self_made},
        {"expires_at", facts.expires_at.time_since_epoch().count()}
    };
    transaction.commit(parts_.recorder.append(
        transaction, {actor, "server_certificate.install", "office", json::serialize(body)}
    ));
    if (tell_) tell_();
}

Result<ServerCertificateView>
ServerCertificate::import(CertificateInput const& wanted, std::string const& actor)
{
    crypto::Delivery delivery;
    if (wanted.chain) delivery.chain = *wanted.chain;
    if (wanted.key) delivery.key = SecretText{std::string{wanted.key->view()}};
    if (wanted.passphrase) delivery.passphrase = SecretText{std::string{wanted.passphrase->view()}};
    if (wanted.pkcs12) {
        auto bytes = base::from_base64url(*wanted.pkcs12);
        if (!bytes || bytes->empty())
            return Problem{
                Fault::invalid, "invalid_fields", {{"pkcs12", "certificate_unreadable"}}
            };
        delivery.pkcs12 = std::move(*bytes);
    }
    std::scoped_lock const lock{one_change_at_a_time_};
    TRY(auto const pair, crypto::accept_delivery(delivery, request_key(), parts_.clock.now()));
    install(pair, false, actor);
    return view();
}

Result<ServerCertificateView> ServerCertificate::renew(std::string const& actor)
{
    if (!std::filesystem::exists(parts_.files.authority_key))
        return Problem{Fault::conflict, "authority_key_missing"};
    std::scoped_lock const lock{one_change_at_a_time_};
    auto const pair = crypto::make_server_pair(
        parts_.files, parts_.office_name(), parts_.hosts, parts_.clock.now()
    );
    install(pair, true, actor);
    return view();
}

bool ServerCertificate::renew_when_due()
{
    auto const now = view();
    if (!now.self_made || now.expires_at - parts_.clock.now() > renew_before) return false;
    // Close to the authority's own end a new one lives no longer: nothing would be gained each day.
    if (auto const end = authority_expires_at(); end && *end <= now.expires_at) return false;
    if (auto const renewed = renew("system:scheduler"); !renewed) {
        base::log::error("devices", "certificate_not_renewed", {{"what", renewed.error().code}});
        return false;
    }
    base::log::info("devices", "certificate_renewed");
    return true;
}

std::optional<Instant> ServerCertificate::authority_expires_at() const
{
    if (auto const row = stored(); row && !row->self_made) return std::nullopt;
    if (!std::filesystem::exists(parts_.files.authority_certificate)) return std::nullopt;
    return crypto::authority_expires_at(parts_.files);
}

Result<ServerCertificateView> ServerCertificate::get(http::Call&) { return view(); }

Result<ServerCertificateView>
ServerCertificate::post_request(http::Call& call, RequestInput const& wanted)
{
    return request(wanted, call.caller.actor);
}

Result<ServerCertificateView>
ServerCertificate::put(http::Call& call, CertificateInput const& wanted)
{
    return import(wanted, call.caller.actor);
}

Result<ServerCertificateView> ServerCertificate::post_renewal(http::Call& call)
{
    return renew(call.caller.actor);
}

http::RoomRoutes ServerCertificate::routes()
{
    using http::Proof, http::Right, http::Scope, http::Verb, http::on;
    constexpr auto manage = Right::device_manage;
    static constexpr http::Route table[] = {
        {Verb::get, "/api/v1/server-certificate", manage, Scope::office, "getServerCertificate",
         on<&ServerCertificate::get>},
        {Verb::put, "/api/v1/server-certificate", manage, Scope::office, "importServerCertificate",
         on<&ServerCertificate::put>, Proof::fresh},
        {Verb::post, "/api/v1/server-certificate/request", manage, Scope::office,
         "requestServerCertificate", on<&ServerCertificate::post_request>, Proof::fresh},
        {Verb::post, "/api/v1/server-certificate/renew", manage, Scope::office,
         "renewServerCertificate", on<&ServerCertificate::post_renewal>, Proof::fresh},
    };
    return {table, this};
}

} // namespace devices

#include "asked.hpp"
#include "auth/accounts.hpp"
#include "crypto/x509.hpp"
#include "devices/devices_desk.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>
#include <openssl/pkcs12.h>

namespace {

using namespace std::chrono_literals;
using devices::Need, devices::RevokeReason;
using http::AccountClass;

struct Devices : TestOffice {
    roles::RoleBook roles{pool, recorder, clock};
    auth::Accounts accounts{{pool, recorder, clock, roles}};
    devices::Registry registry{
        {pool, recorder, clock, [] { return test_root(9); }, [] { return std::string{"試験"}; }}
    };
    devices::DeviceGate gate{registry};
    devices::DevicesDesk desk{{registry, gate}};
    std::int64_t const sato = person("sato");
    std::int64_t const mori = person("mori");

    std::int64_t person(char const* login_id)
    {
        return accounts
            .create_ready({login_id, login_id, {"administrator"}, true, {}, {}, {}}, {"hash", true})
            .id;
    }
    devices::Made issue(char const* login_id = "sato")
    {
        return registry.issue(login_id, "受付ノート", "account:1").value();
    }
    void need(Need administrator)
    {
        auto const version = registry.picture()->policy.version;
        REQUIRE(registry.set_policy({administrator, Need::off, Need::off, Need::off}, version, "t")
                    .has_value());
    }
    static http::Caller caller(std::int64_t id)
    {
        http::Caller who;
        who.account_id = id;
        who.account_class = AccountClass::administrator;
        return who;
    }
    static net::Request showing(devices::Certificate const& one)
    {
        net::Request request;
        request.certificate = net::ClientCertificate{one.issuer, one.serial};
        return request;
    }
    std::string asked(std::int64_t id, net::Request const& request = {})
    {
        auto const passed = gate.admit(caller(id), request, clock.now());
        return passed ? "" : passed.error().code;
    }
    std::string stranger(std::int64_t id, net::Request const& request = {})
    {
        auto const passed = gate.admit_stranger(id, request, clock.now());
        return passed ? "" : passed.error().code;
    }
};

} // namespace

TEST_CASE_FIXTURE(Devices, "a PKCS#12 file opens with its passphrase, and with no other")
{
    auto const made = issue();
    auto const bio = crypto::x509::bio_of(made.pkcs12);
    std::unique_ptr<PKCS12, decltype(&PKCS12_free)> const file{
        d2i_PKCS12_bio(bio.get(), nullptr), &PKCS12_free
    };
    REQUIRE(file);
    CHECK(PKCS12_verify_mac(file.get(), "wrong", -1) == 0);
    EVP_PKEY* key = nullptr;
    X509* own = nullptr;
    REQUIRE(PKCS12_parse(file.get(), made.passphrase.c_str(), &key, &own, nullptr) == 1);
    crypto::x509::PKey const held{key};
    crypto::x509::Certificate const shown{own};
    CHECK(X509_check_private_key(own, key) == 1);
    CHECK(crypto::x509::serial_of(own) == made.certificate.serial);
    auto const authority = crypto::x509::from_der(registry.picture()->authorities.at(0));
    CHECK(X509_verify(own, X509_get0_pubkey(authority.get())) == 1);
    CHECK(made.certificate.issuer == base::to_hex(crypto::x509::fingerprint_of(authority.get())));
    CHECK(made.certificate.expires_at == clock.now() + 398 * 24h);
}

TEST_CASE_FIXTURE(Devices, "neither key nor passphrase stays in office.db")
{
    auto const made = issue();
    auto const db = pool.read(office);
    CHECK(
        db.one<std::int64_t>(
            "SELECT count(*) FROM audit_body WHERE instr(body, ?1) > 0", made.passphrase
        ) == 0
    );
    auto const sealed = db.one<Bytes>("SELECT sealed_key FROM device_authority").value();
    CHECK_FALSE(crypto::x509::key_from_der(SecretText{std::string{base::as_text(sealed)}}));
}

TEST_CASE_FIXTURE(Devices, "the first certificate makes the authority, and a second one is refused")
{
    CHECK_FALSE(registry.authority());
    issue();
    auto const first = registry.authority().value();
    CHECK(registry.create_authority("t").error().code == "device_authority_exists");
    clock.advance(3652 * 24h - 399 * 24h); // a certificate would outlive it
    issue();
    CHECK(registry.authority()->fingerprint != first.fingerprint);
    CHECK(registry.picture()->authorities.size() == 2); // those of the first are still about
}

TEST_CASE_FIXTURE(Devices, "required: only one's own good certificate lets in")
{
    auto const mine = issue().certificate;
    auto const theirs = issue("mori").certificate;
    need(Need::required);
    CHECK(asked(sato) == "device_certificate_needed");
    CHECK(asked(sato, showing(mine)).empty());
    CHECK(asked(sato, showing(theirs)) == "device_certificate_foreign");
    auto unknown = mine;
    unknown.serial = "00";
    CHECK(asked(sato, showing(unknown)) == "device_certificate_unknown");
    REQUIRE(registry.revoke(mine.id, RevokeReason::lost, "t").has_value());
    CHECK(asked(sato, showing(mine)) == "device_certificate_revoked");
    CHECK(asked(0).empty()); // nobody is known yet
}

TEST_CASE_FIXTURE(Devices, "a certificate is over with the second of its end")
{
    auto const mine = issue().certificate;
    clock.set(mine.expires_at - 1s);
    CHECK(asked(sato, showing(mine)).empty());
    clock.set(mine.expires_at);
    CHECK(asked(sato, showing(mine)) == "device_certificate_expired");
}

TEST_CASE_FIXTURE(Devices, "optional lets in without one, and refuses a bad one; off looks at none")
{
    auto const theirs = issue("mori").certificate;
    CHECK(asked(sato).empty());
    CHECK(asked(sato, showing(theirs)) == "device_certificate_foreign");
    need(Need::off);
    CHECK(asked(sato, showing(theirs)).empty());
}

TEST_CASE_FIXTURE(Devices, "a stranger hears what somebody with the right password would hear")
{
    auto const theirs = issue("mori").certificate;
    auto const revoked = issue().certificate;
    REQUIRE(registry.revoke(revoked.id, RevokeReason::lost, "t").has_value());
    for (auto const policy : {Need::off, Need::optional, Need::required}) {
        need(policy);
        for (auto const& request : {net::Request{}, showing(theirs), showing(revoked)})
            CHECK(stranger(sato, request) == asked(sato, request));
    }
    CHECK(stranger(0) == "device_certificate_needed"); // no such name: the same
    CHECK(stranger(mori, showing(theirs)).empty());    // then the password decides
}

TEST_CASE_FIXTURE(Devices, "an account that is disabled takes its certificates with it, for good")
{
    auto const mine = issue().certificate;
    REQUIRE(accounts.disable(sato, "t").has_value());
    CHECK(asked(sato, showing(mine)) == "device_certificate_revoked");
    auto const after = registry.find(mine.id).value();
    CHECK(after.revoke_reason == RevokeReason::account_disabled);
    CHECK(registry.issue("sato", "机", "t").error().code == "account_disabled");
    REQUIRE(accounts.invite_again(sato, Bytes(32), "t").has_value());
    CHECK(asked(sato, showing(mine)) == "device_certificate_revoked");
}

TEST_CASE_FIXTURE(Devices, "a certificate is revoked once")
{
    auto const mine = issue().certificate;
    REQUIRE(registry.revoke(mine.id, RevokeReason::replaced, "account:2").has_value());
    CHECK(
        registry.revoke(mine.id, RevokeReason::lost, "t").error().code ==
        "device_certificate_is_revoked"
    );
    CHECK(registry.revoke(99, RevokeReason::lost, "t").error().code == "not_found");
    CHECK(registry.find(mine.id)->revoke_reason == RevokeReason::replaced);
}

TEST_CASE_FIXTURE(Devices, "who has no certificate here cannot require one of the own class")
{
    auto const mine = issue().certificate;
    devices::PolicyInput const wanted{Need::required, Need::off, Need::off, Need::off};
    Asked without{clock.now()};
    without.caller = caller(sato);
    without.seen(1);
    CHECK(desk.set_policy(without.call, wanted).error().code == "device_policy_locks_out");
    Asked with{clock.now()};
    with.caller = caller(sato);
    with.request.certificate = net::ClientCertificate{mine.issuer, mine.serial};
    with.seen(1);
    CHECK(desk.set_policy(with.call, wanted)->version == 2);
    CHECK(desk.set_policy(with.call, wanted).error().code == "version_conflict");
    with.param("device_id", mine.id);
    CHECK(desk.revoke(with.call, {RevokeReason::lost}).error().code == "device_certificate_in_use");
}

TEST_CASE_FIXTURE(Devices, "the console may require anything")
{
    Asked console{clock.now()};
    console.caller = {};
    console.caller.account_class = AccountClass::administrator;
    console.request.admin_socket = true;
    console.seen(1);
    CHECK(
        desk.set_policy(console.call, {Need::required, Need::off, Need::off, Need::off}).has_value()
    );
}

TEST_CASE_FIXTURE(Devices, "a file is handed out once, to who issued it, within ten minutes")
{
    Asked admin{clock.now()};
    auto const issued = desk.issue(admin.call, {"sato", "受付ノート"})->body;
    Asked other{clock.now()};
    other.caller.actor = "account:2";
    other.param("download_id", issued.download_id);
    CHECK(desk.download(other.call).error().code == "not_found");
    admin.param("download_id", issued.download_id);
    CHECK(desk.download(admin.call)->content_type == "application/x-pkcs12");
    CHECK(desk.download(admin.call).error().code == "not_found");

    Asked late{clock.now()};
    auto const again = desk.issue(late.call, {"sato", "受付ノート"})->body;
    late.param("download_id", again.download_id);
    late.call.now = clock.now() + 10min;
    CHECK(desk.download(late.call).error().code == "not_found");
}

TEST_CASE_FIXTURE(Devices, "what is issued has a name that can be read and an owner who is there")
{
    auto const refused = [&](char const* login_id, std::string const& device) {
        return registry.issue(login_id, device, "t").error().fields.at(0).message;
    };
    CHECK(refused("nobody", "机") == "unknown_person");
    CHECK(refused("sato", "  ") == "required");
    CHECK(refused("sato", std::string(61, 'x')) == "too_long");
    CHECK(refused("sato", "a\x01") == "control_characters");
}

TEST_CASE_FIXTURE(Devices, "browsers are asked once there is an authority and somebody needs it")
{
    int told = 0;
    registry.on_change_of_asking([&] { ++told; });
    CHECK(registry.authorities_to_ask_for().empty());
    issue();
    CHECK(told == 1);
    CHECK(registry.authorities_to_ask_for().size() == 1);
    need(Need::off); // the others are off in this test
    CHECK(told == 2);
    CHECK(registry.authorities_to_ask_for().empty());
}

TEST_CASE_FIXTURE(Devices, "uses are seen at once and written together")
{
    auto const mine = issue().certificate;
    CHECK(asked(sato, showing(mine)).empty());
    CHECK(registry.list_of(sato).at(0).last_used_at == clock.now());
    CHECK_FALSE(registry.find(mine.id)->last_used_at);
    registry.write_uses();
    CHECK(registry.find(mine.id)->last_used_at == clock.now());
}

#include "auth/accounts.hpp"
#include "crypto/x509.hpp"
#include "devices/expiry.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rsa.h>

namespace {

using namespace std::chrono_literals;
using namespace crypto::x509;

struct Elsewhere { // an authority of somebody else
    PKey key = new_key();
    Certificate certificate;

    explicit Elsewhere(Instant now) : certificate(blank(key.get(), now, now + 3650 * 24h))
    {
        auto* const self = certificate.get();
        add_name(X509_get_subject_name(self), "CN", "Elsewhere");
        X509_set_issuer_name(self, X509_get_subject_name(self));
        add_extension(self, self, NID_basic_constraints, "critical,CA:TRUE");
        x509_sign();
    }
    void x509_sign() const { crypto::x509::sign(certificate.get(), key.get()); }

    std::string
    sign_for(EVP_PKEY* subject, Instant from, Instant until, char const* usage = "serverAuth") const
    {
        auto const made = blank(subject, from, until);
        auto* const self = made.get();
        add_name(X509_get_subject_name(self), "CN", "kura.example");
        X509_set_issuer_name(self, X509_get_subject_name(certificate.get()));
        add_extension(self, certificate.get(), NID_ext_key_usage, usage);
        add_extension(self, certificate.get(), NID_subject_alt_name, "DNS:kura.example");
        crypto::x509::sign(self, key.get());
        return pem_of({self});
    }
    std::string root() const { return pem_of({certificate.get()}); }
};

std::string pem_of_key(EVP_PKEY* key)
{
    Bio const bio{BIO_new(BIO_s_mem())};
    PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return std::string{base::as_text(bytes_of(bio.get()))};
}

struct Server : TestOffice {
    crypto::CertificateFiles files{
        path / "ca.key", path / "tls/ca.crt", path / "tls/server.key", path / "tls/server.crt"
    };
    devices::ServerCertificate server{
        {pool,
         recorder,
         clock,
         [] { return test_root(9); },
         [] { return std::string{"試験"}; },
         files,
         {"localhost", "kura.example", "192.168.1.2"},
         {"kura.example"}}
    };
    Elsewhere elsewhere{clock.now()};
    int told = 0;

    Server()
    {
        crypto::ensure_certificates(files, "試験", {"localhost"}, clock.now());
        server.on_change([this] { ++told; });
    }
    std::string refused(devices::CertificateInput const& wanted)
    {
        return server.import(wanted, "t").error().fields.at(0).message;
    }
};

devices::CertificateInput pem(std::string chain, std::string key = "")
{
    devices::CertificateInput input;
    input.chain = std::move(chain);
    if (!key.empty()) input.key = SecretText{std::move(key)};
    return input;
}

PKey key_of(X509_REQ* request) { return PKey{X509_REQ_get_pubkey(request)}; }

} // namespace

TEST_CASE_FIXTURE(Server, "what init left in files is shown until there is another")
{
    auto const view = server.view();
    CHECK(view.self_made);
    CHECK_FALSE(view.installed_at);
    CHECK(view.names_missing == std::vector<std::string>{"kura.example"});
    CHECK(view.key == "EC P-256");
    CHECK(view.chain_complete);
}

TEST_CASE_FIXTURE(Server, "renewing makes one for all names, and tells")
{
    auto const before = server.view();
    auto const view = server.renew("t").value();
    CHECK(told == 1);
    CHECK(view.fingerprint != before.fingerprint);
    CHECK(view.names_missing.empty());
    CHECK(view.names == std::vector<std::string>{"localhost", "kura.example", "192.168.1.2"});
    auto const pair = server.pair();
    CHECK(key_from_der(pair.key));
    CHECK(crypto::facts_of(pair.chain).fingerprint == view.fingerprint);
}

TEST_CASE_FIXTURE(Server, "the self-made one renews itself before the first warning, not earlier")
{
    auto const end = server.view().expires_at;
    clock.set(end - 62 * 24h);
    CHECK_FALSE(server.renew_when_due());
    clock.set(end - 61 * 24h);
    CHECK(server.renew_when_due());
    CHECK_FALSE(server.renew_when_due());
    CHECK(server.view().expires_at > end);
}

TEST_CASE_FIXTURE(Server, "the answer to a request is taken without a key, which never was outside")
{
    auto const waiting = server.request({{"kura.example", "10.0.0.5"}}, "t").value();
    REQUIRE(waiting.request);
    auto const bio = bio_of(base::as_bytes(waiting.request->pem));
    Request const csr{PEM_read_bio_X509_REQ(bio.get(), nullptr, nullptr, nullptr)};
    REQUIRE(csr);
    CHECK(X509_REQ_verify(csr.get(), key_of(csr.get()).get()) == 1);
    auto const signed_pem =
        elsewhere.sign_for(key_of(csr.get()).get(), clock.now(), clock.now() + 90 * 24h);
    auto const view = server.import(pem(elsewhere.root() + signed_pem), "t").value(); // any order
    CHECK_FALSE(view.self_made);
    CHECK_FALSE(view.request);
    CHECK(view.names_missing.empty());
    CHECK(view.chain_complete);
    CHECK(told == 1);
    CHECK(
        server.import(pem(signed_pem), "t").error().fields.at(0).message == "private_key_missing"
    );
}

TEST_CASE_FIXTURE(Server, "a pair is refused for what is wrong with it")
{
    auto const now = clock.now();
    auto const key = new_key();
    auto const text = pem_of_key(key.get());
    auto const good = elsewhere.sign_for(key.get(), now, now + 90 * 24h);
    CHECK(refused(pem("nonsense")) == "certificate_unreadable");
    CHECK(refused(pem(good, "nonsense")) == "key_unreadable");
    CHECK(refused(pem(good, pem_of_key(new_key().get()))) == "key_mismatch");
    CHECK(refused(pem(elsewhere.sign_for(key.get(), now, now), text)) == "certificate_expired");
    CHECK(
        refused(pem(elsewhere.sign_for(key.get(), now + 48h, now + 90 * 24h), text)) ==
        "certificate_not_yet_valid"
    );
    CHECK(
        refused(pem(elsewhere.sign_for(key.get(), now, now + 24h, "clientAuth"), text)) ==
        "not_for_servers"
    );
    PKey const weak{EVP_RSA_gen(1024)};
    CHECK(
        refused(pem(elsewhere.sign_for(weak.get(), now, now + 24h), pem_of_key(weak.get()))) ==
        "key_too_weak"
    );
    CHECK(server.view().self_made);
    CHECK(told == 0);
    auto const view = server.import(pem(good + text), "t").value(); // all in one file
    CHECK_FALSE(view.chain_complete);                               // its issuer is not there
}

TEST_CASE_FIXTURE(Server, "a PKCS#12 is taken with its password")
{
    auto const key = new_key();
    auto const made = elsewhere.sign_for(key.get(), clock.now(), clock.now() + 90 * 24h);
    auto const bio = bio_of(base::as_bytes(made));
    Certificate const own{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
    PKCS12* const file = PKCS12_create("pass", "n", key.get(), own.get(), nullptr, 0, 0, 0, 0, 0);
    Bio const out{BIO_new(BIO_s_mem())};
    REQUIRE(i2d_PKCS12_bio(out.get(), file) == 1);
    PKCS12_free(file);
    devices::CertificateInput input;
    input.pkcs12 = base::to_base64url(bytes_of(out.get()));
    input.passphrase = SecretText{"wrong"};
    CHECK(refused(input) == "passphrase_wrong");
    input.passphrase = SecretText{"pass"};
    CHECK(server.import(input, "t").has_value());
    input.pkcs12 = "AAAA";
    CHECK(refused(input) == "certificate_unreadable");
}

TEST_CASE_FIXTURE(Server, "a request is for names that can be served")
{
    for (auto const* name : {"a,DNS:evil.example", "-x", "a..b", "日本", ""})
        CHECK(server.request({{name}}, "t").error().fields.at(0).message == "bad_host_name");
    CHECK(server.request({{}}, "t").error().fields.at(0).message == "required");
    CHECK(server.request({{"*.kura.example", "fd00::1"}}, "t").has_value());
}

TEST_CASE_FIXTURE(Server, "what expires is told to those who can do something about it")
{
    roles::RoleBook roles{pool, recorder, clock};
    auth::Accounts accounts{{pool, recorder, clock, roles}};
    auto const sato =
        accounts.create_ready({"sato", "佐藤", {"staff"}, false, {}, {}, {}}, {"hash", true}).id;
    devices::Registry registry{
        {pool, recorder, clock, [] { return test_root(9); }, [] { return std::string{"試験"}; }}
    };
    devices::Expiry expiry{registry, server, clock};
    auto const end = registry.issue("sato", "机", "t")->certificate.expires_at;
    http::Caller admin;
    admin.account_id = 99;
    admin.grant(http::Right::device_manage);
    http::Caller owner;
    owner.account_id = sato;
    clock.set(end - 61 * 24h);
    CHECK(expiry.seen_by(admin).empty());
    clock.set(end - 60 * 24h);
    REQUIRE(expiry.seen_by(admin).size() == 1);
    CHECK(expiry.seen_by(admin)[0].what == "devices_expire");
    REQUIRE(expiry.seen_by(owner).size() == 1);
    CHECK(expiry.seen_by(owner)[0].count == 60);
    CHECK_FALSE(expiry.seen_by(owner)[0].urgent);
    clock.set(end - 7 * 24h);
    CHECK(expiry.seen_by(owner)[0].urgent);
    clock.set(end);
    CHECK(expiry.seen_by(owner).empty());

    clock.set(server.view().expires_at - 30 * 24h); // nobody has renewed it
    REQUIRE(expiry.seen_by(admin).size() == 1);
    CHECK(expiry.seen_by(admin)[0].what == "server_certificate_expires");
    CHECK(expiry.seen_by(admin)[0].count == 30);
}

#include "crypto/device_authority.hpp"

#include "crypto/x509.hpp"

#include <openssl/pkcs12.h>

#include <algorithm>

namespace crypto {

using namespace x509;

namespace {

constexpr std::chrono::days authority_life{3652};
constexpr std::chrono::days device_life{398};
constexpr int iterations = 50'000; // the passphrase is random: these only slow down a thief

struct FreePkcs12 {
    void operator()(PKCS12* file) const { PKCS12_free(file); }
};

Bytes pkcs12_of(
    EVP_PKEY* key, X509* certificate, std::string const& name, SecretText const& passphrase
)
{
    std::string secret{passphrase.view()}; // OpenSSL wants its end marked
    std::unique_ptr<PKCS12, FreePkcs12> const file{PKCS12_create(
        secret.c_str(), name.c_str(), key, certificate, nullptr, NID_aes_256_cbc, NID_aes_256_cbc,
        iterations, -1, 0
    )};
    bool const sealed = file && PKCS12_set_mac(
                                    file.get(), secret.c_str(), static_cast<int>(secret.size()),
                                    nullptr, 0, iterations, EVP_sha256()
                                ) == 1;
    base::wipe(secret.data(), secret.size());
    expect(sealed, "a PKCS#12 file cannot be made");
    Bio const bio{BIO_new(BIO_s_mem())};
    expect(i2d_PKCS12_bio(bio.get(), file.get()) == 1, "a PKCS#12 file cannot be written");
    return bytes_of(bio.get());
}

} // namespace

DeviceAuthority make_device_authority(std::string const& office_name, Instant now)
{
    auto const key = new_key();
    auto const certificate = blank(key.get(), now, now + authority_life);
    auto* const self = certificate.get();
    auto* const name = X509_get_subject_name(self);
    add_name(name, "O", shortened(office_name));
    add_name(name, "CN", "Kuramori device CA");
    expect(X509_set_issuer_name(self, name) == 1, "bad name");
    add_extension(self, self, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add_extension(self, self, NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(self, self, NID_subject_key_identifier, "hash");
    sign(self, key.get());
    return {der_of(self), der_of(key.get()), expires_at(self), base::to_hex(fingerprint_of(self))};
}

DeviceFile issue_device_file(
    DeviceAuthority const& authority,
    std::string const& device,
    SecretText const& passphrase,
    Instant now
)
{
    auto const issuer = from_der(authority.certificate);
    auto const issuer_key = key_from_der(authority.key);
    expect(issuer && issuer_key, "the device authority cannot be read");
    auto const key = new_key();
    auto const certificate =
        blank(key.get(), now, std::min(now + device_life, authority.expires_at));
    auto* const self = certificate.get();
    // The name of the device and no person's: TLS 1.2 shows it to the whole network.
    auto* const name = X509_get_subject_name(self);
    expect(X509_set_issuer_name(self, X509_get_subject_name(issuer.get())) == 1, "bad name");
    add_name(name, "CN", shortened(device));
    add_extension(self, issuer.get(), NID_basic_constraints, "critical,CA:FALSE");
    add_extension(self, issuer.get(), NID_key_usage, "critical,digitalSignature");
    add_extension(self, issuer.get(), NID_ext_key_usage, "clientAuth");
    add_extension(self, issuer.get(), NID_subject_key_identifier, "hash");
    add_extension(self, issuer.get(), NID_authority_key_identifier, "keyid");
    sign(self, issuer_key.get());
    return {
        serial_of(self), expires_at(self), pkcs12_of(key.get(), self, shortened(device), passphrase)
    };
}

} // namespace crypto

#include "crypto/x509.hpp"

#include "base/random.hpp"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <arpa/inet.h>

#include <array>
#include <ctime>
#include <stdexcept>

namespace crypto::x509 {

void expect(bool fine, char const* what)
{
    if (fine) return;
    ERR_clear_error();
    throw std::runtime_error(std::string{"certificate: "} + what);
}

Bio bio_of(ByteView content)
{
    Bio bio{BIO_new_mem_buf(content.data(), static_cast<int>(content.size()))};
    expect(bio != nullptr, "no memory");
    return bio;
}

Bytes bytes_of(BIO* bio)
{
    char* data = nullptr;
    auto const size = BIO_get_mem_data(bio, &data);
    auto const view = base::as_bytes({data, static_cast<std::size_t>(size)});
    return {view.begin(), view.end()};
}

PKey new_key()
{
    PKey key{EVP_EC_gen("P-256")};
    expect(key != nullptr, "no key can be made");
    return key;
}

SecretText der_of(EVP_PKEY* key)
{
    Byte* der = nullptr;
    auto const size = i2d_PrivateKey(key, &der);
    expect(size > 0, "a key cannot be written");
    SecretText text{std::string{base::as_text({der, static_cast<std::size_t>(size)})}};
    OPENSSL_clear_free(der, static_cast<std::size_t>(size));
    return text;
}

PKey key_from_der(SecretText const& der)
{
    auto const bytes = base::as_bytes(der.view());
    auto const* at = bytes.data();
    PKey key{d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(bytes.size()))};
    if (!key) ERR_clear_error();
    return key;
}

Bytes der_of(X509* certificate)
{
    Byte* der = nullptr;
    auto const size = i2d_X509(certificate, &der);
    expect(size > 0, "cannot be written");
    Bytes bytes{der, der + size};
    OPENSSL_free(der);
    return bytes;
}

Certificate from_der(ByteView der)
{
    auto const* at = der.data();
    Certificate certificate{d2i_X509(nullptr, &at, static_cast<long>(der.size()))};
    if (!certificate) ERR_clear_error();
    return certificate;
}

std::string pem_of(std::vector<X509*> const& chain)
{
    Bio const bio{BIO_new(BIO_s_mem())};
    for (auto* const certificate : chain)
        expect(PEM_write_bio_X509(bio.get(), certificate) == 1, "cannot be written");
    return std::string{base::as_text(bytes_of(bio.get()))};
}

Bytes fingerprint_of(X509 const* certificate)
{
    Bytes hash(EVP_MAX_MD_SIZE);
    unsigned size = 0;
    expect(X509_digest(certificate, EVP_sha256(), hash.data(), &size) == 1, "has no digest");
    hash.resize(size);
    return hash;
}

std::string serial_of(X509 const* certificate)
{
    std::unique_ptr<BIGNUM, decltype(&BN_free)> const number{
        ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr), &BN_free
    };
    expect(number != nullptr, "has no serial number");
    Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number.get())));
    BN_bn2bin(number.get(), bytes.data());
    return base::to_hex(bytes);
}

namespace {

Instant instant_of(ASN1_TIME const* time)
{
    std::tm parts{};
    expect(ASN1_TIME_to_tm(time, &parts) == 1, "has a date that is none");
    return Instant{std::chrono::seconds{::timegm(&parts)}};
}

} // namespace

Instant begins_at(X509 const* certificate) { return instant_of(X509_get0_notBefore(certificate)); }

Instant expires_at(X509 const* certificate) { return instant_of(X509_get0_notAfter(certificate)); }

void add_name(X509_NAME* name, char const* field, std::string const& text)
{
    auto const bytes = base::as_bytes(text);
    auto const size = static_cast<int>(text.size());
    auto const added =
        X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, bytes.data(), size, -1, 0);
    expect(added == 1, "bad name");
}

std::string shortened(std::string const& text)
{
    std::string out;
    std::size_t characters = 0;
    for (char const c : text) {
        if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U && ++characters > 60) break;
        out.push_back(c);
    }
    return out;
}

void add_extension(X509* certificate, X509* issuer, int kind, std::string const& value)
{
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    std::unique_ptr<X509_EXTENSION, Free> const extension{
        X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str())
    };
    expect(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "bad extension");
}

bool address_literal(std::string const& host)
{
    std::array<Byte, 16> bytes{};
    return inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
           inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

std::string alternative_names(std::vector<std::string> const& hosts)
{
    std::string names;
    for (auto const& host : hosts)
        names +=
            (names.empty() ? "" : ",") + std::string{address_literal(host) ? "IP:" : "DNS:"} + host;
    return names;
}

Certificate blank(EVP_PKEY* key, Instant now, Instant until)
{
    Certificate certificate{X509_new()};
    std::array<Byte, 16> serial{};
    base::fill_random(serial);
    serial[0] &= 0x7F;
    std::unique_ptr<BIGNUM, decltype(&BN_free)> const number{
        BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr), &BN_free
    };
    BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate.get()));
    auto const from = (now - std::chrono::hours{24}).time_since_epoch().count();
    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), from);
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), until.time_since_epoch().count());
    expect(
        X509_set_version(certificate.get(), 2) == 1 && X509_set_pubkey(certificate.get(), key) == 1,
        "cannot be made"
    );
    return certificate;
}

void sign(X509* certificate, EVP_PKEY* key)
{
    expect(X509_sign(certificate, key, EVP_sha256()) > 0, "cannot be signed");
}

} // namespace crypto::x509

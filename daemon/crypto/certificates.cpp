#include "crypto/certificates.hpp"

#include "base/files.hpp"
#include "base/random.hpp"
#include "base/secret.hpp"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

namespace crypto {

namespace {

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(BIO* bio) const { BIO_free_all(bio); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};
using PKey = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;
using Bio = std::unique_ptr<BIO, Free>;

constexpr std::chrono::days authority_life{3652};
constexpr std::chrono::days server_life{820};
constexpr std::uint64_t pem_bytes_max = 64 << 10;

void expect(bool fine, char const* what)
{
    if (!fine) throw std::runtime_error(std::string{"certificate: "} + what);
}

Bytes bytes_of(BIO* bio)
{
    char* data = nullptr;
    auto const size = BIO_get_mem_data(bio, &data);
    auto const view = base::as_bytes({data, static_cast<std::size_t>(size)});
    return {view.begin(), view.end()};
}

void write_key(std::filesystem::path const& file, EVP_PKEY* key)
{
    Bio const bio{BIO_new(BIO_s_secmem())};
    expect(
        PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
        "key cannot be written"
    );
    auto pem = bytes_of(bio.get());
    base::make_private_folder(file.parent_path());
    base::create_file(file, pem, 0400);
    base::wipe(pem.data(), pem.size());
}

PKey read_key(std::filesystem::path const& file)
{
    auto pem = base::read_file(file, pem_bytes_max);
    Bio const bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    PKey key{PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr)};
    base::wipe(pem.data(), pem.size());
    expect(key != nullptr, "the authority's key file holds no key");
    return key;
}

Certificate read_certificate(std::filesystem::path const& file)
{
    auto const pem = base::read_file(file, pem_bytes_max);
    Bio const bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    Certificate certificate{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
    expect(certificate != nullptr, "the authority's certificate file holds none");
    return certificate;
}

void write_certificates(std::filesystem::path const& file, std::initializer_list<X509*> chain)
{
    Bio const bio{BIO_new(BIO_s_mem())};
    for (auto* certificate : chain)
        expect(PEM_write_bio_X509(bio.get(), certificate) == 1, "cannot be written");
    base::make_private_folder(file.parent_path());
    base::replace_file(file, bytes_of(bio.get()), 0644);
}

void add_name(X509_NAME* name, char const* field, std::string const& text)
{
    expect(
        X509_NAME_add_entry_by_txt(
            name, field, MBSTRING_UTF8, base::as_bytes(text).data(), static_cast<int>(text.size()),
            -1, 0
        ) == 1,
        "bad name"
    );
}

// RFC 5280: an organisation name has at most 64 characters.
std::string shortened(std::string const& office_name)
{
    std::string out;
    std::size_t characters = 0;
    for (char const c : office_name) {
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

Certificate blank(EVP_PKEY* key, Instant now, std::chrono::days life)
{
    Certificate certificate{X509_new()};
    std::array<Byte, 16> serial{};
    base::fill_random(serial);
    serial[0] &= 0x7F;
    std::unique_ptr<BIGNUM, decltype(&BN_free)> const number{
        BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr), &BN_free
    };
    BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate.get()));
    auto const from = (now - std::chrono::hours{24}).time_since_epoch().count(); // clocks differ
    auto const to = (now + life).time_since_epoch().count();
    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), from);
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), to);
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

void make_authority(CertificateFiles const& files, std::string const& office_name, Instant now)
{
    // A key that is there already, without its certificate, is used on: whoever trusts it need not
    // be told again.
    bool const there = std::filesystem::exists(files.authority_key);
    auto const key = there ? read_key(files.authority_key) : PKey{EVP_EC_gen("P-256")};
    auto const certificate = blank(key.get(), now, authority_life);
    auto* const name = X509_get_subject_name(certificate.get());
    add_name(name, "O", shortened(office_name));
    add_name(name, "CN", "Kuramori CA");
    expect(X509_set_issuer_name(certificate.get(), name) == 1, "bad name");
    auto* const self = certificate.get();
    add_extension(self, self, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add_extension(self, self, NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(self, self, NID_subject_key_identifier, "hash");
    sign(self, key.get());
    if (!there) write_key(files.authority_key, key.get());
    write_certificates(files.authority_certificate, {self});
}

} // namespace

void ensure_certificates(
    CertificateFiles const& files,
    std::string const& office_name,
    std::vector<std::string> const& hosts,
    Instant now
)
{
    using std::filesystem::exists;
    if (exists(files.server_certificate) && exists(files.server_key)) return;
    if (!exists(files.authority_key) || !exists(files.authority_certificate))
        make_authority(files, office_name, now);
    auto const authority_key = read_key(files.authority_key);
    auto const authority = read_certificate(files.authority_certificate);

    PKey const key{EVP_EC_gen("P-256")};
    auto const certificate = blank(key.get(), now, server_life);
    auto* const self = certificate.get();
    add_name(X509_get_subject_name(self), "O", shortened(office_name));
    add_name(X509_get_subject_name(self), "CN", "Kuramori");
    expect(X509_set_issuer_name(self, X509_get_subject_name(authority.get())) == 1, "bad name");
    add_extension(self, authority.get(), NID_basic_constraints, "critical,CA:FALSE");
    add_extension(self, authority.get(), NID_key_usage, "critical,digitalSignature");
    add_extension(self, authority.get(), NID_ext_key_usage, "serverAuth");
    add_extension(self, authority.get(), NID_subject_key_identifier, "hash");
    add_extension(self, authority.get(), NID_authority_key_identifier, "keyid");
    add_extension(self, authority.get(), NID_subject_alt_name, alternative_names(hosts));
    sign(self, authority_key.get());
    std::filesystem::remove(files.server_key); // half a pair of an earlier try
    write_key(files.server_key, key.get());
    write_certificates(files.server_certificate, {self, authority.get()});
}

std::vector<std::string> own_hosts()
{
    std::vector<std::string> hosts{"localhost"};
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) == 0 && name[0] != '\0')
        hosts.emplace_back(name.data());
    ifaddrs* first = nullptr;
    if (::getifaddrs(&first) == 0) {
        for (auto const* item = first; item != nullptr; item = item->ifa_next) {
            if (item->ifa_addr == nullptr) continue;
            std::array<char, INET6_ADDRSTRLEN> text{};
            void const* address = nullptr;
            if (item->ifa_addr->sa_family == AF_INET)
                address = &reinterpret_cast<sockaddr_in const*>(item->ifa_addr)->sin_addr;
            else if (item->ifa_addr->sa_family == AF_INET6)
                address = &reinterpret_cast<sockaddr_in6 const*>(item->ifa_addr)->sin6_addr;
            if (address && inet_ntop(item->ifa_addr->sa_family, address, text.data(), text.size()))
                hosts.emplace_back(text.data());
        }
        ::freeifaddrs(first);
    }
    for (auto const* always : {"127.0.0.1", "::1"}) hosts.emplace_back(always);
    std::vector<std::string> unique;
    for (auto& host : hosts)
        if (std::find(unique.begin(), unique.end(), host) == unique.end())
            unique.push_back(std::move(host));
    return unique;
}

} // namespace crypto

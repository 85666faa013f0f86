#include "crypto/certificates.hpp"

#include "base/files.hpp"
#include "crypto/x509.hpp"

#include <openssl/pem.h>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace crypto {

using namespace x509;

namespace {

constexpr std::chrono::days authority_life{3652};
constexpr std::chrono::days server_life{820};
constexpr std::uint64_t pem_bytes_max = 64 << 10;

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
    auto const bio = bio_of(pem);
    PKey key{PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr)};
    base::wipe(pem.data(), pem.size());
    expect(key != nullptr, "the key file holds no key");
    return key;
}

Certificate read_certificate(std::filesystem::path const& file)
{
    auto const pem = base::read_file(file, pem_bytes_max);
    auto const bio = bio_of(pem);
    Certificate certificate{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
    expect(certificate != nullptr, "the authority's certificate file holds none");
    return certificate;
}

void write_chain(std::filesystem::path const& file, std::string const& pem)
{
    base::make_private_folder(file.parent_path());
    base::replace_file(file, base::as_bytes(pem), 0644);
}

void make_authority(CertificateFiles const& files, std::string const& office_name, Instant now)
{
    // A key that is there already, without its certificate, is used on: whoever trusts it need not
    // be told again.
    bool const there = std::filesystem::exists(files.authority_key);
    auto const key = there ? read_key(files.authority_key) : new_key();
    auto const certificate = blank(key.get(), now, now + authority_life);
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
    write_chain(files.authority_certificate, pem_of({self}));
}

} // namespace

KeyPair make_server_pair(
    CertificateFiles const& files,
    std::string const& office_name,
    std::vector<std::string> const& hosts,
    Instant now
)
{
    auto const authority_key = read_key(files.authority_key);
    auto const authority = read_certificate(files.authority_certificate);
    auto const key = new_key();
    auto const until = std::min(now + server_life, expires_at(authority.get()));
    auto const certificate = blank(key.get(), now, until);
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
    return {pem_of({self, authority.get()}), der_of(key.get())};
}

KeyPair read_server_pair(CertificateFiles const& files)
{
    auto const chain = base::read_file(files.server_certificate, pem_bytes_max);
    return {std::string{base::as_text(chain)}, der_of(read_key(files.server_key).get())};
}

Instant authority_expires_at(CertificateFiles const& files)
{
    return expires_at(read_certificate(files.authority_certificate).get());
}

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
    auto const pair = make_server_pair(files, office_name, hosts, now);
    std::filesystem::remove(files.server_key); // half a pair of an earlier try
    write_key(files.server_key, key_from_der(pair.key).get());
    write_chain(files.server_certificate, pair.chain);
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

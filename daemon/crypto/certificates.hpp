#pragma once
// The office's own small certificate authority and the server's certificate under it: browsers are
// told once to trust the authority (help page 「証明書」), every later server certificate follows.
#include "base/clock.hpp"
#include "base/secret.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace crypto {

struct CertificateFiles {
    std::filesystem::path authority_key;         // 0400; beside the root key
    std::filesystem::path authority_certificate; // ca.crt, beside the server's; public
    std::filesystem::path server_key;            // 0400
    std::filesystem::path server_certificate;    // PEM: server, then authority
};

struct KeyPair {       // what TLS shows
    std::string chain; // PEM: the server's certificate, then those that signed it
    SecretText key;    // DER
};

// Makes what is missing; an authority that exists is used, a server certificate that exists is
// kept. `hosts` are names and addresses under which browsers open the server. P-256; the authority
// lives ten years, the server's certificate 820 days (the longest that every browser accepts).
void ensure_certificates(
    CertificateFiles const& files,
    std::string const& office_name,
    std::vector<std::string> const& hosts,
    Instant now
);

// A new certificate under the authority of the files, not written anywhere. Throws when the
// authority's key is not there.
KeyPair make_server_pair(
    CertificateFiles const& files,
    std::string const& office_name,
    std::vector<std::string> const& hosts,
    Instant now
);
KeyPair read_server_pair(CertificateFiles const& files);
Instant authority_expires_at(CertificateFiles const& files);

// This machine's host name and the addresses of its interfaces, loopback included.
std::vector<std::string> own_hosts();

} // namespace crypto

#pragma once
// The office's authority for devices (端末証明書). It is another one than the server's: browsers
// need not trust it, and it vouches for nothing but devices of this office.
#include "base/clock.hpp"
#include "base/secret.hpp"

#include <string>

namespace crypto {

struct DeviceAuthority {
    Bytes certificate; // DER
    SecretText key;    // DER; sealed before it is kept anywhere
    Instant expires_at;
    std::string fingerprint; // SHA-256 of the certificate, hex: names the issuer
};

struct DeviceFile {
    std::string serial; // hex
    Instant expires_at;
    Bytes pkcs12; // certificate and key under the passphrase; nothing else holds this key
};

// EC P-256, ten years.
DeviceAuthority make_device_authority(std::string const& office_name, Instant now);

// 398 days, or as long as the authority lives. The file is in the form that Windows 10 (1809) and
// later import: PBES2 with AES-256 and SHA-256, a MAC of SHA-256. The authority itself is not in
// it: nobody is asked to trust anything.
DeviceFile issue_device_file(
    DeviceAuthority const& authority,
    std::string const& device,
    SecretText const& passphrase,
    Instant now
);

} // namespace crypto

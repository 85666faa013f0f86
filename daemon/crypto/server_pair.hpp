#pragma once
// Certificates for the server that come from elsewhere: the request (CSR) for one, reading what an
// authority sent back, and what is to be said about a pair.
#include "base/result.hpp"
#include "crypto/certificates.hpp"

#include <string>
#include <vector>

namespace crypto {

struct PairRequest {
    std::string pem; // PKCS#10
    SecretText key;  // DER
};

// EC P-256; the first name is the subject's as well.
PairRequest
make_pair_request(std::string const& office_name, std::vector<std::string> const& names);

struct Delivery {               // as a person uploads it
    std::string chain;          // PEM certificates, in any order; a key among them is taken too
    SecretText key = {};        // PEM
    Bytes pkcs12 = {};          // instead of both
    SecretText passphrase = {}; // of the PKCS#12 or of an encrypted PEM key
};

// The pair in the order that TLS wants. `own_key` (DER) is the key of our request, used when none
// came along. Problems name the field: certificate_unreadable, key_unreadable, passphrase_wrong,
// private_key_missing, key_mismatch, key_too_weak, certificate_expired, certificate_not_yet_valid,
// not_for_servers.
Result<KeyPair> accept_delivery(Delivery const& delivery, SecretText const& own_key, Instant now);

struct PairFacts {
    std::string subject;
    std::string issuer;
    std::vector<std::string> names; // DNS names and addresses that it is good for
    std::string key;                // "EC P-256", "RSA 3072"
    std::string fingerprint;        // SHA-256, hex
    Instant begins_at;
    Instant expires_at;
    bool chain_complete = true; // up to, or up to just below, one that signed itself
};
PairFacts facts_of(std::string const& chain);

// Those of `names` that the certificate does not cover.
std::vector<std::string>
names_not_covered(std::string const& chain, std::vector<std::string> const& names);

} // namespace crypto

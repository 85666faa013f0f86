#pragma once
// OpenSSL's certificates and keys as values that free themselves, and the few steps that every
// maker of certificates here shares. For crypto/ and net/tls.
#include "base/clock.hpp"
#include "base/secret.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>
#include <vector>

namespace crypto::x509 {

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(X509_REQ* request) const { X509_REQ_free(request); }
    void operator()(BIO* bio) const { BIO_free_all(bio); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
    void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};
using PKey = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;
using Request = std::unique_ptr<X509_REQ, Free>;
using Bio = std::unique_ptr<BIO, Free>;

// Throws std::runtime_error "certificate: …" and leaves OpenSSL's queue of errors empty.
void expect(bool fine, char const* what);

Bio bio_of(ByteView content); // reads `content`, which must outlive it
Bytes bytes_of(BIO* bio);

PKey new_key(); // EC P-256
SecretText der_of(EVP_PKEY* key);
PKey key_from_der(SecretText const& der); // empty: it is none

Bytes der_of(X509* certificate);
Certificate from_der(ByteView der); // empty: it is none
std::string pem_of(std::vector<X509*> const& chain);

Bytes fingerprint_of(X509 const* certificate);  // SHA-256 of its DER
std::string serial_of(X509 const* certificate); // hex, lower case
Instant begins_at(X509 const* certificate);
Instant expires_at(X509 const* certificate);

void add_name(X509_NAME* name, char const* field, std::string const& text);
// Cut to the 64 characters that RFC 5280 gives a name.
std::string shortened(std::string const& text);
void add_extension(X509* certificate, X509* issuer, int kind, std::string const& value);
// "DNS:kura.example,IP:192.168.1.2"
std::string alternative_names(std::vector<std::string> const& hosts);
bool address_literal(std::string const& host);

// With a random serial number, valid from yesterday: clocks differ.
Certificate blank(EVP_PKEY* key, Instant now, Instant until);
void sign(X509* certificate, EVP_PKEY* key);

} // namespace crypto::x509

#include "crypto/server_pair.hpp"

#include "crypto/x509.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

namespace crypto {

using namespace x509;

namespace {

constexpr int rsa_bits_min = 2048;
constexpr int ec_bits_min = 256;
constexpr std::size_t certificates_max = 20;

Problem fault(char const* field, char const* code)
{
    ERR_clear_error();
    return {Fault::invalid, "invalid_fields", {{field, code}}};
}

int give_passphrase(char* into, int size, int, void* with)
{
    auto const secret = static_cast<SecretText const*>(with)->view();
    auto const length = std::min(secret.size(), static_cast<std::size_t>(size));
    std::memcpy(into, secret.data(), length);
    return static_cast<int>(length);
}

PKey key_in(std::string_view pem, SecretText const& passphrase)
{
    auto const bio = bio_of(base::as_bytes(pem));
    auto* const with = const_cast<SecretText*>(&passphrase); // OpenSSL's callback knows no const
    PKey key{PEM_read_bio_PrivateKey(bio.get(), nullptr, &give_passphrase, with)};
    ERR_clear_error();
    return key;
}

std::vector<Certificate> certificates_in(std::string_view pem)
{
    std::vector<Certificate> all;
    auto const bio = bio_of(base::as_bytes(pem));
    while (all.size() < certificates_max) {
        Certificate next{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
        if (!next) break;
        all.push_back(std::move(next));
    }
    ERR_clear_error(); // the end of the text is one to OpenSSL
    return all;
}

struct Opened {
    std::vector<Certificate> certificates;
    PKey key;
};

Result<Opened> opened_pkcs12(Delivery const& delivery)
{
    auto const bio = bio_of(delivery.pkcs12);
    std::unique_ptr<PKCS12, decltype(&PKCS12_free)> const file{
        d2i_PKCS12_bio(bio.get(), nullptr), &PKCS12_free
    };
    if (!file) return fault("pkcs12", "certificate_unreadable");
    std::string secret{delivery.passphrase.view()};
    EVP_PKEY* key = nullptr;
    X509* own = nullptr;
    STACK_OF(X509)* others = nullptr;
    bool const parsed = PKCS12_parse(file.get(), secret.c_str(), &key, &own, &others) == 1;
    base::wipe(secret.data(), secret.size());
    if (!parsed) return fault("passphrase", "passphrase_wrong");
    Opened opened;
    opened.key.reset(key);
    if (own) opened.certificates.emplace_back(own);
    for (int i = 0; i < sk_X509_num(others); ++i)
        opened.certificates.emplace_back(sk_X509_value(others, i));
    sk_X509_free(others);
    return opened;
}

Result<Opened> opened_pem(Delivery const& delivery, SecretText const& own_key)
{
    Opened opened{certificates_in(delivery.chain), {}};
    if (opened.certificates.empty()) return fault("chain", "certificate_unreadable");
    bool const apart = !delivery.key.view().empty();
    bool const inside = delivery.chain.find("PRIVATE KEY-----") != std::string::npos;
    if (apart || inside) {
        opened.key = key_in(apart ? delivery.key.view() : delivery.chain, delivery.passphrase);
        if (opened.key) return opened;
        bool const locked =
            (apart ? delivery.key.view() : std::string_view{delivery.chain}).find("ENCRYPTED") !=
            std::string_view::npos;
        return locked ? fault("passphrase", "passphrase_wrong") : fault("key", "key_unreadable");
    }
    if (own_key.view().empty()) return fault("key", "private_key_missing");
    opened.key = key_from_der(own_key);
    return opened;
}

// Each but the last is signed by the next; what does not belong is left out.
std::vector<X509*> in_order(X509* own, std::vector<Certificate> const& all)
{
    std::vector<X509*> chain{own};
    for (auto* last = own; X509_check_issued(last, last) != X509_V_OK;) {
        auto const next = std::find_if(all.begin(), all.end(), [&](auto const& one) {
            return X509_check_issued(one.get(), last) == X509_V_OK &&
                   std::find(chain.begin(), chain.end(), one.get()) == chain.end();
        });
        if (next == all.end()) break;
        last = next->get();
        chain.push_back(last);
    }
    return chain;
}

bool strong(EVP_PKEY* key)
{
    auto const bits = EVP_PKEY_get_bits(key);
    if (EVP_PKEY_is_a(key, "RSA") == 1) return bits >= rsa_bits_min;
    if (EVP_PKEY_is_a(key, "EC") == 1) return bits >= ec_bits_min;
    return false;
}

bool for_servers(X509* certificate)
{
    auto const usage = X509_get_extended_key_usage(certificate); // all ones when it says nothing
    return (usage & XKU_SSL_SERVER) != 0 && X509_check_ca(certificate) != 1;
}

std::string text_of(X509_NAME const* name)
{
    Bio const bio{BIO_new(BIO_s_mem())};
    X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
    return std::string{base::as_text(bytes_of(bio.get()))};
}

std::string text_of_address(ASN1_OCTET_STRING const* address)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    auto const family = ASN1_STRING_length(address) == 4 ? AF_INET : AF_INET6;
    auto const* const fine =
        inet_ntop(family, ASN1_STRING_get0_data(address), text.data(), text.size());
    return fine ? text.data() : "";
}

std::vector<std::string> names_of(X509* certificate)
{
    std::vector<std::string> out;
    std::unique_ptr<GENERAL_NAMES, Free> const names{static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)
    )};
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        auto const* const name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS)
            out.emplace_back(
                reinterpret_cast<char const*>(ASN1_STRING_get0_data(name->d.dNSName)),
                static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName))
            );
        if (name->type == GEN_IPADD) out.push_back(text_of_address(name->d.iPAddress));
    }
    return out;
}

std::string kind_of(EVP_PKEY* key)
{
    auto const bits = std::to_string(EVP_PKEY_get_bits(key));
    return EVP_PKEY_is_a(key, "RSA") == 1 ? "RSA " + bits : "EC P-" + bits;
}

} // namespace

PairRequest make_pair_request(std::string const& office_name, std::vector<std::string> const& names)
{
    auto const key = new_key();
    Request const request{X509_REQ_new()};
    auto* const subject = X509_REQ_get_subject_name(request.get());
    add_name(subject, "O", shortened(office_name));
    if (!names.empty()) add_name(subject, "CN", shortened(names.front()));
    auto* const extension = X509V3_EXT_conf_nid(
        nullptr, nullptr, NID_subject_alt_name, alternative_names(names).c_str()
    );
    expect(extension != nullptr, "bad names");
    auto* const extensions = sk_X509_EXTENSION_new_null();
    sk_X509_EXTENSION_push(extensions, extension);
    bool const added = X509_REQ_add_extensions(request.get(), extensions) == 1;
    sk_X509_EXTENSION_pop_free(extensions, X509_EXTENSION_free);
    expect(added && X509_REQ_set_pubkey(request.get(), key.get()) == 1, "cannot be requested");
    expect(X509_REQ_sign(request.get(), key.get(), EVP_sha256()) > 0, "cannot be signed");
    Bio const bio{BIO_new(BIO_s_mem())};
    expect(PEM_write_bio_X509_REQ(bio.get(), request.get()) == 1, "cannot be written");
    return {std::string{base::as_text(bytes_of(bio.get()))}, der_of(key.get())};
}

Result<KeyPair> accept_delivery(Delivery const& delivery, SecretText const& own_key, Instant now)
{
    bool const packed = !delivery.pkcs12.empty();
    char const* const field = packed ? "pkcs12" : "chain";
    TRY(auto const opened, packed ? opened_pkcs12(delivery) : opened_pem(delivery, own_key));
    if (opened.certificates.empty()) return fault(field, "certificate_unreadable");
    if (!opened.key) return fault(packed ? "pkcs12" : "key", "private_key_missing");
    auto const own =
        std::find_if(opened.certificates.begin(), opened.certificates.end(), [&](auto const& one) {
            return X509_check_private_key(one.get(), opened.key.get()) == 1;
        });
    if (own == opened.certificates.end()) return fault(packed ? "pkcs12" : "key", "key_mismatch");
    if (!strong(opened.key.get())) return fault(packed ? "pkcs12" : "key", "key_too_weak");
    if (expires_at(own->get()) <= now) return fault(field, "certificate_expired");
    if (begins_at(own->get()) > now) return fault(field, "certificate_not_yet_valid");
    if (!for_servers(own->get())) return fault(field, "not_for_servers");
    ERR_clear_error();
    return KeyPair{pem_of(in_order(own->get(), opened.certificates)), der_of(opened.key.get())};
}

PairFacts facts_of(std::string const& chain)
{
    auto const all = certificates_in(chain);
    expect(!all.empty(), "the server's cannot be read");
    auto* const own = all.front().get();
    PairFacts facts;
    facts.subject = text_of(X509_get_subject_name(own));
    facts.issuer = text_of(X509_get_issuer_name(own));
    facts.names = names_of(own);
    facts.key = kind_of(X509_get0_pubkey(own));
    facts.fingerprint = base::to_hex(fingerprint_of(own));
    facts.begins_at = begins_at(own);
    facts.expires_at = expires_at(own);
    facts.chain_complete =
        in_order(own, all).size() > 1 || X509_check_issued(own, own) == X509_V_OK;
    ERR_clear_error();
    return facts;
}

std::vector<std::string>
names_not_covered(std::string const& chain, std::vector<std::string> const& names)
{
    auto const all = certificates_in(chain);
    expect(!all.empty(), "the server's cannot be read");
    auto* const own = all.front().get();
    std::vector<std::string> missing;
    for (auto const& name : names) {
        auto const covered = address_literal(name)
                                 ? X509_check_ip_asc(own, name.c_str(), 0)
                                 : X509_check_host(own, name.c_str(), name.size(), 0, nullptr);
        if (covered != 1) missing.push_back(name);
    }
    ERR_clear_error();
    return missing;
}

} // namespace crypto

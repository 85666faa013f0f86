#include "net/tls.hpp"

#include "crypto/x509.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <stdexcept>

namespace net {

namespace {

constexpr char const* tls12_suites =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr long ticket_seconds = 60L * 60;
constexpr long client_chain_bytes_max = 16 << 10;

using crypto::x509::Certificate;

void expect(bool fine, char const* what)
{
    if (fine) return;
    ERR_clear_error();
    throw std::runtime_error(what);
}

void use_chain(SSL_CTX* native, std::string const& pem)
{
    auto const bio = crypto::x509::bio_of(base::as_bytes(pem));
    Certificate const own{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
    bool const used = own && SSL_CTX_use_certificate(native, own.get()) == 1;
    expect(used, "the server certificate cannot be read");
    for (;;) {
        Certificate const next{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
        if (!next) break;
        expect(SSL_CTX_add1_chain_cert(native, next.get()) == 1, "the chain cannot be used");
    }
    ERR_clear_error(); // the end of the text is one to OpenSSL
}

// The handshake proves that the key is held; who signed, and for whom, is asked afterwards
// (client_of) and at every request, where a refusal can say why. An alert of TLS cannot.
int take_any_certificate(X509_STORE_CTX* context, void*)
{
    X509_STORE_CTX_set_error(context, X509_V_OK);
    return 1;
}

bool for_clients(X509* certificate)
{
    auto const usage = X509_get_extended_key_usage(certificate);
    return usage != UINT32_MAX && (usage & XKU_SSL_CLIENT) != 0;
}

} // namespace

TlsSetup::TlsSetup(TlsIdentity const& identity) : context_(boost::asio::ssl::context::tls_server)
{
    auto* const native = context_.native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(
        native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_SINGLE_ECDH_USE
    );
    expect(SSL_CTX_set_cipher_list(native, tls12_suites) == 1, "TLS suites refused");
    expect(SSL_CTX_set1_groups_list(native, "X25519:P-256:P-384") == 1, "TLS groups refused");
    SSL_CTX_set_timeout(native, ticket_seconds);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS); // an idle connection costs little memory
    constexpr unsigned char id[] = "kuramori";
    SSL_CTX_set_session_id_context(native, id, sizeof id - 1);
    use_chain(native, identity.chain);
    auto const key = crypto::x509::key_from_der(identity.key);
    bool const used = key && SSL_CTX_use_PrivateKey(native, key.get()) == 1;
    expect(used, "the key of the server certificate cannot be used");
    expect(
        SSL_CTX_check_private_key(native) == 1, "server certificate and key do not belong together"
    );
    for (auto const& der : identity.client_authorities) {
        auto certificate = crypto::x509::from_der(der);
        expect(certificate != nullptr, "a device authority cannot be read");
        auto fingerprint = base::to_hex(crypto::x509::fingerprint_of(certificate.get()));
        authorities_.push_back(
            {std::shared_ptr<X509>{certificate.release(), &X509_free}, std::move(fingerprint)}
        );
    }
    if (!authorities_.empty()) ask_for_certificates();
}

// Asked for, never demanded: whether one is needed depends on who signs in.
void TlsSetup::ask_for_certificates()
{
    auto* const native = context_.native_handle();
    SSL_CTX_set_verify(native, SSL_VERIFY_PEER | SSL_VERIFY_CLIENT_ONCE, nullptr);
    SSL_CTX_set_cert_verify_callback(native, &take_any_certificate, nullptr);
    SSL_CTX_set_max_cert_list(native, client_chain_bytes_max);
    for (auto const& authority : authorities_) // so that browsers offer no other certificate
        expect(SSL_CTX_add_client_CA(native, authority.certificate.get()) == 1, "no memory");
}

std::optional<ClientCertificate> TlsSetup::client_of(void* native_stream) const
{
    Certificate const shown{SSL_get1_peer_certificate(static_cast<SSL*>(native_stream))};
    if (!shown) return std::nullopt;
    std::optional<ClientCertificate> found;
    for (auto const& [certificate, fingerprint] : authorities_) {
        auto* const key = X509_get0_pubkey(certificate.get());
        bool const signed_by_it = X509_check_issued(certificate.get(), shown.get()) == X509_V_OK &&
                                  X509_verify(shown.get(), key) == 1;
        if (!signed_by_it || !for_clients(shown.get())) continue;
        found = ClientCertificate{fingerprint, crypto::x509::serial_of(shown.get())};
        break;
    }
    ERR_clear_error();
    return found;
}

} // namespace net

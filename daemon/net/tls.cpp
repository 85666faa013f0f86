#include "net/tls.hpp"

#include <openssl/ssl.h>

#include <stdexcept>

namespace net {

namespace {

constexpr char const* tls12_suites =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr long ticket_seconds = 60L * 60;

void expect(bool fine, char const* what)
{
    if (!fine) throw std::runtime_error(what);
}

} // namespace

std::shared_ptr<boost::asio::ssl::context>
make_tls_context(std::filesystem::path const& certificate, std::filesystem::path const& key)
{
    auto context =
        std::make_shared<boost::asio::ssl::context>(boost::asio::ssl::context::tls_server);
    auto* const native = context->native_handle();
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
    expect(
        SSL_CTX_use_certificate_chain_file(native, certificate.c_str()) == 1,
        "the server certificate cannot be read"
    );
    expect(
        SSL_CTX_use_PrivateKey_file(native, key.c_str(), SSL_FILETYPE_PEM) == 1,
        "the key of the server certificate cannot be read"
    );
    expect(
        SSL_CTX_check_private_key(native) == 1, "server certificate and key do not belong together"
    );
    return context;
}

} // namespace net

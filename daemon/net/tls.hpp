#pragma once
// TLS 1.2 and 1.3 with forward secrecy and AEAD only (reference/security.md §1.8).
#include "base/secret.hpp"
#include "net/message.hpp"

#include <boost/asio/ssl/context.hpp>

#include <memory>
#include <string>
#include <vector>

struct x509_st;

namespace net {

struct TlsIdentity {
    std::string chain; // PEM: our certificate, then those that signed it
    SecretText key;    // DER
    // Certificates (DER) that may sign those of browsers. Empty: no browser is asked for one.
    std::vector<Bytes> client_authorities = {};
};

// What new connections are made with. A change of certificate or authorities is a new one: session
// tickets of the one before are worth nothing under it.
class TlsSetup {
public:
    // Throws std::runtime_error when the pair cannot be used or does not belong together.
    explicit TlsSetup(TlsIdentity const& identity);

    boost::asio::ssl::context& context() { return context_; }

    // Whose certificate the other side holds the key of, by the signature of one of our
    // authorities. Asked of every connection: a resumed session carries the certificate of the
    // first one, and its verdict is not taken on trust. Whether it is revoked or too old is not
    // looked at here: that is asked at each request.
    std::optional<ClientCertificate> client_of(void* native_stream) const;

private:
    struct Authority {
        std::shared_ptr<x509_st> certificate;
        std::string fingerprint;
    };
    void ask_for_certificates();

    boost::asio::ssl::context context_;
    std::vector<Authority> authorities_;
};

} // namespace net

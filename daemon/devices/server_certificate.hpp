#pragma once
// サーバー証明書: what it is, requests for one (CSR), import and renewal. `kuramori init` leaves a
// self-made one in files that the daemon may only read; whatever follows it is kept in office.db,
// its key sealed, and is used by new connections at once.
#include "crypto/server_pair.hpp"
#include "http/route.hpp"
#include "store/pool.hpp"

#include <functional>
#include <mutex>

namespace audit {
class Recorder;
}

namespace devices {

struct PendingRequest { // CSR whose answer is awaited
    std::string pem;
    std::vector<std::string> names;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(PendingRequest, (), (pem, names, created_at))

struct ServerCertificateView {
    std::string subject;
    std::string issuer;
    std::vector<std::string> names;
    std::string key;
    std::string fingerprint;
    Instant begins_at;
    Instant expires_at;
    bool self_made = false;
    bool chain_complete = true;
    std::vector<std::string> names_missing; // of those under which the server is opened
    std::vector<std::string> names_served;
    std::optional<Instant> installed_at; // absent: as `kuramori init` made it
    std::optional<PendingRequest> request;
};
BOOST_DESCRIBE_STRUCT(
    ServerCertificateView,
    (),
    (subject,
     issuer,
     names,
     key,
     fingerprint,
     begins_at,
     expires_at,
     self_made,
     chain_complete,
     names_missing,
     names_served,
     installed_at,
     request)
)

struct RequestInput {
    std::vector<std::string> names;
};
BOOST_DESCRIBE_STRUCT(RequestInput, (), (names))

struct CertificateInput { // a PEM chain, with its key unless it answers our request; or a PKCS#12
    std::optional<std::string> chain;
    std::optional<SecretText> key;
    std::optional<std::string> pkcs12; // base64url
    std::optional<SecretText> passphrase;
};
BOOST_DESCRIBE_STRUCT(CertificateInput, (), (chain, key, pkcs12, passphrase))

class ServerCertificate {
public:
    struct Parts {
        store::Pool& pool;
        audit::Recorder const& recorder;
        base::Clock const& clock;
        std::function<Key()> sealing_key;
        std::function<std::string()> office_name;
        crypto::CertificateFiles files;
        std::vector<std::string> hosts; // that a self-made one is for
        std::vector<std::string> names; // that people type: one from elsewhere should cover them
    };
    explicit ServerCertificate(Parts parts) : parts_(std::move(parts)) {}

    // What TLS shows: the stored pair, or the one in the files. One that does not open (the keyring
    // is of another day) falls back to the files, with a line in the log.
    crypto::KeyPair pair() const;
    void on_change(std::function<void()> tell) { tell_ = std::move(tell); }

    ServerCertificateView view() const;
    Result<ServerCertificateView> request(RequestInput const& wanted, std::string const& actor);
    Result<ServerCertificateView> import(CertificateInput const& wanted, std::string const& actor);
    // A new self-made one; the way back from an imported one too.
    Result<ServerCertificateView> renew(std::string const& actor);
    // Before the first warning is due. False: nothing to do.
    bool renew_when_due();
    std::optional<Instant> authority_expires_at() const; // of a self-made one

    http::RoomRoutes routes();
    Result<ServerCertificateView> get(http::Call& call);
    Result<ServerCertificateView> post_request(http::Call& call, RequestInput const& wanted);
    Result<ServerCertificateView> put(http::Call& call, CertificateInput const& wanted);
    Result<ServerCertificateView> post_renewal(http::Call& call);

private:
    struct Stored;
    std::optional<Stored> stored() const;
    void install(crypto::KeyPair const& pair, bool self_made, std::string const& actor);
    SecretText request_key() const; // empty: no request waits

    Parts parts_;
    std::function<void()> tell_;
    std::mutex one_change_at_a_time_;
};

} // namespace devices

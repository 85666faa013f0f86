#pragma once
// 有効期限のお知らせ: certificates that end within 60, 30 and 7 days, for the first screen and the
// log.
#include "devices/registry.hpp"
#include "devices/server_certificate.hpp"

#include <map>

namespace devices {

struct Expiring {
    std::string what;       // "server_certificate_expires", "own_device_expires", …
    std::int64_t count = 0; // days left of one certificate; devices, where they are several
    bool urgent = false;    // a week or less
};

class Expiry {
public:
    Expiry(Registry& registry, ServerCertificate& server, base::Clock const& clock)
        : registry_(registry), server_(server), clock_(clock)
    {
    }

    // What this caller can do something about.
    std::vector<Expiring> seen_by(http::Caller const& caller);
    // A line when a certificate has passed 60, 30 and 7 days, and its end. Called every hour.
    void log_what_is_due();

private:
    struct One {
        std::string kind;
        std::string name; // serial or fingerprint: what tells it from others
        Instant expires_at;
        std::int64_t account_id = 0; // of a device's
    };
    std::vector<One> within_the_first_warning();

    Registry& registry_;
    ServerCertificate& server_;
    base::Clock const& clock_;
    std::map<std::string, std::int64_t> logged_; // name: the bound that was told
};

} // namespace devices

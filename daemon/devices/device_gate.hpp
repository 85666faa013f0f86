#pragma once
// Whether the device is one that the account may use, asked at every request: TLS has proved at
// the handshake, perhaps long ago, that the key is held, and nothing else.
#include "devices/registry.hpp"
#include "http/dispatch.hpp"

namespace devices {

class DeviceGate final : public http::Gate {
public:
    explicit DeviceGate(Registry& registry) : registry_(registry) {}

    Result<void>
    admit(http::Caller const& caller, net::Request const& request, Instant now) override;
    Result<void>
    admit_stranger(std::int64_t account_id, net::Request const& request, Instant now) override;

    // The certificate of the connection when it is this account's and good.
    std::optional<Known>
    shown_by(std::int64_t account_id, net::Request const& request, Instant now);

private:
    Registry& registry_;
};

} // namespace devices

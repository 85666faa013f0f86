#pragma once
// 端末証明書 over HTTP: what administrators and the console do with certificates of devices, and
// what everybody sees of their own.
#include "devices/device_gate.hpp"
#include "http/route.hpp"

#include <map>
#include <mutex>

namespace devices {

struct DeviceList {
    std::optional<Authority> authority; // none until the first certificate
    std::vector<Certificate> certificates;
};
BOOST_DESCRIBE_STRUCT(DeviceList, (), (authority, certificates))

struct NewDevice {
    std::string login_id;
    std::string device; // 端末名
};
BOOST_DESCRIBE_STRUCT(NewDevice, (), (login_id, device))

struct IssuedDevice {
    Certificate certificate;
    std::string passphrase; // shown once
    std::int64_t download_id = 0;
    Instant download_until;
};
BOOST_DESCRIBE_STRUCT(IssuedDevice, (), (certificate, passphrase, download_id, download_until))

struct Revocation {
    RevokeReason reason = RevokeReason::lost;
};
BOOST_DESCRIBE_STRUCT(Revocation, (), (reason))

struct OwnDevices {
    Need need = Need::off;                // of one's own class
    std::optional<std::int64_t> this_one; // the certificate that this browser shows
    std::vector<Certificate> certificates;
};
BOOST_DESCRIBE_STRUCT(OwnDevices, (), (need, this_one, certificates))

class DevicesDesk {
public:
    struct Parts {
        Registry& registry;
        DeviceGate& gate;
    };
    explicit DevicesDesk(Parts parts) : parts_(parts) {}

    http::RoomRoutes routes();
    Result<DeviceList> list(http::Call& call);
    Result<http::Created<Authority>> create_authority(http::Call& call);
    Result<http::Created<IssuedDevice>> issue(http::Call& call, NewDevice const& wanted);
    // Once, within ten minutes, by whoever issued it.
    Result<http::Download> download(http::Call& call);
    Result<Certificate> revoke(http::Call& call, Revocation const& wanted);
    Result<Policy> get_policy(http::Call& call);
    Result<Policy> set_policy(http::Call& call, PolicyInput const& wanted);
    Result<OwnDevices> list_own(http::Call& call);

private:
    struct Waiting { // a file that was not fetched yet; in memory only
        Bytes pkcs12;
        std::string file_name;
        std::string actor;
        Instant until;
    };
    std::int64_t keep(Waiting file, Instant now);

    Parts parts_;
    std::mutex mutex_;
    std::map<std::int64_t, Waiting> waiting_;
};

} // namespace devices

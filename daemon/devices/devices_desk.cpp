#include "devices/devices_desk.hpp"

#include "base/random.hpp"

#include <fmt/format.h>

#include <array>

namespace devices {

namespace {

constexpr std::chrono::minutes download_life{10};

// 53 bits: what a browser's numbers hold exactly. Whoever guesses must also be who issued the file,
// within ten minutes.
std::int64_t random_download_id()
{
    std::array<Byte, 8> bytes{};
    base::fill_random(bytes);
    std::uint64_t number = 0;
    for (auto const byte : bytes) number = (number << 8U) | byte;
    return static_cast<std::int64_t>((number >> 12U) | (1ULL << 52U));
}

class OnePiece final : public net::BodySource {
public:
    explicit OnePiece(Bytes content) : content_(std::move(content)) {}
    bool read(std::string& chunk) override
    {
        chunk = base::as_text(content_);
        return false;
    }

private:
    Bytes content_;
};

// What every system takes as a file's name, and still tells which device it is for.
std::string file_name_of(Certificate const& certificate)
{
    return fmt::format("kuramori-{}-{}.p12", certificate.login_id, certificate.id);
}

} // namespace

Result<DeviceList> DevicesDesk::list(http::Call&)
{
    return DeviceList{parts_.registry.authority(), parts_.registry.list()};
}

Result<http::Created<Authority>> DevicesDesk::create_authority(http::Call& call)
{
    TRY(auto made, parts_.registry.create_authority(call.caller.actor));
    return http::Created<Authority>{std::move(made)};
}

std::int64_t DevicesDesk::keep(Waiting file, Instant now)
{
    std::scoped_lock const lock{mutex_};
    std::erase_if(waiting_, [&](auto const& item) { return item.second.until <= now; });
    for (;;)
        if (auto const id = random_download_id(); waiting_.try_emplace(id, file).second) return id;
}

Result<http::Created<IssuedDevice>> DevicesDesk::issue(http::Call& call, NewDevice const& wanted)
{
    TRY(auto made, parts_.registry.issue(wanted.login_id, wanted.device, call.caller.actor));
    auto const until = call.now + download_life;
    auto const name = file_name_of(made.certificate);
    auto const id = keep({std::move(made.pkcs12), name, call.caller.actor, until}, call.now);
    call.object = fmt::format("device_certificate:{}", made.certificate.id);
    return http::Created<IssuedDevice>{
        {std::move(made.certificate), std::move(made.passphrase), id, until}
    };
}

// Taken out before it is sent: a connection that breaks loses the file, and another is issued.
Result<http::Download> DevicesDesk::download(http::Call& call)
{
    Waiting file;
    {
        std::scoped_lock const lock{mutex_};
        auto const found = waiting_.find(call.id("download_id"));
        if (found == waiting_.end() || found->second.actor != call.caller.actor)
            return Problem{Fault::not_found, "not_found"};
        file = std::move(found->second);
        waiting_.erase(found);
    }
    if (call.now >= file.until) return Problem{Fault::not_found, "not_found"};
    auto const size = file.pkcs12.size();
    return http::Download{
        std::make_unique<OnePiece>(std::move(file.pkcs12)), size, std::move(file.file_name),
        "application/x-pkcs12"
    };
}

// Not the one that keeps this very session open: nobody else might be there to let one in again.
Result<Certificate> DevicesDesk::revoke(http::Call& call, Revocation const& wanted)
{
    auto const id = call.id("device_id");
    if (wanted.reason == RevokeReason::account_disabled)
        return Problem{Fault::invalid, "invalid_fields", {{"reason", "not_a_choice"}}};
    auto const policy = parts_.registry.picture()->policy;
    auto const shown = parts_.gate.shown_by(call.caller.account_id, call.request, call.now);
    if (shown && shown->id == id && policy.of(call.caller.account_class) == Need::required)
        return Problem{Fault::conflict, "device_certificate_in_use"};
    return parts_.registry.revoke(id, wanted.reason, call.caller.actor);
}

Result<Policy> DevicesDesk::get_policy(http::Call&) { return parts_.registry.picture()->policy; }

Result<Policy> DevicesDesk::set_policy(http::Call& call, PolicyInput const& wanted)
{
    TRY(auto const seen, call.if_match());
    Policy const next{wanted.administrator, wanted.staff, wanted.client, wanted.employee, 0};
    bool const locks_itself_out =
        !call.request.admin_socket && next.of(call.caller.account_class) == Need::required &&
        !parts_.gate.shown_by(call.caller.account_id, call.request, call.now);
    if (locks_itself_out) return Problem{Fault::conflict, "device_policy_locks_out"};
    return parts_.registry.set_policy(wanted, seen, call.caller.actor);
}

Result<OwnDevices> DevicesDesk::list_own(http::Call& call)
{
    OwnDevices own;
    own.need = parts_.registry.picture()->policy.of(call.caller.account_class);
    if (auto const shown = parts_.gate.shown_by(call.caller.account_id, call.request, call.now))
        own.this_one = shown->id;
    own.certificates = parts_.registry.list_of(call.caller.account_id);
    return own;
}

http::RoomRoutes DevicesDesk::routes()
{
    using http::Proof, http::Right, http::Scope, http::Verb, http::on;
    constexpr auto manage = Right::device_manage;
    static constexpr http::Route table[] = {
        {Verb::get, "/api/v1/devices", manage, Scope::office, "listDevices",
         on<&DevicesDesk::list>},
        {Verb::post, "/api/v1/devices", manage, Scope::office, "issueDevice",
         on<&DevicesDesk::issue>, Proof::fresh},
        {Verb::post, "/api/v1/devices/authority", manage, Scope::office, "createDeviceAuthority",
         on<&DevicesDesk::create_authority>, Proof::fresh},
        {Verb::get, "/api/v1/devices/downloads/{download_id}", manage, Scope::office,
         "downloadDevice", on<&DevicesDesk::download>},
        {Verb::get, "/api/v1/devices/policy", manage, Scope::office, "getDevicePolicy",
         on<&DevicesDesk::get_policy>},
        {Verb::put, "/api/v1/devices/policy", manage, Scope::office, "setDevicePolicy",
         on<&DevicesDesk::set_policy>, Proof::fresh},
        {Verb::post, "/api/v1/devices/{device_id}/revoke", manage, Scope::office, "revokeDevice",
         on<&DevicesDesk::revoke>, Proof::fresh},
        {Verb::get, "/api/v1/own/devices", Right::signed_in, Scope::own, "listOwnDevices",
         on<&DevicesDesk::list_own>},
    };
    return {table, this};
}

} // namespace devices

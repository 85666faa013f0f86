#include "devices/device_gate.hpp"

namespace devices {

namespace {

Problem refused(char const* code) { return {Fault::forbidden, code}; }

// The certificate that was shown, measured against the account; there is one.
Result<Known>
measured(Picture const& picture, net::ClientCertificate const& shown, std::int64_t id, Instant now)
{
    auto const found = picture.certificates.find(shown);
    // Signed by our authority, but not in our list: of before a restore, say. It was never revoked
    // because nobody could.
    if (found == picture.certificates.end()) return refused("device_certificate_unknown");
    auto const& known = found->second;
    if (known.account_id != id) return refused("device_certificate_foreign");
    if (known.revoked) return refused("device_certificate_revoked");
    if (now >= known.expires_at) return refused("device_certificate_expired");
    return known;
}

Need strictest(Policy const& policy)
{
    return std::max({policy.administrator, policy.staff, policy.client, policy.employee});
}

Result<std::optional<Known>> judged(
    Picture const& picture,
    Need need,
    std::int64_t account_id,
    net::Request const& request,
    Instant now
)
{
    if (need == Need::off) return std::optional<Known>{};
    if (request.certificate) {
        TRY(auto known, measured(picture, *request.certificate, account_id, now));
        return std::optional<Known>{known};
    }
    if (need == Need::required) return refused("device_certificate_needed");
    return std::optional<Known>{};
}

} // namespace

Result<void> DeviceGate::admit(http::Caller const& caller, net::Request const& request, Instant now)
{
    // Nobody is known yet; or a program with a token, which is bound to addresses instead.
    if (caller.account_id <= 0) return {};
    auto const picture = registry_.picture();
    auto const need = picture->policy.of(caller.account_class);
    TRY(auto const known, judged(*picture, need, caller.account_id, request, now));
    if (known) registry_.used(*known, now);
    return {};
}

// As if the account were of the class with the strictest need: what class a name is of, and whether
// there is one, is nobody's business yet.
Result<void>
DeviceGate::admit_stranger(std::int64_t account_id, net::Request const& request, Instant now)
{
    auto const picture = registry_.picture();
    TRY_VOID(judged(*picture, strictest(picture->policy), account_id, request, now));
    return {};
}

std::optional<Known>
DeviceGate::shown_by(std::int64_t account_id, net::Request const& request, Instant now)
{
    if (!request.certificate) return std::nullopt;
    auto const known = measured(*registry_.picture(), *request.certificate, account_id, now);
    return known ? std::optional<Known>{*known} : std::nullopt;
}

} // namespace devices

// What a browser and its authenticator answer: client data, attestation, assertion. Nothing that
// was not signed is accepted, and what is read holds what was asked for.
#include "expect.hpp"
#include "passkeys/ceremony.hpp"

namespace {

constexpr std::string_view rp_id = "localhost";

void read_client_data(std::string_view text)
{
    using passkeys::Ceremony;
    auto const made = passkeys::read_client_data(text, Ceremony::create);
    auto const given = passkeys::read_client_data(text, Ceremony::get);
    fuzz::expect(!made || !given); // one type each
}

// With `none` there is nothing to sign: what is accepted is a whole credential of this party.
void read_attestation(ByteView object)
{
    auto const client_data = base::as_bytes("{}");
    auto const made = passkeys::verify_attestation(object, client_data, std::string{rp_id});
    if (!made) return;
    fuzz::expect(made->credential_id.size() >= 16 && made->credential_id.size() <= 1023);
    fuzz::expect(made->aaguid.size() == 16 && !made->public_key.empty());
}

// Split in two: authenticator data, signature. No key signed this.
void read_assertion(ByteView bytes)
{
    auto const half = bytes.size() / 2;
    passkeys::Assertion const given{
        Bytes{'{', '}'},
        {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(half)},
        {bytes.begin() + static_cast<std::ptrdiff_t>(half), bytes.end()}
    };
    for (auto const algorithm : {passkeys::es256, passkeys::eddsa, passkeys::rs256, -1L}) {
        Bytes const key(algorithm == passkeys::es256 ? 64U : 32U, 1);
        fuzz::expect(!passkeys::verify_assertion(given, {algorithm, key}, std::string{rp_id}));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    read_client_data(fuzz::text_of(data, size));
    read_attestation({data, size});
    read_assertion({data, size});
    return 0;
}

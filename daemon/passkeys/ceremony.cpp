#include "passkeys/ceremony.hpp"

#include "crypto/hash.hpp"
#include "passkeys/attestation_object.hpp"
#include "store/json.hpp"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include <algorithm>
#include <array>
#include <memory>

namespace passkeys {

namespace {

constexpr std::size_t client_data_max = 4096;
constexpr std::size_t authenticator_data_max = 4096;
constexpr std::size_t signature_max = 1024;
constexpr std::size_t rp_hash_size = 32;
constexpr std::size_t credential_id_min = 16;
constexpr std::size_t credential_id_max = 1023;

constexpr unsigned present = 0x01; // flags of the authenticator data
constexpr unsigned verified = 0x04;
constexpr unsigned backed_up = 0x10;
constexpr unsigned has_credential = 0x40;

template <class T, void (*Free)(T**)> struct Freed {
    void operator()(T* item) const { Free(&item); }
};
using Credential = std::unique_ptr<fido_cred_t, Freed<fido_cred_t, fido_cred_free>>;
using Asserted = std::unique_ptr<fido_assert_t, Freed<fido_assert_t, fido_assert_free>>;

// Behind the fixed part come the new credential with its key, and extensions: CBOR both.
bool sound_tail(ByteView data)
{
    constexpr std::size_t fixed = rp_hash_size + 1 + 4;
    constexpr std::size_t before_id = fixed + 16 + 2; // aaguid, length of the id
    if (data.size() < fixed) return false;
    if ((data[rp_hash_size] & has_credential) == 0) return sound_cbor(data.subspan(fixed));
    if (data.size() < before_id) return false;
    std::size_t const id_size =
        static_cast<std::size_t>(data[before_id - 2]) << 8U | data[before_id - 1];
    return data.size() >= before_id + id_size && sound_cbor(data.subspan(before_id + id_size));
}

bool for_party(ByteView authenticator_data, std::string const& rp_id, unsigned flags)
{
    if (authenticator_data.size() <= rp_hash_size) return false;
    auto const wanted = crypto::sha256(base::as_bytes(rp_id));
    unsigned const given = authenticator_data[rp_hash_size];
    return std::equal(wanted.begin(), wanted.end(), authenticator_data.begin()) &&
           (given & flags) == flags && sound_tail(authenticator_data);
}

bool statement_holds(fido_cred_t* credential, AttestationObject const& object)
{
    if (object.format == "none") return object.empty_statement;
    if (object.format != "packed") return false;
    if (fido_cred_set_fmt(credential, "packed") != FIDO_OK ||
        fido_cred_set_attstmt(credential, object.statement.data(), object.statement.size()) !=
            FIDO_OK)
        return false;
    // Self attestation is signed with the new key itself, any other by the maker's certificate.
    return fido_cred_x5c_len(credential) == 0 ? fido_cred_verify_self(credential) == FIDO_OK
                                              : fido_cred_verify(credential) == FIDO_OK;
}

Bytes copied(unsigned char const* first, std::size_t size)
{
    return first ? Bytes{first, first + size} : Bytes{};
}

// libfido2 reads a key of the algorithm that it was told to expect, and of no other.
Credential read_credential(
    AttestationObject const& object, ByteView client_data, std::string const& rp_id, int alg
)
{
    Credential credential{fido_cred_new()};
    if (!credential) throw std::bad_alloc{};
    auto* const raw = credential.get();
    bool const read =
        fido_cred_set_type(raw, alg) == FIDO_OK &&
        fido_cred_set_clientdata(raw, client_data.data(), client_data.size()) == FIDO_OK &&
        fido_cred_set_rp(raw, rp_id.c_str(), nullptr) == FIDO_OK &&
        fido_cred_set_uv(raw, FIDO_OPT_TRUE) == FIDO_OK &&
        fido_cred_set_authdata_raw(
            raw, object.authenticator_data.data(), object.authenticator_data.size()
        ) == FIDO_OK;
    if (!read) credential.reset();
    return credential;
}

// Calls `use` with the key in libfido2's own form; false also when it is no such key.
template <class Use> bool with_key(PublicKey const& key, Use const& use)
{
    auto const tried = [&](auto* made, auto from, auto free_it) {
        if (!made) throw std::bad_alloc{};
        bool const right = from(made, key.bytes.data(), key.bytes.size()) == FIDO_OK && use(made);
        free_it(&made);
        return right;
    };
    if (key.algorithm == es256) return tried(es256_pk_new(), es256_pk_from_ptr, es256_pk_free);
    if (key.algorithm == eddsa) return tried(eddsa_pk_new(), eddsa_pk_from_ptr, eddsa_pk_free);
    if (key.algorithm == rs256) return tried(rs256_pk_new(), rs256_pk_from_ptr, rs256_pk_free);
    return false;
}

std::optional<std::string> member(json::object const& from, char const* name)
{
    auto const* const found = from.if_contains(name);
    if (!found || !found->is_string()) return std::nullopt;
    return std::string{std::string_view{found->get_string()}};
}

} // namespace

std::optional<ClientData> read_client_data(std::string_view text, Ceremony ceremony)
{
    if (text.size() > client_data_max) return std::nullopt;
    auto const parsed = json::parse_strictly(text);
    if (!parsed || !parsed->is_object()) return std::nullopt;
    auto const& all = parsed->get_object();
    auto const* const type = ceremony == Ceremony::create ? "webauthn.create" : "webauthn.get";
    if (member(all, "type") != type) return std::nullopt;
    if (auto const* const crossed = all.if_contains("crossOrigin"))
        if (!crossed->is_bool() || crossed->get_bool()) return std::nullopt;
    if (all.contains("topOrigin")) return std::nullopt; // only inside a frame
    auto const encoded = member(all, "challenge");
    auto origin = member(all, "origin");
    if (!encoded || !origin) return std::nullopt;
    auto challenge = base::from_base64url(*encoded);
    if (!challenge) return std::nullopt;
    return ClientData{std::move(*challenge), std::move(*origin)};
}

std::optional<MadeCredential>
verify_attestation(ByteView object, ByteView client_data, std::string const& rp_id)
{
    auto const read = read_attestation_object(object);
    if (!read || client_data.size() > client_data_max || client_data.empty()) return std::nullopt;
    if (read->authenticator_data.size() > authenticator_data_max) return std::nullopt;
    if (!for_party(read->authenticator_data, rp_id, present | verified | has_credential))
        return std::nullopt;
    for (auto const algorithm : {es256, eddsa, rs256}) {
        auto const credential =
            read_credential(*read, client_data, rp_id, static_cast<int>(algorithm));
        if (!credential) continue;
        auto* const raw = credential.get();
        if (!statement_holds(raw, *read)) return std::nullopt;
        MadeCredential made;
        made.credential_id = copied(fido_cred_id_ptr(raw), fido_cred_id_len(raw));
        made.algorithm = algorithm;
        made.public_key = copied(fido_cred_pubkey_ptr(raw), fido_cred_pubkey_len(raw));
        made.counter = fido_cred_sigcount(raw);
        made.aaguid = copied(fido_cred_aaguid_ptr(raw), fido_cred_aaguid_len(raw));
        made.backed_up = (fido_cred_flags(raw) & backed_up) != 0;
        bool const whole = made.credential_id.size() >= credential_id_min &&
                           made.credential_id.size() <= credential_id_max &&
                           with_key({made.algorithm, made.public_key}, [](auto*) { return true; });
        return whole ? std::optional{std::move(made)} : std::nullopt;
    }
    return std::nullopt;
}

std::optional<Used>
verify_assertion(Assertion const& given, PublicKey const& key, std::string const& rp_id)
{
    auto const& data = given.authenticator_data;
    bool const fits = !given.client_data.empty() && given.client_data.size() <= client_data_max &&
                      data.size() <= authenticator_data_max && !given.signature.empty() &&
                      given.signature.size() <= signature_max;
    if (!fits || !for_party(data, rp_id, present | verified)) return std::nullopt;
    Asserted const asserted{fido_assert_new()};
    if (!asserted) throw std::bad_alloc{};
    auto* const raw = asserted.get();
    bool const read =
        fido_assert_set_clientdata(raw, given.client_data.data(), given.client_data.size()) ==
            FIDO_OK &&
        fido_assert_set_rp(raw, rp_id.c_str()) == FIDO_OK &&
        fido_assert_set_up(raw, FIDO_OPT_TRUE) == FIDO_OK &&
        fido_assert_set_uv(raw, FIDO_OPT_TRUE) == FIDO_OK &&
        fido_assert_set_count(raw, 1) == FIDO_OK &&
        fido_assert_set_authdata_raw(raw, 0, data.data(), data.size()) == FIDO_OK &&
        fido_assert_set_sig(raw, 0, given.signature.data(), given.signature.size()) == FIDO_OK;
    if (!read) return std::nullopt;
    auto const algorithm = static_cast<int>(key.algorithm);
    bool const right = with_key(key, [&](auto* made) {
        return fido_assert_verify(raw, 0, algorithm, made) == FIDO_OK;
    });
    if (!right) return std::nullopt;
    return Used{fido_assert_sigcount(raw, 0), (fido_assert_flags(raw, 0) & backed_up) != 0};
}

} // namespace passkeys

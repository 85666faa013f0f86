#include "passkeys/passkeys.hpp"

#include "audit/recorder.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "base/secret.hpp"
#include "domain/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace passkeys {

namespace {

constexpr std::int64_t timeout_ms = 5 * 60 * 1000; // as long as the challenge lives
constexpr std::size_t name_max = 50;
constexpr std::size_t encoded_max = 24 << 10;

store::FileId const office{store::Kind::office, {}, 1};

std::string object_of(std::int64_t account_id) { return fmt::format("account:{}", account_id); }
std::string body_of(std::int64_t id) { return json::serialize(json::object{{"passkey", id}}); }

std::vector<CredentialHint> hints(std::vector<Descriptor> const& all)
{
    std::vector<CredentialHint> out;
    for (auto const& one : all) {
        CredentialHint hint{base::to_base64url(one.credential_id), {}};
        std::string_view rest = one.transports;
        while (!rest.empty()) {
            auto const word = rest.substr(0, rest.find(','));
            hint.transports.emplace_back(word);
            rest.remove_prefix(std::min(rest.size(), word.size() + 1));
        }
        out.push_back(std::move(hint));
    }
    return out;
}

// Only words that the standard knows: they go back into the page as they came.
std::string known_transports(std::vector<std::string> const& given)
{
    std::string out;
    for (auto const* known : {"internal", "hybrid", "usb", "nfc", "ble", "smart-card"}) {
        if (std::find(given.begin(), given.end(), known) == given.end()) continue;
        if (!out.empty()) out += ',';
        out += known;
    }
    return out;
}

Bytes decoded(std::string const& text)
{
    if (text.size() > encoded_max) return {};
    return base::from_base64url(text).value_or(Bytes{});
}

Problem over() { return {Fault::conflict, "passkey_offer_over"}; }
Problem unfit() { return {Fault::invalid, "passkey_unfit"}; }
Problem no_host() { return {Fault::conflict, "passkey_host_unknown"}; }

} // namespace

Result<std::string> checked_name(std::string const& wanted)
{
    auto name = domain::trimmed(wanted);
    if (name.empty()) return Problem{Fault::invalid, "invalid_fields", {{"name", "required"}}};
    if (domain::length(name) > name_max)
        return Problem{Fault::invalid, "invalid_fields", {{"name", "too_long"}}};
    if (domain::has_hostile_characters(name))
        return Problem{Fault::invalid, "invalid_fields", {{"name", "control_characters"}}};
    return name;
}

// The origin is compared whole: another port of the same machine is another program.
bool Passkeys::from_page(ClientData const& said, Bytes const& challenge) const
{
    auto const& origins = party_.origins;
    return base::equal_in_constant_time(said.challenge, challenge) &&
           std::find(origins.begin(), origins.end(), said.origin) != origins.end();
}

Result<CreationOptions> Passkeys::offer(Owner const& owner, Person const& person, Instant now)
{
    if (party_.id.empty()) return no_host();
    auto const db = pool_.read(office);
    if (count_of(db, person.account_id) >= of_one_account_max)
        return Problem{Fault::conflict, "passkeys_too_many"};
    auto handle = user_handle_of(db, person.account_id);
    if (!handle) {
        std::array<Byte, 32> random{};
        base::fill_random(random);
        handle.emplace(random.begin(), random.end());
    }
    CreationOptions options;
    options.user_handle = base::to_base64url(*handle);
    options.challenge =
        base::to_base64url(challenges_.issue(owner, Purpose::creation, now, std::move(*handle)));
    options.rp_id = party_.id;
    options.user_name = person.login_id;
    options.user_display_name = person.name;
    options.algorithms = {es256, eddsa, rs256};
    options.exclude = hints(descriptors_of(db, person.account_id, party_.id));
    options.timeout_ms = timeout_ms;
    return options;
}

Result<NewCredential>
Passkeys::accept(std::string const& owner, NewPasskey const& given, Instant now)
{
    TRY(auto name, checked_name(given.name));
    auto pending = challenges_.take(owner, Purpose::creation, now);
    if (!pending) return over();
    auto const client_data = decoded(given.client_data);
    auto const said = read_client_data(base::as_text(client_data), Ceremony::create);
    if (!said || !from_page(*said, pending->challenge)) return unfit();
    auto made = verify_attestation(decoded(given.attestation), client_data, party_.id);
    if (!made) return unfit();
    return NewCredential{
        std::move(*made), std::move(name), party_.id, known_transports(given.transports),
        std::move(pending->user_handle)
    };
}

Result<RequestOptions> Passkeys::ask(
    Owner const& owner, Purpose purpose, std::optional<std::int64_t> account_id, Instant now
)
{
    if (party_.id.empty()) return no_host();
    RequestOptions options;
    if (account_id) {
        options.allow = hints(descriptors_of(pool_.read(office), *account_id, party_.id));
        if (options.allow.empty()) return Problem{Fault::conflict, "passkey_none"};
    }
    options.challenge = base::to_base64url(challenges_.issue(owner, purpose, now));
    options.rp_id = party_.id;
    options.timeout_ms = timeout_ms;
    return options;
}

Result<Checked> Passkeys::check(
    std::string const& owner,
    Purpose purpose,
    std::optional<std::int64_t> account_id,
    GivenPasskey const& given,
    Instant now
)
{
    auto const pending = challenges_.take(owner, purpose, now);
    if (!pending) return over();
    auto const credential = find(pool_.read(office), decoded(given.id));
    Checked checked{false, account_id};
    if (!credential) return checked;
    if (account_id && *account_id != credential->account_id) return checked;
    checked.account_id = credential->account_id;

    Assertion const assertion{
        decoded(given.client_data), decoded(given.authenticator_data), decoded(given.signature)
    };
    auto const said = read_client_data(base::as_text(assertion.client_data), Ceremony::get);
    if (!said || !from_page(*said, pending->challenge)) return checked;
    // Whoever was not named before is named by the passkey itself.
    if (!given.user_handle && !account_id) return checked;
    if (given.user_handle && decoded(*given.user_handle) != credential->user_handle) return checked;
    auto const used =
        verify_assertion(assertion, {credential->algorithm, credential->public_key}, party_.id);
    checked.right = used && note(*credential, *used, now);
    return checked;
}

// The disk's reserve may be used: signing in must work when the disk is full.
bool Passkeys::note(StoredCredential const& credential, Used const& used, Instant now)
{
    auto transaction = pool_.begin(office, store::Pool::Room::use_reserve);
    bool const grown = note_use(transaction, credential.id, used, now);
    auto const object = object_of(credential.account_id);
    auto const* const action = grown ? "account.passkey_used" : "account.passkey_copied";
    transaction.commit(
        recorder_.append(transaction, {object, action, object, body_of(credential.id)})
    );
    if (!grown)
        base::log::warning(
            "passkeys", "passkey_copied",
            {{"account", std::to_string(credential.account_id)},
             {"passkey", std::to_string(credential.id)}}
        );
    return grown;
}

std::vector<Passkey> Passkeys::list(std::int64_t account_id) const
{
    return list_of(pool_.read(office), account_id);
}

Result<Passkey>
Passkeys::rename(std::int64_t account_id, std::int64_t id, std::string const& wanted)
{
    TRY(auto const name, checked_name(wanted));
    auto transaction = pool_.begin(office);
    if (!passkeys::rename(transaction, account_id, id, name))
        return Problem{Fault::not_found, "not_found"};
    auto const object = object_of(account_id);
    json::object const body{{"passkey", id}, {"name", name}};
    transaction.commit(recorder_.append(
        transaction, {object, "account.passkey_rename", object, json::serialize(body)}
    ));
    for (auto& passkey : list(account_id))
        if (passkey.id == id) return std::move(passkey);
    return Problem{Fault::not_found, "not_found"}; // removed meanwhile
}

} // namespace passkeys

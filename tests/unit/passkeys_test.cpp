#include "asked.hpp"
#include "auth/own_passkeys.hpp"
#include "passkeys/attestation_object.hpp"
#include "passkeys/passkeys.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

namespace {

using namespace std::chrono_literals;
using passkeys::Ceremony, passkeys::Challenges, passkeys::Purpose;

std::string said(std::string const& more = "")
{
    return R"({"type":"webauthn.get","challenge":"AQID","origin":"https://a.jp")" + more + "}";
}
bool is_read(std::string const& text)
{
    return passkeys::read_client_data(text, Ceremony::get).has_value();
}

struct Shelf : TestOffice {
    roles::RoleBook roles{pool, recorder, clock};
    auth::Accounts accounts{{pool, recorder, clock, roles}};
    auth::Sessions sessions{{}};
    auth::SecondFactors factors{pool, recorder, clock};
    std::int64_t const sato =
        accounts.create_ready({"sato", "佐藤", {"staff"}, false, {}, {}, {}}, {"hash", true}).id;
    std::int64_t const abe =
        accounts.create_ready({"abe", "阿部", {"staff"}, false, {}, {}, {}}, {"hash", true}).id;

    static passkeys::NewCredential made(Byte id, std::int64_t counter = 0)
    {
        passkeys::MadeCredential credential{Bytes(16, id), passkeys::es256, Bytes(64, 7),
                                            counter,       Bytes(16, 0),    false};
        return {std::move(credential), "鍵", "localhost", "internal", Bytes(32, 9)};
    }
    bool used(std::int64_t id, std::int64_t counter)
    {
        auto transaction = pool.begin(office);
        bool const grown = passkeys::note_use(transaction, id, {counter, false}, clock.now());
        transaction.commit(recorder.append(transaction, {"test", "used", "test", "{}"}));
        return grown;
    }
};

} // namespace

TEST_CASE("what the browser says of the page is read strictly, and may hold keys that are unknown")
{
    auto const read = passkeys::read_client_data(said(), Ceremony::get);
    REQUIRE(read.has_value());
    CHECK(read->challenge == Bytes{1, 2, 3});
    CHECK(read->origin == "https://a.jp");
    CHECK(is_read(said(R"(,"crossOrigin":false,"other_keys_can_be_added_here":"a sentence")")));
    CHECK_FALSE(passkeys::read_client_data(said(), Ceremony::create).has_value());
    CHECK_FALSE(is_read(said(R"(,"crossOrigin":true)")));
    CHECK_FALSE(is_read(said(R"(,"crossOrigin":null)")));
    CHECK_FALSE(is_read(said(R"(,"topOrigin":"https://b.jp")")));
    CHECK_FALSE(is_read(said(R"(,"origin":"https://b.jp")"))); // twice
    CHECK_FALSE(is_read(said() + " {}"));
    CHECK_FALSE(is_read("[]"));
    CHECK_FALSE(is_read(""));
    CHECK_FALSE(is_read(R"({"type":"webauthn.get","challenge":"A=","origin":"https://a.jp"})"));
    CHECK_FALSE(is_read(R"({"type":"webauthn.get","challenge":1,"origin":"https://a.jp"})"));
    CHECK_FALSE(is_read(said(R"(,"long":")" + std::string(5000, 'a') + R"(")")));
}

TEST_CASE("CBOR that claims more than there is, never ends or has no bottom is not looked into")
{
    auto const sound = [](Bytes const& bytes) { return passkeys::sound_cbor(bytes); };
    CHECK(sound({0xa1, 0x01, 0x02}));                         // {1: 2}
    CHECK(sound({0x82, 0x80, 0xa0, 0xf6, 0x41, 0x00, 0x20})); // [[], {}] null h'00' -1
    CHECK(sound({}));
    CHECK_FALSE(sound({0xa1, 0x01}));
    CHECK_FALSE(sound({0x9b, 0, 0, 0, 0, 0x40, 0, 0, 0})); // an array of 2^30
    CHECK_FALSE(sound({0xbb, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}));
    CHECK_FALSE(sound({0x9f, 0x01, 0xff})); // without a length
    CHECK_FALSE(sound({0x5f, 0x41, 0x00, 0xff}));
    CHECK_FALSE(sound({0xc1, 0x01}));       // a tag
    CHECK_FALSE(sound({0x58, 0x20, 0x00})); // a text of 32 bytes that has one
    CHECK_FALSE(sound(Bytes(9, 0x81)));     // nine deep
    CHECK_FALSE(passkeys::read_attestation_object(Bytes{0xa0}).has_value());
}

TEST_CASE("a challenge is taken once, by its owner, for its purpose, within five minutes")
{
    Challenges challenges;
    Instant const now{std::chrono::seconds{1'795'000'000}};
    auto const issued = challenges.issue({"a", "192.0.2.1"}, Purpose::proof, now, Bytes(32, 1));
    CHECK(issued.size() == 32);
    CHECK_FALSE(challenges.take("a", Purpose::sign_in, now).has_value());
    CHECK_FALSE(challenges.take("b", Purpose::proof, now).has_value());
    auto const taken = challenges.take("a", Purpose::proof, now + 5min - 1s);
    REQUIRE(taken.has_value());
    CHECK(taken->challenge == issued);
    CHECK(taken->user_handle == Bytes(32, 1));
    CHECK_FALSE(challenges.take("a", Purpose::proof, now).has_value());

    challenges.issue({"a", "192.0.2.1"}, Purpose::proof, now);
    CHECK_FALSE(challenges.take("a", Purpose::proof, now + 5min).has_value());
    challenges.issue({"a", "192.0.2.1"}, Purpose::proof, now);
    CHECK_FALSE(challenges.take("a", Purpose::proof, now - 1s).has_value()
    ); // the clock was set back
    auto const first = challenges.issue({"a", "192.0.2.1"}, Purpose::proof, now);
    auto const second = challenges.issue({"a", "192.0.2.1"}, Purpose::proof, now);
    CHECK(first != second);
    CHECK(challenges.take("a", Purpose::proof, now)->challenge == second);
}

TEST_CASE("a visitor who asks without end pushes out nobody else's challenge")
{
    Challenges challenges;
    Instant const now{std::chrono::seconds{1'795'000'000}};
    challenges.issue({"mine", "192.0.2.1"}, Purpose::sign_in, now);
    for (int i = 0; i < 10'000; ++i)
        challenges.issue({std::to_string(i), "192.0.2.2"}, Purpose::sign_in, now);
    CHECK(challenges.take("mine", Purpose::sign_in, now).has_value());
    CHECK(challenges.take("9999", Purpose::sign_in, now).has_value());
    CHECK_FALSE(challenges.take("0", Purpose::sign_in, now).has_value());
}

TEST_CASE_FIXTURE(Shelf, "the first passkey brings recovery codes, which go with the last")
{
    CHECK(factors.add_passkey(sato, made(1), true)->size() == 10);
    CHECK(factors.add_passkey(sato, made(2), true).error().code == "second_factor_exists");
    CHECK(factors.add_passkey(sato, made(2), false)->empty());
    CHECK(factors.state_of(sato).in_force());
    CHECK(factors.renew_recovery_codes(sato)->size() == 10);
    auto const rows = passkeys::list_of(pool.read(office), sato);
    REQUIRE(rows.size() == 2);
    CHECK(factors.remove_passkey(abe, rows[0].id, false).error().code == "not_found");
    CHECK(factors.remove_passkey(sato, rows[0].id, true).has_value());
    CHECK(factors.remove_passkey(sato, rows[1].id, true).error().code == "second_factor_required");
    CHECK(factors.state_of(sato).passkeys == 1); // still there
    CHECK(factors.remove_passkey(sato, rows[1].id, false).has_value());
    CHECK(factors.state_of(sato).recovery_codes == 0);
}

TEST_CASE_FIXTURE(Shelf, "a credential is in the office once, and an account has twenty at most")
{
    REQUIRE(factors.add_passkey(sato, made(1), false).has_value());
    auto other = made(1);
    other.user_handle = Bytes(32, 8);
    CHECK(factors.add_passkey(abe, other, false).error().code == "passkey_known");
    other.made.credential_id = Bytes(16, 200);
    CHECK(factors.add_passkey(abe, other, false).has_value());
    other.user_handle = Bytes(32, 7); // of an offer that another tab has overtaken
    other.made.credential_id = Bytes(16, 201);
    CHECK(factors.add_passkey(abe, other, false).error().code == "passkey_offer_over");
    for (Byte id = 2; id <= 20; ++id) CHECK(factors.add_passkey(sato, made(id), false).has_value());
    CHECK(factors.add_passkey(sato, made(21), false).error().code == "passkeys_too_many");
    factors.remove(sato, "account:9");
    CHECK_FALSE(factors.state_of(sato).in_force());
    CHECK(passkeys::user_handle_of(pool.read(office), sato) == Bytes(32, 9)); // for the next one
}

TEST_CASE_FIXTURE(Shelf, "a counter only grows, unless the authenticator never counts")
{
    REQUIRE(factors.add_passkey(sato, made(1), false).has_value());
    REQUIRE(factors.add_passkey(sato, made(2, 7), false).has_value());
    auto const rows = passkeys::list_of(pool.read(office), sato);
    CHECK(used(rows[0].id, 0));
    CHECK(used(rows[0].id, 0));
    CHECK(used(rows[0].id, 5));
    CHECK_FALSE(used(rows[0].id, 5));
    CHECK_FALSE(used(rows[0].id, 4));
    CHECK_FALSE(used(rows[0].id, 0));
    CHECK_FALSE(used(rows[1].id, 0));
    CHECK_FALSE(used(rows[1].id, 7));
    CHECK(used(rows[1].id, 8));
}

TEST_CASE_FIXTURE(Shelf, "beside a passkey an app is set up only after a fresh proof")
{
    auth::SignInLog sign_ins{pool, {}};
    auth::Throttle throttle{{}};
    auth::Hashing hashing;
    auth::Policies policies{pool, recorder, {}};
    auth::Door door{{accounts, roles, sessions, factors, sign_ins, throttle, hashing, policies}};
    auth::OwnAccount own{{accounts, sessions, factors, sign_ins, door, policies}};
    REQUIRE(factors.add_passkey(sato, made(1), false).has_value());
    Asked asked{clock.now()};
    asked.caller.account_id = sato;
    asked.caller.grant(http::Right::signing_in);
    CHECK(own.offer_second_factor(asked.call).error().code == "second_factor_exists");
    asked.caller.grant(http::Right::signed_in);
    asked.caller.proved_at = clock.now() - 5min;
    CHECK(own.offer_second_factor(asked.call).error().code == "proof_needed");
    asked.caller.proved_at = clock.now() - 5min + 1s;
    CHECK(own.offer_second_factor(asked.call).has_value());
}

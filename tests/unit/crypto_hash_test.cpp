#include "crypto/hash.hpp"
#include "crypto/password.hpp"
#include "crypto/words.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace crypto;

namespace {

std::string hex(ByteView bytes) { return base::to_hex(bytes); }

Key key_of(ByteView start) // HMAC pads a short key with zeros: so do we, up to our 32 bytes
{
    Key key;
    std::fill(key.bytes().begin(), key.bytes().end(), Byte{0});
    std::copy(start.begin(), start.end(), key.bytes().begin());
    return key;
}

std::string sentence(std::vector<std::string> const& words, char const* between)
{
    std::string out;
    for (auto const& word : words) out += (out.empty() ? "" : between) + word;
    return out;
}

} // namespace

TEST_CASE("SHA-256 as in FIPS 180-4, whole or in parts")
{
    CHECK(
        hex(sha256(base::as_bytes("abc"))) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    CHECK(hex(sha256({})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    Sha256 parts;
    parts.add(base::as_bytes("a"));
    parts.add({});
    parts.add(base::as_bytes("bc"));
    CHECK(parts.finish() == sha256(base::as_bytes("abc")));
}

TEST_CASE("HMAC-SHA-256 as in RFC 4231")
{
    CHECK(
        hex(hmac_sha256(key_of(Bytes(20, 0x0b)), base::as_bytes("Hi There"))) ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    );
    CHECK(
        hex(hmac_sha256(
            key_of(base::as_bytes("Jefe")), base::as_bytes("what do ya want for nothing?")
        )) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
    CHECK(
        hex(hmac_sha256(key_of(Bytes(20, 0xaa)), Bytes(50, 0xdd))) ==
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    );
}

TEST_CASE("HKDF-SHA-256 as in RFC 5869, test case 3")
{
    Bytes out(42);
    derive_into(Bytes(22, 0x0b), "", out);
    CHECK(
        hex(out) ==
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    );
}

TEST_CASE("keys of two labels, and of two roots, have nothing in common")
{
    auto const root = test_root();
    CHECK(hex(derive(root, "a").bytes()) == hex(derive(root, "a").bytes()));
    CHECK(hex(derive(root, "a").bytes()) != hex(derive(root, "b").bytes()));
    CHECK(hex(derive(root, "a").bytes()) != hex(derive(test_root(9), "a").bytes()));
}

TEST_CASE("a password verifies against its hash alone, and each hash has its own salt")
{
    auto const hash = hash_password("kiiroi ringo to umi");
    CHECK(hash.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"));
    CHECK(verify_password("kiiroi ringo to umi", hash));
    CHECK_FALSE(verify_password("kiiroi ringo to ume", hash));
    CHECK_FALSE(verify_password("", hash));
    CHECK_FALSE(verify_password("kiiroi ringo to umi", "not a hash"));
    CHECK_FALSE(verify_password("kiiroi ringo to umi", ""));
    CHECK(hash_password("kiiroi ringo to umi") != hash);
    verify_password_of_nobody("anything");
}

TEST_CASE("words come back as the key they were, in hiragana, katakana and romaji")
{
    for (Byte const fill : Bytes{0, 1, 7, 85, 170, 255}) {
        auto const key = test_root(fill);
        auto const words = words_of(key);
        REQUIRE(words.size() == 24);
        for (auto const* between : {" ", "\n", "　", "-", ", "}) {
            auto const typed = key_from_words(sentence(words, between));
            REQUIRE(typed.key);
            CHECK(hex(typed.key->bytes()) == hex(key.bytes()));
        }
        std::vector<std::string> romaji;
        for (auto const& word : words) romaji.push_back(romaji_of(word));
        auto const latin = key_from_words(sentence(romaji, "  "));
        REQUIRE(latin.key);
        CHECK(hex(latin.key->bytes()) == hex(key.bytes()));
        auto capitals = sentence(romaji, " ");
        for (auto& c : capitals) c = static_cast<char>(std::toupper(c));
        CHECK(key_from_words(capitals).key);
    }
    auto katakana = key_from_words("カカミ");
    CHECK_FALSE(katakana.key);
    CHECK(katakana.bad_word == 0); // a word, but one alone
}

TEST_CASE("every one of the 2,048 words is different, and so is its romaji")
{
    std::set<std::string> words;
    std::set<std::string> romaji;
    for (unsigned start = 0; start < 256; ++start) { // 24 words of many keys
        Key key;
        for (std::size_t i = 0; i < 32; ++i)
            key.bytes()[i] = sha256(Bytes{static_cast<Byte>(start), static_cast<Byte>(i)})[0];
        for (auto const& word : words_of(key)) {
            words.insert(word);
            romaji.insert(romaji_of(word));
        }
    }
    CHECK(words.size() > 1900);
    CHECK(words.size() == romaji.size());
}

TEST_CASE("a wrong word is named, a word exchanged or missing is noticed")
{
    auto const words = words_of(test_root(42));
    auto wrong = words;
    wrong[4] = "ねこ";
    CHECK(key_from_words(sentence(wrong, " ")).bad_word == 5);
    CHECK_FALSE(key_from_words(sentence(wrong, " ")).key);
    auto missing = words;
    missing.pop_back();
    CHECK_FALSE(key_from_words(sentence(missing, " ")).key);
    auto more = words;
    more.push_back(words[0]);
    CHECK_FALSE(key_from_words(sentence(more, " ")).key);
    CHECK_FALSE(key_from_words("").key);
    CHECK_FALSE(key_from_words("\xFF\xFE").key);
    int unnoticed = 0;
    for (std::size_t i = 0; i < 24; ++i) {
        auto other = words;
        other[i] = other[i] == "かかみ" ? "かかむ" : "かかみ";
        if (key_from_words(sentence(other, " ")).key) ++unnoticed;
    }
    CHECK(unnoticed <= 1); // eight bits of checksum: one in 256 slips through
}

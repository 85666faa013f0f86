#include "crypto/aead.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

using namespace crypto;

namespace {

std::string text_of(std::optional<Bytes> const& bytes)
{
    return bytes ? std::string{bytes->begin(), bytes->end()} : "(refused)";
}

} // namespace

TEST_CASE("what is sealed opens again with the same key and context, and only so")
{
    auto const key = test_root();
    auto const sealed = seal(key, base::as_bytes("山田太郎"), "a");
    CHECK(sealed.size() == sealed_extra_bytes + std::string{"山田太郎"}.size());
    CHECK(text_of(open(key, sealed, "a")) == "山田太郎");
    CHECK_FALSE(open(key, sealed, "b"));
    CHECK_FALSE(open(test_root(9), sealed, "a"));
    CHECK(seal(key, base::as_bytes("山田太郎"), "a") != sealed); // a fresh nonce each time
    auto const empty = seal(key, {}, "a");
    CHECK(text_of(open(key, empty, "a")).empty());
}

TEST_CASE("not a bit of sealed bytes can be changed, cut off or added")
{
    auto const key = test_root();
    auto const sealed = seal(key, base::as_bytes("some text"), "a");
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto damaged = sealed;
        damaged[i] ^= 1U;
        CHECK_FALSE(open(key, damaged, "a"));
    }
    for (std::size_t size = 0; size < sealed.size(); ++size)
        CHECK_FALSE(open(key, ByteView{sealed}.first(size), "a"));
    auto longer = sealed;
    longer.push_back(0);
    CHECK_FALSE(open(key, longer, "a"));
}

TEST_CASE("a chunk opens only in its place, in its content, and as what it was: last or not")
{
    ChunkCipher const cipher{test_root(), "blob-1"};
    auto const first = cipher.seal(0, false, base::as_bytes("first"));
    auto const second = cipher.seal(1, false, base::as_bytes("second"));
    auto const last = cipher.seal(2, true, base::as_bytes("last"));
    CHECK(text_of(cipher.open(0, false, first)) == "first");
    CHECK(text_of(cipher.open(1, false, second)) == "second");
    CHECK(text_of(cipher.open(2, true, last)) == "last");
    CHECK_FALSE(cipher.open(1, false, first));                             // reordered
    CHECK_FALSE(cipher.open(1, true, second));                             // cut off behind it
    CHECK_FALSE(cipher.open(2, false, last));                              // something appended
    CHECK_FALSE(ChunkCipher(test_root(), "blob-2").open(0, false, first)); // another content
    CHECK_FALSE(ChunkCipher(test_root(9), "blob-1").open(0, false, first));
    CHECK_FALSE(cipher.open(0, false, {}));
    auto damaged = first;
    damaged.back() ^= 1U;
    CHECK_FALSE(cipher.open(0, false, damaged));
    Bytes const whole(ChunkCipher::plain_bytes_max, 7);
    auto const sealed = cipher.seal(3, true, whole);
    CHECK(sealed.size() == whole.size() + ChunkCipher::tag_bytes);
    CHECK(cipher.open(3, true, sealed) == whole);
}

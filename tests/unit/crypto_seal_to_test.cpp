#include "base/random.hpp"
#include "crypto/seal_to.hpp"

#include <doctest/doctest.h>

namespace {

Key some_key()
{
    Key key;
    base::fill_random(key.bytes());
    return key;
}

} // namespace

TEST_CASE("what is sealed to a public key opens with its private half and in its context only")
{
    auto const mine = some_key();
    auto const sealed = crypto::seal_to(crypto::public_key_of(mine), base::as_bytes("root"), "kit");
    CHECK(crypto::open_with(mine, sealed, "kit") == Bytes{'r', 'o', 'o', 't'});
    CHECK_FALSE(crypto::open_with(mine, sealed, "another"));
    CHECK_FALSE(crypto::open_with(some_key(), sealed, "kit"));
}

// A damaged copy in the repository must not keep the copy before it from being tried.
TEST_CASE("a sealed box whose public key is no usable point does not open, and nothing is thrown")
{
    auto const mine = some_key();
    auto sealed = crypto::seal_to(crypto::public_key_of(mine), base::as_bytes("root"), "kit");
    std::fill_n(sealed.begin(), 32, Byte{0});
    CHECK_FALSE(crypto::open_with(mine, sealed, "kit"));
}

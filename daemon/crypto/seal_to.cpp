#include "crypto/seal_to.hpp"

#include "base/random.hpp"
#include "crypto/aead.hpp"
#include "crypto/hash.hpp"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace crypto {

namespace {

constexpr std::size_t point_bytes = 32;

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
};
using PKey = std::unique_ptr<EVP_PKEY, Free>;

PKey private_half(Key const& key)
{
    return PKey{EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, key.bytes().data(), 32)};
}

// Nothing when the other side's key is no point that gives a secret.
std::optional<Key>
shared_key(Key const& own, ByteView own_public, ByteView other_public, bool sealing)
{
    auto const mine = private_half(own);
    PKey const theirs{
        EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, other_public.data(), point_bytes)
    };
    std::unique_ptr<EVP_PKEY_CTX, Free> const context{EVP_PKEY_CTX_new(mine.get(), nullptr)};
    Secret<96> material; // shared secret, ephemeral public key, recipient's public key
    std::size_t size = point_bytes;
    if (!theirs || EVP_PKEY_derive_init(context.get()) != 1 ||
        EVP_PKEY_derive_set_peer(context.get(), theirs.get()) != 1 ||
        EVP_PKEY_derive(context.get(), material.bytes().data(), &size) != 1)
        return std::nullopt;
    auto const ephemeral = sealing ? own_public : other_public;
    auto const recipient = sealing ? other_public : own_public;
    std::copy_n(ephemeral.begin(), point_bytes, material.bytes().begin() + 32);
    std::copy_n(recipient.begin(), point_bytes, material.bytes().begin() + 64);
    Key key;
    derive_into(material.bytes(), "kuramori seal to X25519 1", key.bytes());
    return key;
}

} // namespace

Bytes public_key_of(Key const& private_key)
{
    auto const key = private_half(private_key);
    Bytes out(point_bytes);
    std::size_t size = out.size();
    if (!key || EVP_PKEY_get_raw_public_key(key.get(), out.data(), &size) != 1)
        throw std::runtime_error("X25519 failed");
    return out;
}

Bytes seal_to(ByteView public_key, ByteView plain, std::string_view context)
{
    if (public_key.size() != point_bytes) throw std::runtime_error("not an X25519 key");
    Key ephemeral;
    base::fill_random(ephemeral.bytes());
    auto out = public_key_of(ephemeral);
    auto const key = shared_key(ephemeral, out, public_key, true);
    if (!key) throw std::runtime_error("not an X25519 key");
    auto const sealed = seal(*key, plain, context);
    out.insert(out.end(), sealed.begin(), sealed.end());
    return out;
}

std::optional<Bytes> open_with(Key const& private_key, ByteView sealed, std::string_view context)
{
    if (sealed.size() < point_bytes + sealed_extra_bytes) return std::nullopt;
    auto const own_public = public_key_of(private_key);
    auto const key = shared_key(private_key, own_public, sealed.first(point_bytes), false);
    if (!key) return std::nullopt;
    return open(*key, sealed.subspan(point_bytes), context);
}

} // namespace crypto

#include "crypto/hash.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>

#include <stdexcept>

namespace crypto {

namespace {

void expect(bool fine, char const* what)
{
    if (!fine) throw std::runtime_error(what);
}

EVP_MAC* hmac_algorithm()
{
    static EVP_MAC* const algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    return algorithm;
}

EVP_MD const* sha256_algorithm()
{
    static EVP_MD const* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return algorithm;
}

} // namespace

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    State() = default;
    State(State const&) = delete;
    State& operator=(State const&) = delete;
    ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : state_(std::make_unique<State>())
{
    expect(EVP_DigestInit_ex(state_->context, sha256_algorithm(), nullptr) == 1, "SHA-256 failed");
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::add(ByteView bytes)
{
    expect(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1, "SHA-256 failed");
}

Hash Sha256::finish()
{
    Hash out{};
    expect(EVP_DigestFinal_ex(state_->context, out.data(), nullptr) == 1, "SHA-256 failed");
    return out;
}

struct Hmac::State {
    EVP_MAC_CTX* context = EVP_MAC_CTX_new(hmac_algorithm());
    State() = default;
    State(State const&) = delete;
    State& operator=(State const&) = delete;
    ~State() { EVP_MAC_CTX_free(context); }
};

Hmac::Hmac(Key const& key) : state_(std::make_unique<State>())
{
    char digest[] = "SHA256";
    OSSL_PARAM const params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end(),
    };
    expect(
        EVP_MAC_init(state_->context, key.bytes().data(), key.bytes().size(), params) == 1,
        "HMAC failed"
    );
}
Hmac::Hmac(Hmac&&) noexcept = default;
Hmac& Hmac::operator=(Hmac&&) noexcept = default;
Hmac::~Hmac() = default;

void Hmac::add(ByteView bytes)
{
    expect(EVP_MAC_update(state_->context, bytes.data(), bytes.size()) == 1, "HMAC failed");
}

Hash Hmac::finish()
{
    Hash out{};
    std::size_t size = 0;
    expect(EVP_MAC_final(state_->context, out.data(), &size, out.size()) == 1, "HMAC failed");
    return out;
}

Hash sha256(ByteView bytes)
{
    Sha256 hash;
    hash.add(bytes);
    return hash.finish();
}

Hash hmac_sha256(Key const& key, ByteView bytes)
{
    Hmac mac{key};
    mac.add(bytes);
    return mac.finish();
}

void derive_into(ByteView secret, std::string_view label, std::span<Byte> out)
{
    struct Free {
        void operator()(EVP_KDF* kdf) const { EVP_KDF_free(kdf); }
        void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
    };
    static std::unique_ptr<EVP_KDF, Free> const hkdf{EVP_KDF_fetch(nullptr, "HKDF", nullptr)};
    std::unique_ptr<EVP_KDF_CTX, Free> const context{EVP_KDF_CTX_new(hkdf.get())};
    char digest[] = "SHA256";
    // OpenSSL's parameters take non-const pointers and do not write through them.
    OSSL_PARAM const params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_octet_string(
            OSSL_KDF_PARAM_KEY, const_cast<Byte*>(secret.data()), secret.size()
        ),
        OSSL_PARAM_construct_octet_string(
            OSSL_KDF_PARAM_INFO, const_cast<char*>(label.data()), label.size()
        ),
        OSSL_PARAM_construct_end(),
    };
    expect(EVP_KDF_derive(context.get(), out.data(), out.size(), params) == 1, "HKDF failed");
}

Key derive(Key const& root, std::string_view label)
{
    Key out;
    derive_into(root.bytes(), label, out.bytes());
    return out;
}

} // namespace crypto

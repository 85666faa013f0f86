#include "crypto/aead.hpp"

#include "base/random.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace crypto {

namespace {

constexpr std::size_t nonce_bytes = 12;
constexpr int tag_bytes = 16;
using Nonce = std::array<Byte, nonce_bytes>;

struct Free {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, Free>;

void expect(bool fine)
{
    if (!fine) throw std::runtime_error("AES-GCM failed");
}

int size_of(ByteView bytes) { return static_cast<int>(bytes.size()); }

// Appends ciphertext and tag to `out`.
void encrypt(
    Key const& key, Nonce const& nonce, ByteView plain, std::string_view context, Bytes& out
)
{
    Context const cipher{EVP_CIPHER_CTX_new()};
    auto const aad = base::as_bytes(context);
    auto const start = out.size();
    out.resize(start + plain.size() + tag_bytes);
    int size = 0;
    expect(
        EVP_EncryptInit_ex(
            cipher.get(), EVP_aes_256_gcm(), nullptr, key.bytes().data(), nonce.data()
        ) == 1
    );
    expect(EVP_EncryptUpdate(cipher.get(), nullptr, &size, aad.data(), size_of(aad)) == 1);
    expect(
        EVP_EncryptUpdate(cipher.get(), out.data() + start, &size, plain.data(), size_of(plain)) ==
        1
    );
    expect(EVP_EncryptFinal_ex(cipher.get(), out.data() + start + plain.size(), &size) == 1);
    expect(
        EVP_CIPHER_CTX_ctrl(
            cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes, out.data() + start + plain.size()
        ) == 1
    );
}

std::optional<Bytes>
decrypt(Key const& key, Nonce const& nonce, ByteView sealed, std::string_view context)
{
    if (sealed.size() < tag_bytes) return std::nullopt;
    Context const cipher{EVP_CIPHER_CTX_new()};
    auto const aad = base::as_bytes(context);
    auto const text = sealed.first(sealed.size() - tag_bytes);
    Bytes tag{sealed.end() - tag_bytes, sealed.end()};
    Bytes plain(text.size() + 1); // OpenSSL wants a place to write even for nothing
    int size = 0;
    expect(
        EVP_DecryptInit_ex(
            cipher.get(), EVP_aes_256_gcm(), nullptr, key.bytes().data(), nonce.data()
        ) == 1
    );
    expect(EVP_DecryptUpdate(cipher.get(), nullptr, &size, aad.data(), size_of(aad)) == 1);
    expect(EVP_DecryptUpdate(cipher.get(), plain.data(), &size, text.data(), size_of(text)) == 1);
    expect(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()) == 1);
    if (EVP_DecryptFinal_ex(cipher.get(), plain.data() + text.size(), &size) != 1)
        return std::nullopt;
    plain.resize(text.size());
    return plain;
}

Nonce counted(std::uint64_t number)
{
    Nonce nonce{};
    for (std::size_t i = nonce_bytes; number != 0; number >>= 8U)
        nonce[--i] = static_cast<Byte>(number & 255U);
    return nonce;
}

std::string chunk_context(std::string const& content_id, std::uint64_t number, bool last)
{
    return fmt::format("chunk {} {} {}", content_id, number, last ? "last" : "more");
}

} // namespace

Bytes seal(Key const& key, ByteView plain, std::string_view context)
{
    Nonce nonce{};
    base::fill_random(nonce);
    Bytes out{nonce.begin(), nonce.end()};
    encrypt(key, nonce, plain, context, out);
    return out;
}

std::optional<Bytes> open(Key const& key, ByteView sealed, std::string_view context)
{
    if (sealed.size() < sealed_extra_bytes) return std::nullopt;
    Nonce nonce{};
    std::copy_n(sealed.begin(), nonce_bytes, nonce.begin());
    return decrypt(key, nonce, sealed.subspan(nonce_bytes), context);
}

Bytes ChunkCipher::seal(std::uint64_t number, bool last, ByteView plain) const
{
    Bytes out;
    encrypt(key_, counted(number), plain, chunk_context(content_id_, number, last), out);
    return out;
}

std::optional<Bytes> ChunkCipher::open(std::uint64_t number, bool last, ByteView sealed) const
{
    return decrypt(key_, counted(number), sealed, chunk_context(content_id_, number, last));
}

} // namespace crypto

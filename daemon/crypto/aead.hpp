#pragma once
// AES-256-GCM. Sealed bytes are nonce (12) ‖ ciphertext ‖ tag (16).
#include "base/secret.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace crypto {

inline constexpr std::size_t sealed_extra_bytes = 28;

// A fresh random nonce each time: good for 2^32 messages under one key. `context` is bound to the
// message without being part of it: opening with another context fails.
Bytes seal(Key const& key, ByteView plain, std::string_view context);
std::optional<Bytes> open(Key const& key, ByteView sealed, std::string_view context);

// Long contents in chunks (a blob): every chunk is bound to the content's id, its number and
// whether it is the last, so that none can be swapped, cut off or reordered. The key must belong
// to this content alone: nonces count up from zero.
class ChunkCipher {
public:
    static constexpr std::size_t plain_bytes_max = 64 << 10;
    static constexpr std::size_t tag_bytes = 16;

    ChunkCipher(Key key, std::string content_id)
        : key_(std::move(key)), content_id_(std::move(content_id))
    {
    }
    Bytes seal(std::uint64_t number, bool last, ByteView plain) const; // plain + 16 bytes
    std::optional<Bytes> open(std::uint64_t number, bool last, ByteView sealed) const;

private:
    Key key_;
    std::string content_id_;
};

} // namespace crypto

#pragma once
// Fixed-size secret bytes: in locked, non-dumpable memory, wiped when they go. Not copyable, not
// printable: a Secret that reaches a log line does not compile.
#include "base/bytes.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace base {

// One slot of the locked arena: pages with mlock(2) and MADV_DONTDUMP. Throws std::bad_alloc when
// the system refuses to lock (LimitMEMLOCK): better no key than one in swap.
void* locked_allocate(std::size_t size);
void locked_free(void* memory, std::size_t size) noexcept; // wipes first

void wipe(void* memory, std::size_t size) noexcept;
bool equal_in_constant_time(ByteView a, ByteView b);

// Takes the process out of reach of core dumps and ptrace by its own user. Called once in main().
void forbid_core_dumps();

} // namespace base

template <std::size_t Size> class Secret {
public:
    Secret() : bytes_(static_cast<Byte*>(base::locked_allocate(Size))) {}
    explicit Secret(std::span<Byte const, Size> from) : Secret()
    {
        std::copy(from.begin(), from.end(), bytes_);
    }
    Secret(Secret const&) = delete;
    Secret& operator=(Secret const&) = delete;
    Secret(Secret&& other) noexcept : bytes_(std::exchange(other.bytes_, nullptr)) {}
    Secret& operator=(Secret&& other) noexcept
    {
        std::swap(bytes_, other.bytes_);
        return *this;
    }
    ~Secret()
    {
        if (bytes_) base::locked_free(bytes_, Size);
    }

    std::span<Byte, Size> bytes() { return std::span<Byte, Size>{bytes_, Size}; }
    std::span<Byte const, Size> bytes() const { return std::span<Byte const, Size>{bytes_, Size}; }
    Secret clone() const { return Secret{bytes()}; }

private:
    Byte* bytes_;
};

using Key = Secret<32>;

// A short-lived secret of any length (a password while it is hashed). Wiped, but not locked.
class SecretText {
public:
    SecretText() = default;
    SecretText(std::string text) : text_(std::move(text)) {} // NOLINT: a form's field is one
    SecretText(char const* text) : text_(text) {}            // NOLINT: likewise
    SecretText(SecretText const&) = delete;
    SecretText& operator=(SecretText const&) = delete;
    SecretText(SecretText&&) noexcept = default;
    SecretText& operator=(SecretText&& other) noexcept
    {
        std::swap(text_, other.text_);
        return *this;
    }
    // As far as it reaches: a short text that was moved from is still in there.
    ~SecretText() { base::wipe(text_.data(), text_.capacity()); }
    std::string_view view() const { return text_; }

private:
    std::string text_;
};

#include "base/secret.hpp"

#include <openssl/crypto.h>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <map>
#include <mutex>
#include <new>

namespace base {

namespace {

// Slots of one size share locked pages; a page is never given back, so a key's neighbour is a key.
class Arena {
public:
    void* take(std::size_t size)
    {
        std::scoped_lock const lock{mutex_};
        auto& free_slots = free_[rounded(size)];
        if (free_slots.empty()) grow(rounded(size), free_slots);
        void* slot = free_slots.back();
        free_slots.pop_back();
        return slot;
    }

    void give(void* slot, std::size_t size) noexcept
    {
        std::scoped_lock const lock{mutex_};
        free_[rounded(size)].push_back(slot); // capacity was reserved by grow()
    }

private:
    static std::size_t rounded(std::size_t size) { return (size + 15) / 16 * 16; }

    void grow(std::size_t slot_size, std::vector<void*>& free_slots)
    {
        auto const page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
        std::size_t const bytes = (slot_size + page - 1) / page * page;
        void* memory =
            mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) throw std::bad_alloc{};
        if (mlock(memory, bytes) != 0) {
            munmap(memory, bytes);
            throw std::bad_alloc{};
        }
        madvise(memory, bytes, MADV_DONTDUMP);
        slots_ += bytes / slot_size;
        free_slots.reserve(slots_);
        for (std::size_t at = 0; at + slot_size <= bytes; at += slot_size)
            free_slots.push_back(static_cast<Byte*>(memory) + at);
    }

    std::mutex mutex_;
    std::map<std::size_t, std::vector<void*>> free_;
    std::size_t slots_ = 0;
};

Arena& arena()
{
    static auto* const forever = new Arena; // outlives every static that holds a Secret
    return *forever;
}

} // namespace

void* locked_allocate(std::size_t size) { return arena().take(size); }

void locked_free(void* memory, std::size_t size) noexcept
{
    wipe(memory, size);
    arena().give(memory, size);
}

void wipe(void* memory, std::size_t size) noexcept { OPENSSL_cleanse(memory, size); }

bool equal_in_constant_time(ByteView a, ByteView b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

void forbid_core_dumps()
{
    rlimit const none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

} // namespace base

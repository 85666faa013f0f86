// A key-store copy, and the words of a recovery kit as somebody types them. Nothing opens with a
// wrong key, and the only complaint is the one that people are shown.
#include "keyring/key_store_copy.hpp"
#include "crypto/words.hpp"
#include "expect.hpp"

namespace {

template <class Read> void refuses(Read read)
{
    try {
        read();
    } catch (store::Error const&) {
        return;
    }
    std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static auto const repository = [] {
        std::filesystem::create_directory(fuzz::scratch() / "keys");
        return fuzz::scratch();
    }();
    fuzz::put_file(repository / "keys" / "000000000001.keys", data, size);
    refuses([] { keyring::read_key_store_copy(repository, Key{}); });
    refuses([] { keyring::read_key_store_copy_with_kit(repository, Key{}); });

    auto const words = crypto::key_from_words(fuzz::text_of(data, size));
    fuzz::expect(words.bad_word >= 0 && words.bad_word <= 24);
    if (words.key) fuzz::expect(crypto::words_of(*words.key).size() == 24);
    return 0;
}

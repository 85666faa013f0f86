// A page segment from a repository that somebody else can write to.
#include "backup/segment.hpp"
#include "expect.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static Key const mac_key; // zeros: a forger does not know it, and the reader must not care
    static auto const file = fuzz::scratch() / "segment";
    fuzz::put_file(file, data, size);
    std::size_t pages = 0;
    auto const read = backup::read_segment(file, mac_key, [&](std::uint32_t, auto const& page) {
        pages += page.empty() ? 0U : 1U;
    });
    fuzz::expect(pages <= size / store::PinnedPages::page_bytes);
    if (read.fault == backup::SegmentFault::none)
        fuzz::expect(read.head.pages == pages && read.facts.bytes == size);
    return 0;
}

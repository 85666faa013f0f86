#include "backup/segment.hpp"
#include "base/files.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

#include <functional>

namespace {

constexpr std::size_t header_bytes = 136; // docs/formats/segment.md
constexpr std::size_t record_bytes = 4 + store::PinnedPages::page_bytes;
constexpr std::size_t mac_bytes = 32;
constexpr std::uint32_t pages = 3;

struct Segment : ScratchFolder {
    std::filesystem::path const file = path / "some.seg";
    Key const key = test_root(1);
    backup::SegmentHead head;
    backup::SegmentFacts facts;

    Segment()
    {
        head.file = {store::Kind::book, "00112233445566778899aabbccddeeff", 2};
        head.sequence = 42;
        head.at = Instant{std::chrono::seconds{1'795'000'000}};
        head.database_pages = pages;
        head.pages = pages;
        head.chain_head.fill(9);
        facts = write(file, head, key);
    }
    static backup::SegmentFacts
    write(std::filesystem::path const& to, backup::SegmentHead const& of, Key const& mac_key)
    {
        backup::SegmentWriter writer{to, of, mac_key};
        std::array<Byte, store::PinnedPages::page_bytes> page{};
        for (std::uint32_t number = 1; number <= of.pages; ++number) {
            page.fill(static_cast<Byte>(number));
            writer.add_page(number, page);
        }
        return writer.finish();
    }
    backup::SegmentRead read(Key const& with) const
    {
        return backup::read_segment(file, with, [](auto, auto) {});
    }
    bool whole() const
    {
        auto const result = read(key);
        return result.fault == backup::SegmentFault::none && result.facts.sha256 == facts.sha256;
    }
    Bytes content() const { return base::read_file(file, 1 << 20); }
    void tamper(std::function<void(Bytes&)> const& how)
    {
        auto bytes = content();
        how(bytes);
        base::replace_file(file, bytes);
    }
};

} // namespace

TEST_CASE_FIXTURE(Segment, "a segment is read back as it was written, page by page")
{
    std::vector<std::uint32_t> numbers;
    auto const result = backup::read_segment(file, key, [&](std::uint32_t number, auto page) {
        numbers.push_back(number);
        CHECK(page.front() == number);
        CHECK(page.back() == number);
    });
    CHECK(result.fault == backup::SegmentFault::none);
    CHECK(numbers == std::vector<std::uint32_t>{1, 2, 3});
    CHECK(result.head.file == head.file);
    CHECK(result.head.sequence == head.sequence);
    CHECK(result.head.at == head.at);
    CHECK(result.head.chain_head == head.chain_head);
    CHECK(result.facts.sha256 == facts.sha256);
    CHECK(facts.bytes == header_bytes + pages * record_bytes + mac_bytes);
    CHECK(std::filesystem::file_size(file) == facts.bytes);
}

TEST_CASE_FIXTURE(Segment, "a bit turned over anywhere is found")
{
    auto const size = content().size();
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < header_bytes; ++at) places.push_back(at);
    for (std::size_t at = header_bytes; at < size; at += 97) places.push_back(at);
    for (std::size_t at = size - mac_bytes; at < size; ++at) places.push_back(at);
    for (auto const at : places) {
        tamper([&](Bytes& bytes) { bytes[at] ^= 1U << (at % 8); });
        CAPTURE(at);
        CHECK(read(key).fault != backup::SegmentFault::none);
        tamper([&](Bytes& bytes) { bytes[at] ^= 1U << (at % 8); });
    }
    CHECK(whole());
}

TEST_CASE_FIXTURE(Segment, "a segment that is cut, longer, reordered or another's is found")
{
    SUBCASE("cut at every boundary")
    {
        auto const bytes = content();
        for (std::size_t const size :
             {std::size_t{0}, std::size_t{8}, header_bytes, header_bytes + record_bytes,
              bytes.size() - mac_bytes, bytes.size() - 1}) {
            base::replace_file(file, ByteView{bytes}.first(size));
            CHECK(read(key).fault != backup::SegmentFault::none);
        }
        return;
    }
    SUBCASE("a byte more")
    {
        tamper([](Bytes& bytes) { bytes.push_back(0); });
    }
    SUBCASE("two pages exchanged")
    {
        tamper([](Bytes& bytes) {
            auto const first = bytes.begin() + header_bytes;
            std::swap_ranges(first, first + record_bytes, first + record_bytes);
        });
    }
    SUBCASE("a page less, and the count with it")
    {
        tamper([](Bytes& bytes) {
            bytes[63] = pages - 1; // pages in this segment
            auto const first = bytes.begin() + header_bytes;
            bytes.erase(first, first + record_bytes);
        });
    }
    SUBCASE("a count beyond all memory")
    {
        tamper([](Bytes& bytes) { bytes[60] = 0xFF; });
    }
    CHECK(read(key).fault != backup::SegmentFault::none);
}

TEST_CASE_FIXTURE(Segment, "another key does not vouch for it, and what is not there is said so")
{
    CHECK(read(test_root(2)).fault == backup::SegmentFault::damaged);
    std::filesystem::remove(file);
    CHECK(read(key).fault == backup::SegmentFault::unreadable);
    std::filesystem::create_symlink("/etc/passwd", file);
    CHECK(read(key).fault == backup::SegmentFault::unreadable); // never through a link
}

TEST_CASE_FIXTURE(
    Segment, "an unfinished segment leaves nothing, and a crash's rest is no hindrance"
)
{
    auto const other = path / "other.seg";
    base::create_file(path / "other.seg.tmp", base::as_bytes("of a crash"));
    {
        backup::SegmentWriter const unfinished{other, head, key};
    }
    CHECK_FALSE(std::filesystem::exists(other));
    CHECK_FALSE(std::filesystem::exists(path / "other.seg.tmp"));
}

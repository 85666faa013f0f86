#include "backup/segment.hpp"

#include <algorithm>
#include <optional>
#include <system_error>

namespace backup {

namespace {

constexpr std::string_view magic = "KURASEG1";
constexpr std::size_t header_bytes = 136;
constexpr std::size_t page_bytes = store::PinnedPages::page_bytes;
constexpr std::size_t record_bytes = 4 + page_bytes; // page number, page
constexpr std::size_t mac_bytes = 32;
constexpr std::size_t buffer_bytes = 1 << 20;

void put(Bytes& out, std::uint64_t number, int bytes)
{
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        out.push_back(static_cast<Byte>(number >> static_cast<unsigned>(shift)));
}

std::uint64_t take(ByteView bytes, std::size_t at, std::size_t count)
{
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < count; ++i) number = number << 8U | bytes[at + i];
    return number;
}

Bytes encode(SegmentHead const& head)
{
    Bytes out{magic.begin(), magic.end()};
    put(out, static_cast<std::uint64_t>(head.file.kind), 2);
    put(out, 1, 2); // version of the format
    put(out, page_bytes, 4);
    auto book = base::from_hex(head.file.book_id).value_or(Bytes{});
    book.resize(16);
    out.insert(out.end(), book.begin(), book.end());
    put(out, static_cast<std::uint64_t>(head.file.epoch), 8);
    put(out, static_cast<std::uint64_t>(head.sequence), 8);
    put(out, static_cast<std::uint64_t>(head.at.time_since_epoch().count()), 8);
    put(out, head.database_pages, 4);
    put(out, head.pages, 4);
    put(out, 0, 8); // reserved
    out.insert(out.end(), head.previous.begin(), head.previous.end());
    out.insert(out.end(), head.chain_head.begin(), head.chain_head.end());
    return out;
}

bool decode(ByteView bytes, SegmentHead& head)
{
    if (base::as_text(bytes.first(8)) != magic || take(bytes, 10, 2) != 1 ||
        take(bytes, 12, 4) != page_bytes || take(bytes, 8, 2) > 4)
        return false;
    head.file.kind = static_cast<store::Kind>(take(bytes, 8, 2));
    auto const book = bytes.subspan(16, 16);
    if (std::any_of(book.begin(), book.end(), [](Byte b) { return b != 0; }))
        head.file.book_id = base::to_hex(book);
    head.file.epoch = static_cast<std::int64_t>(take(bytes, 32, 8));
    head.sequence = static_cast<std::int64_t>(take(bytes, 40, 8));
    head.at = Instant{std::chrono::seconds{static_cast<std::int64_t>(take(bytes, 48, 8))}};
    head.database_pages = static_cast<std::uint32_t>(take(bytes, 56, 4));
    head.pages = static_cast<std::uint32_t>(take(bytes, 60, 4));
    std::copy_n(bytes.begin() + 72, 32, head.previous.begin());
    std::copy_n(bytes.begin() + 104, 32, head.chain_head.begin());
    return true;
}

std::filesystem::path fresh(std::filesystem::path const& aside) // one that a crash left goes
{
    std::filesystem::remove(aside);
    return aside;
}

} // namespace

SegmentWriter::SegmentWriter(
    std::filesystem::path file, SegmentHead const& head, Key const& mac_key
)
    : file_(std::move(file))
    , aside_(file_.string() + ".tmp")
    , output_(base::File::create(fresh(aside_)))
    , mac_(mac_key)
{
    pending_.reserve(buffer_bytes + record_bytes);
    auto const bytes = encode(head);
    mac_.add(bytes);
    write(bytes);
}

SegmentWriter::~SegmentWriter()
{
    std::error_code ignored;
    if (!finished_) std::filesystem::remove(aside_, ignored);
}

void SegmentWriter::write(ByteView bytes)
{
    whole_.add(bytes);
    bytes_ += bytes.size();
    pending_.insert(pending_.end(), bytes.begin(), bytes.end());
    if (pending_.size() < buffer_bytes) return;
    output_.write(pending_);
    pending_.clear();
}

void SegmentWriter::add_page(std::uint32_t number, Page content)
{
    Bytes record;
    record.reserve(record_bytes);
    put(record, number, 4);
    record.insert(record.end(), content.begin(), content.end());
    mac_.add(record);
    write(record);
}

SegmentFacts SegmentWriter::finish()
{
    auto const mac = mac_.finish();
    write(mac);
    output_.write(pending_);
    output_.sync();
    std::filesystem::rename(aside_, file_);
    finished_ = true;
    base::sync_folder(file_.parent_path());
    return {bytes_, base::to_hex(whole_.finish())};
}

namespace {

std::optional<base::File> opened(std::filesystem::path const& file)
{
    try {
        return base::File::open_to_read(file);
    } catch (std::system_error const&) {
        return std::nullopt;
    }
}

} // namespace

SegmentRead
read_segment(std::filesystem::path const& file, Key const& mac_key, PageVisit const& visit)
{
    SegmentRead result;
    auto input = opened(file);
    if (!input) {
        result.fault = SegmentFault::unreadable;
        return result;
    }
    auto const fill = [&](std::span<Byte> out) {
        try {
            return input->read(out) == out.size();
        } catch (std::system_error const&) { // the disk has lost it
            return false;
        }
    };
    crypto::Hmac mac{mac_key};
    crypto::Sha256 whole;
    auto const get = [&](std::span<Byte> out, bool in_mac) {
        bool const whole_piece = fill(out);
        if (in_mac) mac.add(out);
        whole.add(out);
        result.facts.bytes += out.size();
        return whole_piece;
    };
    std::array<Byte, header_bytes> header{};
    if (!get(header, true) || !decode(header, result.head)) {
        result.fault = SegmentFault::not_a_segment;
        return result;
    }
    std::array<Byte, record_bytes> record{};
    for (std::uint32_t i = 0; i < result.head.pages; ++i) {
        if (!get(record, true)) {
            result.fault = SegmentFault::damaged;
            return result;
        }
        visit(
            static_cast<std::uint32_t>(take(record, 0, 4)),
            std::span<Byte const, page_bytes>{record.data() + 4, page_bytes}
        );
    }
    std::array<Byte, mac_bytes> stored{};
    Byte more = 0;
    bool const complete = get(stored, false) && !fill({&more, 1});
    if (!complete || !base::equal_in_constant_time(stored, mac.finish()))
        result.fault = SegmentFault::damaged;
    result.facts.sha256 = base::to_hex(whole.finish());
    return result;
}

} // namespace backup

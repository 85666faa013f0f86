#include "csv/encoding.hpp"

#include "domain/text.hpp"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>

namespace csv {

namespace {

constexpr std::size_t head_bytes = 8;
// CP932 text holds sound UTF-8 characters only by chance.
constexpr std::uint64_t sound_for_each_damage = 20;

bool plain_ascii(std::string_view bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c > 0; });
}

char const* fault_in(std::string_view utf8) // sound UTF-8
{
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        auto const byte = static_cast<unsigned char>(utf8[i]);
        if (byte == 0) return "nul_character";
        if (byte < 0xEE) continue;
        auto const next = static_cast<unsigned char>(utf8[i + 1]);
        bool const private_use = byte == 0xEE || (byte == 0xEF && next < 0xA4) ||
                                 (byte == 0xF3 && next >= 0xB0) || byte == 0xF4;
        if (private_use) return "gaiji";
    }
    return nullptr;
}

} // namespace

class Conversion {
public:
    Conversion(char const* to, char const* from) : handle_(iconv_open(to, from))
    {
        // NOLINTNEXTLINE(performance-no-int-to-ptr): iconv's own idiom
        if (handle_ == reinterpret_cast<iconv_t>(-1))
            throw std::runtime_error("the C library cannot convert CP932");
    }
    Conversion(Conversion const&) = delete;
    Conversion& operator=(Conversion const&) = delete;
    ~Conversion() { iconv_close(handle_); }

    // Appends what it can convert to `out`; what is left of `in` begins with what it cannot.
    void run(std::string_view& in, std::string& out)
    {
        iconv(handle_, nullptr, nullptr, nullptr, nullptr);
        char* from = const_cast<char*>(in.data()); // iconv does not write there
        std::size_t from_left = in.size();
        for (bool more = true; more;) {
            auto const used = out.size();
            out.resize(used + std::max<std::size_t>(64, from_left * 3));
            char* to = out.data() + used;
            std::size_t to_left = out.size() - used;
            auto const done = iconv(handle_, &from, &from_left, &to, &to_left);
            more = done == static_cast<std::size_t>(-1) && errno == E2BIG;
            out.resize(out.size() - to_left);
        }
        in.remove_prefix(in.size() - from_left);
    }
    // All of it, or nothing.
    bool whole(std::string_view in, std::string& out)
    {
        out.clear();
        run(in, out);
        return in.empty();
    }

private:
    iconv_t handle_;
};

void Detector::feed_utf8(unsigned char byte)
{
    if (rest_ > 0) {
        if (byte >= low_ && byte <= high_) {
            low_ = 0x80;
            high_ = 0xBF;
            if (--rest_ == 0) ++sound_;
            return;
        }
        ++damaged_;
        rest_ = 0;
    }
    if (byte < 0x80) return;
    low_ = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;  // no longer form than needed
    high_ = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF; // no surrogates, nothing too large
    if (byte >= 0xC2 && byte <= 0xDF)
        rest_ = 1;
    else if (byte >= 0xE0 && byte <= 0xEF)
        rest_ = 2;
    else if (byte >= 0xF0 && byte <= 0xF4)
        rest_ = 3;
    else
        ++damaged_;
}

void Detector::feed(std::string_view piece)
{
    if (head_.size() < head_bytes) head_ += piece.substr(0, head_bytes - head_.size());
    for (char const c : piece) feed_utf8(static_cast<unsigned char>(c));
}

FileKind Detector::kind() const
{
    using namespace std::string_view_literals;
    if (head_.empty() || head_ == utf8_bom) return FileKind::empty;
    if (head_.starts_with("\xFF\xFE"sv) || head_.starts_with("\xFE\xFF"sv)) return FileKind::utf16;
    if (head_.starts_with("PK\x03\x04"sv) || head_.starts_with("\xD0\xCF\x11\xE0"sv))
        return FileKind::spreadsheet;
    return FileKind::text;
}

Encoding Detector::encoding() const
{
    if (head_.starts_with(utf8_bom)) return Encoding::utf8_bom;
    auto const damaged = damaged_ + (rest_ > 0 ? 1 : 0);
    return damaged == 0 || sound_ > damaged * sound_for_each_damage ? Encoding::utf8
                                                                    : Encoding::cp932;
}

Decoder::Decoder(Encoding from)
{
    if (from == Encoding::cp932) cp932_ = std::make_unique<Conversion>("UTF-8", "CP932");
}
Decoder::~Decoder() = default;

Decoder::Text Decoder::decode(std::string_view bytes)
{
    if (plain_ascii(bytes)) return {std::string{bytes}, nullptr};
    Text text;
    if (!cp932_) {
        if (domain::valid_utf8(bytes)) {
            text.utf8 = bytes;
            text.fault = fault_in(bytes);
        } else {
            text.utf8 = domain::utf8(domain::characters(bytes));
            text.fault = "bad_bytes";
        }
        return text;
    }
    for (auto rest = bytes; !rest.empty();) {
        cp932_->run(rest, text.utf8);
        if (rest.empty()) break;
        text.utf8 += "\uFFFD";
        text.fault = "bad_bytes";
        rest.remove_prefix(1);
    }
    if (!text.fault) text.fault = fault_in(text.utf8);
    return text;
}

Encoder::Encoder()
    : to_(std::make_unique<Conversion>("CP932", "UTF-8"))
    , back_(std::make_unique<Conversion>("UTF-8", "CP932"))
{
}
Encoder::~Encoder() = default;

Encoder::Bytes Encoder::encode(std::string_view utf8)
{
    if (plain_ascii(utf8)) return {std::string{utf8}, {}};
    Bytes out;
    std::string again;
    if (to_->whole(utf8, out.cp932) && back_->whole(out.cp932, again) && again == utf8) return out;
    out.cp932.clear();
    for (char32_t const point : domain::characters(utf8)) {
        auto const character = domain::utf8({&point, 1});
        std::string bytes;
        bool const held = to_->whole(character, bytes);
        if (!held || !back_->whole(bytes, again) || again != character) {
            out.unmappable += character;
            if (!held && !to_->whole(domain::usual_form(character), bytes)) to_->whole(geta, bytes);
        }
        out.cp932 += bytes;
    }
    return out;
}

std::optional<Problem> refused(FileKind kind)
{
    switch (kind) {
    case FileKind::empty: return Problem{Fault::invalid, "file_empty"};
    case FileKind::utf16: return Problem{Fault::invalid, "import_utf16"};
    case FileKind::spreadsheet: return Problem{Fault::invalid, "import_spreadsheet"};
    case FileKind::text: break;
    }
    return std::nullopt;
}

} // namespace csv

#pragma once
// What the bytes of a CSV file mean. CP932 is converted by the C library's "CP932", which maps as
// Windows does (～ U+FF5E, － U+FF0D, ∥ U+2225, ￠ U+FFE0, the NEC and IBM characters ① ㈱ 髙 﨑);
// its "SHIFT_JIS" and "SHIFT_JISX0213" do not. A test holds the choice.
#include "base/result.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace csv {

enum class Encoding { utf8, utf8_bom, cp932 };
BOOST_DESCRIBE_ENUM(Encoding, utf8, utf8_bom, cp932)

inline constexpr std::string_view utf8_bom = "\xEF\xBB\xBF";
inline constexpr std::string_view geta = "〓"; // stands for a character that cannot be written

enum class FileKind { text, empty, utf16, spreadsheet };
std::optional<Problem> refused(FileKind kind); // what everybody hears whose file is no text

// Fed the whole file in pieces, tells what it is. Strict UTF-8 is UTF-8; so is text in which sound
// multi-byte characters outnumber damage by far; everything else is CP932.
class Detector {
public:
    void feed(std::string_view piece);
    FileKind kind() const;
    Encoding encoding() const; // when all has been fed

private:
    void feed_utf8(unsigned char byte);

    std::string head_;          // the first bytes
    std::uint64_t sound_ = 0;   // multi-byte characters of UTF-8
    std::uint64_t damaged_ = 0; // places that are not UTF-8
    int rest_ = 0;              // bytes that must follow
    unsigned char low_ = 0;
    unsigned char high_ = 0;
};

class Conversion; // an open iconv

class Decoder { // to UTF-8
public:
    explicit Decoder(Encoding from);
    ~Decoder();

    struct Text {
        std::string utf8;            // damaged bytes as U+FFFD
        char const* fault = nullptr; // "bad_bytes", "nul_character", "gaiji" (外字: private use)
    };
    Text decode(std::string_view bytes);

private:
    std::unique_ptr<Conversion> cp932_; // empty: UTF-8
};

class Encoder { // from UTF-8 to CP932
public:
    Encoder();
    ~Encoder();

    struct Bytes {
        std::string cp932;      // with substitutes where needed
        std::string unmappable; // the characters that CP932 cannot hold, in UTF-8
    };
    // A character that would read back as another one (〜 as ～) counts as one that CP932 cannot
    // hold; its substitute is that other one. Otherwise the usual form (吉 for 𠮷), else 〓.
    Bytes encode(std::string_view utf8);

private:
    std::unique_ptr<Conversion> to_;
    std::unique_ptr<Conversion> back_;
};

} // namespace csv

#include "base/qr.hpp"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace base {

std::vector<std::string> qr_modules(std::string_view text)
{
    if (text.find('\0') != std::string_view::npos)
        throw std::invalid_argument("a text with NUL has no QR code");
    std::unique_ptr<QRcode, decltype(&QRcode_free)> const code{
        QRcode_encodeString(std::string{text}.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), &QRcode_free
    };
    if (!code) throw std::runtime_error("the QR code cannot be made");
    auto const width = static_cast<std::size_t>(code->width);
    std::vector<std::string> rows(width, std::string(width, '0'));
    for (std::size_t y = 0; y < width; ++y)
        for (std::size_t x = 0; x < width; ++x)
            if ((code->data[y * width + x] & 1U) != 0) rows[y][x] = '1';
    return rows;
}

} // namespace base

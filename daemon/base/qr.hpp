#pragma once
// QR codes as modules; whoever shows one draws it and adds the quiet zone. Never a picture file:
// what stands in them is secret.
#include <string>
#include <string_view>
#include <vector>

namespace base {

// Rows of '1' (dark) and '0', as many as columns. Error correction M: a crease or a stain does not
// matter. Throws when the text is too long for one code (2,331 bytes) or has a NUL in it.
std::vector<std::string> qr_modules(std::string_view text);

} // namespace base

#include "base/log.hpp"

#include <fmt/format.h>

#include <unistd.h>

namespace base::log {

namespace {

// U+2028, U+2029 and the bidirectional controls, as UTF-8: they break or reorder lines on a screen.
bool hostile_sequence(std::string_view text, std::size_t at)
{
    if (at + 2 >= text.size() || text[at] != '\xE2') return false;
    auto const second = static_cast<unsigned char>(text[at + 1]);
    auto const third = static_cast<unsigned char>(text[at + 2]);
    return (second == 0x80 && third >= 0xA8 && third <= 0xAE) ||
           (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

void write(
    std::string_view priority,
    std::string_view level,
    std::string_view room,
    std::string_view event,
    std::initializer_list<Field> fields
)
{
    std::string line = fmt::format("{}{} {} {}", priority, level, room, event);
    for (auto const& field : fields)
        line += fmt::format(" {}=\"{}\"", field.key, escaped(field.value));
    line += '\n';
    // One write(2) a line: lines of two threads never mix. A closed stderr is nobody's error.
    [[maybe_unused]] auto const written = ::write(STDERR_FILENO, line.data(), line.size());
}

} // namespace

std::string escaped(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20 || byte == 0x7F || byte == '"' || byte == '\\') {
            out += fmt::format("\\u{:04x}", byte);
        } else if (hostile_sequence(text, i)) {
            auto const point = 0x2000U | ((static_cast<unsigned char>(text[i + 1]) & 0x3FU) << 6U) |
                               (static_cast<unsigned char>(text[i + 2]) & 0x3FU);
            out += fmt::format("\\u{:04x}", point);
            i += 2;
        } else {
            out.push_back(text[i]);
        }
    }
    return out;
}

// The prefixes are journald's: sd-daemon(3).
void info(std::string_view room, std::string_view event, std::initializer_list<Field> fields)
{
    write("<6>", "info", room, event, fields);
}
void warning(std::string_view room, std::string_view event, std::initializer_list<Field> fields)
{
    write("<4>", "warning", room, event, fields);
}
void error(std::string_view room, std::string_view event, std::initializer_list<Field> fields)
{
    write("<3>", "error", room, event, fields);
}

} // namespace base::log

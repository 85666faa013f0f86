#pragma once
// The machine's log: one line an event on stderr, kept by journald. Events are listed in
// docs/log.md with what to do about them. Never a name, number, SQL value or key of a person.
#include <initializer_list>
#include <string>
#include <string_view>

namespace base::log {

struct Field {
    std::string_view key;
    std::string value;
};

void info(std::string_view room, std::string_view event, std::initializer_list<Field> = {});
void warning(std::string_view room, std::string_view event, std::initializer_list<Field> = {});
void error(std::string_view room, std::string_view event, std::initializer_list<Field> = {});

// Control characters, quotes and line separators as \u escapes: one event stays one line.
std::string escaped(std::string_view text);

} // namespace base::log

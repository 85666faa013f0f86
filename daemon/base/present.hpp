#pragma once
// What is there by construction: a row just written, a date already checked. Its absence is a bug,
// and the exception says where.
#include <optional>
#include <source_location>
#include <utility>

namespace base {

[[noreturn]] void throw_absent(std::source_location const& where);

template <class T>
T const&
present(std::optional<T> const& value, std::source_location where = std::source_location::current())
{
    if (!value) throw_absent(where);
    return *value;
}

template <class T>
T& present(std::optional<T>& value, std::source_location where = std::source_location::current())
{
    if (!value) throw_absent(where);
    return *value;
}

template <class T>
T present(std::optional<T>&& value, std::source_location where = std::source_location::current())
{
    if (!value) throw_absent(where);
    return *std::move(value);
}

} // namespace base

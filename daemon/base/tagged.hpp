#pragma once
// A value with a name: an AccountId and an EmployeeId are both integers and never each other.
#include <compare>
#include <cstdint>
#include <utility>

template <class Tag, class T = std::int64_t> class Tagged {
public:
    using Value = T;
    constexpr Tagged() = default;
    explicit constexpr Tagged(T value) : value_(std::move(value)) {}
    constexpr T const& value() const { return value_; }
    friend constexpr auto operator<=>(Tagged const&, Tagged const&) = default;

private:
    T value_{};
};

template <class T> inline constexpr bool is_tagged = false;
template <class Tag, class T> inline constexpr bool is_tagged<Tagged<Tag, T>> = true;

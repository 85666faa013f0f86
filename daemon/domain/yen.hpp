#pragma once
// Money is whole yen; nothing here touches floating point.
#include <compare>
#include <cstdint>

class Yen {
public:
    constexpr Yen() = default;
    explicit constexpr Yen(std::int64_t amount) : amount_(amount) {}
    constexpr std::int64_t amount() const { return amount_; }
    friend constexpr auto operator<=>(Yen const&, Yen const&) = default;
    friend constexpr Yen operator+(Yen a, Yen b) { return Yen{a.amount_ + b.amount_}; }
    friend constexpr Yen operator-(Yen a, Yen b) { return Yen{a.amount_ - b.amount_}; }
    friend constexpr Yen operator*(Yen a, std::int64_t times) { return Yen{a.amount_ * times}; }

private:
    std::int64_t amount_ = 0;
};

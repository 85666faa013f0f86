#include "base/qr.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

// The square in three corners by which a camera finds the code.
bool finder_at(std::vector<std::string> const& rows, std::size_t top, std::size_t left)
{
    static std::string const lines[] = {"1111111", "1000001", "1011101", "1011101",
                                        "1011101", "1000001", "1111111"};
    for (std::size_t y = 0; y < 7; ++y)
        if (rows[top + y].substr(left, 7) != lines[y]) return false;
    return true;
}

} // namespace

TEST_CASE("a QR code is a square of modules that grows with its text")
{
    auto const small = base::qr_modules("KURA");
    CHECK(small.size() == 21); // version 1
    auto const large = base::qr_modules(std::string(300, 'x'));
    CHECK(large.size() > 60);
    CHECK((large.size() - 21) % 4 == 0);
    for (auto const& rows : {small, large}) {
        CHECK(std::all_of(rows.begin(), rows.end(), [&](auto const& row) {
            return row.size() == rows.size() && row.find_first_not_of("01") == std::string::npos;
        }));
        CHECK(finder_at(rows, 0, 0));
        CHECK(finder_at(rows, 0, rows.size() - 7));
        CHECK(finder_at(rows, rows.size() - 7, 0));
        CHECK_FALSE(finder_at(rows, rows.size() - 7, rows.size() - 7));
    }
    CHECK(base::qr_modules("KURA") == small);
    CHECK(base::qr_modules("kura") != small); // case matters
}

TEST_CASE("a text that no QR code holds is refused, not cut")
{
    CHECK_NOTHROW(base::qr_modules(std::string(2331, 'x')));
    CHECK_THROWS(base::qr_modules(std::string(2332, 'x')));
    CHECK_THROWS(base::qr_modules({"a\0b", 3}));
    CHECK_THROWS(base::qr_modules(""));
}

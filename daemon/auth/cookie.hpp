#pragma once
// Cookies of the sign-in page and of the session: read by name, written as strictly as can be.
#include <algorithm>
#include <string>
#include <string_view>

namespace auth {

inline constexpr std::string_view cookie_rules = "; Path=/; Secure; HttpOnly; SameSite=Strict";

inline std::string_view cookie_in(std::string_view cookies, std::string_view name)
{
    while (!cookies.empty()) {
        auto pair = cookies.substr(0, cookies.find(';'));
        cookies.remove_prefix(std::min(cookies.size(), pair.size() + 1));
        while (pair.starts_with(' ')) pair.remove_prefix(1);
        if (pair.starts_with(name) && pair.substr(name.size()).starts_with('='))
            return pair.substr(name.size() + 1);
    }
    return {};
}

} // namespace auth

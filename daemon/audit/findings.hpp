#pragma once
// 要確認の記録: what happened within the rules, and somebody should still look at. Rows of log.db
// that the rules of the daily audit read; the classes are told in docs/log.md.
#include "store/pool.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace audit {

struct Finding {
    std::string_view kind; // "access_hours"
    Instant at;
    std::optional<std::int64_t> account_id;
    std::string address;
    std::string detail = "{}"; // JSON, no person's data
    std::string request_id;
};

void add_finding(store::Pool& pool, Finding const& finding);

} // namespace audit

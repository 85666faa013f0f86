#include "checks/check.hpp"

#include <limits>
#include <map>

namespace checks {

void sort_by_column(std::vector<Fault>& faults)
{
    std::multimap<std::int64_t, Fault> by_column; // those of one stay in the order found
    for (auto& fault : faults) {
        auto const column = fault.index.value_or(std::numeric_limits<std::int64_t>::max());
        by_column.emplace(column, std::move(fault));
    }
    auto to = faults.begin();
    for (auto& [column, fault] : by_column) *to++ = std::move(fault);
}

std::string Seen::identity(Outcome const& outcome)
{
    if (outcome.record_id) return "id " + std::to_string(*outcome.record_id);
    return outcome.key.empty() ? std::string{} : "key " + outcome.key;
}

void Seen::add(Outcome const& outcome)
{
    if (auto const key = identity(outcome); !key.empty()) lines_.try_emplace(key, outcome.line);
}

void Seen::check(Outcome& outcome, std::optional<std::int64_t> key_index, char const* key_path)
{
    auto const key = identity(outcome);
    if (key.empty()) return;
    auto const [known, first] = lines_.try_emplace(key, outcome.line);
    if (!first)
        outcome.faults.push_back(
            {key_index, key_path, "duplicate_in_file", std::to_string(known->second)}
        );
}

} // namespace checks

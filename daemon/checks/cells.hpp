#pragma once
// The cells of a row as the mapping reads them; shared by the kinds of records.
#include "checks/check.hpp"
#include "csv/writer.hpp"
#include "domain/text.hpp"

#include <algorithm>

namespace checks {

template <class Target> class Cells {
public:
    struct Mapped {
        columns::Column<Target> const* column = nullptr;
        std::vector<std::size_t> indexes;
        std::string text;    // of the row at hand; empty: blank
        bool faulty = false; // the file itself is damaged here
    };

    Cells(
        std::vector<columns::Column<Target>> const& catalogue,
        std::vector<std::optional<std::string>> const& paths
    )
        : paths_(paths)
    {
        for (std::size_t index = 0; index < paths.size(); ++index) {
            auto const& path = paths[index];
            if (!path) continue;
            auto const* column = columns::find_column(catalogue, *path);
            if (!column) continue;
            auto const known = std::find_if(all_.begin(), all_.end(), [&](Mapped const& mapped) {
                return mapped.column == column;
            });
            if (known != all_.end())
                known->indexes.push_back(index);
            else
                all_.push_back({column, {index}, {}, false});
        }
    }

    // False: the row is not whole, and its cells may stand in wrong columns.
    bool take(csv::Row const& row, std::vector<Fault>& faults)
    {
        bool whole = true;
        for (auto const& fault : row.faults) {
            whole = whole && fault.index;
            faults.push_back({index_of(fault.index), path_at(fault.index), fault.code, {}});
        }
        auto const extra = [&](std::size_t from) {
            return std::any_of(
                row.cells.begin() + static_cast<std::ptrdiff_t>(from), row.cells.end(),
                [](std::string const& cell) { return !cell.empty(); }
            );
        };
        if (row.cells.size() < paths_.size() && whole)
            faults.push_back({{}, "", "too_few_columns", {}}), whole = false;
        if (row.cells.size() > paths_.size() && whole && extra(paths_.size()))
            faults.push_back({{}, "", "too_many_columns", {}}), whole = false;
        for (auto& mapped : all_) take_text(mapped, row);
        return whole;
    }

    template <class Wanted>
    void apply(
        Target& target,
        Blank blank,
        columns::Surroundings const& around,
        std::vector<Fault>& faults,
        Wanted wanted
    ) const
    {
        for (auto const& mapped : all_) {
            auto const& column = *mapped.column;
            if (mapped.faulty || !wanted(column)) continue;
            if (mapped.text.empty()) {
                if (blank == Blank::clear && column.clear && !column.required)
                    column.clear(target, column.slot);
                continue;
            }
            if (auto const* code = column.read(target, column.slot, mapped.text, around))
                faults.push_back(
                    {static_cast<std::int64_t>(mapped.indexes.front()), column.path, code, {}}
                );
        }
    }

    Mapped const* find(std::string_view path) const
    {
        for (auto const& mapped : all_)
            if (mapped.column->path == path) return &mapped;
        return nullptr;
    }
    // One more than the last 家族N that a column is mapped to.
    std::size_t slots() const
    {
        std::size_t count = 0;
        for (auto const& mapped : all_)
            if (mapped.column->of_relative) count = std::max(count, mapped.column->slot + 1);
        return count;
    }
    bool given(std::string_view path) const // a text stands there
    {
        auto const* mapped = find(path);
        return mapped && !mapped->text.empty();
    }
    std::optional<std::int64_t> index_of_path(std::string_view path) const
    {
        auto const* mapped = find(path);
        if (!mapped) return std::nullopt;
        return static_cast<std::int64_t>(mapped->indexes.front());
    }
    template <class Wanted> bool any_given(Wanted wanted) const
    {
        return std::any_of(all_.begin(), all_.end(), [&](Mapped const& mapped) {
            return !mapped.text.empty() && wanted(*mapped.column);
        });
    }

private:
    static std::optional<std::int64_t> index_of(std::optional<std::size_t> index)
    {
        if (!index) return std::nullopt;
        return static_cast<std::int64_t>(*index);
    }
    std::string path_at(std::optional<std::size_t> index) const
    {
        return index && *index < paths_.size() ? paths_[*index].value_or("") : std::string{};
    }
    static void take_text(Mapped& mapped, csv::Row const& row)
    {
        mapped.text.clear();
        mapped.faulty = false;
        for (auto const index : mapped.indexes) {
            if (index >= row.cells.size()) continue;
            for (auto const& fault : row.faults) mapped.faulty |= fault.index == index;
            auto const& cell = row.cells[index];
            auto text = domain::trimmed(cell.starts_with('\'') ? csv::undefused(cell) : cell);
            if (text.empty()) continue;
            if (mapped.text.empty())
                mapped.text = std::move(text);
            else
                mapped.text += mapped.column->joiner + text;
        }
    }

    std::vector<std::optional<std::string>> paths_;
    std::vector<Mapped> all_;
};

// What a rule of the record says, blamed on the column it came from. `also` tells which other
// fields stand for a path (氏名 for 姓). A cell is blamed once.
template <class Target, class Also>
void blame(
    Cells<Target> const& cells,
    std::vector<FieldFault> const& found,
    std::vector<Fault>& faults,
    Also also
)
{
    for (auto const& [path, code] : found) {
        auto index = cells.index_of_path(path);
        if (!index)
            if (auto const other = also(path); !other.empty()) index = cells.index_of_path(other);
        auto const already = [&, at = index, where = path](Fault const& fault) {
            return fault.path == where || (at && fault.index == at);
        };
        if (std::none_of(faults.begin(), faults.end(), already))
            faults.push_back({index, path, code, {}});
    }
}

// What becomes of a row that has been through all checks. `before`: of the record; nullptr: none.
template <class Record> void settle(Outcome& outcome, Record const* before, Record const& after)
{
    sort_by_column(outcome.faults);
    if (!outcome.faults.empty())
        outcome.action = Action::error;
    else if (!before)
        outcome.action = Action::add;
    else
        outcome.action = after == *before ? Action::same : Action::update;
}

template <class Target>
std::vector<Change> changes_between(
    std::vector<columns::Column<Target>> const& catalogue,
    Target const* before,
    Target const& after,
    columns::Surroundings const& around
)
{
    std::vector<Change> out;
    auto const text = [](std::string value) {
        return value.empty() ? std::nullopt : std::optional{std::move(value)};
    };
    for (auto const& column : catalogue) {
        if (column.part) continue;
        auto from = before ? column.write(*before, column.slot, around) : std::string{};
        auto to = column.write(after, column.slot, around);
        if (from != to)
            out.push_back({column.path, column.label, text(std::move(from)), text(std::move(to))});
    }
    return out;
}

} // namespace checks

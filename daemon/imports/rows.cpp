// What the dry run found, row by row: shown, put right in place, and as a file of bad rows.
#include "imports/imports.hpp"

#include "csv/writer.hpp"
#include "domain/numbers.hpp"

#include <algorithm>
#include <set>

namespace imports {

namespace {

constexpr std::string_view error_heading = "エラー";

std::string label_of(Kind kind, std::string const& path)
{
    if (kind == Kind::employees) {
        auto const* column = columns::find_column(columns::person_columns(), path);
        return column ? column->label : std::string{};
    }
    auto const* column = columns::find_column(columns::client_columns(), path);
    return column ? column->label : std::string{};
}

std::optional<std::string> heading_at(Import const& item, std::optional<std::int64_t> index)
{
    if (!index || *index >= static_cast<std::int64_t>(item.columns.size())) return std::nullopt;
    return item.columns[static_cast<std::size_t>(*index)].heading;
}

ImportFault
shown_fault(Kind kind, Import const& item, checks::Fault const& fault, csv::Row const* row)
{
    ImportFault out{
        fault.index, heading_at(item, fault.index), label_of(kind, fault.path), fault.code,
        fault.value
    };
    if (!out.value && row && fault.index) {
        auto const at = static_cast<std::size_t>(*fault.index);
        if (at < row->cells.size()) out.value = csv::undefused(row->cells[at]);
    }
    return out;
}

std::vector<ImportColumnErrors>
by_column(Import const& item, std::vector<checks::Outcome> const& bad)
{
    std::map<std::optional<std::int64_t>, std::int64_t> counts;
    for (auto const& row : bad)
        for (auto const& fault : row.faults) ++counts[fault.index];
    std::vector<ImportColumnErrors> out;
    out.reserve(counts.size());
    for (auto const& [index, count] : counts)
        out.push_back({index, heading_at(item, index).value_or(""), count});
    std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) {
        return a.count != b.count ? a.count > b.count : a.index < b.index;
    });
    return out;
}

// 生年月日：存在しない日付です（2024/02/30）
std::string told(ImportFault const& fault)
{
    std::string text;
    auto const where = fault.heading.value_or(fault.label);
    if (!where.empty()) text += where + "：";
    text += checks::text_of_fault(fault.code);
    if (fault.value && !fault.value->empty()) text += "（" + *fault.value + "）";
    return text;
}

Problem not_checked() { return {Fault::conflict, "import_not_checked"}; }

std::vector<FieldFault> faults_in(ImportFix const& wanted)
{
    std::vector<FieldFault> faults;
    if (wanted.cells.empty()) faults.push_back({"cells", "required"});
    for (std::size_t i = 0; i < wanted.cells.size(); ++i) {
        auto const& [index, value] = wanted.cells[i];
        auto const where = "cells." + std::to_string(i);
        if (index < 0 || index >= static_cast<std::int64_t>(csv::columns_max))
            faults.push_back({where + ".index", "out_of_range"});
        if (value.size() > csv::cell_bytes_max) faults.push_back({where + ".value", "too_long"});
        if (domain::holds_my_number(value))
            faults.push_back({where + ".value", "my_number_not_allowed"});
    }
    return faults;
}

} // namespace

ImportRow Imports::shown_row(
    Place const& place,
    Import const& item,
    checks::Outcome const& outcome,
    csv::Row const* row,
    checks::Checker* checker
) const
{
    ImportRow out{
        outcome.line, outcome.action, outcome.record_id, outcome.title, outcome.key, {}, {}, {}
    };
    for (auto const& fault : outcome.faults)
        out.faults.push_back(shown_fault(place.kind, item, fault, row));
    for (auto const& warning : outcome.warnings)
        out.warnings.push_back(shown_fault(place.kind, item, warning, row));
    bool const changes =
        outcome.action == checks::Action::add || outcome.action == checks::Action::update;
    if (!changes || !row || !checker) return out;
    checks::Seen alone;
    checker->check(*row, alone);
    for (auto& change : checker->changes())
        out.changes.push_back(
            {std::move(change.path), std::move(change.label), std::move(change.from),
             std::move(change.to)}
        );
    return out;
}

Result<ImportRowList> Imports::rows(http::Call& call)
{
    auto const place = place_of(call);
    TRY(auto const item, stored(place, call.id("import_id")));
    if (!item.counts) return not_checked();
    ImportRowList list;
    TRY(list.page, call.query_number("page", 1, 100'000, 1));
    TRY(list.size, call.query_number("size", 1, 200, 50));
    auto const show = call.query("show").value_or("all");
    static std::map<std::string, std::string> const actions{
        {"all", ""}, {"errors", "error"}, {"add", "add"}, {"update", "update"}
    };
    auto const action = actions.find(show);
    if (action == actions.end())
        return Problem{Fault::invalid, "invalid_fields", {{"show", "not_a_choice"}}};
    auto const db = parts_.pool.read(place.file);
    auto const page = page_of_rows(db, item.id, action->second, list.page, list.size);
    list.total = page.total;
    list.errors_by_column = by_column(item, bad_rows(db, item.id));
    std::map<std::int64_t, csv::Row> wanted; // by line
    for (auto const& row : page.rows) wanted[row.line];
    bool const done = item.state == State::committed; // nothing is different any more
    if (!wanted.empty() && !done)
        TRY_VOID(each_row(place, db, item, [&](csv::Row& row) {
            if (auto const found = wanted.find(row.number); found != wanted.end())
                found->second = row;
            return row.number < wanted.rbegin()->first;
        }));
    auto const checker = checker_for(place, db, item);
    for (auto const& outcome : page.rows)
        list.rows.push_back(
            shown_row(place, item, outcome, done ? nullptr : &wanted[outcome.line], checker.get())
        );
    return list;
}

// The row that was put right, and those that were blamed for another row's sake.
Result<void> Imports::check_again(Place const& place, store::Transaction& db, Import& item)
{
    checks::Seen seen;
    std::set<std::int64_t> again;
    auto const fixes = read_fixes(db, item.id);
    for (auto const& row : read_rows(db, item.id)) {
        bool const duplicate =
            std::any_of(row.faults.begin(), row.faults.end(), [](checks::Fault const& fault) {
                return fault.code == "duplicate_in_file";
            });
        if (duplicate || fixes.contains(row.line))
            again.insert(row.line);
        else
            seen.add(row);
    }
    auto const checker = checker_for(place, db, item);
    TRY_VOID(each_row(place, db, item, [&](csv::Row& row) {
        if (again.erase(row.number) > 0) insert_row(db, item.id, checker->check(row, seen));
        return !again.empty();
    }));
    item.counts = count_rows(db, item.id);
    return {};
}

Result<ImportRow> Imports::fix(http::Call& call, ImportFix const& wanted)
{
    TRY(auto item, changeable(call));
    if (!item.counts) return not_checked();
    if (item.state == State::committed) return Problem{Fault::conflict, "import_committed"};
    if (auto faults = faults_in(wanted); !faults.empty())
        return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    auto const place = place_of(call);
    auto const line = call.id("line");
    std::optional<csv::Row> found;
    {
        auto db = parts_.pool.begin(place.file);
        auto stored_item = read_import(db, item.id);
        if (!stored_item || !read_row(db, item.id, line))
            return Problem{Fault::not_found, "not_found"};
        auto cells = read_fixes(db, item.id)[line];
        for (auto const& cell : wanted.cells) {
            std::erase_if(cells, [&](ImportCell const& old) { return old.index == cell.index; });
            cells.push_back(cell);
        }
        write_fix(db, item.id, line, cells);
        TRY_VOID(check_again(place, db, *stored_item));
        update_import(db, *stored_item);
        json::array changes;
        for (auto const& cell : wanted.cells)
            changes.push_back(json::object{
                {"field", heading_at(item, cell.index).value_or("")},
                {"from", nullptr},
                {"to", cell.value}
            });
        json::object const body{{"line", line}, {"changes", changes}};
        db.commit(parts_.recorder.append(
            db, {call.caller.actor, "import.fix", object_of(item.id), json::serialize(body)}
        ));
    }
    auto const db = parts_.pool.read(place.file);
    TRY_VOID(each_row(place, db, item, [&](csv::Row& row) {
        if (row.number == line) found = row;
        return row.number < line;
    }));
    auto const checker = checker_for(place, db, item);
    return shown_row(
        place, item, read_row(db, item.id, line).value(), found ? &*found : nullptr, checker.get()
    );
}

Result<http::Download> Imports::errors(http::Call& call)
{
    auto const place = place_of(call);
    TRY(auto const item, stored(place, call.id("import_id")));
    if (!item.counts) return not_checked();
    std::map<std::int64_t, checks::Outcome> bad;
    csv::Writer writer{item.encoding, item.line_break};
    auto width = item.columns.size();
    if (width > 0 && item.columns.back().heading == error_heading) --width; // of last time's file
    {
        auto const db = parts_.pool.read(place.file);
        for (auto& row : bad_rows(db, item.id)) bad[row.line] = std::move(row);
        std::vector<std::string> cells;
        cells.reserve(width + 1);
        for (std::size_t i = 0; i < width; ++i) cells.push_back(item.columns[i].heading);
        cells.emplace_back(error_heading);
        writer.row(cells);
        TRY_VOID(each_row(place, db, item, [&](csv::Row& row) {
            auto const found = bad.find(row.number);
            if (found == bad.end()) return true;
            std::string text;
            for (auto const& fault : found->second.faults)
                text +=
                    (text.empty() ? "" : "／") + told(shown_fault(place.kind, item, fault, &row));
            cells.clear();
            for (auto const& cell : row.cells) cells.push_back(csv::undefused(cell));
            cells.resize(std::max(width, cells.size()));
            if (row.cells.size() == item.columns.size()) cells.resize(width);
            cells.push_back(std::move(text));
            writer.row(cells);
            return true;
        }));
    }
    {
        auto db = parts_.pool.begin(place.file); // durable before a byte leaves
        db.commit(parts_.recorder.append(
            db, {call.caller.actor, "import.errors_download", object_of(item.id), "{}"}
        ));
    }
    http::Download download;
    auto text = writer.take();
    download.bytes = text.size();
    download.source = std::make_unique<contents::TextSource>(std::move(text));
    download.content_type = "text/csv";
    auto const dot = item.file_name.rfind('.');
    download.file_name = item.file_name.substr(0, dot) + "_エラー.csv";
    return download;
}

} // namespace imports

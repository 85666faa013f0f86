// A file on its way in: kept encrypted, recognised, and refused where it cannot be an import.
#include "imports/imports.hpp"

#include "base/log.hpp"
#include "crypto/hash.hpp"
#include "csv/writer.hpp"
#include "domain/numbers.hpp"
#include "domain/text.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace imports {

namespace {

constexpr std::int64_t rows_max = 50'000;
constexpr std::size_t samples_max = 3;
constexpr std::size_t sample_length_max = 60;
constexpr std::size_t places_max = 20; // of My Numbers that are told

struct NumberPlace {
    std::int64_t line = 0;
    std::string heading;
};
BOOST_DESCRIBE_STRUCT(NumberPlace, (), (line, heading))

// Twelve digits somewhere, half or full width: only then is looking closer worth it.
bool may_hold_my_number(std::string_view cell)
{
    auto const digits =
        std::count_if(cell.begin(), cell.end(), [](char c) { return (c >= '0' && c <= '9'); });
    return digits >= 12 || cell.size() >= 36;
}

bool asks_for_my_number(std::string_view heading)
{
    auto const key = headings::heading_key(heading);
    for (auto const* word : {"マイナンバー", "個人番号", "mynumber"})
        if (key.find(headings::heading_key(word)) != std::string::npos) return true;
    return false;
}

class Analysis { // of the rows, one after another
public:
    explicit Analysis(Kind kind) : kind_(kind) {}

    bool take(csv::Row const& row)
    {
        if (item.columns.empty()) return take_headings(row);
        if (++item.rows > rows_max)
            return problem = Problem{Fault::invalid, "import_too_many_rows"}, false;
        auto const count = std::min(row.cells.size(), item.columns.size());
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            bool const asked = i < count && number_columns_[i] && !row.cells[i].empty();
            if (asked ||
                (may_hold_my_number(row.cells[i]) && domain::holds_my_number(row.cells[i])))
                add_place(row.number, i < count ? item.columns[i].heading : std::string{});
        }
        for (std::size_t i = 0; i < count; ++i) take_sample(item.columns[i], row.cells[i]);
        return places_.size() < places_max;
    }

    Result<Import> finish()
    {
        if (problem) return *problem;
        if (!places_.empty()) return Problem{Fault::invalid, "import_my_number", {}, context()};
        if (item.rows == 0) return Problem{Fault::invalid, "import_no_rows"};
        std::vector<std::string> words;
        words.reserve(item.columns.size());
        for (auto const& column : item.columns) words.push_back(column.heading);
        auto const recognised = headings::recognise(kind_, words);
        item.profile = recognised.profile;
        for (std::size_t i = 0; i < item.columns.size(); ++i)
            item.columns[i].field = recognised.paths[i];
        item.kind = kind_;
        return item;
    }

    Import item;
    std::optional<Problem> problem;

private:
    bool take_headings(csv::Row const& row)
    {
        for (auto const& fault : row.faults)
            if (fault.index)
                problem = Problem{Fault::invalid, "import_headings_damaged"};
            else
                problem = Problem{
                    Fault::invalid, std::string_view{fault.code} == "too_many_columns"
                                        ? "import_too_many_columns"
                                        : "import_headings_damaged"
                };
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            ImportColumn column;
            column.index = static_cast<std::int64_t>(i);
            column.heading = domain::trimmed(csv::undefused(row.cells[i]));
            number_columns_.push_back(asks_for_my_number(column.heading));
            item.columns.push_back(std::move(column));
        }
        while (!item.columns.empty() && item.columns.back().heading.empty())
            item.columns.pop_back();
        if (item.columns.empty()) problem = Problem{Fault::invalid, "import_headings_damaged"};
        return !problem;
    }
    static void take_sample(ImportColumn& column, std::string const& cell)
    {
        if (column.samples.size() >= samples_max || cell.empty()) return;
        auto text = domain::characters(domain::trimmed(csv::undefused(cell)));
        if (text.size() > sample_length_max) text.resize(sample_length_max);
        auto sample = domain::utf8(text);
        auto const& known = column.samples;
        if (!sample.empty() && std::find(known.begin(), known.end(), sample) == known.end())
            column.samples.push_back(std::move(sample));
    }
    void add_place(std::int64_t line, std::string heading)
    {
        if (places_.size() < places_max) places_.push_back({line, std::move(heading)});
    }
    std::string context() const
    {
        return json::serialize(json::object{{"places", json::to(places_)}});
    }

    Kind kind_;
    std::vector<bool> number_columns_;
    std::vector<NumberPlace> places_;
};

} // namespace

Bytes hash_of_headings(Import const& item)
{
    std::string all;
    for (auto const& column : item.columns) all += column.heading + "\n";
    auto const hash = crypto::sha256(base::as_bytes(all));
    return {hash.begin(), hash.end()};
}

Upload::Upload(std::unique_ptr<contents::Writer> writer, std::uint64_t bytes_max, std::string name)
    : file_name(std::move(name)), writer_(std::move(writer)), bytes_max_(bytes_max)
{
}

// What was refused is let pass unread to its end, where the answer says why.
void Upload::write(std::string_view piece)
try {
    if (refused_) return;
    bytes_ += piece.size();
    if (bytes_ > bytes_max_) {
        refused_ = Problem{Fault::too_large, "import_too_large"};
        return;
    }
    detector_.feed(piece);
    writer_->write(piece);
} catch (std::exception const& error) {
    fail(error);
}

void Upload::fail(std::exception const& error)
{
    base::log::error("imports", "upload_failed", {{"what", error.what()}});
    auto const* system = dynamic_cast<std::system_error const*>(&error);
    bool const full =
        system && (system->code().value() == ENOSPC || system->code().value() == EDQUOT);
    refused_ = Problem{Fault::unavailable, full ? "disk_full" : "store_failed"};
}

Result<Import> Upload::finish(Kind kind)
try {
    if (!refused_) refused_ = csv::refused(detector_.kind());
    if (refused_) return *refused_;
    Analysis analysis{kind};
    analysis.item.bytes = static_cast<std::int64_t>(writer_->finish());
    analysis.item.encoding = detector_.encoding();
    analysis.item.file_name = file_name;
    auto visit = [&](csv::Row const& row) { return analysis.take(row); };
    csv::Reader reader{analysis.item.encoding, visit};
    auto const source = writer_->open();
    contents::each_piece(*source, [&](std::string const& piece) { return reader.feed(piece); });
    reader.finish();
    analysis.item.line_break = reader.line_break();
    return analysis.finish();
} catch (std::exception const& error) {
    fail(error);
    return *refused_;
}

} // namespace imports

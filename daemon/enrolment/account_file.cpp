#include "enrolment/account_file.hpp"

#include "columns/values.hpp"
#include "csv/reader.hpp"
#include "csv/writer.hpp"
#include "domain/numbers.hpp"
#include "domain/text.hpp"

#include <algorithm>
#include <array>

namespace enrolment {

namespace {

struct Heading {
    std::string_view field;
    std::string_view ja;
    std::string_view en;
    bool required;
};
constexpr std::array<Heading, 5> headings{
    {{"login_id", "ログインID", "sign-in id", true},
     {"name", "氏名", "name", true},
     {"roles", "役割", "roles", true},
     {"client_ids", "担当顧問先コード", "client codes", false},
     {"ends_on", "最終利用日", "last day", false}}
};

std::string cell_text(std::string const& cell) { return domain::trimmed(csv::undefused(cell)); }

std::vector<std::string> listed(std::string_view cell) // "a；b; c"
{
    std::string all{cell};
    for (std::string_view const wide : {"；", "、"})
        for (auto at = all.find(wide); at != std::string::npos; at = all.find(wide, at))
            all.replace(at, wide.size(), ";");
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin <= all.size();) {
        auto const end = std::min(all.find(';', begin), all.size());
        if (auto word = domain::trimmed(all.substr(begin, end - begin)); !word.empty())
            words.push_back(std::move(word));
        begin = end + 1;
    }
    return words;
}

class File {
public:
    explicit File(Dictionary const& words) : words_(words) {}

    bool take(csv::Row const& row)
    {
        if (columns_.empty()) return take_headings(row);
        if (rows.size() == file_rows_max) {
            problem = Problem{Fault::invalid, "account_file_too_long"};
            return false;
        }
        rows.push_back(read(row));
        return true;
    }

    std::vector<ReadRow> rows;
    std::optional<Problem> problem;

private:
    bool take_headings(csv::Row const& row)
    {
        std::vector<FieldFault> missing;
        for (auto const& cell : row.cells) {
            auto const key = columns::word_key(csv::undefused(cell));
            auto const* const known =
                std::find_if(headings.begin(), headings.end(), [&](auto const& heading) {
                    return key == columns::word_key(heading.ja) ||
                           key == columns::word_key(heading.en) || key == heading.field;
                });
            columns_.push_back(known == headings.end() ? std::string_view{} : known->field);
        }
        for (auto const& heading : headings)
            if (heading.required &&
                std::find(columns_.begin(), columns_.end(), heading.field) == columns_.end())
                missing.push_back({std::string{heading.field}, "required"});
        if (!missing.empty())
            problem = Problem{Fault::invalid, "account_file_headings", std::move(missing)};
        return !problem;
    }

    ReadRow read(csv::Row const& row) const
    {
        ReadRow out;
        out.line = row.number;
        for (auto const& fault : row.faults) {
            bool const of_cell = fault.index && *fault.index < columns_.size();
            out.faults.push_back(
                {of_cell ? std::string{columns_[*fault.index]} : std::string{}, fault.code}
            );
        }
        for (std::size_t i = 0; i < std::min(row.cells.size(), columns_.size()); ++i) {
            auto const text = cell_text(row.cells[i]);
            if (domain::holds_my_number(text))
                out.faults.push_back({std::string{columns_[i]}, "my_number_not_allowed"});
            put(out, columns_[i], text);
        }
        return out;
    }

    void put(ReadRow& out, std::string_view field, std::string const& text) const
    {
        if (field == "login_id") out.wanted.login_id = text;
        if (field == "name") out.wanted.name = text;
        if (field == "roles") put_roles(out, text);
        if (field == "client_ids") put_clients(out, text);
        if (field == "ends_on" && !text.empty()) {
            Date day{};
            if (auto const* const fault = columns::read_day(day, text))
                out.faults.push_back({"ends_on", fault});
            else
                out.wanted.ends_on = day;
        }
    }

    void put_roles(ReadRow& out, std::string const& text) const
    {
        for (auto const& word : listed(text)) {
            auto const known = words_.roles.find(columns::word_key(word));
            if (known != words_.roles.end()) {
                out.wanted.roles.push_back(known->second);
            } else if (!out.is_wrong("roles")) {
                out.faults.push_back({"roles", "unknown_role_word"});
            }
        }
    }

    void put_clients(ReadRow& out, std::string const& text) const
    {
        auto const codes = listed(text);
        auto const is_all = [](std::string const& word) {
            auto const key = columns::word_key(word);
            return key == columns::word_key("すべて") || key == columns::word_key("全て") ||
                   key == "all";
        };
        out.wanted.all_clients = std::any_of(codes.begin(), codes.end(), is_all);
        if (out.wanted.all_clients) return;
        for (auto const& code : codes) {
            auto const known = words_.clients.find(columns::word_key(code));
            if (known != words_.clients.end()) {
                out.wanted.client_ids.push_back(known->second);
            } else if (!out.is_wrong("client_ids")) {
                out.faults.push_back({"client_ids", "unknown_client_code"});
            }
        }
    }

    Dictionary const& words_;
    std::vector<std::string_view> columns_;
};

} // namespace

bool ReadRow::is_wrong(std::string_view field) const
{
    return std::any_of(faults.begin(), faults.end(), [&](auto const& fault) {
        return fault.field == field;
    });
}

Dictionary dictionary(
    std::vector<roles::Role> const& roles,
    std::vector<std::pair<std::string, std::int64_t>> const& client_codes
)
{
    Dictionary words;
    for (auto const& role : roles) // keys first: no name of an office's own role hides one
        words.roles.emplace(columns::word_key(role.role), role.role);
    for (auto const& role : roles)
        for (auto const& name : {role.ja, role.en})
            words.roles.emplace(columns::word_key(name), role.role);
    for (auto const& [code, id] : client_codes) words.clients.emplace(columns::word_key(code), id);
    return words;
}

Result<std::vector<ReadRow>> read_accounts(std::string_view bytes, Dictionary const& words)
{
    csv::Detector detector;
    detector.feed(bytes);
    if (auto refused = csv::refused(detector.kind())) return std::move(*refused);
    File file{words};
    csv::Reader reader{detector.encoding(), [&](csv::Row& row) { return file.take(row); }};
    if (reader.feed(bytes)) reader.finish();
    if (file.problem) return std::move(*file.problem);
    if (file.rows.empty()) return Problem{Fault::invalid, "import_no_rows"};
    return std::move(file.rows);
}

std::string account_file_template()
{
    csv::Writer writer{csv::Encoding::utf8_bom, csv::LineBreak::crlf};
    std::vector<std::string> names;
    names.reserve(std::size(headings));
    for (auto const& heading : headings) names.emplace_back(heading.ja);
    writer.row(names);
    writer.row({"yamada", "山田 花子", "業務担当", "C01；C02", ""});
    writer.row({"sato", "佐藤 一郎", "業務責任者；出力担当", "すべて", "2027-03-31"});
    return writer.take();
}

} // namespace enrolment

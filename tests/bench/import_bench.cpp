// 15,000 employees × 60 columns: dry run ≤ 3 s, commit ≤ 5 s (architecture.md §9). Run on a quiet
// machine, release build: ninja import_bench && ./import_bench [rows]
#include "import_room.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace {

constexpr std::size_t columns_wanted = 60;

std::string cell(std::string const& path, std::size_t i)
{
    static std::vector<std::string> const names{"山田", "髙橋", "佐藤", "鈴木", "渡邉", "小林"};
    static std::vector<std::string> const kana{"ヤマダ", "タカハシ", "サトウ",
                                               "スズキ", "ワタナベ", "コバヤシ"};
    auto const* column = columns::find_column(columns::person_columns(), path);
    auto const ends = [&](std::string_view tail) { return path.ends_with(tail); };
    if (path == "basic.number") return fmt::format("{:06}", i);
    if (path == "basic.attendance") return "在籍中";
    if (path == "basic.retired_on" || ends("lost_on")) return "";
    if (path == "basic.birth_date")
        return fmt::format("{}/{}/{}", 1960 + i % 40, 1 + i % 12, 1 + i % 28);
    if (path == "basic.email") return fmt::format("p{}@example.co.jp", i);
    if (!column->choices.empty()) return column->choices[i % column->choices.size()];
    if (ends("valid_from") || ends("_on") || ends("_from")) return "令和2年4月1日";
    if (ends("contract_to")) return "2030/3/31";
    if (ends("_kana")) return kana[i % kana.size()];
    if (ends("last_name")) return names[i % names.size()];
    if (ends("first_name")) return fmt::format("太{}郎", i % 10);
    if (ends("postal_code")) return "100-0001";
    if (ends("telephone")) return "03-1234-5678";
    if (ends("cash") || ends("in_kind") || ends("standard")) return "300,000";
    if (ends("weekly_minutes")) return "40:00";
    if (ends("establishment_id")) return "";
    if (ends("card_branch")) return "01";
    if (ends("basic_number")) return "1234-567890";
    if (path == "employment_insurance.number") return "1234-567890-1";
    if (ends("reference")) return std::to_string(i % 9999 + 1);
    if (path == "residence.card_number") return "AB12345678CD";
    return "千代田区丸の内一丁目";
}

std::string file_of(std::size_t rows)
{
    std::vector<columns::PersonColumn const*> all;
    for (auto const& column : columns::person_columns())
        if (!column.part && !column.of_relative && all.size() < columns_wanted)
            all.push_back(&column);
    csv::Writer writer{csv::Encoding::cp932, csv::LineBreak::crlf};
    std::vector<std::string> cells;
    for (auto const* column : all) cells.push_back(column->label);
    writer.row(cells);
    for (std::size_t i = 0; i < rows; ++i) {
        cells.clear();
        for (auto const* column : all) cells.push_back(cell(column->path, i));
        writer.row(cells);
    }
    return writer.take();
}

struct Took {
    double wall;
    double processor;
};
Took seconds(auto const& what)
{
    auto const start = std::chrono::steady_clock::now();
    auto const ticks = std::clock();
    what();
    auto const wall = std::chrono::steady_clock::now() - start;
    return {
        std::chrono::duration<double>(wall).count(),
        static_cast<double>(std::clock() - ticks) / CLOCKS_PER_SEC
    };
}

} // namespace

int main(int count, char** arguments)
{
    std::size_t const rows = count > 1 ? std::stoul(arguments[1]) : 15'000;
    auto const bytes = file_of(rows);
    test::ImportRoom office;
    test::QuietProgress progress;
    auto const run = [&](char const* what, double bar, auto const& work) {
        auto const took = seconds([&] {
            auto const outcome = work();
            if (!outcome) std::printf("FAILED %s\n", outcome.error().code.c_str());
        });
        std::printf(
            "%-10s %6.2f s (processor %5.2f s)   bar %.0f s   %s\n", what, took.wall,
            took.processor, bar, took.wall <= bar ? "ok" : "OVER"
        );
    };
    auto const import_once = [&](std::string const& content, char const* name) {
        std::optional<imports::Import> item;
        auto const took = seconds([&] { item = office.upload(content).value(); });
        std::printf(
            "%s: %zu rows, %.1f MB, upload %.2f s\n", name, rows,
            static_cast<double>(content.size()) / 1e6, took.wall
        );
        auto const wanted = office.as_suggested(*item);
        office.finished(office.room.check(office.call(item->id), wanted)); // maps the columns
        run("dry run", 3,
            [&] { return office.room.run_check(office.place(), item->id, "account:3", progress); });
        auto const counts = office.get(item->id).counts.value();
        std::printf(
            "  add %ld, update %ld, same %ld, error %ld\n", counts.add, counts.update, counts.same,
            counts.error
        );
        if (counts.error > 0)
            std::printf("  %s\n", office.told(item->id, "errors").front().c_str());
        auto const page = seconds([&] { office.rows(item->id); });
        std::printf("  first page of rows %.3f s\n", page.wall);
        run("commit", 5, [&] {
            return office.room.run_commit(office.place(), item->id, "account:3", progress);
        });
        return item->id;
    };
    import_once(bytes, "new people");
    auto changed = csv::Decoder{csv::Encoding::cp932}.decode(bytes).utf8;
    for (auto at = changed.find("丸の内一丁目"); at != std::string::npos;
         at = changed.find("丸の内一丁目", at))
        changed.replace(at, std::string_view{"丸の内一丁目"}.size(), "大手町二丁目");
    auto const second = import_once(changed, "the same people changed");
    run("undo", 5,
        [&] { return office.room.run_undo(office.place(), second, "account:3", progress); });
}

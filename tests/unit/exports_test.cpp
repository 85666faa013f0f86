#include "exports/exports.hpp"
#include "import_room.hpp"

#include <doctest/doctest.h>

namespace {

using test::code_of, test::cp932;

std::string const headings =
    "社員番号,姓,名,姓（カナ）,名（カナ）,生年月日,戸籍上の性別,入社日,退職日\r\n";
std::string const three = "0001,山田,太郎,ヤマダ,タロウ,1990/4/1,男性,2015/4/1,\r\n"
                          "0002,𠮷田,=花子,ヨシダ,ハナコ,1995/5/5,女性,2020/4/1,\r\n"
                          "0003,佐藤,三郎,サトウ,サブロウ,1985/1/1,男性,2010/4/1,2020/3/31\r\n";

struct ExportRoom : test::ImportRoom {
    exports::Exports out{{pool, recorder, clock, blobs, clients, jobs}};

    exports::ExportResult run(exports::ExportRequest const& wanted)
    {
        return result(finished(out.export_employees(call(), wanted)));
    }
    static exports::ExportResult result(jobs::Job const& job)
    {
        CHECK(job.state == jobs::State::done);
        return json::from<exports::ExportResult>(job.result.value()).value();
    }
    http::Call& export_call(std::int64_t id)
    {
        export_text_ = std::to_string(id);
        auto& made = call();
        made.params = {{"export_id", export_text_}};
        return made;
    }
    std::string content(std::int64_t id)
    {
        auto download = out.download(export_call(id)).value();
        std::string all;
        contents::each_piece(*download.source, [&](std::string const& piece) {
            all += piece;
            return true;
        });
        CHECK(all.size() == download.bytes);
        return all;
    }
    std::vector<std::vector<std::string>> cells(std::string const& bytes, csv::Encoding encoding)
    {
        std::vector<std::vector<std::string>> rows;
        csv::Reader reader{encoding, [&](csv::Row const& row) {
                               CHECK(row.faults.empty());
                               rows.push_back(row.cells);
                               return true;
                           }};
        reader.feed(bytes);
        reader.finish();
        return rows;
    }

private:
    std::string export_text_;
};

using Encoding = exports::ExportEncoding;
using Attendance = exports::ExportAttendance;
using Layout = exports::ExportLayout;
using Unmappable = exports::ExportUnmappable;

} // namespace

TEST_CASE_FIXTURE(ExportRoom, "an export in each layout comes back through the import as the same")
{
    committed(headings + three);
    for (auto const layout :
         {Layout::kuramori, Layout::smarthr, Layout::freee, Layout::officestation}) {
        auto const made = run({Encoding::utf8_bom, Attendance::all, layout, Unmappable::report});
        CHECK(made.rows == 3);
        REQUIRE(made.export_id);
        auto const bytes = content(*made.export_id);
        CHECK(bytes.starts_with(csv::utf8_bom));
        CHECK(bytes.find("'=花子") != std::string::npos);
        auto const again = checked(bytes);
        CHECK(
            boost::describe::enum_to_string(again.profile, "") ==
            std::string_view{boost::describe::enum_to_string(layout, "")}
        );
        CHECK(json::to_text(again.counts) == R"({"add":0,"update":0,"same":3,"error":0})");
    }
}

TEST_CASE_FIXTURE(ExportRoom, "only those who are there, or who left, when that was asked for")
{
    committed(headings + three);
    auto const present =
        run({Encoding::utf8_bom, Attendance::present, Layout::kuramori, Unmappable::report});
    auto const retired =
        run({Encoding::utf8_bom, Attendance::retired, Layout::kuramori, Unmappable::report});
    CHECK(present.rows == 2);
    CHECK(retired.rows == 1);
    CHECK(cells(content(*retired.export_id), csv::Encoding::utf8_bom)[1][0] == "0003");
}

TEST_CASE_FIXTURE(
    ExportRoom, "a character that CP932 cannot hold is reported, or replaced when asked"
)
{
    committed(headings + three);
    auto const refused =
        run({Encoding::cp932, Attendance::all, Layout::kuramori, Unmappable::report});
    CHECK_FALSE(refused.export_id);
    CHECK(json::to_text(refused.unmappable) == R"([{"line":3,"heading":"姓","characters":"𠮷"}])");
    CHECK(pool.read(client.book).one<std::int64_t>("SELECT count(*) FROM export") == 0);
    auto const made =
        run({Encoding::cp932, Attendance::all, Layout::kuramori, Unmappable::substitute});
    REQUIRE(made.export_id);
    CHECK(made.unmappable.size() == 1);
    auto const bytes = content(*made.export_id);
    CHECK(bytes.find(cp932("山田")) != std::string::npos);
    CHECK(bytes.find(cp932("吉田")) != std::string::npos);
}

TEST_CASE_FIXTURE(
    ExportRoom, "only who asked may fetch, for a day, and every fetch is in the chain"
)
{
    committed(headings + three);
    auto const made =
        run({Encoding::utf8_bom, Attendance::all, Layout::kuramori, Unmappable::report});
    CHECK(count("export.make") == 1);
    content(*made.export_id);
    content(*made.export_id);
    CHECK(count("export.download") == 2);
    caller.actor = "account:4";
    CHECK(code_of(out.download(export_call(*made.export_id))) == "not_found");
    caller.actor = "account:3";
    CHECK(code_of(out.download(export_call(99))) == "not_found");
    clock.advance(std::chrono::hours{23});
    CHECK(code_of(out.download(export_call(*made.export_id))) == "fine");
    out.remove_expired();
    CHECK(pool.read(client.book).one<std::int64_t>("SELECT count(*) FROM export") == 1);
    clock.advance(std::chrono::hours{1});
    CHECK(code_of(out.download(export_call(*made.export_id))) == "not_found");
    out.remove_expired();
    CHECK(pool.read(client.book).one<std::int64_t>("SELECT count(*) FROM export") == 0);
    CHECK(pool.read(client.book).one<std::int64_t>("SELECT count(*) FROM blob") == 1); // the import
}

TEST_CASE_FIXTURE(ExportRoom, "the list of clients shows those that the caller may see")
{
    people = false;
    clients::ClientInput other;
    other.code = "B02";
    other.name = "個人商店　髙橋";
    other.name_kana = "タカハシ";
    other.profile.entity = domain::Entity::sole_proprietor;
    other.profile.closing_day = 31;
    auto const id = clients.create(other, "test").value().id;
    caller.all_clients = true;
    auto const all = result(finished(out.export_clients(call(), {Encoding::utf8_bom, {}})));
    CHECK(all.rows == 2);
    auto const rows = cells(content(*all.export_id), csv::Encoding::utf8_bom);
    CHECK(rows[2][0] == "B02");
    CHECK(
        json::to_text(checked(content(*all.export_id)).counts) ==
        R"({"add":0,"update":0,"same":2,"error":0})"
    );
    caller.all_clients = false;
    caller.clients = {id};
    CHECK(result(finished(out.export_clients(call(), {Encoding::utf8_bom, {}}))).rows == 1);
}

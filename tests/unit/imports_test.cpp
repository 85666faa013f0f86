#include "import_room.hpp"

#include <doctest/doctest.h>

namespace {

using test::code_of, test::cp932, test::day, test::Words;
using test::headings, test::takahashi, test::yamada;

} // namespace

TEST_CASE_FIXTURE(test::ImportRoom, "a file is recognised: encoding, headings, samples, fields")
{
    auto const item = upload(cp932(headings + yamada + takahashi), "従業員.csv").value();
    CHECK(item.state == imports::State::uploaded);
    CHECK(item.encoding == csv::Encoding::cp932);
    CHECK(item.line_break == csv::LineBreak::crlf);
    CHECK(item.profile == imports::Profile::kuramori);
    CHECK(item.rows == 2);
    CHECK(item.file_name == "従業員.csv");
    CHECK(item.created_by == "name of account:3");
    REQUIRE(item.columns.size() == 9);
    CHECK(item.columns[1].heading == "姓");
    CHECK(item.columns[1].field == "name.last_name");
    CHECK(item.columns[1].samples == Words{"山田", "髙橋"});
    CHECK_FALSE(item.can_undo);
}

TEST_CASE_FIXTURE(
    test::ImportRoom, "what is no CSV is refused with the reason, and nothing is kept"
)
{
    CHECK(code_of(upload("")) == "file_empty");
    CHECK(code_of(upload("PK\x03\x04 a spreadsheet")) == "import_spreadsheet");
    CHECK(code_of(upload("\xFF\xFE\x3E\x79")) == "import_utf16");
    CHECK(code_of(upload(headings)) == "import_no_rows");
    CHECK(code_of(upload("\r\n\r\n")) == "import_no_rows");
    CHECK(code_of(upload(",,\r\n1,2,3\r\n")) == "import_headings_damaged");
    CHECK(code_of(upload(headings + yamada, "a.xlsx")) == "import_not_csv");
    CHECK(code_of(upload(headings + yamada, "../a.csv")) == "file_name_characters");
    CHECK(code_of(upload(headings + yamada, "")) == "file_name_missing");
    CHECK(pool.read(client.book).one<std::int64_t>("SELECT count(*) FROM blob") == 0);
}

TEST_CASE_FIXTURE(test::ImportRoom, "a file with My Numbers is refused as a whole, with the places")
{
    auto const refused = upload(
        "社員番号,姓,マイナンバー\r\n1,山田,\r\n2,髙橋,123456789018\r\n3,佐藤 1234-5678-9018,\r\n"
    );
    REQUIRE(code_of(refused) == "import_my_number");
    auto const context = refused.error().context;
    CHECK(context.find(R"({"line":3,"heading":"マイナンバー"})") != std::string::npos);
    CHECK(context.find(R"({"line":4,"heading":"姓"})") != std::string::npos);
    CHECK(context.find("9018") == std::string::npos);
    CHECK(pool.read(client.book).one<std::int64_t>("SELECT count(*) FROM blob") == 0);
    CHECK(code_of(upload("社員番号,個人番号\r\n1,まだ\r\n")) == "import_my_number");
}

TEST_CASE_FIXTURE(test::ImportRoom, "people are added and changed in one file, one audit row each")
{
    auto const first = committed(headings + yamada);
    CHECK(first.state == imports::State::committed);
    CHECK(count("people") == 1);
    CHECK(person("0001").name.last_kana == "ヤマダ");
    CHECK(person("0001").employment->department == "営業部");
    clock.advance(std::chrono::hours{1});
    auto const moved =
        std::string{"0001,山田,太郎,ヤマダ,タロウ,1990/4/1,男性,2015/4/1,経理部\r\n"};
    auto const second = checked(headings + moved + takahashi);
    CHECK(json::to_text(second.counts) == R"({"add":1,"update":1,"same":0,"error":0})");
    CHECK(told(second.id) == Words{"2 update", "3 add"});
    auto const row = rows(second.id).front();
    CHECK(row.title == "山田　太郎");
    CHECK(row.key == "0001");
    REQUIRE(row.changes.size() == 1);
    CHECK(row.changes[0].label == "部署");
    CHECK(row.changes[0].from == "営業部");
    CHECK(row.changes[0].to == "経理部");
    auto const job = commit(second.id);
    CHECK(job.state == jobs::State::done);
    CHECK(json::to_text(job.result) == R"({"add":1,"update":1,"same":0,"error":0})");
    CHECK(count("people") == 2);
    CHECK(count("employee.import") == 3);
    CHECK(person("0001").employment->department == "経理部");
    CHECK(person("0002").basic.hired_on == day("2020-04-01"));
    CHECK(person("0002").basic.birth_date == day("1995-05-05"));
    auto const again = checked(headings + moved + takahashi);
    CHECK(told(again.id) == Words{"2 same", "3 same"});
    CHECK(code_of(room.commit(call(again.id))) == "import_changes_nothing");
}

TEST_CASE_FIXTURE(test::ImportRoom, "what fits no rule is named with line, heading and value")
{
    auto const item = checked(
        headings + yamada +
        "0002,髙橋,花子,タカハシ,ハナコ,2024/02/30,女,昭和65年1月1日,総務部\r\n"
        "0003,佐藤,次郎,佐藤,ジロウ,1985/1/1,1,2010/4/1,総務部\r\n"
        "0004,,三郎,サトウ,サブロウ,1985/1/1,男,1980/4/1,総務部\r\n"
        ",鈴木,四郎,スズキ,シロウ,1985/1/1,男,2010/4/1,総務部\r\n"
        "0001,鈴木,五郎,スズキ,ゴロウ,1985/1/1,男,2010/4/1,総務部\r\n"
        "0006,鈴木,六郎,スズキ\r\n"
    );
    CHECK(item.counts->error == 6);
    CHECK(
        told(item.id, "errors") ==
        Words{
            "3 error 生年月日=2024/02/30 no_such_day",
            "3 error 入社日=昭和65年1月1日 outside_era",
            "4 error 姓（カナ）=佐藤 bad_kana",
            "4 error 戸籍上の性別=1 not_a_choice",
            "5 error 姓= required",
            "5 error 入社日=1980/4/1 before_birth",
            "6 error 社員番号= required",
            "7 error 社員番号=2 duplicate_in_file",
            "8 error = too_few_columns",
        }
    );
    CHECK(code_of(room.commit(call(item.id))) == "import_has_errors");
    auto const page = room.rows(call(item.id, 0, "show=errors&size=1")).value();
    CHECK(page.total == 6);
    CHECK(page.rows.size() == 1);
    CHECK(
        json::to_text(page.errors_by_column[0]) == R"({"index":0,"heading":"社員番号","count":2})"
    );
}

TEST_CASE_FIXTURE(test::ImportRoom, "damaged bytes are a fault of their cell, not of the file")
{
    auto bytes = cp932(headings + yamada + takahashi);
    bytes.replace(bytes.rfind(cp932("花")), 2, "\x89\xFF");
    auto const item = checked(bytes);
    CHECK(item.encoding == csv::Encoding::cp932);
    CHECK(told(item.id) == Words{"2 add", "3 error 名=\uFFFD\uFFFD子 bad_bytes"});
}

TEST_CASE_FIXTURE(
    test::ImportRoom, "an empty cell keeps or clears, as was chosen; a name is never cleared"
)
{
    committed(headings + yamada);
    auto const blank = headings + "0001,山田,太郎,,,,,,\r\n";
    CHECK(told(checked(blank).id) == Words{"2 same"});
    auto const cleared = committed(blank, checks::Blank::clear);
    CHECK(cleared.counts->update == 1);
    CHECK_FALSE(person("0001").employment->department);
    CHECK_FALSE(person("0001").basic.hired_on);
    CHECK(person("0001").name.last_kana == "ヤマダ");
}

TEST_CASE_FIXTURE(test::ImportRoom, "without a number people are found by name and birth date")
{
    committed(headings + yamada);
    std::string const by_name = "氏名,生年月日,部署\r\n";
    auto const item = committed(by_name + "山田　太郎,1990-04-01,開発部\r\n");
    CHECK(item.counts->update == 1);
    CHECK(person("0001").employment->department == "開発部");
    committed(headings + "0009,山田,太郎,ヤマダ,タロウ,1990/4/1,男性,2015/4/1,営業部\r\n");
    CHECK(
        told(checked(by_name + "山田　太郎,1990-04-01,人事部\r\n").id) ==
        Words{"2 error 社員番号= ambiguous_person"}
    );
    CHECK(
        told(checked(by_name + "佐藤　一郎,1990-04-01,人事部\r\n").id) ==
        Words{"2 error 社員番号= person_not_found"}
    );
}

TEST_CASE_FIXTURE(
    test::ImportRoom, "the same person under another number is told, and may be added"
)
{
    committed(headings + yamada);
    auto const item =
        checked(headings + "0077,山田,太郎,ヤマダ,タロウ,1990/4/1,男性,2025/4/1,営業部\r\n");
    auto const row = rows(item.id).front();
    CHECK(row.action == checks::Action::add);
    REQUIRE(row.warnings.size() == 1);
    CHECK(row.warnings[0].code == "same_person_other_number");
    CHECK(row.warnings[0].value == "0001");
}

TEST_CASE_FIXTURE(
    test::ImportRoom, "with 適用日 a change is a new version, without it corrects the old one"
)
{
    committed(headings + yamada);
    auto const moved = headings + "0001,山田,太郎,ヤマダ,タロウ,1990/4/1,男性,2015/4/1,経理部\r\n";
    auto const versions = [&] {
        auto const read = pool.read(client.book);
        return read
            .one<std::int64_t>("SELECT count(*) FROM section WHERE kind IN ('employment', 'name')")
            .value();
    };
    committed(moved, checks::Blank::keep, day("2026-04-01"));
    CHECK(versions() == 3); // the name says nothing new and has no new version
    CHECK(person("0001").employment->valid_from == day("2026-04-01"));
    committed(headings + "0001,山田,太郎,ヤマダ,タロウ,1990/4/1,男性,2015/4/1,広報部\r\n");
    CHECK(versions() == 3);
    CHECK(person("0001").employment->valid_from == day("2026-04-01"));
    committed("社員番号,部署,雇用の適用日\r\n0001,海外部,2026/7/1\r\n");
    CHECK(versions() == 4);
    auto const same = checked("社員番号,部署,雇用の適用日\r\n0001,広報部,2026/5/1\r\n");
    CHECK(told(same.id) == Words{"2 same"}); // on that day it was so already
}

TEST_CASE_FIXTURE(
    test::ImportRoom, "relatives are found by name, changed or added, and never removed"
)
{
    std::string const with_family =
        "社員番号,姓,名,姓（カナ）,名（カナ）,生年月日,戸籍上の性別,家族1 続柄,家族1 姓,家族1 名,"
        "家族1 生年月日,家族1 職業,家族2 続柄,家族2 姓,家族2 名\r\n";
    std::string const person_cells = "0001,山田,太郎,ヤマダ,タロウ,1990/4/1,男性,";
    committed(with_family + person_cells + "妻,山田,花子,1991/1/1,会社員,長男,山田,一郎\r\n");
    CHECK(person("0001").relatives.size() == 2);
    committed(with_family + person_cells + "長女,山田,二葉,2020/1/1,,妻,山田,花子\r\n");
    auto const relatives = person("0001").relatives;
    REQUIRE(relatives.size() == 3);
    CHECK(relatives[0].first_name == "花子");
    CHECK(relatives[0].occupation == "会社員");
    CHECK(relatives[2].first_name == "二葉");
    CHECK(relatives[2].id == 3);
    auto const bad = checked(with_family + person_cells + "妻,,,1991/13/1,,,,\r\n");
    CHECK(
        told(bad.id) ==
        Words{
            "2 error 家族1 姓= required", "2 error 家族1 名= required",
            "2 error 家族1 生年月日=1991/13/1 no_such_day"
        }
    );
}

TEST_CASE_FIXTURE(test::ImportRoom, "dates tell what other products' files leave out")
{
    auto const item = committed(
        "社員番号,姓,名,姓（ヨミガナ）,名（ヨミガナ）,生年月日,戸籍上の性別,入社年月日,退職年月日,"
        "社会保険の資格取得年月日,雇用保険の資格取得年月日,雇用保険の離職等年月日\r\n"
        "1,山田,太郎,ヤマダ,タロウ,1990/4/1,男性,2015/4/1,2020/3/31,2015/4/1,2015/4/1,2020/3/31\r\n"
    );
    CHECK(item.profile == imports::Profile::smarthr);
    auto const ledger = person("1");
    CHECK(ledger.basic.attendance == domain::Attendance::retired);
    CHECK(ledger.health->state == domain::InsuranceState::enrolled);
    CHECK(ledger.pension->acquired_on == day("2015-04-01"));
    CHECK(ledger.employment_insurance->state == domain::InsuranceState::lost);
}

TEST_CASE_FIXTURE(
    test::ImportRoom, "a cell is put right in place; its row is checked again, and its twins"
)
{
    auto const item = checked(
        headings + yamada +
        "0001,髙橋,花子,タカハシ,ハナコ,2024/02/30,女,2020/4/1,総務部\r\n"
        "0001,佐藤,次郎,サトウ,ジロウ,1985/1/1,男,2010/4/1,総務部\r\n"
    );
    CHECK(item.counts->error == 2);
    auto const fixed = room.fix(call(item.id, 3), {{{0, "0002"}, {5, "1995/5/5"}}}).value();
    CHECK(fixed.action == checks::Action::add);
    CHECK(fixed.key == "0002");
    CHECK(told(item.id) == Words{"2 add", "3 add", "4 error 社員番号=2 duplicate_in_file"});
    CHECK(room.fix(call(item.id, 2), {{{0, "0003"}}}).value().action == checks::Action::add);
    CHECK(told(item.id) == Words{"2 add", "3 add", "4 add"}); // 0001 is free now
    CHECK(get(item.id).counts->error == 0);
    CHECK(
        room.fix(call(item.id, 4), {{{0, "0002"}}}).value().faults[0].code == "duplicate_in_file"
    );
    CHECK(room.fix(call(item.id, 4), {{{0, "0001"}}}).value().faults.empty());
    CHECK(commit(item.id).state == jobs::State::done);
    CHECK(person("0002").name.first_name == "花子");
    CHECK(code_of(room.fix(call(item.id, 4), {{{0, "1"}}})) == "import_committed");
    auto const other = checked(headings + takahashi);
    CHECK(
        room.fix(call(other.id, 2), {{{8, "123456789018"}}}).error().fields[0].message ==
        "my_number_not_allowed"
    );
    CHECK(code_of(room.fix(call(other.id, 9), {{{0, "1"}}})) == "not_found");
}

TEST_CASE_FIXTURE(
    test::ImportRoom,
    "the bad rows are a file in the encoding of the upload, which comes back clean"
)
{
    auto const item = checked(cp932(
        headings + yamada + "0002,髙橋,=花子,タカハシ,ハナコ,2024/02/30,女,2020/4/1,総務部\r\n"
    ));
    auto file = room.errors(call(item.id)).value();
    CHECK(file.file_name == "a_エラー.csv");
    std::string bytes;
    file.source->read(bytes);
    CHECK(
        bytes == cp932(
                     headings.substr(0, headings.size() - 2) +
                     ",エラー\r\n0002,髙橋,'=花子,タカハシ,ハナコ,2024/02/30,女,2020/4/1,総務部,"
                     "生年月日：存在しない日付です（2024/02/30）\r\n"
                 )
    );
    CHECK(count("import.errors_download") == 1);
    auto const again = checked(bytes);
    CHECK(told(again.id) == Words{"2 error 生年月日=2024/02/30 no_such_day"});
    CHECK(rows(again.id)[0].title == "髙橋　=花子");
    auto second = room.errors(call(again.id)).value();
    std::string second_bytes;
    second.source->read(second_bytes);
    CHECK(second_bytes == bytes); // one column エラー, not two
}

TEST_CASE_FIXTURE(
    test::ImportRoom,
    "a commit is refused when the book changed so that the dry run no longer holds"
)
{
    auto const one = checked(headings + yamada + takahashi);
    committed(headings + yamada);
    auto const job = commit(one.id);
    CHECK(job.state == jobs::State::failed);
    CHECK(job.error == "import_outdated");
    CHECK(get(one.id).state == imports::State::failed);
    CHECK(get(one.id).error == "import_outdated");
    CHECK(count("people") == 1); // nothing of it is written
    CHECK(finished(room.check(call(one.id), as_suggested(get(one.id)))).state == jobs::State::done);
    CHECK(told(one.id) == Words{"2 same", "3 add"});
    CHECK(commit(one.id).state == jobs::State::done);
}

#include "columns/catalogue.hpp"

#include <doctest/doctest.h>

#include <set>

namespace {

template <class T> std::string read(std::string_view text)
{
    T value{};
    if (auto const* code = columns::read_value(value, text)) return code;
    return columns::write_value(value);
}

std::string hours(std::string_view text)
{
    std::int64_t minutes = 0;
    if (auto const* code = columns::read_hours(minutes, text)) return code;
    return columns::hours_text(minutes);
}

} // namespace

TEST_CASE("amounts are read as people and spreadsheets write them")
{
    for (auto const* text :
         {"300000", "300,000", "¥300,000", "￥300,000", "\\300,000", "300,000円", "３００，０００",
          " 300000 ", "300000.00"}) {
        CAPTURE(text);
        CHECK(read<Yen>(text) == "300000");
    }
    for (auto const* text : {"30万円", "-1", "300.5", "3,00", "1,2345", "", "三十万", "1e5"}) {
        CAPTURE(text);
        CHECK(read<Yen>(text) == "not_an_amount");
    }
}

TEST_CASE("dates are read in 西暦 and 和暦, strictly")
{
    for (auto const* text :
         {"2025/4/1", "R7.4.1", "令和7年4月1日", "2025-04-01 00:00:00", "2025/4/1 0:00"}) {
        CAPTURE(text);
        CHECK(read<Date>(text) == "2025/04/01");
    }
    CHECK(read<Date>("昭和65年1月1日") == "outside_era");
    CHECK(read<Date>("2025/2/29") == "no_such_day");
    CHECK(read<Date>("45748") == "unreadable_date");
    CHECK(read<Date>("2025/4/1 12:00:00") == "unreadable_date");
}

TEST_CASE("flags and choices take the words of the market's files")
{
    for (auto const* text : {"○", "〇", "◯", "1", "はい", "有", "あり", "TRUE", "該当", "１"}) {
        CAPTURE(text);
        CHECK(read<bool>(text) == "○");
    }
    for (auto const* text : {"×", "0", "いいえ", "無", "なし", "false", "非該当"}) {
        CAPTURE(text);
        CHECK(read<bool>(text) == "×");
    }
    CHECK(read<bool>("2") == "not_true_or_false");
    CHECK(read<domain::Sex>("男") == "男性");
    CHECK(read<domain::Sex>("女性") == "女性");
    CHECK(read<domain::Sex>("1") == "not_a_choice"); // 男 in some files, 女 in others
    CHECK(read<domain::EmploymentType>("パート") == "アルバイト・パート");
    CHECK(read<domain::EmploymentType>("派遣社員") == "派遣");
    CHECK(read<domain::Living>("別居(海外)") == "別居（国外）");
    CHECK(read<domain::Living>("別居（海外）") == "別居（国外）");
    CHECK(read<std::optional<domain::TaxTable>>("甲欄") == "甲");
    CHECK(read<domain::InsuranceState>("対象外") == "未加入");
}

TEST_CASE("hours of a week are read as time or as a decimal")
{
    for (auto const* text : {"37:30", "37.5", "37時間30分", "３７：３０", "37.50", "37:30:00"}) {
        CAPTURE(text);
        CHECK(hours(text) == "37:30");
    }
    CHECK(hours("40") == "40:00");
    CHECK(hours("40時間") == "40:00");
    for (auto const* text : {"37:60", "37.33", "", "週40", "-1", "37:5:1"}) {
        CAPTURE(text);
        CHECK(hours(text) == "bad_hours");
    }
}

TEST_CASE("every field has a label of its own and a section, and writes what it reads")
{
    std::set<std::string> labels;
    std::set<std::string> paths;
    for (auto const& column : columns::person_columns()) {
        CAPTURE(column.path);
        CHECK(paths.insert(column.path).second);
        CHECK(labels.insert(column.label).second);
        CHECK_FALSE(column.section.empty());
        CHECK((column.read != nullptr));
        CHECK((column.write != nullptr));
        CHECK(column.write({}, column.slot, {}).size() < 40);
        columns::Person person;
        for (auto const& word : column.choices)
            CHECK(column.read(person, column.slot, word, {}) == nullptr);
    }
    labels.clear();
    for (auto const& column : columns::client_columns()) {
        CAPTURE(column.path);
        CHECK(paths.insert(column.path).second);
        CHECK(labels.insert(column.label).second);
        CHECK((column.read != nullptr));
        CHECK((column.write != nullptr));
    }
}

TEST_CASE("a whole name and a whole address are taken apart where that is safe")
{
    std::string last;
    std::string first;
    CHECK(columns::split_name("山田　太郎", last, first));
    CHECK(last == "山田");
    CHECK(first == "太郎");
    CHECK(columns::split_name(" 山田 太郎 ジュニア ", last, first));
    CHECK(first == "太郎 ジュニア");
    CHECK_FALSE(columns::split_name("山田太郎", last, first));
    CHECK_FALSE(columns::split_name("", last, first));
    struct {
        char const* whole;
        char const* prefecture;
        char const* rest;
    } const rows[] = {
        {"東京都千代田区1-1", "東京都", "千代田区1-1"},
        {"北海道札幌市", "北海道", "札幌市"},
        {"神奈川県横浜市", "神奈川県", "横浜市"},
        {"京都府京都市", "京都府", "京都市"},
        {"京都市左京区", "", "京都市左京区"},
        {"千代田区", "", "千代田区"},
        {"", "", ""},
    };
    for (auto const& row : rows) {
        CAPTURE(row.whole);
        columns::split_address(row.whole, last, first);
        CHECK(last == row.prefecture);
        CHECK(first == row.rest);
    }
}

TEST_CASE("what a client's days and months are called is read")
{
    auto const read_into = [](char const* path, char const* text) {
        clients::ClientInput client;
        auto const* column = columns::find_column(columns::client_columns(), path);
        REQUIRE(column);
        auto const* code = column->read(client, 0, text, {});
        return code ? std::string{code} : column->write(client, 0, {});
    };
    CHECK(read_into("profile.fiscal_month", "3月") == "3");
    CHECK(read_into("profile.closing_day", "末日") == "31");
    CHECK(read_into("profile.closing_day", "20日") == "20");
    CHECK(read_into("profile.pay_month_offset", "翌月") == "翌月");
    CHECK(read_into("profile.pay_month_offset", "来月") == "not_a_choice");
    CHECK(read_into("profile.does_payroll", "×") == "×");
    CHECK(read_into("profile.entity", "個人事業主") == "個人");
}

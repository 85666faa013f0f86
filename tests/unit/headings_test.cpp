#include "headings/headings.hpp"

#include <doctest/doctest.h>

#include <set>

namespace {

using headings::Kind, headings::Profile;

std::vector<std::string> paths(std::vector<std::string> const& words, Kind kind = Kind::employees)
{
    std::vector<std::string> out;
    for (auto const& path : headings::recognise(kind, words).paths)
        out.push_back(path.value_or("-"));
    return out;
}

Profile profile(std::vector<std::string> const& words)
{
    return headings::recognise(Kind::employees, words).profile;
}

using Words = std::vector<std::string>;

} // namespace

TEST_CASE("every heading of a product leads to a field that there is, and to one only")
{
    for (auto const& table : headings::product_tables()) {
        std::map<std::string, std::string> seen;
        for (auto const& [heading, path] : table.own) {
            CAPTURE(heading);
            CHECK(columns::find_column(columns::person_columns(), path));
            auto const [at, fresh] =
                seen.try_emplace(headings::heading_key(heading), std::string{path});
            CHECK((fresh || at->second == path));
        }
        for (auto const& [heading, member] : table.of_relatives) {
            CAPTURE(heading);
            auto const path = "relatives.3." + std::string{member};
            CHECK(columns::find_column(columns::person_columns(), path));
        }
    }
    for (auto const& [heading, path] : headings::employee_aliases().own) {
        CAPTURE(heading);
        CHECK(columns::find_column(columns::person_columns(), path));
    }
    for (auto const& [heading, member] : headings::employee_aliases().of_relatives) {
        CAPTURE(heading);
        CHECK(columns::find_column(columns::person_columns(), "relatives.0." + std::string{member})
        );
    }
    for (auto const& [heading, path] : headings::client_aliases()) {
        CAPTURE(heading);
        CHECK(columns::find_column(columns::client_columns(), path));
    }
}

TEST_CASE("a file in each layout is recognised as what it is, column by column")
{
    for (auto const wanted :
         {Profile::kuramori, Profile::smarthr, Profile::freee, Profile::officestation}) {
        auto const columns = headings::layout(wanted, 3);
        Words words;
        for (auto const& column : columns) words.push_back(column.heading);
        auto const found = headings::recognise(Kind::employees, words);
        CHECK(found.profile == wanted);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            CAPTURE(columns[i].heading);
            CHECK(found.paths[i].value_or("-") == columns[i].column->path);
        }
    }
}

TEST_CASE("SmartHR's headings are known in the forms that its files have")
{
    CHECK(
        paths(
            {"社員番号", "姓", "名", "姓（ヨミガナ）", "名（ヨミガナ）", "部署1 部署", "役職1 役職",
             "雇用形態", "入社年月日", "生年月日"}
        ) ==
        Words{
            "basic.number", "name.last_name", "name.first_name", "name.last_kana",
            "name.first_kana", "employment.department", "employment.title", "employment.type",
            "basic.hired_on", "basic.birth_date"
        }
    );
    CHECK(profile({"社員番号", "姓（ヨミガナ）", "部署1 部署", "入社年月日"}) == Profile::smarthr);
    CHECK(
        paths(
            {"従業員 社員番号", "従業員 姓", "従業員 名", "配偶者 続柄", "配偶者 姓", "配偶者 名",
             "配偶者 姓(ヨミガナ)", "配偶者 生年月日", "配偶者 同居・別居の別",
             "配偶者 住所(都道府県)", "配偶者 住所(市区町村)", "配偶者 社会保険の扶養状況",
             "配偶者 税法上の扶養状況", "家族1 続柄", "家族1 姓", "家族2 姓"}
        ) ==
        Words{
            "basic.number", "name.last_name", "name.first_name", "relatives.0.relation",
            "relatives.0.last_name", "relatives.0.first_name", "relatives.0.last_kana",
            "relatives.0.birth_date", "relatives.0.living", "relatives.0.address",
            "relatives.0.address", "relatives.0.social_dependent", "relatives.0.tax_dependent",
            "relatives.1.relation", "relatives.1.last_name", "relatives.2.last_name"
        }
    );
}

TEST_CASE("widths, brackets and notes in a heading do not matter")
{
    for (auto const* heading :
         {"姓（カナ）", "姓(カナ)", "姓カナ", "姓 フリガナ", "姓（ﾌﾘｶﾞﾅ）", "*姓（カナ）【必須】",
          "姓（カナ）（必須）", "姓_カナ"}) {
        CAPTURE(heading);
        CHECK(paths({heading}) == Words{"name.last_kana"});
    }
    CHECK(
        paths({"ＴＥＬ", "E-mail", "生年月日【yyyy-mm-dd】", "氏名", "氏名(カナ)"}) ==
        Words{"basic.telephone", "basic.email", "basic.birth_date", "name.full", "name.full_kana"}
    );
}

TEST_CASE("the first of two columns with one meaning is taken; the spouse is the first relative")
{
    CHECK(paths({"社員番号", "従業員番号", "謎の列", ""}) == Words{"basic.number", "-", "-", "-"});
    CHECK(
        paths({"家族1 姓", "家族2 姓", "扶養家族３ 姓", "家族11 姓"}) ==
        Words{"relatives.0.last_name", "relatives.1.last_name", "relatives.2.last_name", "-"}
    );
    CHECK(paths({"配偶者の有無", "家族1 氏名"}) == Words{"tax.has_spouse", "relatives.0.full"});
}

TEST_CASE("too few known headings tell no product")
{
    CHECK(profile({"姓", "名"}) == Profile::unknown);
    CHECK(profile({"a", "b", "c"}) == Profile::unknown);
    CHECK(profile({}) == Profile::unknown);
}

TEST_CASE("headings of client lists are known")
{
    CHECK(
        paths(
            {"管理コード", "会社名", "会社名（フリガナ）", "法人番号", "代表者名", "郵便番号",
             "都道府県", "市区町村", "TEL", "決算月", "給与締日"},
            Kind::clients
        ) ==
        Words{
            "code", "name", "name_kana", "profile.corporate_number", "profile.representative_name",
            "profile.postal_code", "profile.address", "profile.address", "profile.telephone",
            "profile.fiscal_month", "profile.closing_day"
        }
    );
}

TEST_CASE("a text that a product keeps in several columns is taken apart and comes together again")
{
    columns::Person person;
    person.ledger.address.emplace().registered_address = "東京都千代田区丸の内1-1";
    person.ledger.basic.emergency_name = "山田　花子";
    std::string address;
    std::vector<std::string> name;
    for (auto const& column : headings::layout(Profile::smarthr, 0)) {
        auto const text = column.text(person, {});
        if (column.column->path == "address.registered_address") address += text;
        if (column.column->path == "basic.emergency_name") name.push_back(text);
    }
    CHECK(address == "東京都千代田区丸の内1-1");
    CHECK(name == Words{"山田", "花子"});
}

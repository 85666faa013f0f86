#include "employees/ledger.hpp"

#include <doctest/doctest.h>

#include <set>

namespace {

using employees::Ledger, employees::Relative;

Ledger plain() // as little as a record may hold
{
    Ledger ledger;
    ledger.basic.number = "1";
    ledger.basic.birth_date = *parse_date("1990-04-01");
    ledger.name.last_name = "髙橋";
    ledger.name.first_name = "愛";
    ledger.name.last_kana = "タカハシ";
    ledger.name.first_kana = "アイ";
    return ledger;
}

std::string faults_of(Ledger& ledger)
{
    std::set<std::string> all;
    for (auto const& fault : employees::tidy(ledger)) all.insert(fault.field + ":" + fault.message);
    std::string text;
    for (auto const& one : all) text += (text.empty() ? "" : " ") + one;
    return text;
}
std::string faults_of(Ledger&& ledger) { return faults_of(ledger); }

Relative child()
{
    Relative relative;
    relative.relation = "長男";
    relative.last_name = "髙橋";
    relative.first_name = "蓮";
    return relative;
}

} // namespace

TEST_CASE("a record with name, birth and number is enough, and dated sections begin at birth")
{
    auto ledger = plain();
    ledger.address.emplace();
    CHECK(faults_of(ledger).empty());
    CHECK(ledger.name.valid_from == ledger.basic.birth_date);
    CHECK(ledger.address->valid_from == ledger.basic.birth_date);
}

TEST_CASE("dated sections begin on the day of hiring unless they say otherwise")
{
    auto ledger = plain();
    ledger.basic.hired_on = parse_date("2012-04-01");
    ledger.address.emplace();
    ledger.address->valid_from = parse_date("2020-01-01");
    ledger.employment.emplace();
    ledger.remuneration.emplace();
    CHECK(faults_of(ledger).empty());
    CHECK(ledger.name.valid_from == ledger.basic.hired_on);
    CHECK(ledger.employment->valid_from == ledger.basic.hired_on);
    CHECK(ledger.remuneration->valid_from == ledger.basic.hired_on);
    CHECK(ledger.address->valid_from == parse_date("2020-01-01"));
}

TEST_CASE("what people type is cleaned, and cleaning twice changes nothing more")
{
    auto ledger = plain();
    ledger.basic.number = " Ｅ－００１ ";
    ledger.basic.telephone = "０９０（１２３４）５６７８";
    ledger.basic.email = "";
    ledger.name.last_kana = "たかはし";
    ledger.name.first_kana = "ｱｲ";
    ledger.address.emplace();
    ledger.address->postal_code = "〒1000001";
    ledger.health.emplace();
    ledger.health->reference = "１２";
    ledger.pension.emplace();
    ledger.pension->basic_number = "1234567890";
    ledger.employment_insurance.emplace();
    ledger.employment_insurance->number = "12345678901";
    ledger.residence.emplace();
    ledger.residence->card_number = "ab12345678cd";
    ledger.relatives.push_back(child());
    ledger.relatives[0].last_kana = "ﾀｶﾊｼ";
    CHECK(faults_of(ledger).empty());
    CHECK(ledger.basic.number == "E-001");
    CHECK(ledger.basic.telephone == "090-1234-5678");
    CHECK_FALSE(ledger.basic.email);
    CHECK(ledger.name.last_name == "髙橋"); // names are never changed
    CHECK(ledger.name.last_kana == "タカハシ");
    CHECK(ledger.name.first_kana == "アイ");
    CHECK(ledger.address->postal_code == "100-0001");
    CHECK(ledger.health->reference == "12");
    CHECK(ledger.pension->basic_number == "1234-567890");
    CHECK(ledger.employment_insurance->number == "1234-567890-1");
    CHECK(ledger.residence->card_number == "AB12345678CD");
    CHECK(ledger.relatives[0].last_kana == "タカハシ");
    auto const once = json::to(ledger);
    CHECK(faults_of(ledger).empty());
    CHECK(json::to(ledger) == once);
}

TEST_CASE("every fault is named with its path, all at once")
{
    CHECK(
        faults_of(Ledger{}) ==
        "basic.birth_date:out_of_range basic.number:required name.first_kana:required "
        "name.first_name:required name.last_kana:required name.last_name:required"
    );

    auto ledger = plain();
    ledger.basic.number = "123456789012345678901";
    ledger.basic.attendance = domain::Attendance::retired;
    ledger.basic.hired_on = parse_date("1989-04-01");
    ledger.basic.email = "a@b@c.jp";
    ledger.basic.emergency_name = "山田\n花子";
    ledger.basic.note = "一行目\n二行目";
    ledger.name.last_kana = "高橋";
    ledger.name.first_name = "愛\u202E";
    ledger.address.emplace();
    ledger.address->postal_code = "12";
    ledger.address->street = "マイナンバーは1234-5678-9018です";
    ledger.employment.emplace();
    ledger.employment->weekly_minutes = 7 * 24 * 60 + 1;
    ledger.employment->contract_from = parse_date("2026-04-01");
    ledger.employment->contract_to = parse_date("2026-03-31");
    ledger.remuneration.emplace();
    ledger.remuneration->cash = Yen{-1};
    ledger.health.emplace();
    ledger.health->reference = "x";
    ledger.health->acquired_on = parse_date("2026-04-01");
    ledger.health->lost_on = parse_date("2026-03-31");
    ledger.relatives = {child(), child()};
    ledger.relatives[1].first_name = "";
    ledger.relatives[1].telephone = "なし";
    CHECK(
        faults_of(ledger) ==
        "address.postal_code:bad_postal_code address.street:my_number_not_allowed "
        "basic.email:bad_email basic.emergency_name:control_characters "
        "basic.hired_on:before_birth basic.number:too_long basic.retired_on:required "
        "employment.contract_to:before_start employment.weekly_minutes:out_of_range "
        "health.lost_on:before_start health.reference:bad_insured_reference "
        "name.first_name:control_characters name.last_kana:bad_kana "
        "relatives.1.first_name:required relatives.1.telephone:bad_telephone "
        "remuneration.cash:out_of_range"
    );
}

TEST_CASE("dates are days of somebody who can be alive, and end after they begin")
{
    auto with_birth = [](char const* day) {
        auto ledger = plain();
        ledger.basic.birth_date = *parse_date(day);
        return faults_of(ledger);
    };
    CHECK(with_birth("1873-01-01").empty());
    CHECK(with_birth("1872-12-31") == "basic.birth_date:out_of_range");
    CHECK(with_birth("2101-01-01") == "basic.birth_date:out_of_range");
    auto ledger = plain();
    ledger.basic.hired_on = parse_date("2020-04-01");
    ledger.basic.retired_on = parse_date("2020-03-31");
    CHECK(faults_of(ledger) == "basic.retired_on:before_start");
    ledger.basic.retired_on = ledger.basic.hired_on; // one day
    CHECK(faults_of(ledger).empty());
    ledger.name.valid_from = parse_date("2999-01-01");
    CHECK(faults_of(ledger) == "name.valid_from:out_of_range");
}

TEST_CASE("a relative gets a number for life, and no two have the same")
{
    auto ledger = plain();
    ledger.relatives = {child(), child(), child()};
    ledger.relatives[1].id = 7;
    CHECK(faults_of(ledger).empty());
    CHECK(ledger.relatives[0].id == 8);
    CHECK(ledger.relatives[1].id == 7);
    CHECK(ledger.relatives[2].id == 9);
    ledger.relatives[2].id = 7;
    CHECK(faults_of(ledger) == "relatives.2.id:taken");
    ledger.relatives[2].id = std::numeric_limits<std::int64_t>::max();
    ledger.relatives[0].id.reset();
    CHECK(faults_of(ledger) == "relatives.2.id:out_of_range");
    ledger.relatives[2].id = 0;
    CHECK(faults_of(ledger) == "relatives.2.id:out_of_range");
}

TEST_CASE("nobody has more than thirty relatives")
{
    auto ledger = plain();
    ledger.relatives.assign(30, child());
    CHECK(faults_of(ledger).empty());
    ledger.relatives.push_back(child());
    CHECK(faults_of(ledger) == "relatives:too_many");
}

#pragma once
// Made-up 顧問先 with their 事業所. None can be a real company: the 法人番号 begin with a
// 登記所コード that no 法務局 has, telephone numbers have a 市内局番 that is never given out, and
// mail goes to example.jp.
#include "clients/clients.hpp"
#include "demo/tables.hpp"

namespace demo {

struct HumanName {
    std::string last;
    std::string first;
    std::string last_kana;
    std::string first_kana;
    std::string usual_last; // without 異体字; empty: there are none
};

struct Company {
    clients::ClientInput client;
    std::vector<clients::EstablishmentInput> establishments; // 本社 first
    std::vector<Place const*> places;                        // of the establishments
    Industry const* industry = nullptr;
    HumanName head; // 代表者・事業主
    domain::Sex head_sex = domain::Sex::male;
    Date head_birth{};
    Date founded{};
    std::int64_t people = 0;
    bool corporation = true;
    bool social = true;     // 社会保険の適用事業所
    bool specified = false; // 特定適用事業所
    Dice dice{0};           // for its people
};

// How many people each company has: many few, a few many, together exactly `people`.
std::vector<std::int64_t> sizes_of(std::int64_t companies, std::int64_t people, Dice dice);

// The company with this number (from 1) of the office that `seed` stands for.
Company make_company(std::uint64_t seed, std::int64_t number, std::int64_t people, Date today);

HumanName make_name(Dice& dice, domain::Sex sex, Date birth);
std::string make_telephone(Dice& dice, std::string_view area_code);
std::string make_mobile(Dice& dice);
struct Street {
    std::string text;   // 3-21-8
    std::string spoken; // for the kana, digits as they are
};
Street make_street(Dice& dice);
std::string make_building(Dice& dice);

Date plus_days(Date date, std::int64_t count);

} // namespace demo

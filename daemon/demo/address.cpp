// Where made-up companies and people are: towns that exist, houses that need not.
#include "demo/person.hpp"

#include <fmt/format.h>

namespace demo {

Street make_street(Dice& dice)
{
    auto const block = dice.between(1, 5);
    auto const plot = dice.between(1, 38);
    auto const house = dice.between(1, 24);
    auto const spoken = fmt::format("{}-{}-{}", block, plot, house);
    switch (dice.between(0, 3)) {
    case 0: return {fmt::format("{}丁目{}番{}号", block, plot, house), spoken};
    case 1: return {fmt::format("{}丁目{}番地{}", block, plot, house), spoken};
    default: return {spoken, spoken};
    }
}

std::string make_building(Dice& dice)
{
    static constexpr View kinds[] = {"ハイツ",     "コーポ", "メゾン", "マンション",
                                     "レジデンス", "ハイム", "パレス", "荘"};
    auto const& kind = dice.pick(std::span{kinds});
    auto const& word = dice.pick(tables().words).text;
    auto const room = dice.between(1, 9) * 100 + dice.between(1, 12);
    if (dice.percent(50) && kind != "荘") return fmt::format("{}{}{}号室", kind, word, room);
    return fmt::format("{}{}{}", word, kind, room);
}

employees::Address make_address(Dice& dice, Place const& place)
{
    employees::Address out;
    auto const street = make_street(dice);
    out.postal_code = place.postal_code;
    out.prefecture = place.prefecture;
    out.city = place.city;
    out.street = std::string{place.town} + street.text;
    if (dice.percent(48)) out.building = make_building(dice);
    out.kana = fmt::format("{}{}{}", place.city_kana, place.town_kana, street.spoken);
    if (dice.percent(6)) { // 住民票 is still at the parents'
        auto const& parents =
            dice.pick(tables().homes.at(static_cast<std::size_t>(dice.between(1, 47))));
        out.registered_same = false;
        out.registered_postal_code = parents.postal_code;
        out.registered_address = fmt::format(
            "{}{}{}{}", parents.prefecture, parents.city, parents.town, make_street(dice).text
        );
    }
    return out;
}

std::string one_line(employees::Address const& address)
{
    auto line =
        address.prefecture.value_or("") + address.city.value_or("") + address.street.value_or("");
    if (address.building) line += "　" + *address.building;
    return line;
}

void move_house(employees::Ledger& ledger, employees::Address const& address)
{
    for (auto& relative : ledger.relatives) {
        if (relative.living != domain::Living::together) continue;
        relative.postal_code = address.postal_code;
        relative.address = one_line(address);
    }
    ledger.address = address;
}

Place const& home_near(Dice& dice, Place const& work)
{
    auto prefecture = work.prefecture_code;
    bool const around_tokyo = prefecture >= 11 && prefecture <= 14;
    bool const around_osaka = prefecture >= 26 && prefecture <= 29;
    if (around_tokyo && dice.percent(35)) prefecture = dice.between(11, 14);
    if (around_osaka && dice.percent(30)) prefecture = dice.between(26, 29);
    return dice.pick(tables().homes.at(static_cast<std::size_t>(prefecture)));
}

} // namespace demo

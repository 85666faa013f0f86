#include "audit/history.hpp"
#include "employees/ledger.hpp"

#include <doctest/doctest.h>

namespace {

using employees::Ledger;

Ledger somebody()
{
    Ledger ledger;
    ledger.basic.number = "0001";
    ledger.basic.birth_date = parse_date("1990-04-01").value();
    ledger.name.last_name = "山\"田\\";
    ledger.address.emplace().city = "千代田区";
    ledger.health.emplace().acquired_on = parse_date("2020-04-01");
    ledger.relatives.emplace_back().relation = "妻";
    return ledger;
}

std::string as_json(Ledger const* before, Ledger const* after)
{
    auto const value = [](Ledger const* ledger) {
        return ledger ? json::to(*ledger) : json::value{};
    };
    return audit::changes_between(value(before), value(after));
}

} // namespace

TEST_CASE("changes of structs are told as changes of their JSON are")
{
    auto const one = somebody();
    auto other = one;
    other.basic.note = "変更";
    other.basic.sex = domain::Sex::female;
    other.address->city.reset();
    other.health.reset();
    other.remuneration.emplace().cash = Yen{300'000};
    other.relatives.clear();
    Ledger const* const people[] = {nullptr, &one, &other};
    for (auto const* before : people)
        for (auto const* after : people)
            CHECK(audit::changes_of(before, after) == as_json(before, after));
}

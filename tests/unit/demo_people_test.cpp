#include "demo/person.hpp"
#include "domain/numbers.hpp"
#include "domain/text.hpp"

#include <doctest/doctest.h>

#include <map>
#include <numeric>
#include <set>

namespace {

using demo::Company, demo::Person;
using employees::Ledger;

Date const today{std::chrono::year{2026}, std::chrono::November, std::chrono::day{24}};

struct Office { // an office's companies and their people, not written anywhere
    std::vector<Company> companies;
    std::vector<Person> people;
};

Office const& sample()
{
    static Office const made = [] {
        Office office;
        std::int64_t number = 0;
        for (auto const size : demo::sizes_of(60, 3000, demo::Dice{1})) {
            office.companies.push_back(demo::make_company(1, ++number, size, today));
            auto people = demo::make_people(office.companies.back(), today);
            for (auto& person : people) office.people.push_back(std::move(person));
        }
        return office;
    }();
    return made;
}

std::vector<Ledger const*> last_states()
{
    std::vector<Ledger const*> ledgers;
    for (auto const& person : sample().people) ledgers.push_back(&person.states.back());
    return ledgers;
}

std::string text_of(std::uint64_t seed, Date day)
{
    std::string all;
    auto const company = demo::make_company(seed, 3, 40, day);
    all += json::to_text(company.client) + json::to_text(company.establishments);
    for (auto const& person : demo::make_people(company, day)) all += json::to_text(person.states);
    return all;
}

void each_text(json::value const& value, auto const& visit)
{
    if (value.is_string()) visit(std::string_view{value.get_string()});
    if (value.is_array())
        for (auto const& item : value.get_array()) each_text(item, visit);
    if (value.is_object())
        for (auto const& [key, item] : value.get_object()) each_text(item, visit);
}

template <class Test> double percent_of_people(Test const& test)
{
    auto const all = last_states();
    auto const fitting =
        std::count_if(all.begin(), all.end(), [&](auto const* ledger) { return test(*ledger); });
    return 100.0 * static_cast<double>(fitting) / static_cast<double>(all.size());
}

} // namespace

TEST_CASE("the same seed makes the same office, another seed another one")
{
    CHECK(text_of(7, today) == text_of(7, today));
    CHECK(text_of(7, today) != text_of(8, today));
}

TEST_CASE("a throw of the dice is the same for ever")
{
    demo::Dice dice{1};
    CHECK(dice.next() == 0x910A2DEC89025CC1U); // splitmix64's first answer to the seed 1
    demo::Dice const other{1};
    auto first = other.branch(4);
    auto second = other.branch(4);
    CHECK(first.next() == second.next());
    CHECK(other.branch(5).next() != other.branch(6).next());
}

TEST_CASE("sizes sum up exactly, many small and a few big")
{
    for (auto const& [clients, people] :
         {std::pair{30, 1500}, {2000, 160'000}, {1, 10}, {10, 3}, {7, 0}, {200, 200}}) {
        auto const sizes = demo::sizes_of(clients, people, demo::Dice{1});
        CHECK(std::ssize(sizes) == clients);
        CHECK(std::accumulate(sizes.begin(), sizes.end(), std::int64_t{0}) == people);
        CHECK(*std::min_element(sizes.begin(), sizes.end()) >= (people >= clients ? 1 : 0));
    }
    auto const sizes = demo::sizes_of(300, 15'000, demo::Dice{1});
    auto const small = std::count_if(sizes.begin(), sizes.end(), [](auto n) { return n < 10; });
    auto const big = std::count_if(sizes.begin(), sizes.end(), [](auto n) { return n > 100; });
    CHECK(small > 300 / 3);
    CHECK(big > 300 / 20);
    CHECK(big < 300 / 5);
}

TEST_CASE("every record is one that the ledger's rules accept as it is")
{
    for (auto const& person : sample().people) {
        for (auto const& state : person.states) {
            auto cleaned = state;
            auto const faults = employees::tidy(cleaned);
            for (auto const& fault : faults) FAIL_CHECK(fault.field, ": ", fault.message);
            CHECK(json::to(cleaned) == json::to(state));
        }
    }
    for (auto const& company : sample().companies) {
        auto input = company.client;
        for (auto const& fault : clients::tidy(input)) FAIL_CHECK(fault.field, ": ", fault.message);
        CHECK(json::to(input) == json::to(company.client));
        for (auto const& establishment : company.establishments) {
            auto cleaned = establishment;
            for (auto const& fault : clients::tidy(cleaned))
                FAIL_CHECK(fault.field, ": ", fault.message);
            CHECK(json::to(cleaned) == json::to(establishment));
        }
    }
}

TEST_CASE("no text holds anything that could be a My Number")
{
    auto const check = [](std::string_view text) {
        CHECK_MESSAGE(!domain::holds_my_number(text), text);
    };
    for (auto const& person : sample().people) each_text(json::to(person.states), check);
    for (auto const& company : sample().companies) {
        each_text(json::to(company.client), check);
        each_text(json::to(company.establishments), check);
    }
}

TEST_CASE("no company's number, telephone or mail can be a real one's")
{
    std::set<std::string> codes;
    for (auto const& company : sample().companies) {
        auto const& client = company.client;
        CHECK(codes.insert(client.code).second);
        CHECK(client.profile.corporate_number.has_value() == company.corporation);
        if (auto const& number = client.profile.corporate_number) {
            CHECK(domain::corporate_number(*number) == *number);
            CHECK(number->substr(1, 2) == "99");
        }
        CHECK(client.profile.telephone->find("-0") != std::string::npos);
        CHECK(client.profile.contact_email->ends_with(".example.jp"));
        CHECK(company.establishments.size() >= 1);
        CHECK(company.establishments.size() <= 4);
    }
}

TEST_CASE("readings belong to the names")
{
    std::multimap<std::string_view, std::string_view> known;
    for (auto const& name : demo::tables().surnames.rows()) known.emplace(name.text, name.kana);
    CHECK(known.size() >= 200);
    auto const has = [&](std::string const& text, std::string const& kana) {
        auto const [first, last] = known.equal_range(text);
        return std::any_of(first, last, [&](auto const& entry) { return entry.second == kana; });
    };
    for (auto const* ledger : last_states()) {
        if (ledger->residence) continue;
        auto const& name = ledger->name;
        CHECK_MESSAGE(has(name.last_name, name.last_kana), name.last_name, name.last_kana);
        for (auto const& relative : ledger->relatives)
            CHECK(has(relative.last_name, relative.last_kana.value()));
    }
}

TEST_CASE("the people are as various as an office's are")
{
    auto const variant = percent_of_people([](Ledger const& ledger) {
        return domain::search_key(ledger.name.last_name) != ledger.name.last_name &&
               !ledger.residence;
    });
    CHECK(variant > 1.0);
    CHECK(variant < 6.0);
    auto const foreign = percent_of_people([](Ledger const& l) { return l.residence.has_value(); });
    CHECK(foreign > 1.0);
    CHECK(foreign < 8.0);
    auto const retired = percent_of_people([](Ledger const& ledger) {
        return ledger.basic.attendance == domain::Attendance::retired;
    });
    CHECK(retired > 10.0);
    CHECK(retired < 25.0);
    auto const on_leave = percent_of_people([](Ledger const& ledger) {
        return ledger.basic.attendance == domain::Attendance::on_leave;
    });
    CHECK(on_leave > 0.5);
    CHECK(on_leave < 5.0);
    auto const families = percent_of_people([](Ledger const& l) { return !l.relatives.empty(); });
    CHECK(families > 25.0);
    CHECK(families < 70.0);
    auto const dependants = percent_of_people([](Ledger const& ledger) {
        return std::any_of(ledger.relatives.begin(), ledger.relatives.end(), [](auto const& r) {
            return r.dependent != domain::DependentState::none;
        });
    });
    CHECK(dependants > 15.0);
    CHECK(dependants < 55.0);
    std::set<std::string> industries;
    for (auto const& company : sample().companies)
        industries.insert(company.client.profile.industry.value());
    CHECK(industries.size() >= 10);
}

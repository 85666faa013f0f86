#include "demo/tables.hpp"

#include "base/present.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace demo {

namespace {

Views split(View text, char separator)
{
    Views parts;
    for (;;) {
        auto const end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == View::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::vector<Views> rows_of(View table)
{
    std::vector<Views> rows;
    for (auto const line : split(table_text(table), '\n'))
        if (!line.empty() && line.front() != '#') rows.push_back(split(line, '\t'));
    return rows;
}

std::int64_t number(View text)
{
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        throw std::logic_error("a demo table has no number where one belongs");
    return value;
}

View cell(Views const& row, std::size_t column) // absent at the end of a line: empty
{
    return column < row.size() ? row[column] : View{};
}

} // namespace

Tables::Tables()
{
    for (auto const& row : rows_of("surnames"))
        surnames.add({row.at(0), row.at(1), cell(row, 3)}, number(row.at(2)));
    for (auto const& row : rows_of("words")) words.push_back({row.at(0), row.at(1)});
    read_given_names();
    read_nations();
    read_places();
    read_industries();
    read_grades();
}

void Tables::read_given_names()
{
    for (auto const& row : rows_of("given_names")) {
        auto& years = row.at(2) == "male" ? males_ : females_;
        auto const from = std::max<std::int64_t>(number(row.at(3)), first_year);
        auto const to = std::min<std::int64_t>(number(row.at(4)), last_year);
        for (auto year = from; year <= to; ++year)
            years.at(static_cast<std::size_t>(year - first_year)).push_back({row.at(0), row.at(1)});
    }
}

void Tables::read_nations()
{
    auto const names = rows_of("foreign_names");
    for (auto const& row : rows_of("nations")) {
        Nation nation;
        nation.name = row.at(0);
        nation.statuses = split(row.at(2), '|');
        for (auto const& name : names) {
            if (name.at(0) != nation.name) continue;
            auto& part = name.at(1) == "family" ? nation.families
                         : name.at(1) == "male" ? nation.males
                                                : nation.females;
            auto const text = name.at(2).empty() ? name.at(3) : name.at(2);
            part.push_back({text, name.at(3), name.at(4)});
        }
        nations.add(std::move(nation), number(row.at(1)));
    }
}

void Tables::read_places()
{
    for (auto const& row : rows_of("places")) {
        Place place;
        place.prefecture_code = number(row.at(0));
        place.prefecture = row.at(1);
        place.city = row.at(2);
        place.city_kana = row.at(3);
        place.town = row.at(4);
        place.town_kana = row.at(5);
        place.postal_code = row.at(6);
        place.area_code = row.at(7);
        place.labour_office = cell(row, 9);
        place.hello_work = cell(row, 10);
        place.pension_office = cell(row, 11);
        homes.at(static_cast<std::size_t>(place.prefecture_code)).push_back(place);
        if (!place.labour_office.empty()) business_places.add(place, number(row.at(8)));
    }
}

void Tables::read_industries()
{
    for (auto const& row : rows_of("industries")) {
        Industry industry;
        industry.name = row.at(0);
        industry.forms = split(row.at(2), '|');
        for (auto const part : split(row.at(3), '|')) {
            auto const equals = part.find('=');
            industry.name_ends.push_back({part.substr(0, equals), part.substr(equals + 1)});
        }
        industry.labour_class = row.at(4);
        industry.departments = split(row.at(5), '|');
        industry.occupations = split(row.at(6), '|');
        industry.wage = number(row.at(7)) * 1000;
        industry.female_percent = number(row.at(8));
        industry.part_time_percent = number(row.at(9));
        industry.foreign_per_mille = number(row.at(10));
        industry.voluntary = row.at(11) == "voluntary";
        industries.add(std::move(industry), number(row.at(1)));
    }
}

void Tables::read_grades()
{
    for (auto const& row : rows_of("standard_remuneration"))
        grades_.push_back({number(row.at(1)), number(row.at(2))});
    for (auto const& row : rows_of("pension_caps"))
        pension_caps_.push_back({base::present(parse_date(row.at(0))), number(row.at(1))});
}

std::vector<GivenName> const& Tables::given_names(domain::Sex sex, Date birth) const
{
    auto const year = std::clamp(static_cast<int>(birth.year()), first_year, last_year);
    auto const& years = sex == domain::Sex::male ? males_ : females_;
    return years.at(static_cast<std::size_t>(year - first_year));
}

std::int64_t Tables::health_standard(std::int64_t pay) const
{
    auto const above = std::upper_bound(
        grades_.begin(), grades_.end(), pay,
        [](std::int64_t amount, Grade const& grade) { return amount < grade.from; }
    );
    return (above - 1)->amount;
}

std::int64_t Tables::pension_standard(std::int64_t pay, Date day) const
{
    auto cap = pension_caps_.front().amount;
    for (auto const& known : pension_caps_)
        if (known.from <= day) cap = known.amount;
    auto const lowest = grades_.at(3).amount; // 厚年の1等級 is 健保の4等級
    return std::clamp(health_standard(pay), lowest, cap);
}

Tables const& tables()
{
    static Tables const all;
    return all;
}

} // namespace demo

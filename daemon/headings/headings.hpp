#pragma once
// 見出し: which field a column of a file is, by its heading. The headings of each product are a
// table (product_headings.cpp), read both ways: to recognise a file, and to write one in its
// layout.
#include "columns/catalogue.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace headings {

enum class Kind { employees, clients };
BOOST_DESCRIBE_ENUM(Kind, employees, clients)

enum class Profile { kuramori, smarthr, freee, officestation, unknown };
BOOST_DESCRIBE_ENUM(Profile, kuramori, smarthr, freee, officestation, unknown)

struct Heading {
    std::string_view heading;
    std::string_view path; // of a relative: the member alone
};
struct HeadingTable {
    Profile profile = Profile::unknown;
    std::span<Heading const> own;
    std::span<Heading const> of_relatives; // behind "家族1 "
};
std::span<HeadingTable const> product_tables(); // of employees
HeadingTable employee_aliases();                // other words for the same things
std::span<Heading const> client_aliases();

struct Recognised {
    Profile profile = Profile::unknown;
    std::vector<std::optional<std::string>> paths; // one a heading
};
Recognised recognise(Kind kind, std::span<std::string const> headings);

struct LayoutColumn {
    std::string heading;
    columns::PersonColumn const* column = nullptr;
    std::size_t piece = 0; // of a text that this product keeps in several columns
    std::size_t pieces = 1;

    std::string text(columns::Person const& person, columns::Surroundings const& around) const;
};
std::vector<LayoutColumn> layout(Profile profile, std::size_t relatives);

// What is compared: widths, blanks, brackets, notes like （必須） and の folded away; ヨミガナ and
// フリガナ are カナ, 年月日 is 日.
std::string heading_key(std::string_view heading);

} // namespace headings

#include "roles/catalogue.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <stdexcept>

namespace roles {

namespace {

using Words = std::vector<std::string>;

http::AccountClass class_from(std::string const& name)
{
    http::AccountClass found{};
    if (!boost::describe::enum_from_string(name.c_str(), found))
        throw std::logic_error("conf/roles.yaml: there is no class " + name);
    return found;
}

void expect_known(Catalogue const& catalogue, std::string const& right)
{
    if (!http::right_from(right) || catalogue.find(right) == nullptr)
        throw std::logic_error("conf/roles.yaml: there is no right " + right);
}

} // namespace

RightFacts const* Catalogue::find(std::string_view right) const
{
    auto const found = std::find_if(rights.begin(), rights.end(), [&](auto const& facts) {
        return facts.right == right;
    });
    return found == rights.end() ? nullptr : &*found;
}

Catalogue read(std::string const& yaml)
{
    auto const root = YAML::Load(yaml);
    Catalogue out;
    for (auto const& row : root["rights"]) {
        out.rights.push_back(
            {row["right"].as<std::string>(), row["group"].as<std::string>(),
             row["ja"].as<std::string>(), row["en"].as<std::string>(),
             row["guarded"].as<bool>(false), row["lendable"].as<bool>(false)}
        );
        expect_known(out, out.rights.back().right);
    }
    for (auto const& row : root["roles"]) {
        Role role;
        role.role = row["role"].as<std::string>();
        role.ja = row["ja"].as<std::string>();
        role.en = row["en"].as<std::string>();
        role.says = row["says"].as<std::string>();
        role.says_en = row["says_en"].as<std::string>();
        role.account_class = class_from(row["class"].as<std::string>());
        role.all_clients = row["clients"].as<std::string>() == "all";
        role.lent = row["lent"].as<bool>(false);
        role.rights = row["rights"].as<Words>();
        for (auto const& right : role.rights) expect_known(out, right);
        out.roles.push_back(std::move(role));
    }
    for (auto const& row : root["separation"])
        out.separations.push_back(
            {row["id"].as<std::string>(), row["roles"].as<Words>(), row["apart_from"].as<Words>()}
        );
    for (auto const& row : root["marks"]) {
        out.marks.push_back({row["right"].as<std::string>(), row["role"].as<std::string>()});
        expect_known(out, out.marks.back().right);
    }
    return out;
}

Catalogue const& catalogue()
{
    static Catalogue const once = read(std::string{roles_yaml()});
    return once;
}

} // namespace roles

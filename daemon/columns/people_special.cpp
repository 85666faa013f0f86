// Columns of employees that are more than one described member: looked up in something else,
// written in a way of their own, or standing for several members at once.
#include "columns/catalogue.hpp"
#include "domain/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace columns {

namespace {

using domain::DependentState;

constexpr std::string_view dependent_unknown = "99"; // 不明, in SmartHR's family files

template <class T> T& made(std::optional<T>& section)
{
    if (!section) section.emplace();
    return *section;
}

PersonColumn& existing(std::vector<PersonColumn>& all, std::string_view path)
{
    return *std::find_if(all.begin(), all.end(), [&](auto const& c) { return c.path == path; });
}

void give_own_forms(std::vector<PersonColumn>& all)
{
    auto& place = existing(all, "employment.establishment_id");
    place.read = [](Person& person, std::size_t, std::string_view text,
                    Surroundings const& around) -> Code {
        auto const found = around.establishments.find(domain::search_key(text));
        if (found == around.establishments.end()) return "unknown_establishment";
        made(person.ledger.employment).establishment_id = found->second;
        return nullptr;
    };
    place.write = [](Person const& person, std::size_t, Surroundings const& around) -> std::string {
        auto const& employment = person.ledger.employment;
        if (!employment || !employment->establishment_id) return {};
        auto const found = around.establishment_names.find(*employment->establishment_id);
        return found == around.establishment_names.end() ? std::string{} : found->second;
    };
    auto& hours = existing(all, "employment.weekly_minutes");
    hours.read = [](Person& person, std::size_t, std::string_view text, Surroundings const&) {
        std::int64_t minutes = 0;
        auto const code = read_hours(minutes, text);
        if (!code) made(person.ledger.employment).weekly_minutes = minutes;
        return code;
    };
    hours.write = [](Person const& person, std::size_t, Surroundings const&) {
        auto const& employment = person.ledger.employment;
        return employment && employment->weekly_minutes ? hours_text(*employment->weekly_minutes)
                                                        : std::string{};
    };
    existing(all, "remuneration.valid_from").read = [](Person& person, std::size_t,
                                                       std::string_view text, Surroundings const&) {
        Date first{};
        auto const code = read_month(first, text);
        if (!code) made(person.ledger.remuneration).valid_from = first;
        return code;
    };
}

PersonColumn part(std::string path, std::string label, std::string section)
{
    PersonColumn column;
    column.path = std::move(path);
    column.label = std::move(label);
    column.section = std::move(section);
    column.part = true;
    return column;
}

std::string both(std::string const& last, std::string const& first)
{
    return last.empty() ? first : first.empty() ? last : last + "　" + first;
}

void add_whole_names(std::vector<PersonColumn>& all)
{
    auto name = part("name.full", "氏名", "氏名");
    name.key = true;
    name.read = [](Person& person, std::size_t, std::string_view text,
                   Surroundings const&) -> Code {
        auto& into = person.ledger.name;
        return split_name(text, into.last_name, into.first_name) ? nullptr : "name_not_split";
    };
    name.write = [](Person const& person, std::size_t, Surroundings const&) {
        return both(person.ledger.name.last_name, person.ledger.name.first_name);
    };
    all.push_back(name);
    auto kana = part("name.full_kana", "氏名（カナ）", "氏名");
    kana.read = [](Person& person, std::size_t, std::string_view text,
                   Surroundings const&) -> Code {
        auto& into = person.ledger.name;
        return split_name(text, into.last_kana, into.first_kana) ? nullptr : "name_not_split";
    };
    kana.write = [](Person const& person, std::size_t, Surroundings const&) {
        return both(person.ledger.name.last_kana, person.ledger.name.first_kana);
    };
    all.push_back(kana);
}

void add_whole_address(std::vector<PersonColumn>& all)
{
    auto whole = part("address.whole", "住所（1列）", "住所");
    whole.joiner = "";
    whole.read = [](Person& person, std::size_t, std::string_view text,
                    Surroundings const&) -> Code {
        auto& address = made(person.ledger.address);
        std::string prefecture;
        split_address(text, prefecture, made(address.street));
        if (!prefecture.empty()) address.prefecture = prefecture;
        return nullptr;
    };
    whole.write = [](Person const& person, std::size_t, Surroundings const&) -> std::string {
        auto const& a = person.ledger.address;
        if (!a) return {};
        return a->prefecture.value_or("") + a->city.value_or("") + a->street.value_or("") +
               (a->building ? "　" + *a->building : "");
    };
    all.push_back(whole);
}

// 社会保険: products keep one date for both insurances.
template <class Pick>
void add_social(
    std::vector<PersonColumn>& all, std::string path, std::string label, Pick const& /*types only*/
)
{
    auto column = part(std::move(path), std::move(label), "社会保険");
    column.read = [](Person& person, std::size_t, std::string_view text, Surroundings const&) {
        auto& health = Pick::of(made(person.ledger.health));
        auto const code = read_value(health, text);
        if (!code) Pick::of(made(person.ledger.pension)) = health;
        return code;
    };
    column.clear = [](Person& person, std::size_t) {
        if (person.ledger.health) clear_value(Pick::of(*person.ledger.health), {});
        if (person.ledger.pension) clear_value(Pick::of(*person.ledger.pension), {});
    };
    column.write = [](Person const& person, std::size_t, Surroundings const&) -> std::string {
        if (person.ledger.health) return write_value(Pick::of(*person.ledger.health));
        if (person.ledger.pension) return write_value(Pick::of(*person.ledger.pension));
        return {};
    };
    all.push_back(column);
}
struct AcquiredOn {
    static auto& of(auto& insurance) { return insurance.acquired_on; }
};
struct LostOn {
    static auto& of(auto& insurance) { return insurance.lost_on; }
};
struct State {
    static auto& of(auto& insurance) { return insurance.state; }
};

void add_widow(std::vector<PersonColumn>& all) // 寡婦・ひとり親 in one column
{
    auto column = part("tax.widow_kind", "寡婦・ひとり親", "税");
    column.choices = {"対象外", "寡婦", "ひとり親"};
    column.read = [](Person& person, std::size_t, std::string_view text,
                     Surroundings const&) -> Code {
        auto const key = word_key(text);
        bool some = false;
        bool const widow = key == "寡婦";
        bool const parent = key == "ひとり親" || key == "寡夫";
        if (!widow && !parent && (read_choice(some, text) != nullptr || some))
            return "not_a_choice";
        auto& tax = made(person.ledger.tax);
        tax.widow = widow;
        tax.single_parent = parent;
        return nullptr;
    };
    column.clear = [](Person& person, std::size_t) {
        if (!person.ledger.tax) return;
        person.ledger.tax->widow = false;
        person.ledger.tax->single_parent = false;
    };
    column.write = [](Person const& person, std::size_t, Surroundings const&) -> std::string {
        auto const& tax = person.ledger.tax;
        if (!tax) return {};
        return tax->widow ? "寡婦" : tax->single_parent ? "ひとり親" : "対象外";
    };
    all.push_back(column);
}

DependentState dependent(bool social, bool tax)
{
    if (social && tax) return DependentState::tax_and_social;
    if (social) return DependentState::social_only;
    return tax ? DependentState::tax_only : DependentState::none;
}
bool social_of(DependentState s)
{
    return s == DependentState::tax_and_social || s == DependentState::social_only;
}
bool tax_of(DependentState s)
{
    return s == DependentState::tax_and_social || s == DependentState::tax_only;
}

PersonColumn relative_part(std::string_view member, std::string_view label, std::size_t slot)
{
    auto column = part(
        fmt::format("relatives.{}.{}", slot, member), fmt::format("家族{} {}", slot + 1, label),
        fmt::format("家族{}", slot + 1)
    );
    column.slot = slot;
    column.of_relative = true;
    return column;
}

template <bool Social>
Code read_dependent(Person& person, std::size_t at, std::string_view text, Surroundings const&)
{
    auto& state = person.slots[at].dependent;
    bool yes = false;
    if (word_key(text) == dependent_unknown) return nullptr;
    if (auto const* code = read_choice(yes, text)) return code;
    state = Social ? dependent(yes, tax_of(state)) : dependent(social_of(state), yes);
    return nullptr;
}

template <bool Social>
std::string write_dependent(Person const& person, std::size_t at, Surroundings const&)
{
    if (at >= person.ledger.relatives.size()) return {};
    auto const state = person.ledger.relatives[at].dependent;
    return (Social ? social_of(state) : tax_of(state)) ? "1" : "0";
}

void add_relative_parts(std::vector<PersonColumn>& all, std::size_t slot)
{
    auto name = relative_part("full", "氏名", slot);
    name.read = [](Person& person, std::size_t at, std::string_view text,
                   Surroundings const&) -> Code {
        auto& into = person.slots[at];
        return split_name(text, into.last_name, into.first_name) ? nullptr : "name_not_split";
    };
    name.write = [](Person const& person, std::size_t at, Surroundings const&) -> std::string {
        if (at >= person.ledger.relatives.size()) return {};
        auto const& relative = person.ledger.relatives[at];
        return both(relative.last_name, relative.first_name);
    };
    all.push_back(name);
    auto kana = relative_part("full_kana", "氏名（カナ）", slot);
    kana.read = [](Person& person, std::size_t at, std::string_view text,
                   Surroundings const&) -> Code {
        auto& into = person.slots[at];
        return split_name(text, made(into.last_kana), made(into.first_kana)) ? nullptr
                                                                             : "name_not_split";
    };
    kana.write = [](Person const& person, std::size_t at, Surroundings const&) -> std::string {
        if (at >= person.ledger.relatives.size()) return {};
        auto const& relative = person.ledger.relatives[at];
        return both(relative.last_kana.value_or(""), relative.first_kana.value_or(""));
    };
    all.push_back(kana);
    auto social = relative_part("social_dependent", "社会保険の扶養", slot);
    social.read = read_dependent<true>;
    social.write = write_dependent<true>;
    all.push_back(social);
    auto tax = relative_part("tax_dependent", "税法上の扶養", slot);
    tax.read = read_dependent<false>;
    tax.write = write_dependent<false>;
    all.push_back(tax);
}

} // namespace

bool split_name(std::string_view whole, std::string& last, std::string& first)
{
    auto const points = domain::characters(domain::trimmed(whole));
    auto const at = points.find_first_of(U" 　\t");
    if (at == std::u32string::npos) return false;
    last = domain::utf8({points.data(), at});
    first = domain::trimmed(domain::utf8({points.data() + at, points.size() - at}));
    return true;
}

// The prefecture is what ends with 都道府県 as third or fourth character.
void split_address(std::string_view whole, std::string& prefecture, std::string& rest)
{
    auto const points = domain::characters(domain::trimmed(whole));
    std::size_t size = 0;
    for (std::size_t const count : {3U, 4U}) {
        if (points.size() < count) break;
        auto const last = points[count - 1];
        bool const city_like = last == U'都' || last == U'道' || last == U'府';
        if (last == U'県' || (count == 3 && city_like)) size = count;
        if (size > 0) break;
    }
    prefecture = domain::utf8({points.data(), size});
    rest = domain::utf8({points.data() + size, points.size() - size});
}

void add_special_columns(std::vector<PersonColumn>& all)
{
    give_own_forms(all);
    add_whole_names(all);
    add_whole_address(all);
    add_social(all, "social.state", "社会保険 加入区分", State{});
    add_social(all, "social.acquired_on", "社会保険 資格取得日", AcquiredOn{});
    add_social(all, "social.lost_on", "社会保険 資格喪失日", LostOn{});
    add_widow(all);
    for (std::size_t slot = 0; slot < relatives_max; ++slot) add_relative_parts(all, slot);
}

} // namespace columns

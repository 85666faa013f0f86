#include "checks/people.hpp"

#include "base/present.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace checks {

namespace {

using columns::PersonColumn, columns::relatives_max;
using employees::Ledger, employees::Relative;

struct Place {
    std::int64_t id = 0;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Place, (), (id, name))

// Fields that say the same as another: a fault in the one belongs to the other's column.
constexpr std::array<std::pair<std::string_view, std::string_view>, 13> also_said_by{{
    {"name.last_name", "name.full"},
    {"name.first_name", "name.full"},
    {"name.last_kana", "name.full_kana"},
    {"name.first_kana", "name.full_kana"},
    {"address.prefecture", "address.whole"},
    {"address.street", "address.whole"},
    {"health.state", "social.state"},
    {"pension.state", "social.state"},
    {"health.acquired_on", "social.acquired_on"},
    {"pension.acquired_on", "social.acquired_on"},
    {"health.lost_on", "social.lost_on"},
    {"pension.lost_on", "social.lost_on"},
    {"tax.widow", "tax.widow_kind"},
}};

std::string person_key(std::string const& name_key, Date birth)
{
    return name_key + "\n" + to_string(birth);
}

std::string full_name(employees::Name const& name)
{
    if (name.first_name.empty()) return name.last_name;
    return name.last_name + "　" + name.first_name;
}

// Of versions newest first: the one in force on the day, else the earliest.
template <class T> T const& in_force(std::vector<T> const& versions, Date day)
{
    for (auto const& version : versions)
        if (version.valid_from && *version.valid_from <= day) return version;
    return versions.back();
}

bool same_relative(Relative const& a, Relative const& b)
{
    return domain::search_key(a.last_name + a.first_name) ==
               domain::search_key(b.last_name + b.first_name) &&
           (!a.birth_date || !b.birth_date || *a.birth_date == *b.birth_date);
}

// "relatives.3.sex" → 3 and "sex".
std::optional<std::pair<std::size_t, std::string_view>> relative_path(std::string_view path)
{
    constexpr std::string_view prefix = "relatives.";
    if (!path.starts_with(prefix)) return std::nullopt;
    path.remove_prefix(prefix.size());
    std::size_t at = 0;
    auto const [end, error] = std::from_chars(path.data(), path.data() + path.size(), at);
    if (error != std::errc{} || end == path.data() + path.size()) return std::nullopt;
    return std::pair{at, path.substr(static_cast<std::size_t>(end - path.data()) + 1)};
}

} // namespace

PeopleChecker::PeopleChecker(store::Reader const& book, Options options)
    : book_(book)
    , options_(std::move(options))
    , cells_(columns::person_columns(), options_.paths)
    , slots_(cells_.slots())
{
    book_.each<Place>(
        "SELECT id, name FROM establishment ORDER BY id DESC",
        [&](Place const& place) {
            around_.establishments[domain::search_key(place.name)] = place.id;
            around_.establishment_names[place.id] = place.name;
        }
    );
}

void PeopleChecker::load_heads()
{
    if (std::exchange(loaded_, true)) return;
    heads_ =
        book_.all<PersonHead>("SELECT id, version, number, name_key, birth_date FROM employee");
    for (std::size_t i = 0; i < heads_.size(); ++i) {
        by_number_[heads_[i].number] = i;
        by_person_[person_key(heads_[i].name_key, heads_[i].birth_date)].push_back(i);
    }
}

void PeopleChecker::find(Outcome& out)
{
    load_heads();
    columns::Person given{{}, {}};
    std::vector<Fault> ignored; // told when everything is applied
    auto const keys = [](PersonColumn const& column) { return column.key; };
    cells_.apply(given, Blank::keep, around_, ignored, keys);
    auto const& basic = given.ledger.basic;
    out.title = full_name(given.ledger.name);
    out.key = domain::trimmed(domain::half_width(basic.number));
    std::vector<std::size_t> same_person;
    if (auto const found =
            by_person_.find(person_key(domain::search_key(out.title), basic.birth_date));
        found != by_person_.end())
        same_person = found->second;
    std::optional<std::size_t> head;
    if (!out.key.empty()) {
        if (auto const found = by_number_.find(out.key); found != by_number_.end())
            head = found->second;
        else if (!same_person.empty())
            out.warnings.push_back(
                {cells_.index_of_path("basic.number"), "basic.number", "same_person_other_number",
                 heads_[same_person[0]].number}
            );
    } else if (same_person.size() > 1) {
        out.faults.push_back({{}, "basic.number", "ambiguous_person", {}});
    } else if (!same_person.empty()) {
        head = same_person.front();
    } else if (!cells_.find("basic.number")) { // without numbers nobody can be added
        out.faults.push_back({{}, "basic.number", "person_not_found", {}});
    }
    before_.reset();
    if (!head) return;
    before_ = base::present(employees::read_employee(book_, heads_[*head].id, options_.today));
    out.record_id = before_->id;
    out.version = before_->version;
}

// Each dated section starts from the version in force on the day that the row speaks of.
void PeopleChecker::rebase()
{
    person_.slots.assign(slots_, {});
    base_ = before_ ? before_->ledger : Ledger{};
    if (before_) {
        auto const day_of = [&](std::string_view path) -> std::optional<Date> {
            Date day{};
            auto const* own = cells_.find(path);
            if (!own || own->text.empty()) return options_.valid_from;
            return columns::read_month(day, own->text) ? options_.valid_from : day;
        };
        auto const& versions = before_->versions;
        if (auto const day = day_of("name.valid_from"); day && !versions.names.empty())
            base_.name = in_force(versions.names, *day);
        if (auto const day = day_of("address.valid_from"); day && !versions.addresses.empty())
            base_.address = in_force(versions.addresses, *day);
        if (auto const day = day_of("employment.valid_from"); day && !versions.employments.empty())
            base_.employment = in_force(versions.employments, *day);
        if (auto const day = day_of("remuneration.valid_from");
            day && !versions.remunerations.empty())
            base_.remuneration = in_force(versions.remunerations, *day);
    }
    person_.ledger = base_;
}

void PeopleChecker::apply_slot(std::size_t slot, std::vector<Fault>& faults)
{
    auto const of_slot = [slot](PersonColumn const& column) {
        return column.of_relative && column.slot == slot;
    };
    if (!cells_.any_given(of_slot)) return;
    std::vector<Fault> first_faults;
    cells_.apply(person_, Blank::keep, around_, first_faults, of_slot);
    auto& relatives = person_.ledger.relatives;
    for (std::size_t i = 0; i < relatives.size(); ++i) {
        if (slot_of_relative_[i] != relatives_max ||
            !same_relative(relatives[i], person_.slots[slot]))
            continue;
        slot_of_relative_[i] = slot;
        person_.slots[slot] = relatives[i];
        cells_.apply(person_, options_.blank, around_, faults, of_slot);
        relatives[i] = person_.slots[slot];
        return;
    }
    faults.insert(faults.end(), first_faults.begin(), first_faults.end());
    relatives.push_back(person_.slots[slot]);
    slot_of_relative_.push_back(slot);
}

void PeopleChecker::apply(std::vector<Fault>& faults)
{
    auto const own = [](PersonColumn const& column) { return !column.of_relative; };
    cells_.apply(person_, options_.blank, around_, faults, own);
    slot_of_relative_.assign(person_.ledger.relatives.size(), relatives_max);
    for (std::size_t slot = 0; slot < slots_; ++slot) apply_slot(slot, faults);
}

// A section that the person has not had begins with the import's 適用日, if it has one.
void PeopleChecker::date_new_sections()
{
    if (!before_) return;
    auto const begin = [&](auto& section, auto const& base) {
        if (section && !base && !section->valid_from) section->valid_from = options_.valid_from;
    };
    begin(person_.ledger.address, base_.address);
    begin(person_.ledger.employment, base_.employment);
    begin(person_.ledger.remuneration, base_.remuneration);
}

// A dated section that says nothing new stays the version it was; one that does is a version from
// the day of the row, or of the whole import, or corrects the one in force.
void PeopleChecker::settle_versions()
{
    if (!before_) return;
    auto const settle = [&](auto& section, auto const& base, std::string_view path) {
        auto const own = cells_.given(path) ? section.valid_from : options_.valid_from;
        section.valid_from = base.valid_from;
        if (!(section == base) && own) section.valid_from = own;
    };
    auto& ledger = person_.ledger;
    settle(ledger.name, base_.name, "name.valid_from");
    if (ledger.address && base_.address)
        settle(*ledger.address, *base_.address, "address.valid_from");
    if (ledger.employment && base_.employment)
        settle(*ledger.employment, *base_.employment, "employment.valid_from");
    if (ledger.remuneration && base_.remuneration)
        settle(*ledger.remuneration, *base_.remuneration, "remuneration.valid_from");
}

// What the files of other products leave out, because the dates say it.
void PeopleChecker::infer()
{
    auto& basic = person_.ledger.basic;
    if (!cells_.given("basic.attendance") && cells_.given("basic.retired_on") && basic.retired_on &&
        *basic.retired_on <= options_.today)
        basic.attendance = domain::Attendance::retired;
    auto const state = [&](auto& insurance, std::string const& section) {
        bool const said = cells_.given(section + ".state") || cells_.given("social.state");
        bool const dates = cells_.given(section + ".acquired_on") ||
                           cells_.given(section + ".lost_on") ||
                           cells_.given("social.acquired_on") || cells_.given("social.lost_on");
        if (!insurance || said || !dates) return;
        if (insurance->lost_on)
            insurance->state = domain::InsuranceState::lost;
        else if (insurance->acquired_on && insurance->state == domain::InsuranceState::none)
            insurance->state = domain::InsuranceState::enrolled;
    };
    state(person_.ledger.health, "health");
    state(person_.ledger.pension, "pension");
    state(person_.ledger.employment_insurance, "employment_insurance");
}

void PeopleChecker::require_of_new(std::vector<Fault>& faults) const
{
    if (before_) return;
    for (std::string_view const path : {"basic.sex", "basic.birth_date"}) {
        auto const told = [&](Fault const& fault) { return fault.path == path; };
        if (!cells_.given(path) && std::none_of(faults.begin(), faults.end(), told))
            faults.push_back({cells_.index_of_path(path), std::string{path}, "required", {}});
    }
}

void PeopleChecker::tidy(std::vector<Fault>& faults)
{
    auto found = employees::tidy(person_.ledger);
    for (auto& fault : found) { // the place in the ledger → the 家族N of the file
        auto const relative = relative_path(fault.field);
        if (!relative || relative->first >= slot_of_relative_.size()) continue;
        auto const slot = slot_of_relative_[relative->first];
        if (slot < relatives_max)
            fault.field = fmt::format("relatives.{}.{}", slot, relative->second);
    }
    blame(cells_, found, faults, [&](std::string_view path) -> std::string {
        for (auto const& [said, by] : also_said_by)
            if (said == path) return std::string{by};
        auto const relative = relative_path(path);
        if (!relative) return {};
        bool const kana = relative->second.ends_with("_kana");
        bool const name = relative->second.ends_with("_name");
        if (!kana && !name) return {};
        return fmt::format("relatives.{}.{}", relative->first, kana ? "full_kana" : "full");
    });
}

Outcome PeopleChecker::check(csv::Row const& row, Seen& seen)
{
    Outcome out;
    out.line = row.number;
    bool const whole = cells_.take(row, out.faults);
    auto const of_cells = out.faults.size();
    find(out);
    rebase();
    if (whole && out.faults.size() == of_cells) {
        apply(out.faults);
        date_new_sections();
        infer();
        require_of_new(out.faults);
        tidy(out.faults);
        settle_versions();
        auto const& ledger = person_.ledger;
        if (!full_name(ledger.name).empty()) out.title = full_name(ledger.name);
        if (!ledger.basic.number.empty()) out.key = ledger.basic.number;
        seen.check(out, cells_.index_of_path("basic.number"), "basic.number");
    }
    settle(out, before_ ? &base_ : nullptr, person_.ledger);
    return out;
}

std::vector<Change> PeopleChecker::changes() const
{
    columns::Person before;
    before.ledger = base_;
    return changes_between(
        columns::person_columns(), before_ ? &before : nullptr, person_, around_
    );
}

} // namespace checks

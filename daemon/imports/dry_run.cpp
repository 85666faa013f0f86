// The dry run: the mapping, and the job that looks at every row and writes what it found.
#include "imports/steps.hpp"

#include "audit/history.hpp"

#include <fmt/format.h>

#include <set>

namespace imports {

namespace {

store::FileId const office_file{store::Kind::office, {}, 1};

bool has_key(Kind kind, std::set<std::string> const& paths)
{
    auto const mapped = [&](char const* path) { return paths.contains(path); };
    if (kind == Kind::clients) return mapped("code") || mapped("profile.corporate_number");
    bool const name =
        mapped("name.full") || (mapped("name.last_name") && mapped("name.first_name"));
    return mapped("basic.number") || (name && mapped("basic.birth_date"));
}

bool may_be_there_twice(Kind kind, std::string const& path)
{
    if (kind == Kind::clients)
        return columns::find_column(columns::client_columns(), path)->joiner != nullptr;
    return columns::find_column(columns::person_columns(), path)->joiner != nullptr;
}

bool known_field(Kind kind, std::string const& path)
{
    return kind == Kind::clients ? columns::find_column(columns::client_columns(), path) != nullptr
                                 : columns::find_column(columns::person_columns(), path) != nullptr;
}

// Puts the mapping into the columns, or tells what is wrong with it.
std::vector<FieldFault> map_columns(Import& item, ImportCheck const& wanted)
{
    std::vector<FieldFault> faults;
    std::set<std::string> used;
    for (auto& column : item.columns) column.field.reset();
    for (std::size_t i = 0; i < wanted.mapping.size(); ++i) {
        auto const& [index, field] = wanted.mapping[i];
        auto const where = fmt::format("mapping.{}", i);
        if (index < 0 || index >= static_cast<std::int64_t>(item.columns.size())) {
            faults.push_back({where + ".index", "out_of_range"});
            continue;
        }
        if (!field) continue;
        if (!known_field(item.kind, *field))
            faults.push_back({where + ".field", "unknown_field"});
        else if (!used.insert(*field).second && !may_be_there_twice(item.kind, *field))
            faults.push_back({where + ".field", "mapped_twice"});
        else
            item.columns[static_cast<std::size_t>(index)].field = field;
    }
    if (faults.empty() && !has_key(item.kind, used)) faults.push_back({"mapping", "key_missing"});
    return faults;
}

} // namespace

std::int64_t Imports::submit(
    Place const& place,
    std::int64_t id,
    std::string kind,
    std::string const& actor,
    Result<json::value> (Imports::*work)(Place const&, std::int64_t, std::string const&, Progress&)
)
{
    auto const who = place.kind == Kind::employees ? "employee_" : "client_";
    std::optional<std::int64_t> client;
    if (place.client_id != 0) client = place.client_id;
    auto run = [this, place, id, actor, work](Progress& progress) {
        return (this->*work)(place, id, actor, progress);
    };
    auto const job = parts_.jobs.submit(who + std::move(kind), client, actor, std::move(run));
    std::scoped_lock const lock{mutex_};
    last_job_[{place.file, id}] = job;
    return job;
}

// Files with the same headings are mapped the same way next time, whoever's they are.
Result<void> Imports::remember(http::Call const& call, Place const& place, Import const& item)
{
    Paths paths;
    for (auto const& column : item.columns) paths.push_back(column.field);
    auto const hash = hash_of_headings(item);
    if (remembered_mapping(parts_.pool.read(office_file), place.kind, hash) == paths) return {};
    auto office = parts_.pool.begin(office_file);
    remember_mapping(office, place.kind, hash, paths);
    office.commit(parts_.recorder.append(
        office, {call.caller.actor, "import.mapping", "import_mapping", "{}"}
    ));
    return {};
}

Result<http::Accepted> Imports::check(http::Call& call, ImportCheck const& wanted)
{
    auto const place = place_of(call);
    TRY(auto item, changeable(call));
    if (item.state == State::committed) return Problem{Fault::conflict, "import_committed"};
    if (auto faults = map_columns(item, wanted); !faults.empty())
        return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    {
        auto db = parts_.pool.begin(place.file);
        auto now = read_import(db, item.id);
        if (!now) return Problem{Fault::not_found, "not_found"};
        now->columns = item.columns;
        now->blank = wanted.blank;
        now->valid_from = wanted.valid_from;
        now->counts.reset();
        now->state = State::uploaded;
        update_import(db, *now);
        delete_rows(db, item.id);
        db.commit(parts_.recorder.append(
            db, {call.caller.actor, "import.mapped", object_of(item.id), "{}"}
        ));
    }
    TRY_VOID(remember(call, place, item));
    return http::Accepted{
        submit(place, item.id, "import_check", call.caller.actor, &Imports::run_check)
    };
}

Result<json::value> Imports::run_check(
    Place const& place, std::int64_t id, std::string const& actor, Progress& progress
)
{
    progress.step("checking");
    std::vector<checks::Outcome> outcomes;
    std::optional<Import> item;
    {
        auto const db = parts_.pool.read(place.file);
        item = read_import(db, id);
        if (!item) return Problem{Fault::not_found, "not_found"};
        auto const checker = checker_for(place, db, *item);
        checks::Seen seen;
        Steps steps{progress, item->rows};
        TRY_VOID(each_row(place, db, *item, [&](csv::Row& row) {
            outcomes.push_back(checker->check(row, seen));
            steps.one();
            return true;
        }));
    }
    auto db = parts_.pool.begin(place.file);
    item = read_import(db, id);
    if (!item || item->state == State::committed) return outdated();
    delete_rows(db, id);
    for (auto const& outcome : outcomes) insert_row(db, id, outcome);
    item->counts = count_rows(db, id);
    item->state = State::checked;
    update_import(db, *item);
    db.commit(parts_.recorder.append(
        db,
        {actor, "import.check", object_of(id), audit::changes_between({}, json::to(*item->counts))}
    ));
    return json::to(*item->counts);
}

} // namespace imports

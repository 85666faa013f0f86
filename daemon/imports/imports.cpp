#include "imports/imports.hpp"

#include "audit/history.hpp"
#include "checks/clients.hpp"
#include "checks/people.hpp"
#include "csv/writer.hpp"
#include "domain/numbers.hpp"
#include "domain/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace imports {

namespace {

store::FileId const office_file{store::Kind::office, {}, 1};

constexpr std::uint64_t book_upload_bytes_max = 50ULL << 20;
constexpr std::uint64_t office_upload_bytes_max = 8ULL << 20; // held in memory on its way
constexpr std::int64_t listed_max = 50;
constexpr std::size_t name_bytes_max = 255;
constexpr std::chrono::hours uncommitted_kept{30 * 24};

std::optional<Problem> refused_name(std::string const& name)
{
    auto const wrong = [](char const* code, char const* fault) {
        return Problem{Fault::invalid, code, {{"name", fault}}};
    };
    if (domain::trimmed(name).empty()) return wrong("file_name_missing", "required");
    if (name.size() > name_bytes_max) return wrong("file_name_too_long", "too_long");
    if (domain::has_hostile_characters(name) || name.find_first_of("\t\r\n/\\") != name.npos)
        return wrong("file_name_characters", "control_characters");
    if (domain::holds_my_number(name)) return wrong("file_name_my_number", "my_number_not_allowed");
    auto const lower = columns::word_key(name);
    if (!lower.ends_with(".csv") && !lower.ends_with(".txt"))
        return wrong("import_not_csv", "file_type_refused");
    return std::nullopt;
}

template <class Target>
void add_fields(std::vector<columns::Column<Target>> const& all, std::vector<ImportField>& out)
{
    for (auto const& column : all)
        out.push_back(
            {column.path, column.label, column.section, column.required, column.key,
             column.joiner != nullptr, column.choices}
        );
}

json::value facts_of(Import const& item) // for audit rows
{
    return json::object{{"file_name", item.file_name}, {"bytes", item.bytes}, {"rows", item.rows}};
}

} // namespace

std::string object_of(std::int64_t import_id) { return fmt::format("import:{}", import_id); }

Place Imports::place_of(http::Call const& call)
{
    if (call.client.id != 0) return {Kind::employees, call.client.book, call.client.id};
    return {Kind::clients, office_file, 0};
}

// The state that is stored, or what its last job makes of it.
Import Imports::shown(Place const& place, Import item)
{
    item.kind = place.kind;
    item.created_by = parts_.name_of_actor(item.created_by);
    {
        std::scoped_lock const lock{mutex_};
        auto const known = last_job_.find({place.file, item.id});
        if (known != last_job_.end()) item.job_id = known->second;
    }
    auto const job = item.job_id ? parts_.jobs.find(*item.job_id) : std::nullopt;
    if (!job) return item;
    bool const is_check = job->kind.ends_with("_check");
    bool const is_undo = job->kind.ends_with("_undo");
    if (job->state == jobs::State::waiting || job->state == jobs::State::running)
        item.state = is_check ? State::checking : is_undo ? State::undoing : State::committing;
    if (job->state != jobs::State::failed) return item;
    item.error = job->error;
    if (!is_undo) item.state = State::failed;
    return item;
}

Result<Import> Imports::stored(Place const& place, std::int64_t id)
{
    auto const db = parts_.pool.read(place.file);
    auto item = read_import(db, id);
    if (!item) return Problem{Fault::not_found, "not_found"};
    item->can_undo = item->state == State::committed && last_committed(db) == id;
    return shown(place, std::move(*item));
}

Result<Import> Imports::changeable(http::Call const& call)
{
    if (call.client.ended) return Problem{Fault::conflict, "client_ended"};
    TRY(auto item, stored(place_of(call), call.id("import_id")));
    if (item.state == State::checking || item.state == State::committing ||
        item.state == State::undoing)
        return Problem{Fault::conflict, "job_running"};
    return item;
}

Result<ImportFieldList> Imports::fields(http::Call& call)
{
    ImportFieldList list;
    auto const kind = call.query("kind").value_or("");
    if (kind == "employees")
        add_fields(columns::person_columns(), list.fields);
    else if (kind == "clients")
        add_fields(columns::client_columns(), list.fields);
    else
        return Problem{Fault::invalid, "invalid_fields", {{"kind", "not_a_choice"}}};
    return list;
}

Result<ImportList> Imports::list(http::Call& call)
{
    auto const place = place_of(call);
    ImportList list;
    auto const db = parts_.pool.read(place.file);
    auto const last = last_committed(db);
    for (auto& item : read_imports(db, listed_max)) {
        item.can_undo = item.state == State::committed && last == item.id;
        list.imports.push_back(shown(place, std::move(item)));
    }
    return list;
}

Result<Import> Imports::get(http::Call& call)
{
    return stored(place_of(call), call.id("import_id"));
}

Result<std::unique_ptr<Upload>> Imports::start_upload(http::Call& call)
{
    if (call.client.ended) return Problem{Fault::conflict, "client_ended"};
    auto name = call.file_name();
    if (auto const problem = refused_name(name)) return *problem;
    auto const place = place_of(call);
    bool const in_book = place.kind == Kind::employees;
    return std::make_unique<Upload>(
        contents_.create(place.file), in_book ? book_upload_bytes_max : office_upload_bytes_max,
        std::move(name)
    );
}

Result<http::Created<Import>> Imports::finish_upload(http::Call& call, Upload& upload)
{
    auto const place = place_of(call);
    TRY(auto item, upload.finish(place.kind));
    item.created_at = call.now;
    item.created_by = call.caller.actor;
    if (auto const known =
            remembered_mapping(parts_.pool.read(office_file), place.kind, hash_of_headings(item));
        known && known->size() == item.columns.size())
        for (std::size_t i = 0; i < known->size(); ++i) item.columns[i].field = (*known)[i];
    std::vector<contents::Removal> removals;
    {
        auto db = parts_.pool.begin(place.file);
        for (auto const old : forgotten(db, call.now - uncommitted_kept)) {
            removals.push_back(contents_.remove(db, contents::Of::imports, old));
            delete_import(db, old);
        }
        item.id = insert_import(db, item);
        upload.content().keep(db, contents::Of::imports, item.id);
        db.commit(parts_.recorder.append(
            db, {call.caller.actor, "import.upload", object_of(item.id),
                 audit::changes_between({}, facts_of(item))}
        ));
    }
    upload.content().committed();
    for (auto& removal : removals) removal.committed();
    call.object = object_of(item.id);
    return http::Created<Import>{shown(place, std::move(item))};
}

Result<http::None> Imports::remove(http::Call& call)
{
    TRY(auto const item, changeable(call));
    auto const place = place_of(call);
    auto db = parts_.pool.begin(place.file);
    auto const now = read_import(db, item.id);
    if (!now) return Problem{Fault::not_found, "not_found"};
    if (now->state == State::committed) return Problem{Fault::conflict, "import_committed"};
    auto removal = contents_.remove(db, contents::Of::imports, item.id);
    delete_import(db, item.id);
    db.commit(parts_.recorder.append(
        db, {call.caller.actor, "import.delete", object_of(item.id),
             audit::changes_between(facts_of(item), {})}
    ));
    removal.committed();
    return http::None{};
}

std::unique_ptr<checks::Checker>
Imports::checker_for(Place const& place, store::Reader const& db, Import const& item)
{
    checks::Options options;
    for (auto const& column : item.columns) options.paths.push_back(column.field);
    options.blank = item.blank;
    options.valid_from = item.valid_from;
    options.today = domain::date_in_japan(parts_.clock.now());
    if (place.kind == Kind::employees)
        return std::make_unique<checks::PeopleChecker>(db, std::move(options));
    auto read = [this](std::int64_t client_id) -> std::optional<clients::Client> {
        auto client = parts_.clients.read(client_id);
        if (!client) return std::nullopt;
        return std::move(*client);
    };
    return std::make_unique<checks::ClientsChecker>(db, std::move(read), std::move(options));
}

Result<void> Imports::each_row(
    Place const& place, store::Reader const& db, Import const& item, VisitRow const& visit
)
{
    auto const source = contents_.open(db, place.file, contents::Of::imports, item.id);
    if (!source) return Problem{Fault::conflict, "import_content_gone"};
    auto const fixes = read_fixes(db, item.id);
    bool headings_passed = false;
    auto each = [&](csv::Row& row) {
        if (!std::exchange(headings_passed, true)) return true;
        if (auto const fix = fixes.find(row.number); fix != fixes.end())
            for (auto const& [index, value] : fix->second) {
                auto const at = static_cast<std::size_t>(index);
                if (at >= row.cells.size()) row.cells.resize(at + 1);
                row.cells[at] = csv::defused(value);
                std::erase_if(row.faults, [&](csv::Fault const& f) { return f.index == at; });
            }
        return visit(row);
    };
    csv::Reader reader{item.encoding, each};
    contents::each_piece(*source, [&](std::string const& piece) { return reader.feed(piece); });
    reader.finish();
    return {};
}

http::RoomRoutes Imports::routes()
{
    using http::Right, http::Scope, http::Verb, http::on, http::on_upload, http::Route;
    constexpr auto people = Right::import_run;
    constexpr auto companies = Right::client_create;
    constexpr auto upload = on_upload<&Imports::start_upload, &Imports::finish_upload>;
    static constexpr Route table[] = {
        {Verb::get, "/api/v1/import-fields", people, Scope::office, "listImportFields",
         on<&Imports::fields>},
        {Verb::get, "/api/v1/clients/{client_id}/imports", people, Scope::client,
         "listEmployeeImports", on<&Imports::list>},
        {Verb::post, "/api/v1/clients/{client_id}/imports", people, Scope::client,
         "uploadEmployeeImport", upload},
        {Verb::get, "/api/v1/clients/{client_id}/imports/{import_id}", people, Scope::client,
         "getEmployeeImport", on<&Imports::get>},
        {Verb::del, "/api/v1/clients/{client_id}/imports/{import_id}", people, Scope::client,
         "deleteEmployeeImport", on<&Imports::remove>},
        {Verb::post, "/api/v1/clients/{client_id}/imports/{import_id}/check", people, Scope::client,
         "checkEmployeeImport", on<&Imports::check>},
        {Verb::get, "/api/v1/clients/{client_id}/imports/{import_id}/rows", people, Scope::client,
         "listEmployeeImportRows", on<&Imports::rows>},
        {Verb::put, "/api/v1/clients/{client_id}/imports/{import_id}/rows/{line}", people,
         Scope::client, "fixEmployeeImportRow", on<&Imports::fix>},
        {Verb::get, "/api/v1/clients/{client_id}/imports/{import_id}/errors", people, Scope::client,
         "downloadEmployeeImportErrors", on<&Imports::errors>},
        {Verb::post, "/api/v1/clients/{client_id}/imports/{import_id}/commit", people,
         Scope::client, "commitEmployeeImport", on<&Imports::commit>},
        {Verb::post, "/api/v1/clients/{client_id}/imports/{import_id}/undo", people, Scope::client,
         "undoEmployeeImport", on<&Imports::undo>},
        {Verb::get, "/api/v1/client-imports", companies, Scope::office, "listClientImports",
         on<&Imports::list>},
        {Verb::post, "/api/v1/client-imports", companies, Scope::office, "uploadClientImport",
         upload},
        {Verb::get, "/api/v1/client-imports/{import_id}", companies, Scope::office,
         "getClientImport", on<&Imports::get>},
        {Verb::del, "/api/v1/client-imports/{import_id}", companies, Scope::office,
         "deleteClientImport", on<&Imports::remove>},
        {Verb::post, "/api/v1/client-imports/{import_id}/check", companies, Scope::office,
         "checkClientImport", on<&Imports::check>},
        {Verb::get, "/api/v1/client-imports/{import_id}/rows", companies, Scope::office,
         "listClientImportRows", on<&Imports::rows>},
        {Verb::put, "/api/v1/client-imports/{import_id}/rows/{line}", companies, Scope::office,
         "fixClientImportRow", on<&Imports::fix>},
        {Verb::get, "/api/v1/client-imports/{import_id}/errors", companies, Scope::office,
         "downloadClientImportErrors", on<&Imports::errors>},
        {Verb::post, "/api/v1/client-imports/{import_id}/commit", companies, Scope::office,
         "commitClientImport", on<&Imports::commit>},
        {Verb::post, "/api/v1/client-imports/{import_id}/undo", companies, Scope::office,
         "undoClientImport", on<&Imports::undo>},
    };
    return {table, this};
}

} // namespace imports

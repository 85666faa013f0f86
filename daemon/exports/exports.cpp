#include "exports/exports.hpp"

#include "audit/history.hpp"
#include "base/present.hpp"
#include "domain/text.hpp"
#include "employees/ledger_rows.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

namespace exports {

namespace {

store::FileId const office_file{store::Kind::office, {}, 1};
store::FileId const log_file{store::Kind::log, {}, 1};

constexpr std::chrono::hours kept{24};
constexpr std::size_t unmappable_max = 500; // told in a job's result
constexpr std::int64_t progress_every = 100;
constexpr std::chrono::hours looked_back{8 * 24}; // for files to remove

struct PersonId {
    std::int64_t id = 0;
    std::string attendance;
};
BOOST_DESCRIBE_STRUCT(PersonId, (), (id, attendance))

struct Place {
    std::int64_t id = 0;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Place, (), (id, name))

struct Stored {
    std::string actor;
    std::string file_name;
    std::int64_t bytes = 0;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(Stored, (), (actor, file_name, bytes, created_at))

csv::Encoding encoding_of(ExportEncoding encoding)
{
    return encoding == ExportEncoding::cp932 ? csv::Encoding::cp932 : csv::Encoding::utf8_bom;
}

headings::Profile profile_of(ExportLayout layout)
{
    switch (layout) {
    case ExportLayout::smarthr: return headings::Profile::smarthr;
    case ExportLayout::freee: return headings::Profile::freee;
    case ExportLayout::officestation: return headings::Profile::officestation;
    case ExportLayout::kuramori: break;
    }
    return headings::Profile::kuramori;
}

bool wanted_here(std::string const& attendance, ExportAttendance wanted)
{
    if (wanted == ExportAttendance::all) return true;
    return (attendance == "retired") == (wanted == ExportAttendance::retired);
}

std::size_t most_relatives(store::Reader const& book)
{
    auto const most = book.one<std::optional<std::int64_t>>(
        "SELECT max(json_array_length(body)) FROM section WHERE kind = 'relatives'"
    );
    auto const count = static_cast<std::size_t>(most.value_or(std::nullopt).value_or(0));
    return std::clamp<std::size_t>(count, 1, columns::relatives_max);
}

std::string stamp(Instant now) // 202604011530, Japanese time
{
    return fmt::format("{:%Y%m%d%H%M}", now + base::japan_offset);
}

std::string object_of(std::int64_t id) { return fmt::format("export:{}", id); }

Problem nowhere() { return {Fault::not_found, "not_found"}; }

} // namespace

class Exports::Sheet { // rows on their way into a content
public:
    Sheet(
        std::unique_ptr<contents::Writer> content,
        ExportEncoding encoding,
        ExportUnmappable unmappable,
        std::vector<std::string> headings
    )
        : content_(std::move(content))
        , writer_(encoding_of(encoding), csv::LineBreak::crlf)
        , unmappable_(unmappable)
        , headings_(std::move(headings))
    {
        writer_.row(headings_);
    }

    void row(std::vector<std::string> const& cells)
    {
        writer_.row(cells);
        ++result.rows;
        if (!refused()) content_->write(writer_.take());
    }
    // The characters that CP932 could not hold; whether the file may be handed out.
    bool finish()
    {
        for (auto const& cell : writer_.unmappable()) {
            if (result.unmappable.size() == unmappable_max) break;
            result.unmappable.push_back({cell.line, headings_[cell.index], cell.characters});
        }
        if (refused()) return false;
        content_->write(writer_.take());
        result.bytes = static_cast<std::int64_t>(content_->finish());
        return true;
    }
    contents::Writer& content() { return *content_; }

    ExportResult result;

private:
    bool refused() const
    {
        return unmappable_ == ExportUnmappable::report && !writer_.unmappable().empty();
    }

    std::unique_ptr<contents::Writer> content_;
    csv::Writer writer_;
    ExportUnmappable unmappable_;
    std::vector<std::string> headings_;
};

// The extract is in the audit chain before anybody can fetch it.
Result<json::value> Exports::keep(
    store::FileId const& file,
    std::string const& actor,
    std::string const& name,
    Sheet& sheet,
    json::object facts
)
{
    if (!sheet.finish()) return json::to(sheet.result);
    auto const now = parts_.clock.now();
    auto db = parts_.pool.begin(file);
    db.exec(
        "INSERT INTO export (actor, file_name, bytes, created_at) VALUES (?1, ?2, ?3, ?4)", actor,
        fmt::format("{}_{}.csv", name, stamp(now)), sheet.result.bytes, now
    );
    sheet.result.export_id = db.last_id();
    sheet.content().keep(db, contents::Of::exports, *sheet.result.export_id);
    facts["rows"] = sheet.result.rows;
    facts["bytes"] = sheet.result.bytes;
    db.commit(parts_.recorder.append(
        db, {actor, "export.make", object_of(*sheet.result.export_id),
             audit::changes_between({}, json::value(std::move(facts)))}
    ));
    sheet.content().committed();
    return json::to(sheet.result);
}

Result<json::value> Exports::write_employees(
    http::ClientInPath const& client,
    std::string const& actor,
    ExportRequest const& wanted,
    jobs::Progress& progress
)
{
    progress.step("writing");
    remove_expired_of(client.book);
    auto const book = parts_.pool.read(client.book);
    auto const layout = headings::layout(profile_of(wanted.layout), most_relatives(book));
    columns::Surroundings around;
    book.each<Place>("SELECT id, name FROM establishment", [&](Place const& place) {
        around.establishment_names[place.id] = place.name;
    });
    std::vector<std::string> cells;
    cells.reserve(layout.size());
    for (auto const& column : layout) cells.push_back(column.heading);
    Sheet sheet{contents_.create(client.book), wanted.encoding, wanted.unmappable, cells};
    auto const today = domain::date_in_japan(parts_.clock.now());
    auto const people = book.all<PersonId>("SELECT id, attendance FROM employee ORDER BY number");
    std::int64_t done = 0;
    for (auto const& head : people) {
        if (++done % progress_every == 0) {
            if (progress.cancelled()) throw jobs::Cancelled{};
            progress.advance(done, static_cast<std::int64_t>(people.size()));
        }
        if (!wanted_here(head.attendance, wanted.attendance)) continue;
        columns::Person person;
        person.ledger = base::present(employees::read_employee(book, head.id, today)).ledger;
        cells.clear();
        for (auto const& column : layout) cells.push_back(column.text(person, around));
        sheet.row(cells);
    }
    json::object facts{
        {"encoding", json::to(wanted.encoding)},
        {"attendance", json::to(wanted.attendance)},
        {"layout", json::to(wanted.layout)},
    };
    return keep(client.book, actor, "従業員", sheet, std::move(facts));
}

Result<json::value> Exports::write_clients(
    http::Caller const& caller, ClientExportRequest const& wanted, jobs::Progress& progress
)
{
    progress.step("writing");
    remove_expired_of(office_file);
    std::vector<std::string> cells;
    for (auto const& column : columns::client_columns()) cells.push_back(column.label);
    Sheet sheet{contents_.create(office_file), wanted.encoding, wanted.unmappable, cells};
    auto const ids =
        parts_.pool.read(office_file)
            .all<std::int64_t>("SELECT id FROM client WHERE state <> 'creating' ORDER BY code");
    std::int64_t done = 0;
    for (auto const id : ids) {
        if (++done % progress_every == 0) {
            if (progress.cancelled()) throw jobs::Cancelled{};
            progress.advance(done, static_cast<std::int64_t>(ids.size()));
        }
        if (!caller.may_see_client(id)) continue;
        TRY(auto const client, parts_.clients.read(id));
        clients::ClientInput const input{
            client.code, client.name, client.name_kana, client.profile
        };
        cells.clear();
        for (auto const& column : columns::client_columns())
            cells.push_back(column.write(input, 0, {}));
        sheet.row(cells);
    }
    return keep(
        office_file, caller.actor, "顧問先", sheet, {{"encoding", json::to(wanted.encoding)}}
    );
}

Result<http::Accepted> Exports::export_employees(http::Call& call, ExportRequest const& wanted)
{
    auto work = [this, client = call.client, actor = call.caller.actor,
                 wanted](jobs::Progress& progress) {
        return write_employees(client, actor, wanted, progress);
    };
    return http::Accepted{
        parts_.jobs.submit("employee_export", call.client.id, call.caller.actor, std::move(work))
    };
}

Result<http::Accepted> Exports::export_clients(http::Call& call, ClientExportRequest const& wanted)
{
    auto work = [this, caller = call.caller, wanted](jobs::Progress& progress) {
        return write_clients(caller, wanted, progress);
    };
    return http::Accepted{
        parts_.jobs.submit("client_export", {}, call.caller.actor, std::move(work))
    };
}

Result<http::Download> Exports::download(http::Call& call)
{
    auto const file = call.client.id != 0 ? call.client.book : office_file;
    auto const id = call.id("export_id");
    http::Download download;
    {
        auto const db = parts_.pool.read(file);
        auto const stored = db.one<Stored>(
            "SELECT actor, file_name, bytes, created_at FROM export WHERE id = ?1", id
        );
        if (!stored || stored->actor != call.caller.actor || stored->created_at + kept <= call.now)
            return nowhere();
        download.source = contents_.open(db, file, contents::Of::exports, id);
        if (!download.source) return nowhere();
        download.bytes = static_cast<std::uint64_t>(stored->bytes);
        download.file_name = stored->file_name;
        download.content_type = "text/csv";
    }
    auto db = parts_.pool.begin(file); // durable before a byte leaves
    db.commit(parts_.recorder.append(
        db, {call.caller.actor, "export.download", object_of(id), R"({"changes":[]})"}
    ));
    return download;
}

void Exports::remove_expired_of(store::FileId const& file)
{
    auto const due = parts_.clock.now() - kept;
    auto const expired = [&](store::Reader const& db) {
        return db.all<std::int64_t>("SELECT id FROM export WHERE created_at <= ?1", due);
    };
    if (expired(parts_.pool.read(file)).empty()) return;
    std::vector<contents::Removal> removals;
    auto db = parts_.pool.begin(file);
    auto const ids = expired(db);
    if (ids.empty()) return;
    for (auto const id : ids) {
        removals.push_back(contents_.remove(db, contents::Of::exports, id));
        db.exec("DELETE FROM export WHERE id = ?1", id);
    }
    db.commit(parts_.recorder.append(
        db, {"system:exports", "export.expired", object_of(ids.back()), R"({"changes":[]})"}
    ));
    for (auto& removal : removals) removal.committed();
}

// Only where an export was made lately: opening every book for it would be much.
void Exports::remove_expired()
{
    auto const due = parts_.clock.now() - kept;
    auto const clients_with = parts_.pool.read(log_file).all<std::int64_t>(
        R"(SELECT DISTINCT coalesce(client_id, 0) FROM job
            WHERE kind IN ('employee_export', 'client_export') AND created_at BETWEEN ?1 AND ?2)",
        due - looked_back, due
    );
    for (auto const id : clients_with) {
        if (id == 0)
            remove_expired_of(office_file);
        else if (auto const client = parts_.clients.find_client(id))
            remove_expired_of(client->book);
    }
}

http::RoomRoutes Exports::routes()
{
    using http::Proof, http::Right, http::Scope, http::Verb, http::on, http::Route;
    constexpr auto run = Right::export_run;
    static constexpr Route table[] = {
        {Verb::post, "/api/v1/clients/{client_id}/employee-exports", run, Scope::client,
         "exportEmployees", on<&Exports::export_employees>, Proof::fresh},
        {Verb::get, "/api/v1/clients/{client_id}/employee-exports/{export_id}", run, Scope::client,
         "downloadEmployeeExport", on<&Exports::download>},
        {Verb::post, "/api/v1/client-exports", run, Scope::office, "exportClients",
         on<&Exports::export_clients>, Proof::fresh},
        {Verb::get, "/api/v1/client-exports/{export_id}", run, Scope::office,
         "downloadClientExport", on<&Exports::download>},
    };
    return {table, this};
}

} // namespace exports

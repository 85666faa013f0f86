#pragma once
// 取込: CSV files of employees (into a client's book) and of clients (into the directory), from the
// upload through mapping, dry run and correction to one transaction, and back by undo.
//
// Nothing but file names and findings is kept beside the encrypted upload; rows are read from it
// again whenever they are needed. Uploads that nobody commits go after 30 days; of committed ones
// the last one's stays, so that it can be undone and done again.
#include "audit/recorder.hpp"
#include "clients/clients.hpp"
#include "contents/contents.hpp"
#include "csv/reader.hpp"
#include "http/route.hpp"
#include "imports/import_rows.hpp"
#include "jobs/jobs.hpp"

#include <functional>
#include <map>
#include <mutex>

namespace imports {

struct Place { // where an import belongs
    Kind kind = Kind::employees;
    store::FileId file;         // a book, or office.db
    std::int64_t client_id = 0; // employees only
};

class Upload final : public net::BodySink { // keeps what it is given, and finds out what it is
public:
    Upload(std::unique_ptr<contents::Writer> writer, std::uint64_t bytes_max, std::string name);
    void write(std::string_view piece) override;
    // Told when all has arrived: what the file is, or why it is refused.
    Result<Import> finish(Kind kind);

    std::string const file_name;
    contents::Writer& content() { return *writer_; }

private:
    void fail(std::exception const& error);

    std::unique_ptr<contents::Writer> writer_;
    std::uint64_t bytes_max_;
    std::uint64_t bytes_ = 0;
    csv::Detector detector_;
    std::optional<Problem> refused_;
};

class Imports {
public:
    struct Parts {
        store::Pool& pool;
        audit::Recorder const& recorder;
        base::Clock const& clock;
        documents::BlobStore& blobs;
        clients::Clients& clients;
        jobs::Jobs& jobs;
        std::function<std::string(std::string const& actor)> name_of_actor;
    };
    explicit Imports(Parts parts) : parts_(std::move(parts)), contents_(parts_.blobs) {}

    http::RoomRoutes routes();
    // One handler for both kinds: a client in the path means employees.
    Result<ImportFieldList> fields(http::Call& call); // ?kind=
    Result<ImportList> list(http::Call& call);
    Result<std::unique_ptr<Upload>> start_upload(http::Call& call);
    Result<http::Created<Import>> finish_upload(http::Call& call, Upload& upload);
    Result<Import> get(http::Call& call);
    Result<http::None> remove(http::Call& call);
    Result<http::Accepted> check(http::Call& call, ImportCheck const& wanted);
    Result<ImportRowList> rows(http::Call& call); // ?show=&page=&size=
    Result<ImportRow> fix(http::Call& call, ImportFix const& wanted);
    Result<http::Download> errors(http::Call& call);
    Result<http::Accepted> commit(http::Call& call);
    Result<http::Accepted> undo(http::Call& call);

    // The work of the jobs; also for tests and the bench.
    using Progress = jobs::Progress;
    Result<json::value>
    run_check(Place const& place, std::int64_t id, std::string const& actor, Progress& progress);
    Result<json::value>
    run_commit(Place const& place, std::int64_t id, std::string const& actor, Progress& progress);
    Result<json::value>
    run_undo(Place const& place, std::int64_t id, std::string const& actor, Progress& progress);

private:
    static Place place_of(http::Call const& call);
    Result<Import> stored(Place const& place, std::int64_t id); // with its job's state
    Import shown(Place const& place, Import item);
    Result<Import> changeable(http::Call const& call);
    Result<void> remember(http::Call const& call, Place const& place, Import const& item);
    std::int64_t submit(
        Place const& place,
        std::int64_t id,
        std::string kind,
        std::string const& actor,
        Result<json::value> (Imports::*
                                 work)(Place const&, std::int64_t, std::string const&, Progress&)
    );

    std::unique_ptr<checks::Checker>
    checker_for(Place const& place, store::Reader const& db, Import const& item);
    // Every row behind the headings, put right where somebody did. False from `visit` stops.
    using VisitRow = std::function<bool(csv::Row&)>;
    Result<void> each_row(
        Place const& place, store::Reader const& db, Import const& item, VisitRow const& visit
    );
    ImportRow shown_row(
        Place const& place,
        Import const& item,
        checks::Outcome const& outcome,
        csv::Row const* row,
        checks::Checker* checker
    ) const;
    Result<void> check_again(Place const& place, store::Transaction& db, Import& item);
    void drop_earlier_contents(
        store::Transaction& db, std::int64_t but, std::vector<contents::Removal>& removals
    );
    Result<json::value>
    commit_people(Place const& place, Import item, std::string const& actor, Progress& progress);
    Result<json::value>
    commit_clients(Place const& place, Import item, std::string const& actor, Progress& progress);
    Result<json::value> undo_people(
        Place const& place, Import const& item, std::string const& actor, Progress& progress
    );
    Result<json::value> undo_clients(
        Place const& place, Import const& item, std::string const& actor, Progress& progress
    );
    std::vector<std::int64_t>
    changed_since(Place const& place, store::Reader const& db, std::vector<UndoRow> const& undo);

    Parts parts_;
    contents::Contents contents_;
    std::mutex mutex_;
    std::map<std::pair<store::FileId, std::int64_t>, std::int64_t> last_job_; // of each import
};

std::string object_of(std::int64_t import_id); // "import:3"
Bytes hash_of_headings(Import const& item);

} // namespace imports

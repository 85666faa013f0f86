#pragma once
// 出力: employees of a client, or the list of clients, as a CSV file in our layout or another
// product's. The file is made by a job, lies encrypted, and can be fetched for a day by the account
// that asked for it, by nobody else; every fetch is in the audit chain before a byte leaves.
#include "audit/recorder.hpp"
#include "clients/clients.hpp"
#include "contents/contents.hpp"
#include "csv/writer.hpp"
#include "headings/headings.hpp"
#include "http/route.hpp"
#include "jobs/jobs.hpp"

namespace exports {

enum class ExportEncoding { utf8_bom, cp932 };
BOOST_DESCRIBE_ENUM(ExportEncoding, utf8_bom, cp932)
enum class ExportAttendance { all, present, retired };
BOOST_DESCRIBE_ENUM(ExportAttendance, all, present, retired)
enum class ExportLayout { kuramori, smarthr, freee, officestation };
BOOST_DESCRIBE_ENUM(ExportLayout, kuramori, smarthr, freee, officestation)
enum class ExportUnmappable { report, substitute }; // of characters that CP932 cannot hold
BOOST_DESCRIBE_ENUM(ExportUnmappable, report, substitute)

struct ExportRequest {
    ExportEncoding encoding = ExportEncoding::utf8_bom;
    ExportAttendance attendance = ExportAttendance::all;
    ExportLayout layout = ExportLayout::kuramori;
    ExportUnmappable unmappable = ExportUnmappable::report;
};
BOOST_DESCRIBE_STRUCT(ExportRequest, (), (encoding, attendance, layout, unmappable))

struct ClientExportRequest {
    ExportEncoding encoding = ExportEncoding::utf8_bom;
    ExportUnmappable unmappable = ExportUnmappable::report;
};
BOOST_DESCRIBE_STRUCT(ClientExportRequest, (), (encoding, unmappable))

struct UnmappableCell {
    std::int64_t line = 0;
    std::string heading;
    std::string characters;
};
BOOST_DESCRIBE_STRUCT(UnmappableCell, (), (line, heading, characters))

struct ExportResult {                      // of the job; no names in it
    std::optional<std::int64_t> export_id; // absent: no file was made, see unmappable
    std::int64_t rows = 0;
    std::int64_t bytes = 0;
    std::vector<UnmappableCell> unmappable;
};
BOOST_DESCRIBE_STRUCT(ExportResult, (), (export_id, rows, bytes, unmappable))

class Exports {
public:
    struct Parts {
        store::Pool& pool;
        audit::Recorder const& recorder;
        base::Clock const& clock;
        documents::BlobStore& blobs;
        clients::Clients& clients;
        jobs::Jobs& jobs;
    };
    explicit Exports(Parts const& parts) : parts_(parts), contents_(parts_.blobs) {}

    http::RoomRoutes routes();
    Result<http::Accepted> export_employees(http::Call& call, ExportRequest const& wanted);
    Result<http::Accepted> export_clients(http::Call& call, ClientExportRequest const& wanted);
    Result<http::Download> download(http::Call& call);

    // Files that are a day old go. Called every hour.
    void remove_expired();

private:
    class Sheet;
    Result<json::value> write_employees(
        http::ClientInPath const& client,
        std::string const& actor,
        ExportRequest const& wanted,
        jobs::Progress& progress
    );
    Result<json::value> write_clients(
        http::Caller const& caller, ClientExportRequest const& wanted, jobs::Progress& progress
    );
    Result<json::value> keep(
        store::FileId const& file,
        std::string const& actor,
        std::string const& name,
        Sheet& sheet,
        json::object facts
    );
    void remove_expired_of(store::FileId const& file);

    Parts parts_;
    contents::Contents contents_;
};

} // namespace exports

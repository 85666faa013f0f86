#include "documents/documents.hpp"

#include "audit/history.hpp"
#include "base/log.hpp"
#include "base/present.hpp"
#include "documents/file_kind.hpp"
#include "domain/numbers.hpp"
#include "domain/text.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <system_error>

namespace documents {

namespace {

constexpr std::size_t note_length_max = 1000;

std::string object_of(std::int64_t id) { return fmt::format("document:{}", id); }

Problem nowhere() { return {Fault::not_found, "not_found"}; }

Problem employee_unknown()
{
    return {Fault::invalid, "invalid_fields", {{"employee_id", "unknown"}}};
}

bool employee_known(store::Reader const& book, std::int64_t id)
{
    return book.one<std::int64_t>("SELECT id FROM employee WHERE id = ?1", id).has_value();
}

std::optional<Document> read_document(store::Reader const& book, std::int64_t id)
{
    return book.one<Document>(
        R"(SELECT document.id, document.version, employee_id, employee.name AS employee_name,
                  document.name, extension, bytes, sha256, note, created_at, created_by
             FROM document JOIN blob ON blob.id = blob_id
                           LEFT JOIN employee ON employee.id = employee_id
            WHERE document.id = ?1)",
        id
    );
}

std::string blob_of(store::Reader const& book, std::int64_t id)
{
    return base::present(book.one<std::string>("SELECT blob_id FROM document WHERE id = ?1", id));
}

// What the audit row keeps of a document.
json::value facts_of(Document const& document)
{
    return json::object{
        {"name", document.name},     {"note", json::to(document.note)},
        {"bytes", document.bytes},   {"employee_id", json::to(document.employee_id)},
        {"sha256", document.sha256},
    };
}

struct UploadFacts { // what makes a repeated upload the same
    std::string file_name;
    std::optional<std::int64_t> employee_id;
    std::string sha256;
};
BOOST_DESCRIBE_STRUCT(UploadFacts, (), (file_name, employee_id, sha256))

class Content final : public net::BodySource {
public:
    Content(std::unique_ptr<BlobReader> reader, std::string blob_id)
        : reader_(std::move(reader)), blob_id_(std::move(blob_id))
    {
    }
    bool read(std::string& chunk) override
    try {
        return reader_->read(chunk);
    } catch (BlobDamaged const& damage) {
        base::log::error(
            "documents", "blob_damaged", {{"blob", blob_id_}, {"what", damage.what()}}
        );
        throw;
    }

private:
    std::unique_ptr<BlobReader> reader_;
    std::string blob_id_;
};

std::vector<FieldFault> tidy_note(std::optional<std::string>& note)
{
    if (!domain::kept(note)) return {};
    if (domain::length(*note) > note_length_max) return {{"note", "too_long"}};
    if (domain::has_hostile_characters(*note)) return {{"note", "control_characters"}};
    if (domain::holds_my_number(*note)) return {{"note", "my_number_not_allowed"}};
    return {};
}

} // namespace

// ---- a content on its way in

Upload::Upload(
    BlobStore& blobs, std::string book_id, std::string name, std::optional<std::int64_t> employee
)
    : file_name(std::move(name)), employee_id(employee), blobs_(blobs), book_id_(std::move(book_id))
{
}

void Upload::write(std::string_view piece)
{
    if (refused_) return;
    if (writer_) return pass_on(piece);
    auto const taken = std::min(piece.size(), first_bytes - beginning_.size());
    beginning_ += piece.substr(0, taken);
    if (beginning_.size() < first_bytes) return;
    pass_on({});
    if (!refused_) pass_on(piece.substr(taken));
}

// Opens the blob when it is the first piece.
void Upload::pass_on(std::string_view piece)
try {
    if (!writer_) {
        if (!begins_like(extension_of(file_name), beginning_)) {
            refused_ = Problem{Fault::invalid, "file_content_differs"};
            return;
        }
        writer_.emplace(blobs_.create(book_id_));
        writer_->write(beginning_);
    }
    writer_->write(piece);
} catch (std::exception const& error) {
    refused_ = failed(error);
}

Problem Upload::failed(std::exception const& error)
{
    writer_.reset();
    base::log::error("documents", "upload_failed", {{"what", error.what()}});
    return {Fault::unavailable, store::is_disk_full(error) ? "disk_full" : "store_failed"};
}

Result<Blob> Upload::finish()
try {
    if (!refused_ && beginning_.empty()) return Problem{Fault::invalid, "file_empty"};
    if (!refused_ && !writer_) pass_on({}); // shorter than what tells a kind
    if (refused_) return *refused_;
    return base::present(writer_).finish();
} catch (std::exception const& error) {
    return failed(error);
}

// ---- the room

Document Documents::shown(Document document) const
{
    document.created_by = parts_.name_of_actor(document.created_by);
    return document;
}

Problem Documents::version_conflict(Document const& current) const
{
    return {
        Fault::conflict,
        "version_conflict",
        {},
        json::serialize(json::object{{"current", json::to(shown(current))}})
    };
}

Result<DocumentList> Documents::list(http::Call& call)
{
    DocumentList list;
    TRY(auto const employee_id, call.query_number("employee_id", 1, INT64_MAX, 0));
    parts_.pool.read(call.client.book)
        .each<Document>(
            R"(SELECT document.id, document.version, employee_id, employee.name AS employee_name,
                  document.name, extension, bytes, sha256, note, created_at, created_by
             FROM document JOIN blob ON blob.id = blob_id
                           LEFT JOIN employee ON employee.id = employee_id
            WHERE ?1 = 0 OR employee_id = ?1
            ORDER BY document.id DESC)",
            [&](Document document) {
                list.total_bytes += document.bytes;
                list.documents.push_back(shown(std::move(document)));
            },
            employee_id
        );
    return list;
}

Result<std::unique_ptr<Upload>> Documents::start_upload(http::Call& call)
{
    if (call.client.ended) return Problem{Fault::conflict, "client_ended"};
    auto const name = call.file_name();
    if (auto const problem = check_file_name(name)) return *problem;
    std::optional<std::int64_t> employee_id;
    if (auto const text = call.request.headers.find("X-Employee-Id"); !text.empty()) {
        auto const [end, error] =
            std::from_chars(text.data(), text.data() + text.size(), employee_id.emplace());
        if (error != std::errc{} || end != text.data() + text.size() ||
            !employee_known(parts_.pool.read(call.client.book), *employee_id))
            return employee_unknown();
    }
    return std::make_unique<Upload>(parts_.blobs, call.client.book.book_id, name, employee_id);
}

Result<std::int64_t> Documents::add(http::Call const& call, Upload& upload, Blob const& blob)
{
    auto book = parts_.pool.begin(call.client.book);
    if (upload.employee_id && !employee_known(book, *upload.employee_id)) return employee_unknown();
    insert_blob(book, blob);
    book.exec(
        R"(INSERT INTO document (version, employee_id, blob_id, name, extension, created_at,
                                 created_by)
           VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6))",
        upload.employee_id, blob.id, upload.file_name, extension_of(upload.file_name), call.now,
        call.caller.actor
    );
    auto const id = book.last_id();
    auto const made = base::present(read_document(book, id));
    book.commit(parts_.recorder.append(
        book, {call.caller.actor, "document.upload", object_of(id),
               audit::changes_between({}, facts_of(made))}
    ));
    upload.committed();
    return id;
}

Result<http::Created<Document>> Documents::finish_upload(http::Call& call, Upload& upload)
{
    TRY(auto const blob, upload.finish());
    UploadFacts const facts{upload.file_name, upload.employee_id, blob.sha256};
    // Only the id is kept for a repetition: log.db learns no names.
    TRY(auto const id, idempotency_.once<std::int64_t>(call, "uploadDocument", facts, [&] {
        return add(call, upload, blob);
    }));
    call.object = object_of(id);
    auto document = read_document(parts_.pool.read(call.client.book), id);
    if (!document) return nowhere(); // repeated after somebody deleted it
    return http::Created<Document>{shown(std::move(*document))};
}

Result<http::Download> Documents::download(http::Call& call)
{
    auto const id = call.id("document_id");
    std::optional<Document> document;
    Blob blob;
    {
        auto const book = parts_.pool.read(call.client.book);
        document = read_document(book, id);
        if (!document) return nowhere();
        blob = base::present(read_blob(book, blob_of(book, id)));
    }
    http::Download download;
    try {
        download.source =
            std::make_unique<Content>(parts_.blobs.open(call.client.book.book_id, blob), blob.id);
    } catch (BlobDamaged const& damage) {
        base::log::error("documents", "blob_damaged", {{"blob", blob.id}, {"what", damage.what()}});
        return Problem{Fault::unavailable, "document_damaged"};
    }
    download.bytes = static_cast<std::uint64_t>(blob.bytes);
    download.file_name = document->name;
    auto book = parts_.pool.begin(
        call.client.book, store::Pool::Room::use_reserve
    ); // durable before a byte leaves
    book.commit(parts_.recorder.append(
        book, {call.caller.actor, "document.download", object_of(id), R"({"changes":[]})"}
    ));
    return download;
}

Result<Document> Documents::put(http::Call& call, DocumentInput const& wanted)
{
    if (call.client.ended) return Problem{Fault::conflict, "client_ended"};
    TRY(auto const seen, call.if_match());
    auto input = wanted;
    if (auto const problem = check_file_name(input.name)) return *problem;
    if (auto faults = tidy_note(input.note); !faults.empty())
        return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    auto const id = call.id("document_id");
    auto book = parts_.pool.begin(call.client.book);
    auto const before = read_document(book, id);
    if (!before) return nowhere();
    if (before->version != seen) return version_conflict(*before);
    if (extension_of(input.name) != before->extension)
        return Problem{Fault::invalid, "file_extension_stays", {{"name", "file_extension_stays"}}};
    book.exec(
        "UPDATE document SET name = ?2, note = ?3, version = version + 1 WHERE id = ?1", id,
        input.name, input.note
    );
    auto after = base::present(read_document(book, id));
    book.commit(parts_.recorder.append(
        book, {call.caller.actor, "document.update", object_of(id),
               audit::changes_between(facts_of(*before), facts_of(after))}
    ));
    return shown(std::move(after));
}

Result<http::None> Documents::remove(http::Call& call)
{
    if (call.client.ended) return Problem{Fault::conflict, "client_ended"};
    TRY(auto const seen, call.if_match());
    auto const id = call.id("document_id");
    auto book = parts_.pool.begin(call.client.book, store::Pool::Room::use_reserve);
    auto const before = read_document(book, id);
    if (!before) return nowhere();
    if (before->version != seen) return version_conflict(*before);
    auto const blob_id = blob_of(book, id);
    auto removal = parts_.blobs.remove(call.client.book.book_id, blob_id);
    book.exec("DELETE FROM document WHERE id = ?1", id);
    delete_blob(book, blob_id);
    book.commit(parts_.recorder.append(
        book, {call.caller.actor, "document.delete", object_of(id),
               audit::changes_between(facts_of(*before), {})}
    ));
    removal.committed();
    return http::None{};
}

http::RoomRoutes Documents::routes()
{
    using http::Right, http::Scope, http::Verb, http::on, http::on_upload, http::Route;
    constexpr auto view = Right::document_view;
    constexpr auto edit = Right::document_edit;
    static constexpr Route table[] = {
        {Verb::get, "/api/v1/clients/{client_id}/documents", view, Scope::client, "listDocuments",
         on<&Documents::list>},
        {Verb::post, "/api/v1/clients/{client_id}/documents", edit, Scope::client, "uploadDocument",
         on_upload<&Documents::start_upload, &Documents::finish_upload>},
        {Verb::get, "/api/v1/clients/{client_id}/documents/{document_id}/content", view,
         Scope::client, "downloadDocument", on<&Documents::download>},
        {Verb::put, "/api/v1/clients/{client_id}/documents/{document_id}", edit, Scope::client,
         "updateDocument", on<&Documents::put>},
        {Verb::del, "/api/v1/clients/{client_id}/documents/{document_id}", edit, Scope::client,
         "deleteDocument", on<&Documents::remove>},
    };
    return {table, this};
}

} // namespace documents

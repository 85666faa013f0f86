#pragma once
// 書類: files attached to a client or to one of its employees. The row is in the client's book, the
// content beside it in a blob of its own.
#include "audit/recorder.hpp"
#include "documents/blob_rows.hpp"
#include "http/idempotency.hpp"
#include "http/route.hpp"

#include <functional>

namespace documents {

struct Document {
    std::int64_t id = 0;
    std::int64_t version = 0;
    std::optional<std::int64_t> employee_id; // absent: the client's own
    std::optional<std::string> employee_name;
    std::string name; // with its extension
    std::string extension;
    std::int64_t bytes = 0;
    std::string sha256;
    std::optional<std::string> note;
    Instant created_at;
    std::string created_by;
};
BOOST_DESCRIBE_STRUCT(
    Document,
    (),
    (id,
     version,
     employee_id,
     employee_name,
     name,
     extension,
     bytes,
     sha256,
     note,
     created_at,
     created_by)
)

struct DocumentList {
    std::vector<Document> documents; // newest first
    std::int64_t total_bytes = 0;
};
BOOST_DESCRIBE_STRUCT(DocumentList, (), (documents, total_bytes))

struct DocumentInput {
    std::string name; // the extension stays
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(DocumentInput, (), (name, note))

// A content on its way in. Nothing reaches the disk before its first bytes are those of its kind,
// and what was refused is let pass unread to its end, where the answer says why.
class Upload final : public net::BodySink {
public:
    Upload(
        BlobStore& blobs,
        std::string book_id,
        std::string file_name,
        std::optional<std::int64_t> employee_id
    );
    void write(std::string_view piece) override;
    Result<Blob> finish();

    std::string const file_name;
    std::optional<std::int64_t> const employee_id;
    void committed()
    {
        if (writer_) writer_->committed();
    }

private:
    void pass_on(std::string_view piece);
    Problem failed(std::exception const& error); // what was written is gone

    BlobStore& blobs_;
    std::string book_id_;
    std::string beginning_;
    std::optional<BlobWriter> writer_;
    std::optional<Problem> refused_;
};

class Documents {
public:
    struct Parts {
        store::Pool& pool;
        audit::Recorder const& recorder;
        BlobStore& blobs;
        std::function<std::string(std::string const& actor)> name_of_actor;
    };
    explicit Documents(Parts parts) : parts_(std::move(parts)), idempotency_(parts_.pool) {}

    http::RoomRoutes routes();
    Result<DocumentList> list(http::Call& call); // ?employee_id=
    Result<std::unique_ptr<Upload>> start_upload(http::Call& call);
    Result<http::Created<Document>> finish_upload(http::Call& call, Upload& upload);
    Result<http::Download> download(http::Call& call);
    Result<Document> put(http::Call& call, DocumentInput const& input);
    Result<http::None> remove(http::Call& call);

private:
    Document shown(Document document) const; // with the name of who created it
    Problem version_conflict(Document const& current) const;
    Result<std::int64_t> add(http::Call const& call, Upload& upload, Blob const& blob);

    Parts parts_;
    http::Idempotency idempotency_;
};

} // namespace documents

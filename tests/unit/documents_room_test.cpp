#include "audit/history.hpp"
#include "documents/documents.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

namespace {

using documents::Document, documents::DocumentInput;

std::string const pdf = "%PDF-1.7 content";

struct Room : TestOffice {
    store::FileId const book{store::Kind::book, "00112233445566778899aabbccddeeff", 1};
    documents::BlobStore blobs{{path, [](std::string const& book_id) {
                                    return crypto::derive(test_root(), "blobs " + book_id);
                                }}};
    documents::Documents room{{pool, recorder, blobs, [](std::string const& actor) {
                                   return "name of " + actor;
                               }}};
    http::Caller caller;
    net::Request request;

    Room()
    {
        pool.create(book);
        caller.account_id = 3;
        caller.actor = "account:3";
        auto transaction = pool.begin(book);
        transaction.exec(
            R"(INSERT INTO employee (id, version, number, attendance, birth_date, name, name_kana,
                                     name_key, kana_key, updated_at)
               VALUES (7, 1, '0007', 'active', '1990-01-01', '山田 太郎', 'ヤマダ タロウ', 'a', 'b',
                       0))"
        );
        transaction.commit(recorder.append(transaction, {"test", "a", "b", "{}"}));
    }

    http::Call call(std::int64_t document_id = 0, std::int64_t version = 0)
    {
        request.headers = {};
        if (version != 0) request.headers.add("If-Match", std::to_string(version));
        document_text_ = std::to_string(document_id);
        return {request,          caller, clock.now(), {{"document_id", document_text_}},
                {1, book, false}, {}};
    }

    Result<Document> upload(
        std::string_view name,
        std::string_view content,
        std::string_view employee_id = {},
        std::string_view key = {}
    )
    {
        auto request_call = call();
        std::string encoded;
        for (unsigned char const letter : name) encoded += fmt::format("%{:02x}", letter);
        request.headers.add("X-File-Name", encoded);
        if (!employee_id.empty()) request.headers.add("X-Employee-Id", employee_id);
        if (!key.empty()) request.headers.add("Idempotency-Key", key);
        TRY(auto sink, room.start_upload(request_call));
        for (; !content.empty(); content.remove_prefix(std::min<std::size_t>(3, content.size())))
            sink->write(content.substr(0, 3));
        TRY(auto made, room.finish_upload(request_call, *sink));
        return made.body;
    }

    std::string content(std::int64_t id)
    {
        auto download = room.download(*std::make_unique<http::Call>(call(id))).value();
        std::string out;
        while (download.source->read(out)) {
        }
        CHECK(out.size() == download.bytes);
        return out;
    }

    std::vector<Document> all()
    {
        auto list_call = call();
        return room.list(list_call).value().documents;
    }
    std::vector<std::string> actions() // newest first
    {
        return pool.read(book).all<std::string>("SELECT action FROM audit ORDER BY seq DESC");
    }
    std::size_t blob_files() const
    {
        std::size_t count = 0;
        for (auto const& entry : std::filesystem::recursive_directory_iterator{path})
            if (entry.is_regular_file() &&
                (entry.path().string().find("/blobs/") != std::string::npos ||
                 entry.path().string().find("/pending_blobs/") != std::string::npos))
                ++count;
        return count;
    }

private:
    std::string document_text_;
};

template <class T> std::string code_of(Result<T> const& result)
{
    return result ? "fine" : result.error().code;
}
template <class T> std::string fault_of(Result<T> const& result)
{
    if (result || result.error().fields.empty()) return "none";
    return result.error().fields.front().field + " " + result.error().fields.front().message;
}

} // namespace

TEST_CASE_FIXTURE(Room, "an attached file is listed, downloaded and kept under its exact name")
{
    auto const made = upload("雇用契約書_髙橋﨑　(写し).PDF", pdf).value();
    CHECK(made.name == "雇用契約書_髙橋﨑　(写し).PDF");
    CHECK(made.extension == "pdf");
    CHECK(made.bytes == static_cast<std::int64_t>(pdf.size()));
    CHECK(made.sha256 == base::to_hex(crypto::sha256(base::as_bytes(pdf))));
    CHECK(made.version == 1);
    CHECK(made.created_by == "name of account:3");
    CHECK_FALSE(made.employee_id);
    CHECK(content(made.id) == pdf);
    CHECK(all().size() == 1);
}

TEST_CASE_FIXTURE(
    Room, "a file of an employee carries the name, and the list can be narrowed to it"
)
{
    auto const own = upload("a.pdf", pdf, "7").value();
    CHECK(own.employee_id == 7);
    CHECK(own.employee_name == "山田 太郎");
    upload("b.pdf", pdf + "longer").value();
    auto list_call = call();
    CHECK(
        room.list(list_call).value().total_bytes == static_cast<std::int64_t>(2 * pdf.size() + 6)
    );
    request.query = "employee_id=7";
    auto const list = room.list(list_call).value();
    CHECK(list.documents.size() == 1);
    CHECK(list.documents.front().id == own.id);
    CHECK(list.total_bytes == static_cast<std::int64_t>(pdf.size()));
}

TEST_CASE_FIXTURE(Room, "a file cannot be attached to somebody who is not there")
{
    for (auto const* employee : {"8", "x", "7x", "99999999999999999999", "-7"})
        CHECK(fault_of(upload("a.pdf", pdf, employee)) == "employee_id unknown");
    CHECK(blob_files() == 0);
}

TEST_CASE_FIXTURE(Room, "each of the ten kinds is taken when it begins like one")
{
    std::string const zip("PK\x03\x04 content");
    std::string const ole("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 content");
    std::pair<char const*, std::string> const kinds[] = {
        {"a.doc", ole},
        {"a.docx", zip},
        {"a.docx", ole}, // with a password
        {"a.xls", ole},
        {"a.xlsx", zip},
        {"a.JPG", "\xFF\xD8\xFF\xE0 jpeg"},
        {"a.jpeg", "\xFF\xD8\xFF\xE1 jpeg"},
        {"a.gif", "GIF89a content"},
        {"a.png", "\x89PNG\r\n\x1A\n content"},
        {"a.pdf", "%PDF-"}, // shorter than what is looked at
        {"a.zip", zip},
        {"a.b.zip", zip},
    };
    for (auto const& [name, bytes] : kinds) {
        CAPTURE(name);
        auto const made = upload(name, bytes);
        CHECK(code_of(made) == "fine");
        if (made) CHECK(content(made->id) == bytes);
    }
}

TEST_CASE_FIXTURE(Room, "another extension is refused")
{
    for (auto const* name :
         {"a.exe", "a.pdf.exe", "a.docm", "a.svg", "a.html", "a.csv", "a.txt", "a.pptx", "a", "a.",
          "a.pdf ", "a.pdf.", "pdf", "a.ｐｄｆ"}) {
        CAPTURE(name);
        CHECK(code_of(upload(name, pdf)) == "file_type_refused");
    }
    CHECK(blob_files() == 0);
}

TEST_CASE_FIXTURE(Room, "a content that begins like another kind is refused and never written")
{
    for (auto const* name : {"a.doc", "a.xlsx", "a.jpg", "a.gif", "a.png", "a.zip"}) {
        CAPTURE(name);
        CHECK(code_of(upload(name, pdf)) == "file_content_differs");
    }
    CHECK(code_of(upload("a.pdf", "MZ\x90 a program")) == "file_content_differs");
    CHECK(code_of(upload("a.pdf", "%")) == "file_content_differs");
    CHECK(code_of(upload("a.pdf", "")) == "file_empty");
    CHECK(all().empty());
    CHECK(blob_files() == 0);
    CHECK_FALSE(std::filesystem::exists(path / "books" / book.book_id / "blobs"));
}

TEST_CASE_FIXTURE(Room, "a name that cannot be a file's is refused")
{
    using namespace std::string_literals;
    CHECK(code_of(upload("", pdf)) == "file_name_missing");
    CHECK(code_of(upload(".pdf", pdf)) == "file_name_missing");
    CHECK(code_of(upload("　 .pdf", pdf)) == "file_name_missing");
    CHECK(code_of(upload(std::string(252, 'a') + ".pdf", pdf)) == "file_name_too_long");
    CHECK(code_of(upload(std::string(251, 'a') + ".pdf", pdf)) == "fine");
    for (auto const& name :
         {"a\0.pdf"s, "a\n.pdf"s, "a\t.pdf"s, "a\u202Efdp.pdf"s, "a\u200B.pdf"s, "a\xFF.pdf"s,
          "../a.pdf"s, "a/b.pdf"s, "a\\b.pdf"s, "a:b.pdf"s, "a*.pdf"s, "a?.pdf"s, "a\".pdf"s,
          "a<.pdf"s, "a|.pdf"s}) {
        CAPTURE(name);
        CHECK(code_of(upload(name, pdf)) == "file_name_characters");
    }
    CHECK(code_of(upload("通知カード 1234-5678-9018.pdf", pdf)) == "file_name_my_number");
    CHECK(fault_of(upload("１２３４５６７８９０１８.pdf", pdf)) == "name my_number_not_allowed");
    CHECK(all().size() == 1);
}

TEST_CASE_FIXTURE(Room, "an upload that breaks off leaves neither file nor row")
{
    {
        auto upload_call = call();
        request.headers.add("X-File-Name", "a.pdf");
        auto sink = room.start_upload(upload_call).value();
        sink->write(pdf);
        sink->write(std::string(200'000, 'x'));
        CHECK(blob_files() == 2);
    }
    CHECK(blob_files() == 0);
    CHECK(all().empty());
}

TEST_CASE_FIXTURE(Room, "an upload that is sent twice with one key makes one document")
{
    auto const first = upload("a.pdf", pdf, {}, "key-of-a-retry").value();
    auto const again = upload("a.pdf", pdf, {}, "key-of-a-retry").value();
    CHECK(again.id == first.id);
    CHECK(all().size() == 1);
    CHECK(blob_files() == 1);
    CHECK(code_of(upload("a.pdf", pdf + "x", {}, "key-of-a-retry")) == "idempotency_key_reused");
    CHECK(code_of(upload("b.pdf", pdf, {}, "key-of-a-retry")) == "idempotency_key_reused");
    CHECK(blob_files() == 1);
    for (auto const& answer : pool.read(log).all<std::string>("SELECT answer FROM idempotency"))
        CHECK(answer == std::to_string(first.id));
}

TEST_CASE_FIXTURE(Room, "name and note change, the extension and the content do not")
{
    auto const made = upload("a.pdf", pdf).value();
    auto put_call = call(made.id, 1);
    auto const after = room.put(put_call, {"契約書.pdf", "  4月に受領  "}).value();
    CHECK(after.version == 2);
    CHECK(after.name == "契約書.pdf");
    CHECK(after.note == "4月に受領");
    auto second = call(made.id, 2);
    CHECK(code_of(room.put(second, {"契約書.zip", {}})) == "file_extension_stays");
    CHECK(code_of(room.put(second, {"a/b.pdf", {}})) == "file_name_characters");
    CHECK(fault_of(room.put(second, {"b.pdf", std::string(1001, 'x')})) == "note too_long");
    CHECK(
        fault_of(room.put(second, {"b.pdf", "個人番号 123456789018"})) ==
        "note my_number_not_allowed"
    );
    CHECK_FALSE(room.put(second, {"b.PDF", " "}).value().note);
    CHECK(content(made.id) == pdf);
}

TEST_CASE_FIXTURE(Room, "a document changed meanwhile is neither renamed nor deleted")
{
    auto const made = upload("a.pdf", pdf).value();
    auto first = call(made.id, 1);
    room.put(first, {"b.pdf", {}}).value();
    auto late = call(made.id, 1);
    auto const renamed = room.put(late, {"c.pdf", {}});
    CHECK(code_of(renamed) == "version_conflict");
    auto const context = boost::json::parse(renamed.error().context);
    CHECK(context.at("current").at("name") == "b.pdf");
    CHECK(context.at("current").at("created_by") == "name of account:3");
    CHECK(code_of(room.remove(late)) == "version_conflict");
    auto blind = call(made.id);
    CHECK(code_of(room.remove(blind)) == "precondition_required");
    CHECK(content(made.id) == pdf);
}

TEST_CASE_FIXTURE(Room, "deleting takes the row, the key and the file")
{
    auto const made = upload("a.pdf", pdf).value();
    auto remove_call = call(made.id, 1);
    CHECK(room.remove(remove_call).has_value());
    CHECK(all().empty());
    CHECK(blob_files() == 0);
    CHECK(pool.read(book).one<std::int64_t>("SELECT count(*) FROM blob") == 0);
    auto late = call(made.id, 1);
    for (auto const& answer :
         {code_of(room.remove(late)), code_of(room.download(late)),
          code_of(room.put(late, {"b.pdf", {}}))})
        CHECK(answer == "not_found");
}

TEST_CASE_FIXTURE(
    Room, "every step is in the book's audit chain, the download before a byte leaves"
)
{
    auto const made = upload("a.pdf", pdf, "7").value();
    auto download_call = call(made.id);
    {
        auto const download = room.download(download_call).value();
        CHECK(actions().front() == "document.download");
    }
    auto put_call = call(made.id, 1);
    room.put(put_call, {"b.pdf", {}}).value();
    auto remove_call = call(made.id, 2);
    room.remove(remove_call).value();
    CHECK(
        actions() ==
        std::vector<std::string>{
            "document.delete", "document.update", "document.download", "document.upload", "a"
        }
    );
    CHECK(audit::first_bad_row(pool.read(book), audit::chain_key(test_root(), book)) == 0);
    auto const history = audit::history_of(pool.read(book), "document:1", 10);
    CHECK(history.items.size() == 4);
    CHECK(history.items[1].actor == "account:3");
    CHECK(history.items[1].changes.size() == 1);
    CHECK(history.items[1].changes[0].field == "name");
    CHECK(history.items[1].changes[0].to == "b.pdf");
}

TEST_CASE_FIXTURE(
    Room, "a damaged file is not given out, and the refusal is not audited as a download"
)
{
    auto const made = upload("a.pdf", pdf).value();
    auto const blob = documents::blobs_to_save(pool.read(book)).at(0);
    std::filesystem::resize_file(blobs.file_of(book.book_id, blob.id), 20);
    auto download_call = call(made.id);
    CHECK(code_of(room.download(download_call)) == "document_damaged");
    CHECK(actions().front() == "document.upload");
}

TEST_CASE_FIXTURE(Room, "nothing is attached to or removed from a client that has ended")
{
    auto const made = upload("a.pdf", pdf).value();
    auto ended = call(made.id, 1);
    ended.client.ended = true;
    request.headers.add("X-File-Name", "a.pdf");
    CHECK(code_of(room.start_upload(ended)) == "client_ended");
    CHECK(code_of(room.put(ended, {"b.pdf", {}})) == "client_ended");
    CHECK(code_of(room.remove(ended)) == "client_ended");
    CHECK(room.download(ended).has_value());
}

TEST_CASE_FIXTURE(Room, "a backup is told of every blob, also of one whose file is lost")
{
    upload("a.pdf", pdf).value();
    upload("b.pdf", pdf).value();
    auto const saved = documents::blobs_to_save(pool.read(book));
    CHECK(saved.size() == 2);
    std::filesystem::remove(blobs.file_of(book.book_id, saved[0].id));
    CHECK(
        documents::blobs_to_save(pool.read(book)).size() == 2
    ); // the repository may have it still
}

TEST_CASE_FIXTURE(Room, "at start the rows say which blobs in doubt stay")
{
    upload("a.pdf", pdf).value();
    auto const kept = documents::blobs_to_save(pool.read(book)).at(0);
    auto orphan = blobs.create(book.book_id);
    orphan.write(pdf);
    auto const without_row = orphan.finish();
    auto doubt = [&](std::string const& book_id, std::string const& blob_id) {
        auto const marker = path / "pending_blobs" / (book_id + "." + blob_id);
        if (!std::filesystem::exists(marker)) base::create_file(marker, {});
    };
    std::string const unreadable = "0123456789abcdef0123456789abcdef"; // its file does not open
    doubt(book.book_id, kept.id);
    doubt(unreadable, kept.id);
    documents::settle_blobs(blobs, pool, {{1, book}, {2, {store::Kind::book, unreadable, 1}}});
    CHECK(std::filesystem::exists(blobs.file_of(book.book_id, kept.id)));
    CHECK_FALSE(std::filesystem::exists(blobs.file_of(book.book_id, without_row.id)));
    CHECK(std::filesystem::exists(path / "pending_blobs" / (unreadable + "." + kept.id)));
    documents::settle_blobs(blobs, pool, {{1, book}}); // that client is gone
    CHECK(std::filesystem::is_empty(path / "pending_blobs"));
}

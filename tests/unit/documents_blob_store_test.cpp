#include "documents/blob_store.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

#include <fstream>

namespace {

using documents::Blob, documents::BlobDamaged, documents::BlobStore;

constexpr std::size_t chunk = 64 << 10;
constexpr std::size_t header = 32;
constexpr std::size_t tag = 16;

std::string const book = "00112233445566778899aabbccddeeff";

std::string content_of(std::size_t bytes, unsigned seed = 1)
{
    std::string content(bytes, '\0');
    for (auto& letter : content) {
        seed = seed * 1'664'525U + 1'013'904'223U;
        letter = static_cast<char>(seed >> 24U);
    }
    return content;
}

struct Blobs : ScratchFolder {
    BlobStore store{{path, [](std::string const& book_id) {
                         return crypto::derive(test_root(), "blobs " + book_id);
                     }}};

    Blob put(std::string_view content, std::size_t piece_bytes = 10'000)
    {
        auto writer = store.create(book);
        for (std::size_t at = 0; at < content.size(); at += piece_bytes)
            writer.write(content.substr(at, piece_bytes));
        auto blob = writer.finish();
        writer.committed();
        return blob;
    }

    std::string get(Blob const& blob) const
    {
        std::string content;
        auto const reader = store.open(book, blob);
        while (reader->read(content)) {
        }
        return content;
    }

    std::string file(Blob const& blob) const
    {
        std::ifstream in{store.file_of(book, blob.id), std::ios::binary};
        return {std::istreambuf_iterator<char>{in}, {}};
    }
    void set_file(Blob const& blob, std::string const& bytes) const
    {
        std::ofstream{store.file_of(book, blob.id), std::ios::binary} << bytes;
    }
    bool exists(Blob const& blob) const
    {
        return std::filesystem::exists(store.file_of(book, blob.id));
    }

    std::size_t files() const // of every kind, markers included
    {
        std::size_t count = 0;
        for (auto const& entry : std::filesystem::recursive_directory_iterator{path})
            if (entry.is_regular_file()) ++count;
        return count;
    }
};

} // namespace

TEST_CASE_FIXTURE(Blobs, "a blob of any length comes back as it was")
{
    for (std::size_t const bytes :
         {std::size_t{0}, std::size_t{1}, chunk - 1, chunk, chunk + 1, 2 * chunk, 5'000'000UL}) {
        CAPTURE(bytes);
        auto const content = content_of(bytes);
        auto const blob = put(content);
        CHECK(get(blob) == content);
        CHECK(blob.bytes == static_cast<std::int64_t>(bytes));
        CHECK(blob.sha256 == base::to_hex(crypto::sha256(base::as_bytes(content))));
        auto const stored = file(blob);
        CHECK(blob.stored_bytes == static_cast<std::int64_t>(stored.size()));
        CHECK(blob.stored_sha256 == base::to_hex(crypto::sha256(base::as_bytes(stored))));
    }
}

TEST_CASE_FIXTURE(Blobs, "how the content was cut into pieces does not matter")
{
    auto const content = content_of(3 * chunk + 7);
    for (std::size_t const piece : {std::size_t{1}, std::size_t{4097}, chunk, 4 * chunk})
        CHECK(get(put(content, piece)) == content);
}

TEST_CASE_FIXTURE(Blobs, "the file has the documented form and nothing of the content")
{
    std::string const content = "従業員名簿 山田太郎 " + std::string(200, 'x');
    auto const blob = put(content);
    auto const stored = file(blob);
    CHECK(stored.size() == header + content.size() + tag);
    CHECK(stored.substr(0, 8) == "KURABLB1");
    CHECK(stored.substr(8, 8) == std::string("\0\1\0\0\0\1\0\0", 8));
    CHECK(base::to_hex(base::as_bytes(stored.substr(16, 16))) == blob.id);
    CHECK(stored.find("山田") == std::string::npos);
    CHECK(stored.find("xxxx") == std::string::npos);
    CHECK(
        store.file_of(book, blob.id) ==
        path / "books" / book / "blobs" / blob.id.substr(0, 2) / blob.id
    );
    auto const mode = std::filesystem::status(store.file_of(book, blob.id)).permissions();
    CHECK(mode == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE_FIXTURE(Blobs, "a flipped bit anywhere in the file is found")
{
    auto const blob = put(content_of(2 * chunk + 100));
    auto const stored = file(blob);
    std::vector<std::size_t> places{
        header, header + chunk, header + chunk + tag, header + 2 * (chunk + tag) + 50,
        stored.size() - 1
    };
    for (std::size_t i = 0; i < header; ++i) places.push_back(i);
    for (auto const place : places) {
        CAPTURE(place);
        auto damaged = stored;
        damaged[place] = static_cast<char>(damaged[place] ^ 1);
        set_file(blob, damaged);
        CHECK_THROWS_AS(get(blob), BlobDamaged);
    }
    set_file(blob, stored);
    CHECK(get(blob).size() == 2 * chunk + 100);
}

TEST_CASE_FIXTURE(Blobs, "a blob cut off or made longer is found, also at a chunk's border")
{
    auto const blob = put(content_of(3 * chunk));
    auto const stored = file(blob);
    for (std::size_t const bytes :
         {header + chunk + tag, header + 2 * (chunk + tag), stored.size() - 1, header,
          std::size_t{0}}) {
        CAPTURE(bytes);
        set_file(blob, stored.substr(0, bytes));
        CHECK_THROWS_AS(get(blob), BlobDamaged);
    }
    set_file(blob, stored + "x");
    CHECK_THROWS_AS(get(blob), BlobDamaged);
    set_file(blob, stored + stored.substr(header, chunk + tag));
    CHECK_THROWS_AS(get(blob), BlobDamaged);
}

TEST_CASE_FIXTURE(Blobs, "a shorter length in the row does not pass off a middle chunk as the last")
{
    auto blob = put(content_of(2 * chunk));
    set_file(blob, file(blob).substr(0, header + chunk + tag));
    blob.bytes = chunk;
    CHECK_THROWS_AS(get(blob), BlobDamaged);
}

TEST_CASE_FIXTURE(Blobs, "chunks that changed places are found")
{
    auto const blob = put(content_of(3 * chunk));
    auto const stored = file(blob);
    auto const piece = [&](std::size_t n) {
        return stored.substr(header + n * (chunk + tag), chunk + tag);
    };
    set_file(blob, stored.substr(0, header) + piece(1) + piece(0) + piece(2));
    CHECK_THROWS_AS(get(blob), BlobDamaged);
    set_file(blob, stored.substr(0, header) + piece(0) + piece(2) + piece(1));
    CHECK_THROWS_AS(get(blob), BlobDamaged);
}

TEST_CASE_FIXTURE(Blobs, "blobs, their keys and their books cannot be exchanged")
{
    auto const one = put(content_of(1000, 1));
    auto const other = put(content_of(1000, 2));
    auto const stored = file(one);
    set_file(one, file(other));
    CHECK_THROWS_AS(get(one), BlobDamaged);
    set_file(one, stored.substr(0, header) + file(other).substr(header));
    CHECK_THROWS_AS(get(one), BlobDamaged);
    set_file(one, stored);

    auto mixed = one;
    mixed.wrapped_key = other.wrapped_key;
    CHECK_THROWS_AS(get(mixed), BlobDamaged);

    std::string const elsewhere = "ffeeddccbbaa99887766554433221100";
    auto const target = store.file_of(elsewhere, one.id);
    std::filesystem::create_directories(target.parent_path());
    std::filesystem::copy_file(store.file_of(book, one.id), target);
    CHECK_THROWS_AS(store.open(elsewhere, one), BlobDamaged);
}

TEST_CASE_FIXTURE(Blobs, "a missing file is named as damage")
{
    auto const blob = put("x");
    std::filesystem::remove(store.file_of(book, blob.id));
    CHECK_THROWS_AS(get(blob), BlobDamaged);
}

TEST_CASE_FIXTURE(Blobs, "an upload that breaks off leaves nothing, finished or not")
{
    {
        auto writer = store.create(book);
        writer.write(content_of(3 * chunk));
        CHECK(files() == 2); // the content aside, and the marker
    }
    CHECK(files() == 0);
    {
        auto writer = store.create(book);
        writer.write("whole, but its row was never committed");
        writer.finish();
    }
    CHECK(files() == 0);
}

TEST_CASE_FIXTURE(Blobs, "a removal that is not committed leaves the blob alone")
{
    auto const blob = put("content");
    {
        auto const removal = store.remove(book, blob.id);
    }
    CHECK(get(blob) == "content");
    auto removal = store.remove(book, blob.id);
    removal.committed();
    CHECK(files() == 0);
}

TEST_CASE_FIXTURE(Blobs, "what a crash left in doubt is settled by the rows")
{
    auto const kept = put("kept");
    auto const marker = [&](std::string const& blob_id) {
        base::create_file(path / "pending_blobs" / (book + "." + blob_id), {});
    };
    auto const orphan = put("its row was not committed");
    auto const deleted = put("its row is gone");
    auto const undeleted = put("the deletion was not committed");
    for (auto const* blob : {&orphan, &deleted, &undeleted}) marker(blob->id);
    auto half = put("half");
    std::filesystem::rename(
        store.file_of(book, half.id), store.file_of(book, half.id).string() + ".part"
    );
    marker(half.id);
    base::create_file(path / "pending_blobs" / "something else", {});
    marker(kept.id + ".0123.tmp"); // cut off while it was made

    auto const removed = store.settle_pending([&](auto const& book_id, auto const& blob_id) {
        CHECK(book_id == book);
        return blob_id == undeleted.id;
    });
    CHECK(removed == 3);
    CHECK(get(kept) == "kept");
    CHECK(exists(undeleted));
    CHECK_FALSE(exists(orphan));
    CHECK_FALSE(exists(deleted));
    CHECK(files() == 3); // two blobs and what is not ours
    CHECK(store.settle_pending([](auto const&, auto const&) { return false; }) == 0);
}

TEST_CASE_FIXTURE(Blobs, "while files are held, a removed blob's file stays")
{
    auto const blob = put("content");
    auto one = store.hold_files();
    auto other = store.hold_files();
    store.remove(book, blob.id).committed();
    CHECK(exists(blob));
    one.reset();
    CHECK(exists(blob));
    other.reset();
    CHECK(files() == 0);
}

#include "backup/repository.hpp"
#include "base/files.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

namespace {

std::string const book_id = "00112233445566778899aabbccddeeff";
std::string const blob_id = "ffeeddccbbaa99887766554433221100";
std::string const some_hash(64, 'a');

backup::SavedFile saved_office(std::int64_t point)
{
    backup::SavedFile file;
    file.segment = fmt::format("0-office-1-{:012}.seg", point);
    file.sha256 = some_hash;
    file.chain_head = some_hash;
    return file;
}

backup::Manifest manifest_of(std::int64_t point)
{
    backup::Manifest manifest;
    manifest.id = point;
    manifest.kind = "manual";
    manifest.files.push_back(saved_office(point));
    return manifest;
}

struct Store : ScratchFolder {
    backup::Repository repository{path, test_root(1)};

    Store() { repository.prepare("instance"); }
    void point(std::int64_t id, bool with_blob = false)
    {
        auto manifest = manifest_of(id);
        base::create_file(repository.segment(manifest.files[0].segment), base::as_bytes("pages"));
        if (with_blob) {
            manifest.blobs.push_back({book_id, blob_id, 5, some_hash});
            auto const file = repository.blob(book_id, blob_id);
            base::make_private_folder(file.parent_path());
            base::replace_file(file, base::as_bytes("bytes"));
        }
        repository.save(manifest);
    }
    bool has_segment(std::int64_t id) const
    {
        return std::filesystem::exists(repository.segment(saved_office(id).segment));
    }
    bool has_blob() const { return std::filesystem::exists(repository.blob(book_id, blob_id)); }
    std::filesystem::path manifest(std::int64_t id) const
    {
        return path / "points" / fmt::format("{:012}.manifest", id);
    }
};

} // namespace

TEST_CASE_FIXTURE(Store, "a manifest opens under its own number, with our keys, and untouched")
{
    point(7);
    CHECK(repository.load(7));
    CHECK_FALSE(repository.load(8));
    CHECK_FALSE(backup::Repository{path, test_root(2)}.load(7));
    std::filesystem::copy_file(manifest(7), manifest(9)); // replayed as a newer one
    CHECK_FALSE(repository.load(9));
    auto bytes = base::read_file(manifest(7), 1 << 20);
    bytes.back() ^= 1;
    base::replace_file(manifest(7), bytes);
    CHECK_FALSE(repository.load(7));
    CHECK(repository.points() == std::vector<std::int64_t>{9, 7}); // listed, as damaged
}

TEST_CASE_FIXTURE(Store, "a manifest that would lead out of the repository does not open")
{
    auto bad = manifest_of(5);
    SUBCASE("a segment elsewhere") { bad.files[0].segment = "../../etc/shadow.seg"; }
    SUBCASE("a hidden segment") { bad.files[0].segment = "..seg"; }
    SUBCASE("a book elsewhere")
    {
        bad.files.push_back(saved_office(5));
        bad.files[1].kind = static_cast<std::int64_t>(store::Kind::book);
        bad.files[1].book_id = "../../../../../../tmp/0123456789";
    }
    SUBCASE("a blob elsewhere") { bad.blobs.push_back({book_id, "../../x", 1, some_hash}); }
    SUBCASE("a blob of a book elsewhere") { bad.blobs.push_back({"..", blob_id, 1, some_hash}); }
    SUBCASE("a kind that is none") { bad.files[0].kind = 99; }
    SUBCASE("an epoch that is none") { bad.files[0].epoch = -1; }
    SUBCASE("no office") { bad.files.clear(); }
    SUBCASE("another number inside") { bad.id = 6; }
    repository.save(bad);
    CHECK_FALSE(repository.load(bad.id == 6 ? 5 : bad.id));
    if (bad.id == 5) CHECK_FALSE(repository.load(5));
}

TEST_CASE_FIXTURE(Store, "pruning keeps the newest and the protected one, and what they name")
{
    for (std::int64_t id = 1; id <= 5; ++id) point(id, id == 2);
    CHECK(repository.prune(2, 1) == std::vector<std::int64_t>{3, 2});
    CHECK(repository.points() == std::vector<std::int64_t>{5, 4, 1});
    for (std::int64_t const id : {5, 4, 1}) CHECK(has_segment(id));
    for (std::int64_t const id : {3, 2}) CHECK_FALSE(has_segment(id));
    CHECK_FALSE(has_blob());
    CHECK(repository.prune(2, 1).empty());
}

TEST_CASE_FIXTURE(Store, "pruning drops nothing while a point that stays cannot be read")
{
    for (std::int64_t id = 1; id <= 4; ++id) point(id, true);
    base::replace_file(manifest(3), base::as_bytes("damaged"));
    CHECK(repository.prune(2, std::nullopt).empty());
    CHECK(repository.points().size() == 4);
    CHECK(has_blob());
    for (std::int64_t id = 1; id <= 4; ++id) CHECK(has_segment(id));
    point(5, true);
    point(6, true); // now the damaged one is beyond what is kept
    CHECK(repository.prune(2, std::nullopt) == std::vector<std::int64_t>{4, 3, 2, 1});
    CHECK(has_blob());
}

TEST_CASE_FIXTURE(Store, "what a crash left goes, what belongs to somebody else stays")
{
    point(1, true);
    auto const orphan = repository.segment("1-orphan.seg");
    auto const half = repository.segment("1-half.seg.tmp");
    auto const half_point = path / "points" / "000000000002.manifest.ab.tmp";
    auto const half_blob = path / "blobs" / book_id / "ff" / "x.tmp";
    for (auto const& file : {orphan, half, half_point, half_blob, path / "note.txt"})
        base::create_file(file, base::as_bytes("x"));
    repository.sweep_segments();
    for (auto const& file : {orphan, half, half_point}) CHECK_FALSE(std::filesystem::exists(file));
    CHECK(std::filesystem::exists(half_blob)); // copied again or swept by the next whole run
    CHECK(repository.prune(9, std::nullopt).empty());
    CHECK_FALSE(std::filesystem::exists(half_blob));
    CHECK(std::filesystem::exists(path / "note.txt"));
    CHECK(has_segment(1));
    CHECK(has_blob());
}

TEST_CASE_FIXTURE(Store, "a repository belongs to one office")
{
    backup::Repository other{path, test_root(2)};
    CHECK_THROWS_AS(other.prepare("other"), backup::ForeignRepository); // marked, though empty
    point(1);
    std::filesystem::remove(path / "office");
    CHECK_THROWS_AS(other.prepare("other"), backup::ForeignRepository);
    CHECK_FALSE(std::filesystem::exists(path / "office"));
    repository.prepare("instance"); // ours: the point opens, the mark is made anew
    base::replace_file(path / "office", base::as_bytes("damaged"));
    repository.prepare("instance");
    CHECK_THROWS_AS(other.prepare("other"), backup::ForeignRepository);
}

TEST_CASE_FIXTURE(
    Store, "a blob is copied once, never wrongly, and anew when it is not to be trusted"
)
{
    using Copied = backup::Repository::Copied;
    auto const source = path / "source";
    base::create_file(source, base::as_bytes("bytes"));
    backup::SavedBlob const blob{
        book_id, blob_id, 5, base::to_hex(crypto::sha256(base::as_bytes("bytes")))
    };
    CHECK(repository.copy_blob(source, blob, false) == Copied::now);
    CHECK(repository.copy_blob(source, blob, false) == Copied::before);
    CHECK(repository.has_blob(blob));
    base::replace_file(repository.blob(book_id, blob_id), base::as_bytes("damaged"));
    CHECK_FALSE(repository.has_blob(blob));
    CHECK(repository.copy_blob(source, blob, true) == Copied::now);
    CHECK(repository.has_blob(blob));
    std::filesystem::remove(source);
    CHECK(repository.copy_blob(source, blob, true) == Copied::before); // lost here, kept there
    std::filesystem::remove(repository.blob(book_id, blob_id));
    CHECK(repository.copy_blob(source, blob, false) == Copied::not_at_all);
    base::create_file(source, base::as_bytes("other"));
    CHECK(repository.copy_blob(source, blob, false) == Copied::not_at_all);
    CHECK_FALSE(has_blob());
}

TEST_CASE("a repository that was unplugged has no points, and says nothing worse")
{
    backup::Repository const gone{"/nonexistent/repository", test_root(1)};
    CHECK(gone.points().empty());
    CHECK_FALSE(gone.load(1));
}

#include "backup/repository.hpp"

#include "base/files.hpp"
#include "crypto/aead.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <system_error>

namespace backup {

namespace {

constexpr std::uint64_t manifest_bytes_max = 1ULL << 30;
constexpr std::size_t piece_bytes = 1 << 20;
constexpr std::string_view extension = ".manifest";

constexpr std::string_view half_written = ".tmp";
constexpr char const* mark = "office"; // whose backups these are

std::string context_of(std::int64_t id) { return fmt::format("kuramori manifest 1 {}", id); }

bool hex(std::string_view text, std::size_t digits)
{
    return text.size() == digits &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool segment_name(std::string_view name) // never leads out of its folder
{
    return name.size() < 200 && name.ends_with(".seg") &&
           name.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz-.") ==
               std::string_view::npos &&
           !name.starts_with('.');
}

bool sound(SavedFile const& file)
{
    auto const kind = static_cast<store::Kind>(file.kind);
    bool const book = kind == store::Kind::book && hex(file.book_id, 32);
    bool const own =
        (kind == store::Kind::office || kind == store::Kind::log) && file.book_id.empty();
    return (book || own) && file.epoch >= 1 && file.sequence >= 0 && segment_name(file.segment) &&
           hex(file.sha256, 64) && hex(file.chain_head, 64);
}

// Only we can have written a manifest that opens; a fault of ours must not become a wrong path.
bool sound(Manifest const& manifest, std::int64_t id)
{
    return manifest.id == id && !manifest.files.empty() &&
           manifest.files.front().kind == static_cast<std::int64_t>(store::Kind::office) &&
           std::all_of(
               manifest.files.begin(), manifest.files.end(),
               [](auto const& file) { return sound(file); }
           ) &&
           std::all_of(manifest.blobs.begin(), manifest.blobs.end(), [](auto const& blob) {
               return hex(blob.book_id, 32) && hex(blob.blob_id, 32) && hex(blob.sha256, 64);
           });
}

template <class Each> std::string hash_of(std::filesystem::path const& name, Each const& each)
{
    auto file = base::File::open_to_read(name);
    crypto::Sha256 hash;
    Bytes piece(piece_bytes);
    for (auto got = piece.size(); got == piece.size();) {
        got = file.read(piece);
        auto const part = ByteView{piece}.first(got);
        hash.add(part);
        each(part);
    }
    return base::to_hex(hash.finish());
}

bool empty(std::filesystem::path const& folder)
{
    return !std::filesystem::exists(folder) || std::filesystem::is_empty(folder);
}

} // namespace

std::string copy_hashed(std::filesystem::path const& from, std::filesystem::path const& to)
{
    auto out = base::File::create(to);
    auto hash = hash_of(from, [&](ByteView part) { out.write(part); });
    out.sync();
    return hash;
}

Repository::Repository(std::filesystem::path folder, Key const& backup_key)
    : folder_(std::move(folder))
    , mac_key_(crypto::derive(backup_key, "segment MAC 1"))
    , manifest_key_(crypto::derive(backup_key, "manifest 1"))
{
}

// A mark that was lost or damaged is made anew when the newest point opens with our keys.
void Repository::prepare(std::string const& instance_id)
{
    auto const file = folder_ / mark;
    bool marked = false;
    if (std::filesystem::exists(file)) {
        auto const content = base::read_file(file, 4096);
        marked = base::as_text(content) == instance_id + "\n";
    }
    if (!marked) {
        auto const ids = points();
        bool const fresh = ids.empty() && empty(folder_ / "keys") && !std::filesystem::exists(file);
        bool const ours =
            std::any_of(ids.begin(), ids.end(), [&](auto id) { return load(id).has_value(); });
        if (!fresh && !ours)
            throw ForeignRepository("the repository holds another office's backups");
    }
    for (auto const* part : {"segments", "points", "blobs", "keys"})
        base::make_private_folder(folder_ / part);
    if (!marked) base::replace_file(file, base::as_bytes(instance_id + "\n"));
}

std::filesystem::path Repository::segment(std::string const& name) const
{
    return folder_ / "segments" / name;
}

std::filesystem::path Repository::blob(std::string const& book_id, std::string const& blob_id) const
{
    return folder_ / "blobs" / book_id / blob_id.substr(0, 2) / blob_id;
}

std::filesystem::path Repository::manifest_file(std::int64_t id) const
{
    return folder_ / "points" / fmt::format("{:012}{}", id, extension);
}

std::vector<std::int64_t> Repository::points() const
{
    std::vector<std::int64_t> ids;
    std::error_code gone; // a repository that was unplugged has no points
    for (std::filesystem::directory_iterator entry{folder_ / "points", gone}, end;
         !gone && entry != end; entry.increment(gone)) {
        if (entry->path().extension() != extension) continue;
        auto const stem = entry->path().stem().string();
        std::int64_t id = 0;
        auto const [rest, error] = std::from_chars(stem.data(), stem.data() + stem.size(), id);
        if (error == std::errc{} && rest == stem.data() + stem.size() && id > 0) ids.push_back(id);
    }
    std::sort(ids.rbegin(), ids.rend());
    return ids;
}

void Repository::save(Manifest const& manifest)
{
    auto const text = json::to_text(manifest);
    base::replace_file(
        manifest_file(manifest.id),
        crypto::seal(manifest_key_, base::as_bytes(text), context_of(manifest.id))
    );
}

std::optional<Manifest> Repository::load(std::int64_t id) const
try {
    auto const sealed = base::read_file(manifest_file(id), manifest_bytes_max);
    auto const plain = crypto::open(manifest_key_, sealed, context_of(id));
    if (!plain) return std::nullopt;
    auto manifest = json::from<Manifest>(boost::json::parse(base::as_text(*plain)));
    if (!manifest || !sound(*manifest, id)) return std::nullopt;
    return std::move(*manifest);
} catch (std::system_error const&) { // missing, or the disk has lost it
    return std::nullopt;
}

bool Repository::has_blob(SavedBlob const& saved) const
try {
    return hash_of(blob(saved.book_id, saved.blob_id), [](ByteView) {}) == saved.sha256;
} catch (std::system_error const&) {
    return false;
}

Repository::Copied
Repository::copy_blob(std::filesystem::path const& source, SavedBlob const& saved, bool suspect)
{
    auto const target = blob(saved.book_id, saved.blob_id);
    if (std::filesystem::exists(target) && (!suspect || has_blob(saved))) return Copied::before;
    if (!std::filesystem::exists(source)) return Copied::not_at_all;
    base::make_private_folder(target.parent_path());
    auto aside = target;
    aside += half_written;
    std::filesystem::remove(aside);
    auto const sha256 = copy_hashed(source, aside);
    if (sha256 != saved.sha256) {
        std::filesystem::remove(aside);
        return Copied::not_at_all;
    }
    std::filesystem::rename(aside, target);
    base::sync_folder(target.parent_path());
    return Copied::now;
}

// Every segment and blob that these points name; nullopt: one of them cannot be read.
std::optional<std::set<std::string>> Repository::named_by(std::span<std::int64_t const> ids) const
{
    std::set<std::string> named;
    for (auto const id : ids) {
        auto const manifest = load(id);
        if (!manifest) return std::nullopt;
        for (auto const& file : manifest->files) named.insert(segment(file.segment).string());
        for (auto const& saved : manifest->blobs)
            named.insert(blob(saved.book_id, saved.blob_id).string());
    }
    return named;
}

void Repository::remove_unnamed(char const* part, std::set<std::string> const& named) const
{
    std::vector<std::filesystem::path> unnamed;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{folder_ / part})
        if (entry.is_regular_file() && !named.contains(entry.path().string()))
            unnamed.push_back(entry.path());
    for (auto const& file : unnamed) std::filesystem::remove(file);
}

void Repository::sweep_segments()
{
    for (auto const& entry : std::filesystem::directory_iterator{folder_ / "points"})
        if (entry.path().extension() == half_written) std::filesystem::remove(entry.path());
    if (auto const named = named_by(points())) remove_unnamed("segments", *named);
}

std::vector<std::int64_t> Repository::prune(std::size_t keep, std::optional<std::int64_t> protect)
{
    std::vector<std::int64_t> kept;
    std::vector<std::int64_t> drop;
    for (auto const id : points())
        (kept.size() < keep || id == protect ? kept : drop).push_back(id);
    auto const named = named_by(kept);
    if (!named) return {};
    for (auto const id : drop) std::filesystem::remove(manifest_file(id));
    base::sync_folder(folder_ / "points"); // a point goes before its pages do
    remove_unnamed("segments", *named);
    remove_unnamed("blobs", *named);
    return drop;
}

} // namespace backup

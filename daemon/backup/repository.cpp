#include "backup/repository.hpp"

#include "base/files.hpp"
#include "crypto/aead.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace backup {

namespace {

constexpr std::uint64_t manifest_bytes_max = 1ULL << 30;
constexpr std::string_view extension = ".manifest";

std::string context_of(std::int64_t id) { return fmt::format("kuramori manifest 1 {}", id); }

} // namespace

Repository::Repository(std::filesystem::path folder, Key const& backup_key)
    : folder_(std::move(folder))
    , mac_key_(crypto::derive(backup_key, "segment MAC 1"))
    , manifest_key_(crypto::derive(backup_key, "manifest 1"))
{
}

void Repository::prepare()
{
    for (auto const* part : {"segments", "points", "blobs", "keys"})
        base::make_private_folder(folder_ / part);
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
    if (!std::filesystem::is_directory(folder_ / "points")) return ids;
    for (auto const& entry : std::filesystem::directory_iterator{folder_ / "points"}) {
        if (entry.path().extension() != extension) continue;
        auto const stem = entry.path().stem().string();
        std::int64_t id = 0;
        auto const [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), id);
        if (error == std::errc{} && end == stem.data() + stem.size()) ids.push_back(id);
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
{
    auto const file = manifest_file(id);
    if (!std::filesystem::exists(file)) return std::nullopt;
    auto const plain =
        crypto::open(manifest_key_, base::read_file(file, manifest_bytes_max), context_of(id));
    if (!plain) return std::nullopt;
    auto manifest = json::from<Manifest>(boost::json::parse(base::as_text(*plain)));
    if (!manifest) return std::nullopt;
    return std::move(*manifest);
}

std::vector<std::int64_t> Repository::prune(std::size_t keep, std::optional<std::int64_t> protect)
{
    std::vector<std::int64_t> drop;
    std::set<std::string> needed;
    auto const ids = points();
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (i >= keep && ids[i] != protect) {
            drop.push_back(ids[i]);
            continue;
        }
        auto const manifest = load(ids[i]);
        if (!manifest) return {};
        for (auto const& file : manifest->files) needed.insert(segment(file.segment).string());
        for (auto const& saved : manifest->blobs)
            needed.insert(blob(saved.book_id, saved.blob_id).string());
    }
    if (drop.empty()) return drop;
    for (auto const id : drop) std::filesystem::remove(manifest_file(id));
    base::sync_folder(folder_ / "points"); // a point goes before its pages do
    for (auto const* part : {"segments", "blobs"})
        for (auto const& entry : std::filesystem::recursive_directory_iterator{folder_ / part})
            if (entry.is_regular_file() && !needed.contains(entry.path().string()))
                std::filesystem::remove(entry.path());
    return drop;
}

} // namespace backup

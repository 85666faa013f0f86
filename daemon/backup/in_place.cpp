#include "backup/in_place.hpp"

#include "base/files.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <stdexcept>
#include <vector>

namespace backup {

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> entries_of(fs::path const& folder)
{
    std::vector<fs::path> entries;
    for (auto const& entry : fs::directory_iterator{folder}) entries.push_back(entry.path());
    return entries;
}

void move_into(fs::path const& entry, fs::path const& folder)
{
    fs::rename(entry, folder / entry.filename());
}

fs::path free_name(fs::path const& data, Instant now)
{
    auto const wanted = fmt::format("before-restore-{:%Y%m%d-%H%M%S}", now + base::japan_offset);
    auto name = data / wanted;
    for (int i = 2; fs::exists(name); ++i) name = data / fmt::format("{}-{}", wanted, i);
    return name;
}

} // namespace

InPlace::InPlace(fs::path data_folder) : data_(std::move(data_folder)), work_(data_ / "restoring")
{
}

bool InPlace::begun() const
{
    return fs::exists(work_ / "proven") || fs::exists(work_ / "placing");
}

fs::path InPlace::prepare()
{
    if (begun() || fs::exists(work_ / "old")) throw std::logic_error("finish comes first");
    fs::remove_all(work_);
    base::make_private_folder(work_ / "new");
    return work_ / "new";
}

void InPlace::proven()
{
    fs::rename(work_ / "new", work_ / "proven");
    base::sync_folder(work_);
}

void InPlace::withdraw()
{
    if (fs::exists(work_ / "old")) throw std::logic_error("the exchange has begun");
    fs::remove_all(work_);
    base::sync_folder(data_);
}

void InPlace::move_out() const
{
    base::make_private_folder(work_ / "old");
    for (auto const& entry : entries_of(data_)) {
        auto const name = entry.filename().string();
        bool const stays = name == ".lock" || entry == work_ || name.starts_with("before-restore-");
        if (!stays) move_into(entry, work_ / "old");
    }
    base::sync_folder(work_ / "old");
    base::sync_folder(data_);
}

std::optional<fs::path> InPlace::finish(Instant now)
{
    if (!fs::exists(work_ / "placing")) {
        move_out();
        fs::rename(work_ / "proven", work_ / "placing");
        base::sync_folder(work_);
    }
    for (auto const& entry : entries_of(work_ / "placing")) move_into(entry, data_);
    base::sync_folder(data_);
    std::optional<fs::path> kept;
    if (fs::exists(work_ / "old") && !fs::is_empty(work_ / "old")) {
        kept = free_name(data_, now);
        fs::rename(work_ / "old", *kept);
    }
    fs::remove_all(work_);
    base::sync_folder(data_);
    return kept;
}

} // namespace backup

#include "base/files.hpp"

#include "base/random.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>

namespace base {

namespace {

[[noreturn]] void fail(std::string const& doing, std::filesystem::path const& file)
{
    throw std::system_error(errno, std::generic_category(), doing + " " + file.string());
}

} // namespace

File::File(std::filesystem::path const& file, int flags, unsigned mode)
    : file_(file), descriptor_(::open(file.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, mode))
{
    if (descriptor_ < 0) fail("open", file);
}

File File::open_to_read(std::filesystem::path const& file) { return {file, O_RDONLY, 0}; }

File File::create(std::filesystem::path const& file, unsigned mode)
{
    return {file, O_WRONLY | O_CREAT | O_EXCL, mode};
}

File::~File()
{
    if (descriptor_ >= 0) ::close(descriptor_);
}

void File::write(ByteView content)
{
    while (!content.empty()) {
        auto const written = ::write(descriptor_, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail("write", file_);
        content = content.subspan(static_cast<std::size_t>(written));
    }
}

std::size_t File::read(std::span<Byte> out)
{
    std::size_t at = 0;
    while (at < out.size()) {
        auto const got = ::read(descriptor_, out.data() + at, out.size() - at);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("read", file_);
        if (got == 0) break;
        at += static_cast<std::size_t>(got);
    }
    return at;
}

std::uint64_t File::size() const
{
    struct stat facts{};
    if (::fstat(descriptor_, &facts) != 0) fail("stat", file_);
    return static_cast<std::uint64_t>(facts.st_size);
}

void File::sync()
{
    if (::fsync(descriptor_) != 0) fail("flush", file_);
}

void make_private_folder(std::filesystem::path const& folder)
{
    if (folder.empty() || std::filesystem::is_directory(folder)) return;
    make_private_folder(folder.parent_path());
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) fail("make folder", folder);
    if (!folder.parent_path().empty()) sync_folder(folder.parent_path());
}

void sync_file(std::filesystem::path const& file) { File::open_to_read(file).sync(); }
void sync_folder(std::filesystem::path const& folder)
{
    File::open_to_read(folder / "").sync(); // the slash: a folder, also behind a symbolic link
}

std::uintmax_t free_bytes(std::filesystem::path const& folder)
{
    std::error_code unknown;
    auto const space = std::filesystem::space(folder, unknown);
    return unknown ? UINTMAX_MAX : space.available;
}

std::uintmax_t reserved_bytes(std::filesystem::path const& folder)
{
    constexpr std::uintmax_t enough = 64 << 20;
    std::error_code unknown;
    auto const space = std::filesystem::space(folder, unknown);
    return unknown ? 0 : std::min(enough, space.capacity / 20);
}

Bytes read_file(std::filesystem::path const& file, std::uint64_t bytes_max)
{
    auto input = File::open_to_read(file);
    auto const size = input.size();
    if (size > bytes_max) {
        errno = EFBIG;
        fail("read", file);
    }
    Bytes content(static_cast<std::size_t>(size));
    content.resize(input.read(content));
    return content;
}

namespace {

// Writes aside, flushed, then gives the content its name in one step.
template <class Rename>
void put_file(
    std::filesystem::path const& file, ByteView content, unsigned mode, Rename const& rename
)
{
    auto aside = file;
    aside += "." + random_id() + ".tmp";
    try {
        auto made = File::create(aside, mode);
        made.write(content);
        made.sync();
        if (rename(aside.c_str(), file.c_str()) != 0) fail("rename", file);
    } catch (...) {
        ::unlink(aside.c_str());
        throw;
    }
    sync_folder(file.parent_path());
}

int rename_to_new(char const* from, char const* to)
{
    if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return 0;
    if (errno != EINVAL) return -1; // a file system that cannot promise it
    if (std::filesystem::exists(to)) {
        errno = EEXIST;
        return -1;
    }
    return ::rename(from, to);
}

} // namespace

void replace_file(std::filesystem::path const& file, ByteView content, unsigned mode)
{
    put_file(file, content, mode, ::rename);
}

void create_file(std::filesystem::path const& file, ByteView content, unsigned mode)
{
    put_file(file, content, mode, rename_to_new);
}

} // namespace base

#include "base/files.hpp"

#include "base/random.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace base {

namespace {

[[noreturn]] void fail(std::string const& doing, std::filesystem::path const& file)
{
    throw std::system_error(errno, std::generic_category(), doing + " " + file.string());
}

class Descriptor {
public:
    Descriptor(std::filesystem::path const& file, int flags, unsigned mode = 0)
        : descriptor_(::open(file.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, mode))
    {
        if (descriptor_ < 0) fail("open", file);
    }
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    ~Descriptor() { ::close(descriptor_); }
    int get() const { return descriptor_; }

private:
    int descriptor_;
};

void write_all(int descriptor, ByteView content, std::filesystem::path const& file)
{
    while (!content.empty()) {
        auto const written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail("write", file);
        content = content.subspan(static_cast<std::size_t>(written));
    }
}

} // namespace

void make_private_folder(std::filesystem::path const& folder)
{
    if (folder.empty() || std::filesystem::is_directory(folder)) return;
    make_private_folder(folder.parent_path());
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) fail("make folder", folder);
    if (!folder.parent_path().empty()) sync_folder(folder.parent_path());
}

void sync_file(std::filesystem::path const& file)
{
    Descriptor const descriptor{file, O_RDONLY};
    if (::fsync(descriptor.get()) != 0) fail("flush", file);
}

void sync_folder(std::filesystem::path const& folder)
{
    Descriptor const descriptor{folder, O_RDONLY | O_DIRECTORY};
    if (::fsync(descriptor.get()) != 0) fail("flush", folder);
}

Bytes read_file(std::filesystem::path const& file, std::uint64_t bytes_max)
{
    Descriptor const descriptor{file, O_RDONLY};
    struct stat facts{};
    if (::fstat(descriptor.get(), &facts) != 0) fail("stat", file);
    if (static_cast<std::uint64_t>(facts.st_size) > bytes_max) {
        errno = EFBIG;
        fail("read", file);
    }
    Bytes content(static_cast<std::size_t>(facts.st_size));
    std::size_t at = 0;
    while (at < content.size()) {
        auto const got = ::read(descriptor.get(), content.data() + at, content.size() - at);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("read", file);
        if (got == 0) break;
        at += static_cast<std::size_t>(got);
    }
    content.resize(at);
    return content;
}

void replace_file(std::filesystem::path const& file, ByteView content, unsigned mode)
{
    auto aside = file;
    aside += "." + random_id() + ".tmp";
    create_file(aside, content, mode);
    if (::rename(aside.c_str(), file.c_str()) != 0) {
        auto const code = errno;
        ::unlink(aside.c_str());
        errno = code;
        fail("rename", file);
    }
    sync_folder(file.parent_path());
}

void create_file(std::filesystem::path const& file, ByteView content, unsigned mode)
{
    Descriptor const descriptor{file, O_WRONLY | O_CREAT | O_EXCL, mode};
    try {
        write_all(descriptor.get(), content, file);
        if (::fsync(descriptor.get()) != 0) fail("flush", file);
    } catch (...) {
        ::unlink(file.c_str());
        throw;
    }
    sync_folder(file.parent_path());
}

} // namespace base

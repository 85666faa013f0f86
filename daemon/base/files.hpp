#pragma once
// Files that must survive a power cut: written aside, flushed, renamed, folder flushed.
#include "base/bytes.hpp"

#include <cstdint>
#include <filesystem>
#include <utility>

namespace base {

// An open file, closed when it goes. Never follows a symbolic link in its last step.
class File {
public:
    static File open_to_read(std::filesystem::path const& file);
    static File
    create(std::filesystem::path const& file, unsigned mode = 0600); // fails if it exists
    File(File const&) = delete;
    File& operator=(File const&) = delete;
    File(File&& other) noexcept
        : file_(std::move(other.file_)), descriptor_(std::exchange(other.descriptor_, -1))
    {
    }
    File& operator=(File&&) = delete;
    ~File();

    void write(ByteView content);
    std::size_t read(std::span<Byte> out); // fills `out`; short only at the end of the file
    std::uint64_t size() const;
    void sync();

private:
    File(std::filesystem::path const& file, int flags, unsigned mode);
    std::filesystem::path file_;
    int descriptor_;
};

void make_private_folder(std::filesystem::path const& folder); // 0700, parents too; may exist
void sync_file(std::filesystem::path const& file);
void sync_folder(std::filesystem::path const& folder);

std::uintmax_t free_bytes(std::filesystem::path const& folder); // for us; a lot when unknown
// What we leave free on the folder's disk, so that it can still be worked with.
std::uintmax_t reserved_bytes(std::filesystem::path const& folder);

Bytes read_file(std::filesystem::path const& file, std::uint64_t bytes_max);

// Atomic: after a crash the old content or the new is there. `mode` e.g. 0600.
void replace_file(std::filesystem::path const& file, ByteView content, unsigned mode = 0600);

// Fails if the file exists. After a crash it is there whole, or not at all.
void create_file(std::filesystem::path const& file, ByteView content, unsigned mode = 0600);

} // namespace base

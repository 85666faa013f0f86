#pragma once
// Files that must survive a power cut: written aside, flushed, renamed, folder flushed.
#include "base/bytes.hpp"

#include <filesystem>

namespace base {

void make_private_folder(std::filesystem::path const& folder); // 0700, parents too; may exist
void sync_file(std::filesystem::path const& file);
void sync_folder(std::filesystem::path const& folder);

Bytes read_file(std::filesystem::path const& file, std::uint64_t bytes_max);

// Atomic: after a crash the old content or the new is there. `mode` e.g. 0600.
void replace_file(std::filesystem::path const& file, ByteView content, unsigned mode = 0600);

// Fails if the file exists (O_EXCL).
void create_file(std::filesystem::path const& file, ByteView content, unsigned mode = 0600);

} // namespace base

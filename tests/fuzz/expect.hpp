#pragma once
// What a fuzz target says about every input, beside not crashing.
#include "base/bytes.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace fuzz {

inline void expect(bool fine) // libFuzzer reports the input that got here
{
    if (!fine) std::abort();
}

inline std::string_view text_of(std::uint8_t const* data, std::size_t size)
{
    return {reinterpret_cast<char const*>(data), size};
}

// A folder of this process for readers that want a file.
inline std::filesystem::path const& scratch()
{
    static auto const folder = [] {
        std::string name = std::filesystem::temp_directory_path() / "kuramori-fuzz-XXXXXX";
        expect(::mkdtemp(name.data()) != nullptr);
        return std::filesystem::path{name};
    }();
    return folder;
}

inline void put_file(std::filesystem::path const& file, std::uint8_t const* data, std::size_t size)
{
    std::ofstream out{file, std::ios::binary | std::ios::trunc};
    out.write(reinterpret_cast<char const*>(data), static_cast<std::streamsize>(size));
}

} // namespace fuzz

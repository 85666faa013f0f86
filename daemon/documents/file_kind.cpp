#include "documents/file_kind.hpp"

#include "domain/numbers.hpp"
#include "domain/text.hpp"

#include <algorithm>
#include <iterator>

namespace documents {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t name_bytes_max = 255; // what every file system can hold

constexpr auto zip = "PK\x03\x04"sv;
constexpr auto ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv;

struct Kind {
    std::string_view extension;
    std::string_view beginning;
};
constexpr Kind kinds[] = {
    {"doc", ole},
    {"docx", zip},
    {"docx", ole}, // with a password, Office wraps the file this way
    {"xls", ole},
    {"xlsx", zip},
    {"xlsx", ole},
    {"jpg", "\xFF\xD8\xFF"sv},
    {"jpeg", "\xFF\xD8\xFF"sv},
    {"gif", "GIF87a"sv},
    {"gif", "GIF89a"sv},
    {"png", "\x89PNG\r\n\x1A\n"sv},
    {"pdf", "%PDF-"sv},
    {"zip", zip},
};

Problem refuse(char const* code, char const* fault)
{
    return {Fault::invalid, code, {{"name", fault}}};
}

} // namespace

std::string extension_of(std::string_view name)
{
    auto const dot = name.rfind('.');
    if (dot == std::string_view::npos) return {};
    std::string extension{name.substr(dot + 1)};
    for (auto& letter : extension)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return extension;
}

std::optional<Problem> check_file_name(std::string_view name)
{
    if (domain::trimmed(name.substr(0, name.rfind('.'))).empty())
        return refuse("file_name_missing", "required");
    if (name.size() > name_bytes_max) return refuse("file_name_too_long", "too_long");
    if (domain::has_hostile_characters(name) || name.find_first_of("\t\r\n") != name.npos)
        return refuse("file_name_characters", "control_characters");
    if (name.find_first_of(R"(\/:*?"<>|)") != name.npos)
        return refuse("file_name_characters", "reserved_characters");
    if (domain::holds_my_number(name))
        return refuse("file_name_my_number", "my_number_not_allowed");
    auto const extension = extension_of(name);
    auto const same = [&](Kind const& kind) { return kind.extension == extension; };
    if (std::none_of(std::begin(kinds), std::end(kinds), same))
        return refuse("file_type_refused", "file_type_refused");
    return std::nullopt;
}

bool begins_like(std::string_view extension, std::string_view beginning)
{
    return std::any_of(std::begin(kinds), std::end(kinds), [&](Kind const& kind) {
        return kind.extension == extension && beginning.starts_with(kind.beginning);
    });
}

} // namespace documents

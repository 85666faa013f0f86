#include "cli/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace cli {

std::optional<std::string> Arguments::option(std::string const& name)
{
    auto found = options(name);
    if (found.size() > 1)
        throw UserError(fmt::format("{} が二度指定されています。一つだけにしてください。", name));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<std::string> Arguments::options(std::string const& name)
{
    std::vector<std::string> found;
    for (auto word = words_.begin(); word != words_.end();) {
        if (word->starts_with(name + "=")) {
            found.push_back(word->substr(name.size() + 1));
            word = words_.erase(word);
        } else if (*word == name) {
            auto const value = word + 1;
            if (value == words_.end() || value->starts_with("--"))
                throw UserError(fmt::format("{} の後ろに値がありません。", name));
            found.push_back(*value);
            word = words_.erase(word, value + 1);
        } else {
            ++word;
        }
    }
    return found;
}

std::int64_t Arguments::number(
    std::string const& name, std::int64_t min, std::int64_t max, std::int64_t otherwise
)
{
    auto const text = option(name);
    if (!text) return otherwise;
    std::int64_t number = 0;
    auto const [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc{} || end != text->data() + text->size() || number < min || number > max)
        throw UserError(fmt::format("{} は {} から {} までの整数です: {}", name, min, max, *text));
    return number;
}

bool Arguments::flag(std::string const& name)
{
    auto const found = std::find(words_.begin(), words_.end(), name);
    if (found == words_.end()) return false;
    words_.erase(found);
    return true;
}

std::optional<std::string> Arguments::word()
{
    auto const found = std::find_if(words_.begin(), words_.end(), [](auto const& word) {
        return !word.starts_with("-");
    });
    if (found == words_.end()) return std::nullopt;
    auto word = std::move(*found);
    words_.erase(found);
    return word;
}

void Arguments::nothing_else() const
{
    if (!words_.empty())
        throw UserError(fmt::format(
            "分からない指定です: {}\n使い方は kuramori help で確認できます。", words_.front()
        ));
}

} // namespace cli

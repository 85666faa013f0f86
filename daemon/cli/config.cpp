// kuramori config: says whether the settings file is right, and prints all keys with their meaning.
#include "cli/commands.hpp"

#include <fmt/format.h>

namespace cli {

int config(Arguments& arguments)
{
    auto const what = arguments.word().value_or("");
    if (what == "print") {
        auto const file = arguments.option("--config");
        arguments.nothing_else();
        fmt::print("{}", app::to_yaml(file ? app::load_settings(*file) : app::Settings{}));
        return 0;
    }
    if (what != "check")
        throw UserError("kuramori config check または kuramori config print です。");
    auto const settings = settings_from(arguments);
    arguments.nothing_else();
    fmt::print("{}: 正しい設定です。\n", settings.file.string());
    return 0;
}

} // namespace cli

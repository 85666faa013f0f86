// kuramori.yaml: settings, or one complaint with file and line. What is printed is read back.
#include "app/settings.hpp"
#include "expect.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    try {
        auto const settings =
            app::parse_settings(std::string{fuzz::text_of(data, size)}, "kuramori.yaml");
        auto const printed = app::to_yaml(settings);
        fuzz::expect(app::to_yaml(app::parse_settings(printed, "printed.yaml")) == printed);
    } catch (app::SettingsError const& error) {
        fuzz::expect(std::string_view{error.what()}.starts_with("kuramori.yaml:"));
    }
    return 0;
}

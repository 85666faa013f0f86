#include "app/settings.hpp"

#include <doctest/doctest.h>

namespace {

std::string complaint(std::string const& yaml)
{
    try {
        app::parse_settings(yaml, "kuramori.yaml");
    } catch (app::SettingsError const& error) {
        return error.what();
    }
    return "accepted";
}

} // namespace

TEST_CASE("a key that is left out has its default, and one that is given counts")
{
    auto const settings = app::parse_settings("listen:\n  port: 9443\n", "kuramori.yaml");
    CHECK(settings.listen_port == 9443);
    CHECK(settings.backup_time == "23:00");
    CHECK(app::parse_settings("", "empty.yaml").listen_port == 8443);
}

TEST_CASE("an unknown, a repeated or a wrong key is refused with file and line")
{
    CHECK(complaint("listen:\n  prt: 1\n") == "kuramori.yaml:2: unknown key listen.prt");
    CHECK(
        complaint("listen:\n  port: 1\n  port: 2\n") ==
        "kuramori.yaml:3: the key stands twice: listen.port"
    );
    CHECK(complaint("listen:\n  port: 0x10\n").starts_with("kuramori.yaml:2: listen.port"));
    CHECK(complaint("listen:\n  port: 65536\n").starts_with("kuramori.yaml:2: listen.port"));
    CHECK(complaint("backup:\n  time: \"24:00\"\n").starts_with("kuramori.yaml: backup.time"));
    CHECK(complaint("data: [\n").starts_with("kuramori.yaml:"));
}

TEST_CASE("what is printed is read back as it was, quotes and backslashes too")
{
    app::Settings settings;
    settings.data_folder = "/srv/\"蔵\\守\"\n: #";
    settings.listen_hosts = {"kura.example", "a\"b"};
    auto const again = app::parse_settings(app::to_yaml(settings), "printed.yaml");
    CHECK(again.data_folder == settings.data_folder);
    CHECK(again.listen_hosts == settings.listen_hosts);
}

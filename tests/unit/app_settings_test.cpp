#include "app/settings.hpp"

#include <doctest/doctest.h>

using app::parse_settings, app::Settings;

namespace {

std::string fault_of(std::string const& yaml)
{
    try {
        parse_settings(yaml, "k.yaml");
        return "";
    } catch (app::SettingsError const& error) {
        return error.what();
    }
}

} // namespace

TEST_CASE("what is left out has its default, what is written stands")
{
    CHECK(parse_settings("", "k.yaml").listen_port == 8443);
    CHECK(parse_settings("# nothing\n", "k.yaml").backup_time == "23:00");
    auto const set = parse_settings(
        "listen:\n  port: 0443\n  hosts: [sr-server, \"蔵守.local\"]\nbackup:\n  time: \"02:30\"\n",
        "k.yaml"
    );
    CHECK(set.listen_port == 443); // decimal, as it looks
    CHECK(set.listen_hosts == std::vector<std::string>{"sr-server", "蔵守.local"});
    CHECK(set.backup_time == "02:30");
    CHECK(set.io_threads == 2);
}

TEST_CASE("a log of sign-ins and locks lives for ever or a year at least")
{
    CHECK(
        fault_of("log:\n  login_days: 364\n") ==
        "k.yaml:2: log.login_days must be 0 or at least 365"
    );
    CHECK(fault_of("log:\n  lockout_days: 1\n").starts_with("k.yaml:2: "));
    CHECK(parse_settings("log:\n  login_days: 365\n", "k.yaml").log_login_days == 365);
    CHECK(parse_settings("", "k.yaml").log_lockout_days == 0);
}

TEST_CASE("an unknown key is refused with its line")
{
    CHECK(fault_of("listen:\n  port: 8443\n  prt: 1\n") == "k.yaml:3: unknown key listen.prt");
    CHECK(fault_of("\nlisten_port: 1\n") == "k.yaml:2: unknown key listen_port");
    CHECK(fault_of("listen.port: 1\n") == ""); // the whole name on one line is fine too
    CHECK(fault_of("data:\n  folder:\n    deep: x\n").starts_with("k.yaml:3: "));
}

TEST_CASE("a key that stands twice is refused with the line of the second")
{
    CHECK(
        fault_of("listen:\n  port: 1\n  port: 2\n") == "k.yaml:3: the key stands twice: listen.port"
    );
    CHECK(
        fault_of("backup:\n  time: \"01:00\"\nlisten:\n  port: 1\nbackup:\n  generations: 3\n") ==
        "k.yaml:5: the key stands twice: backup"
    );
    CHECK(
        fault_of("listen:\n  port: 1\nlisten.port: 2\n") ==
        "k.yaml:3: the key stands twice: listen.port"
    );
}

TEST_CASE("values of the wrong kind or out of range are refused with their line")
{
    CHECK(fault_of("listen:\n  port: 65536\n") == "k.yaml:2: listen.port must be 0 to 65535");
    CHECK(fault_of("listen:\n  port: -1\n") == "k.yaml:2: listen.port is not a whole number");
    CHECK(fault_of("listen:\n  port: 80x\n") == "k.yaml:2: listen.port is not a whole number");
    CHECK(fault_of("listen:\n  port: 1e3\n") == "k.yaml:2: listen.port is not a whole number");
    CHECK(fault_of("listen:\n  port:\n").ends_with("listen.port is not a whole number"));
    CHECK(
        fault_of("listen:\n  port: 99999999999999999999\n") ==
        "k.yaml:2: listen.port is not a whole number"
    );
    CHECK(fault_of("listen:\n  hosts: one\n") == "k.yaml:2: listen.hosts is not a list");
    CHECK(fault_of("listen:\n  hosts: [[a]]\n") == "k.yaml:2: listen.hosts holds something else");
    CHECK(fault_of("data:\n  folder: [a]\n") == "k.yaml:2: data.folder is not a text");
    CHECK(fault_of("lockout:\n  failures: 2\n") == "k.yaml:2: lockout.failures must be 3 to 100");
    CHECK(
        fault_of("password:\n  length_min: 9\n") == "k.yaml:2: password.length_min must be 10 to 64"
    );
    CHECK(fault_of("password:\n  days_staff: 0\n").empty());
    CHECK(fault_of("- a\n- b\n").starts_with("k.yaml:1: "));
    CHECK(fault_of("listen: 5\n").starts_with("k.yaml:1: "));
    CHECK(fault_of("listen:\n  port: [\n").starts_with("k.yaml:"));
}

TEST_CASE("the time of the nightly backup is a time of day")
{
    for (auto const* time : {"00:00", "23:59", "02:30"})
        CHECK(fault_of(std::string{"backup:\n  time: \""} + time + "\"\n").empty());
    for (auto const* time : {"24:00", "23:60", "2:30", "0230", "", "aa:bb", "23:5", "23:590"})
        CHECK(
            fault_of(std::string{"backup:\n  time: \""} + time + "\"\n") ==
            "k.yaml:2: backup.time is not a time like 23:00"
        );
}

TEST_CASE("settings written out are read back as they were")
{
    Settings settings;
    settings.data_folder = "/srv/a \"b\"\\c/蔵守\n: #";
    settings.listen_hosts = {"one", "two \"2\""};
    settings.listen_port = 9443;
    settings.session_hours = 8;
    auto const back = parse_settings(to_yaml(settings), "k.yaml");
    CHECK(back.data_folder == settings.data_folder);
    CHECK(back.listen_hosts == settings.listen_hosts);
    CHECK(back.listen_port == 9443);
    CHECK(back.session_hours == 8);
    CHECK(to_yaml(back) == to_yaml(settings));
}

TEST_CASE("a settings file that is not there is named")
{
    CHECK_THROWS_WITH(
        app::load_settings("/nowhere/kuramori.yaml"),
        "/nowhere/kuramori.yaml: there is no such file"
    );
}

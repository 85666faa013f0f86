#include "admission/geo.hpp"
#include "admission/network.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

#include <fstream>

namespace {

using namespace admission;

std::string canonical(std::string_view text)
{
    auto const parsed = parse_network(text);
    if (parsed.network) return parsed.network->text;
    return parsed.instead.empty() ? parsed.fault : std::string{parsed.fault} + " " + parsed.instead;
}

NetworkSet set_of_texts(std::vector<std::string> const& texts)
{
    std::vector<Network> networks;
    for (auto const& text : texts) networks.push_back(parse_network(text).network.value());
    return NetworkSet{networks};
}

bool holds(NetworkSet const& set, std::string_view address)
{
    return set.holds(parse_address(address).value());
}

} // namespace

TEST_CASE("a network has one canonical form, of either family")
{
    CHECK(canonical("192.0.2.0/24") == "192.0.2.0/24");
    CHECK(canonical("192.0.2.7") == "192.0.2.7");
    CHECK(canonical("192.0.2.7/32") == "192.0.2.7");
    CHECK(canonical("0.0.0.0/0") == "0.0.0.0/0");
    CHECK(canonical("2001:DB8:0:0::/32") == "2001:db8::/32");
    CHECK(canonical("2001:db8::1/128") == "2001:db8::1");
    CHECK(canonical("::ffff:192.0.2.0/120") == "192.0.2.0/24");
    CHECK(canonical("::ffff:192.0.2.7") == "192.0.2.7");
    CHECK(canonical("::/0") == "::/0");
}

TEST_CASE("host bits are refused with the form that was probably meant")
{
    CHECK(canonical("192.168.1.5/24") == "network_host_bits 192.168.1.0/24");
    CHECK(canonical("10.0.0.1/8") == "network_host_bits 10.0.0.0/8");
    CHECK(canonical("2001:db8::1/64") == "network_host_bits 2001:db8::/64");
}

TEST_CASE("what is no network is none, never a guess")
{
    for (auto const* text :
         {"", "/", "/24", "192.0.2/24", "192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1",
          "192.0.2.0/024", "192.0.2.0/ 24", "192.0.2.0/2x", "0192.0.2.1", "256.0.0.0/8",
          "2001:db8::/129", "::ffff:192.0.2.0/90", "example.jp", "192.0.2.1-192.0.2.9",
          "192.0.2.0/99999999999"})
        CHECK_MESSAGE(canonical(text) == "not_a_network", std::string{text});
}

TEST_CASE("a set holds first and last address of its networks and nothing beside them")
{
    auto const set = set_of_texts({"192.0.2.64/26", "198.51.100.7", "2001:db8::/126"});
    CHECK(holds(set, "192.0.2.64"));
    CHECK(holds(set, "192.0.2.127"));
    CHECK_FALSE(holds(set, "192.0.2.63"));
    CHECK_FALSE(holds(set, "192.0.2.128"));
    CHECK(holds(set, "198.51.100.7"));
    CHECK_FALSE(holds(set, "198.51.100.8"));
    CHECK(holds(set, "2001:db8::3"));
    CHECK_FALSE(holds(set, "2001:db8::4"));
    CHECK_FALSE(holds(NetworkSet{}, "192.0.2.64"));
}

TEST_CASE("families are two worlds, and an IPv4 address is IPv4 however it came")
{
    CHECK_FALSE(holds(set_of_texts({"::/0"}), "192.0.2.1"));
    CHECK_FALSE(holds(set_of_texts({"0.0.0.0/0"}), "2001:db8::1"));
    CHECK(holds(set_of_texts({"192.0.2.0/24"}), "::ffff:192.0.2.9"));
    CHECK(holds(set_of_texts({"fe80::/10"}), "fe80::1%eth0"));
    CHECK_FALSE(parse_address("192.0.2.1/32"));
    CHECK_FALSE(parse_address("somewhere"));
}

TEST_CASE("overlapping and touching networks, up to both ends of a family, are one range")
{
    auto const set = set_of_texts(
        {"10.1.0.0/16", "10.0.0.0/8", "10.1.2.3", "11.0.0.0/8", "255.255.255.255", "0.0.0.0/8",
         "240.0.0.0/4"}
    );
    CHECK(holds(set, "10.255.255.255"));
    CHECK(holds(set, "11.0.0.0"));
    CHECK(holds(set, "255.255.255.255"));
    CHECK(holds(set, "0.0.0.0"));
    CHECK_FALSE(holds(set, "12.0.0.0"));
    CHECK_FALSE(holds(set, "9.255.255.255"));
}

TEST_CASE("of a thousand networks each is found, and what lies between is not")
{
    std::vector<std::string> texts;
    for (int i = 0; i < 1000; ++i)
        texts.push_back(fmt::format("100.{}.{}.0/25", 64 + i / 250, i % 250));
    auto const set = set_of_texts(texts);
    for (int i = 0; i < 1000; ++i) {
        CHECK(holds(set, fmt::format("100.{}.{}.127", 64 + i / 250, i % 250)));
        CHECK_FALSE(holds(set, fmt::format("100.{}.{}.128", 64 + i / 250, i % 250)));
    }
}

TEST_CASE("private networks are the office's own LAN and nobody else's")
{
    auto const set = set_of_texts(private_networks());
    for (auto const* inside :
         {"10.0.0.1", "172.31.255.255", "192.168.0.1", "127.0.0.2", "::1", "fd12::1", "fe80::1",
          "169.254.1.1"})
        CHECK_MESSAGE(holds(set, inside), std::string{inside});
    for (auto const* outside :
         {"172.32.0.0", "192.169.0.0", "8.8.8.8", "2001:db8::1", "100.64.0.1"})
        CHECK_MESSAGE(!holds(set, outside), std::string{outside});
}

TEST_CASE_FIXTURE(ScratchFolder, "the table of domestic addresses decides about the internet only")
{
    auto const file = path / "jp.cidr";
    std::ofstream{file} << "# date: 2026-11-01\n# a pack\n1.0.16.0/20\r\n\n2001:200::/32\n";
    auto const table = GeoTable::load(file);
    REQUIRE(table.is_readable());
    CHECK(table.entries() == 2);
    auto const admits = [&](std::string_view address) {
        return table.admits(parse_address(address).value());
    };
    CHECK(admits("1.0.16.0"));
    CHECK(admits("1.0.31.255"));
    CHECK_FALSE(admits("1.0.32.0"));
    CHECK(admits("2001:200::1"));
    CHECK_FALSE(admits("2001:db8::1"));
    CHECK(admits("192.168.1.1"));
    using namespace std::chrono;
    CHECK(table.date() == 2026y / November / 1);
    CHECK_FALSE(table.is_stale(year_month_day{sys_days{2026y / November / 1} + days{90}}));
    CHECK(table.is_stale(year_month_day{sys_days{2026y / November / 1} + days{91}}));
}

TEST_CASE_FIXTURE(ScratchFolder, "a table that cannot be read lets nobody in from the internet")
{
    auto const file = path / "jp.cidr";
    std::ofstream{file} << "1.0.16.0/20\n1.0.16.1/20\n";
    for (auto const& table : {GeoTable::load(file), GeoTable::load(path / "missing")}) {
        CHECK(table.is_on());
        CHECK_FALSE(table.is_readable());
        CHECK_FALSE(table.admits(parse_address("1.0.16.1").value()));
        CHECK(table.admits(parse_address("10.0.0.1").value()));
    }
    CHECK(GeoTable{}.admits(parse_address("1.0.16.1").value())); // off
}

#pragma once
// 接続元: addresses and networks (CIDR) of both families, and sets of them that a request is
// compared with. An IPv4 address that came as IPv6 (::ffff:192.0.2.7) is IPv4.
#include "base/bytes.hpp"

#include <array>
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace admission {

struct Address {
    std::array<Byte, 17> bytes{}; // family (4 or 6), then the address from the left

    friend auto operator<=>(Address const&, Address const&) = default;
};
std::optional<Address> parse_address(std::string_view text);

struct Network {
    Address first;
    Address last;
    std::string text; // its one canonical form: "192.0.2.0/24", "192.0.2.7", "2001:db8::/32"

    bool holds(Address const& address) const { return first <= address && address <= last; }
};

struct ParsedNetwork {
    std::optional<Network> network;
    char const* fault = nullptr; // not_a_network, network_host_bits
    std::string instead;         // what was probably meant: "192.0.2.0/24" for "192.0.2.9/24"
};
ParsedNetwork parse_network(std::string_view text);

class NetworkSet {
public:
    NetworkSet() = default;
    explicit NetworkSet(std::vector<Network> const& networks);

    bool holds(Address const& address) const; // logarithmic
    void add(NetworkSet const& other);

private:
    struct Range {
        Address first;
        Address last;
    };
    void merge();
    std::vector<Range> ranges_; // sorted, none touching another
};

// RFC 1918, loopback, link-local, unique local (RFC 4193): the office's own LAN, whichever it is.
std::vector<std::string> const& private_networks();

} // namespace admission

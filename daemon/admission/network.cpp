#include "admission/network.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace admission {

namespace {

constexpr Byte family_4 = 4;
constexpr Byte family_6 = 6;
constexpr unsigned mapped_bits = 96; // of ::ffff:0:0/96

unsigned bits_of(Address const& address) { return address.bytes[0] == family_4 ? 32 : 128; }

bool is_mapped(std::array<Byte, 16> const& raw)
{
    auto const zeros = std::all_of(raw.begin(), raw.begin() + 10, [](Byte b) { return b == 0; });
    return zeros && raw[10] == 0xff && raw[11] == 0xff;
}

struct Parsed {
    Address address;
    bool mapped = false;
};

std::optional<Parsed> parsed(std::string_view text)
{
    std::string const terminated{text};
    Parsed out;
    if (::inet_pton(AF_INET, terminated.c_str(), &out.address.bytes[1]) == 1) {
        out.address.bytes[0] = family_4;
        return out;
    }
    std::array<Byte, 16> raw{};
    if (::inet_pton(AF_INET6, terminated.c_str(), raw.data()) != 1) return std::nullopt;
    out.mapped = is_mapped(raw);
    out.address.bytes[0] = out.mapped ? family_4 : family_6;
    auto const from = out.mapped ? raw.begin() + 12 : raw.begin();
    std::copy(from, raw.end(), out.address.bytes.begin() + 1);
    return out;
}

std::string text_of(Address const& address)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    auto const family = address.bytes[0] == family_4 ? AF_INET : AF_INET6;
    ::inet_ntop(family, &address.bytes[1], text.data(), text.size());
    return text.data();
}

// The address with all bits after the first `kept` set to `to`.
Address with_rest(Address address, unsigned kept, bool to)
{
    for (unsigned bit = kept; bit < bits_of(address); ++bit) {
        auto& byte = address.bytes[1 + bit / 8];
        auto const mask = static_cast<Byte>(0x80U >> (bit % 8));
        byte = static_cast<Byte>(to ? byte | mask : byte & ~mask);
    }
    return address;
}

std::string text_of(Address const& first, unsigned prefix)
{
    auto const address = text_of(first);
    return prefix == bits_of(first) ? address : address + "/" + std::to_string(prefix);
}

// The address one after, within its family; none after the last.
std::optional<Address> next(Address address)
{
    for (auto i = 1 + bits_of(address) / 8; i-- > 1;)
        if (++address.bytes[i] != 0) return address;
    return std::nullopt;
}

} // namespace

std::optional<Address> parse_address(std::string_view text)
{
    text = text.substr(0, text.find('%')); // fe80::1%eth0: the interface is not part of it
    auto const found = parsed(text);
    if (!found) return std::nullopt;
    return found->address;
}

ParsedNetwork parse_network(std::string_view text)
{
    auto const slash = text.find('/');
    auto const base = parsed(text.substr(0, slash));
    if (!base) return {std::nullopt, "not_a_network", {}};
    auto prefix = bits_of(base->address);
    if (slash != std::string_view::npos) {
        auto const digits = text.substr(slash + 1);
        unsigned given = 0;
        auto const [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), given);
        bool const whole = error == std::errc{} && end == digits.data() + digits.size();
        bool const padded = digits.size() > 1 && digits.front() == '0';
        if (base->mapped) given = given >= mapped_bits ? given - mapped_bits : 999;
        if (!whole || padded || given > prefix) return {std::nullopt, "not_a_network", {}};
        prefix = given;
    }
    auto const first = with_rest(base->address, prefix, false);
    auto canonical = text_of(first, prefix);
    if (first != base->address) return {std::nullopt, "network_host_bits", std::move(canonical)};
    return {Network{first, with_rest(first, prefix, true), std::move(canonical)}, nullptr, {}};
}

NetworkSet::NetworkSet(std::vector<Network> const& networks)
{
    ranges_.reserve(networks.size());
    for (auto const& network : networks) ranges_.push_back({network.first, network.last});
    merge();
}

void NetworkSet::add(NetworkSet const& other)
{
    ranges_.insert(ranges_.end(), other.ranges_.begin(), other.ranges_.end());
    merge();
}

void NetworkSet::merge()
{
    std::sort(ranges_.begin(), ranges_.end(), [](Range const& a, Range const& b) {
        return a.first < b.first;
    });
    std::vector<Range> merged;
    for (auto const& range : ranges_) {
        auto const after = merged.empty() ? std::nullopt : next(merged.back().last);
        bool const one_family =
            !merged.empty() && merged.back().first.bytes[0] == range.first.bytes[0];
        if (one_family && (!after || range.first <= *after))
            merged.back().last = std::max(merged.back().last, range.last);
        else
            merged.push_back(range);
    }
    ranges_ = std::move(merged);
}

bool NetworkSet::holds(Address const& address) const
{
    auto const after = std::upper_bound(
        ranges_.begin(), ranges_.end(), address,
        [](Address const& wanted, Range const& range) { return wanted < range.first; }
    );
    return after != ranges_.begin() && address <= std::prev(after)->last;
}

std::vector<std::string> const& private_networks()
{
    static std::vector<std::string> const networks{
        "10.0.0.0/8",     "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8",
        "169.254.0.0/16", "::1",           "fc00::/7",       "fe80::/10",
    };
    return networks;
}

} // namespace admission

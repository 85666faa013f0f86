#include "admission/geo.hpp"

#include "base/files.hpp"

namespace admission {

namespace {

constexpr std::size_t file_max = 16 << 20;
constexpr std::chrono::days kept_fresh{90};
constexpr std::string_view date_mark = "# date: ";

std::string_view next_line(std::string_view& text)
{
    auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    return line;
}

NetworkSet set_of(std::vector<std::string> const& texts)
{
    std::vector<Network> networks;
    for (auto const& text : texts)
        if (auto parsed = parse_network(text); parsed.network)
            networks.push_back(std::move(*parsed.network));
    return NetworkSet{networks};
}

} // namespace

GeoTable GeoTable::load(std::filesystem::path const& file)
{
    GeoTable table;
    table.on_ = true;
    table.private_ = set_of(private_networks());
    Bytes bytes;
    try {
        bytes = base::read_file(file, file_max);
    } catch (std::exception const&) {
        return table;
    }
    std::string const content{bytes.begin(), bytes.end()};
    std::string_view rest = content;
    std::vector<Network> networks;
    while (!rest.empty()) {
        auto const line = next_line(rest);
        if (line.starts_with(date_mark)) table.date_ = parse_date(line.substr(date_mark.size()));
        if (line.empty() || line.front() == '#') continue;
        auto parsed = parse_network(line);
        if (!parsed.network) return table;
        networks.push_back(std::move(*parsed.network));
    }
    table.readable_ = true;
    table.entries_ = networks.size();
    table.table_ = NetworkSet{networks};
    return table;
}

bool GeoTable::admits(Address const& address) const
{
    return !on_ || private_.holds(address) || table_.holds(address);
}

bool GeoTable::is_stale(Date today) const
{
    if (!date_) return true;
    return std::chrono::sys_days{today} - std::chrono::sys_days{*date_} > kept_fresh;
}

} // namespace admission

#pragma once
// 国内アドレスの表: with a table given in kuramori.yaml, an address of the internet must stand in
// it besides being allowed. The file comes with a pack and is read at start; nothing is asked
// online.
//
//   # date: 2026-11-01
//   1.0.16.0/20
//   2001:200::/32
#include "admission/network.hpp"
#include "domain/date.hpp"

#include <filesystem>

namespace admission {

class GeoTable {
public:
    GeoTable() = default; // off: everything passes
    // What cannot be read keeps every address of the internet out, never lets them all in.
    static GeoTable load(std::filesystem::path const& file);

    bool admits(Address const& address) const;
    bool is_on() const { return on_; }
    bool is_readable() const { return readable_; }
    std::size_t entries() const { return entries_; }
    std::optional<Date> date() const { return date_; }
    bool is_stale(Date today) const; // older than 90 days, or of no date

private:
    bool on_ = false;
    bool readable_ = false;
    std::size_t entries_ = 0;
    std::optional<Date> date_;
    NetworkSet private_;
    NetworkSet table_;
};

} // namespace admission

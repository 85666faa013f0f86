#pragma once
// 接続元と利用時間: from which networks and at which hours people may use the office. Kept in
// office.db, held in memory for the question that every request asks.
#include "admission/geo.hpp"
#include "admission/hours.hpp"
#include "http/caller.hpp"
#include "store/pool.hpp"

#include <array>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace audit {
class Recorder;
}

namespace admission {

using http::AccountClass;

inline constexpr std::size_t entries_max = 1000;

struct NetworkEntry {
    std::string network; // canonical CIDR
    std::string note;

    friend bool operator==(NetworkEntry const&, NetworkEntry const&) = default;
};
BOOST_DESCRIBE_STRUCT(NetworkEntry, (), (network, note))

struct NetworkList { // as it is stored, or the default
    std::int64_t version = 0;
    bool is_default = true;
    std::vector<NetworkEntry> entries;
};

struct Hours {
    std::int64_t version = 0;
    HoursMode mode = HoursMode::off;
    std::vector<Window> windows;

    friend bool operator==(Hours const&, Hours const&) = default;
};
BOOST_DESCRIBE_STRUCT(Hours, (), (version, mode, windows))

struct HoursException {
    std::int64_t id = 0;
    std::int64_t account_id = 0;
    Instant begins;
    Instant ends; // not any more
    std::string reason;
    std::string actor; // who allowed it
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(HoursException, (), (id, account_id, begins, ends, reason, actor, created_at))

// One state of all rules; never changed, replaced as a whole.
struct Rules {
    std::array<NetworkSet, http::account_classes> of_class;
    std::unordered_map<std::int64_t, NetworkSet> of_client;
    NetworkSet anywhere; // that stands in any list
    std::array<Hours, http::account_classes> hours;
    std::vector<HoursException> exceptions; // those that are not over

    // Somebody of a 顧問先 is measured by its own list where it has one.
    bool networks_admit(http::Caller const& caller, Address const& address) const;
    bool hours_admit(http::Caller const& caller, Instant now) const;
};

class Access {
public:
    Access(
        store::Pool& pool, audit::Recorder const& recorder, base::Clock const& clock, GeoTable geo
    );

    std::shared_ptr<Rules const> rules() const;
    GeoTable const& geo() const { return geo_; }

    // Every change is told what the caller had seen (`seen`); nullopt: it was changed meanwhile.
    // `entries` are canonical and without faults (desk.hpp). nullopt as entries: the default.
    struct By {
        std::string actor;
        std::int64_t seen = 0;
    };
    using Entries = std::optional<std::vector<NetworkEntry>>;
    NetworkList list_of(AccountClass of) const;
    std::optional<NetworkList> set_list(AccountClass of, Entries const& entries, By const& by);
    NetworkList list_of_client(std::int64_t client_id) const;
    std::optional<NetworkList>
    set_list_of_client(std::int64_t client_id, Entries const& entries, By const& by);
    std::vector<std::int64_t> clients_with_lists() const;

    Hours hours_of(AccountClass of) const;
    std::optional<Hours> set_hours(AccountClass of, Hours const& wanted, By const& by);
    std::vector<HoursException> exceptions() const; // newest first, those long over left out
    HoursException add_exception(HoursException const& wanted);
    bool end_exception(std::int64_t id, std::string const& actor);

    // ロックアウトからの復旧: networks and hours of a class back to the default.
    void reset(AccountClass of, std::string const& actor);

private:
    void read();

    store::Pool& pool_;
    audit::Recorder const& recorder_;
    base::Clock const& clock_;
    GeoTable const geo_;
    std::mutex changing_; // one change after the other, so that the newest is what is in force
    mutable std::mutex mutex_;
    std::shared_ptr<Rules const> rules_;
};

NetworkSet set_of(std::vector<NetworkEntry> const& entries);

} // namespace admission

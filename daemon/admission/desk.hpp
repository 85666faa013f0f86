#pragma once
// 接続元と利用時間 over HTTP: what an administrator sees and changes, and what the console needs
// when nobody gets in any more.
#include "admission/access.hpp"
#include "auth/accounts.hpp"
#include "http/route.hpp"

namespace admission {

struct NetworkRow {
    std::string network;
    std::string note;
    bool yours = false; // holds the address that asks
};
BOOST_DESCRIBE_STRUCT(NetworkRow, (), (network, note, yours))

struct ListOfClass {
    AccountClass account_class = AccountClass::administrator;
    std::int64_t version = 0;
    bool is_default = true; // private networks
    std::vector<NetworkRow> entries;
};
BOOST_DESCRIBE_STRUCT(ListOfClass, (), (account_class, version, is_default, entries))

struct ListOfClient {
    std::int64_t version = 0;
    bool is_default = true; // none of its own: as its class
    std::vector<NetworkRow> entries;
};
BOOST_DESCRIBE_STRUCT(ListOfClient, (), (version, is_default, entries))

struct GeoState {
    bool on = false;
    bool readable = false; // false: no address of the internet gets in
    bool stale = false;    // older than 90 days
    std::optional<Date> date;
    std::int64_t entries = 0;
};
BOOST_DESCRIBE_STRUCT(GeoState, (), (on, readable, stale, date, entries))

struct Networks {
    std::string own_address;
    std::vector<ListOfClass> lists;
    std::vector<std::int64_t> client_ids; // that have a list of their own
    GeoState geo;
};
BOOST_DESCRIBE_STRUCT(Networks, (), (own_address, lists, client_ids, geo))

struct ListWish {
    AccountClass account_class = AccountClass::administrator;
    std::optional<std::vector<NetworkEntry>> entries; // none: the default
    std::optional<bool> force;                        // although it would lock the caller out
};
BOOST_DESCRIBE_STRUCT(ListWish, (), (account_class, entries, force))

struct ClientListWish {
    std::optional<std::vector<NetworkEntry>> entries; // none: no list of its own
};
BOOST_DESCRIBE_STRUCT(ClientListWish, (), (entries))

struct HoursOfClass {
    AccountClass account_class = AccountClass::administrator;
    std::int64_t version = 0;
    HoursMode mode = HoursMode::off;
    std::vector<Window> windows;
    bool within = true; // now
};
BOOST_DESCRIBE_STRUCT(HoursOfClass, (), (account_class, version, mode, windows, within))

struct ExceptionRow {
    std::int64_t id = 0;
    std::int64_t account_id = 0;
    std::string account_name;
    Instant begins;
    Instant ends;
    std::string reason;
    std::string allowed_by;
};
BOOST_DESCRIBE_STRUCT(
    ExceptionRow, (), (id, account_id, account_name, begins, ends, reason, allowed_by)
)

struct HoursOverview {
    std::vector<HoursOfClass> hours;
    std::vector<ExceptionRow> exceptions; // newest first
};
BOOST_DESCRIBE_STRUCT(HoursOverview, (), (hours, exceptions))

struct HoursWish {
    AccountClass account_class = AccountClass::administrator;
    HoursMode mode = HoursMode::off;
    std::vector<Window> windows;
    std::optional<bool> force;
};
BOOST_DESCRIBE_STRUCT(HoursWish, (), (account_class, mode, windows, force))

struct ExceptionWish {
    std::int64_t account_id = 0;
    Instant begins;
    Instant ends;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ExceptionWish, (), (account_id, begins, ends, reason))

class Desk {
public:
    Desk(Access& access, auth::Accounts const& accounts) : access_(access), accounts_(accounts) {}

    http::RoomRoutes routes();
    Result<Networks> list_networks(http::Call& call);
    Result<ListOfClass> set_networks(http::Call& call, ListWish const& wanted);
    Result<ListOfClient> get_networks_of_client(http::Call& call);
    Result<ListOfClient> set_networks_of_client(http::Call& call, ClientListWish const& wanted);
    Result<HoursOverview> list_hours(http::Call& call);
    Result<HoursOfClass> set_hours(http::Call& call, HoursWish const& wanted);
    Result<http::Created<ExceptionRow>>
    add_exception(http::Call& call, ExceptionWish const& wanted);
    Result<http::None> end_exception(http::Call& call);
    Result<http::None> reset(http::Call& call);

private:
    ExceptionRow shown(HoursException const& exception) const;

    Access& access_;
    auth::Accounts const& accounts_;
};

} // namespace admission

#include "admission/access.hpp"

#include "audit/history.hpp"
#include "audit/recorder.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace admission {

namespace {

store::FileId const office{store::Kind::office, {}, 1};
constexpr std::chrono::days exceptions_shown{400};

struct StoredList {
    std::optional<std::string> entries; // JSON
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(StoredList, (), (entries, version))

struct ClientStoredList {
    std::int64_t client_id = 0;
    std::string entries;
};
BOOST_DESCRIBE_STRUCT(ClientStoredList, (), (client_id, entries))

struct StoredHours {
    HoursMode mode = HoursMode::off;
    std::string windows; // JSON
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(StoredHours, (), (mode, windows, version))

std::vector<NetworkEntry> entries_in(std::string const& text)
{
    return json::from_text<std::vector<NetworkEntry>>(text).value();
}

std::vector<NetworkEntry> default_entries()
{
    std::vector<NetworkEntry> entries;
    for (auto const& network : private_networks()) entries.push_back({network, ""});
    return entries;
}

NetworkList list_in(std::optional<StoredList> const& stored)
{
    if (!stored) return {};
    if (!stored->entries) return {stored->version, true, {}};
    return {stored->version, false, entries_in(*stored->entries)};
}

Hours hours_in(std::optional<StoredHours> const& stored)
{
    if (!stored) return {};
    return {
        stored->version, stored->mode, json::from_text<std::vector<Window>>(stored->windows).value()
    };
}

std::string change_of(NetworkList const& before, Access::Entries const& after)
{
    auto const shown = [](bool is_default, std::vector<NetworkEntry> const& entries) {
        return json::object{{"networks", is_default ? json::value{"default"} : json::to(entries)}};
    };
    return audit::changes_between(
        shown(before.is_default, before.entries),
        shown(!after, after.value_or(std::vector<NetworkEntry>{}))
    );
}

std::string text_of(AccountClass of) { return boost::describe::enum_to_string(of, ""); }

std::optional<std::string> text_of(Access::Entries const& entries)
{
    if (!entries) return std::nullopt;
    return json::to_text(*entries);
}

std::optional<StoredList> read_list(store::Reader const& db, AccountClass of)
{
    return db.one<StoredList>(
        "SELECT entries, version FROM access_list WHERE account_class = ?1", of
    );
}

std::optional<StoredList> read_list_of_client(store::Reader const& db, std::int64_t client_id)
{
    return db.one<StoredList>(
        "SELECT entries, version FROM client_access_list WHERE client_id = ?1", client_id
    );
}

std::optional<StoredHours> read_hours(store::Reader const& db, AccountClass of)
{
    return db.one<StoredHours>(
        "SELECT mode, windows, version FROM access_hours WHERE account_class = ?1", of
    );
}

void write_list(
    store::Transaction& transaction,
    AccountClass of,
    Access::Entries const& entries,
    std::int64_t version,
    Instant now
)
{
    transaction.exec(
        R"(INSERT INTO access_list (account_class, entries, version, updated_at)
           VALUES (?1, ?2, ?3, ?4)
           ON CONFLICT (account_class) DO UPDATE SET entries = excluded.entries,
               version = excluded.version, updated_at = excluded.updated_at)",
        of, text_of(entries), version, now
    );
}

void write_hours(store::Transaction& transaction, AccountClass of, Hours const& hours, Instant now)
{
    transaction.exec(
        R"(INSERT INTO access_hours (account_class, mode, windows, version, updated_at)
           VALUES (?1, ?2, ?3, ?4, ?5)
           ON CONFLICT (account_class) DO UPDATE SET mode = excluded.mode,
               windows = excluded.windows, version = excluded.version,
               updated_at = excluded.updated_at)",
        of, hours.mode, json::to_text(hours.windows), hours.version, now
    );
}

} // namespace

NetworkSet set_of(std::vector<NetworkEntry> const& entries)
{
    std::vector<Network> networks;
    networks.reserve(entries.size());
    for (auto const& entry : entries)
        if (auto parsed = parse_network(entry.network); parsed.network)
            networks.push_back(std::move(*parsed.network));
    return NetworkSet{networks};
}

bool Rules::networks_admit(http::Caller const& caller, Address const& address) const
{
    if (caller.account_id == 0) return anywhere.holds(address); // who is it? the sign-in tells
    auto const& usual = of_class[static_cast<std::size_t>(caller.account_class)];
    bool const of_a_client = caller.account_class == AccountClass::client ||
                             caller.account_class == AccountClass::employee;
    if (!of_a_client || caller.clients.empty()) return usual.holds(address);
    return std::all_of(caller.clients.begin(), caller.clients.end(), [&](std::int64_t client) {
        auto const own = of_client.find(client);
        return (own == of_client.end() ? usual : own->second).holds(address);
    });
}

bool Rules::hours_admit(http::Caller const& caller, Instant now) const
{
    auto const& wanted = hours[static_cast<std::size_t>(caller.account_class)];
    if (wanted.mode == HoursMode::off || within(wanted.windows, now)) return true;
    return std::any_of(exceptions.begin(), exceptions.end(), [&](auto const& exception) {
        return exception.account_id == caller.account_id && exception.begins <= now &&
               now < exception.ends;
    });
}

Access::Access(
    store::Pool& pool, audit::Recorder const& recorder, base::Clock const& clock, GeoTable geo
)
    : pool_(pool), recorder_(recorder), clock_(clock), geo_(std::move(geo))
{
    read();
}

std::shared_ptr<Rules const> Access::rules() const
{
    std::scoped_lock const lock{mutex_};
    return rules_;
}

void Access::read()
{
    auto const fresh = std::make_shared<Rules>();
    auto const db = pool_.read(office);
    for (std::size_t i = 0; i < http::account_classes; ++i) {
        auto const of = static_cast<AccountClass>(i);
        auto const list = list_in(read_list(db, of));
        fresh->of_class[i] = set_of(list.is_default ? default_entries() : list.entries);
        fresh->anywhere.add(fresh->of_class[i]);
        fresh->hours[i] = hours_in(read_hours(db, of));
    }
    for (auto const& row : db.all<ClientStoredList>(
             R"(SELECT client_id, entries FROM client_access_list WHERE entries IS NOT NULL)"
         )) {
        auto const& own =
            fresh->of_client.emplace(row.client_id, set_of(entries_in(row.entries))).first->second;
        fresh->anywhere.add(own);
    }
    fresh->exceptions = db.all<HoursException>(
        R"(SELECT id, account_id, begins, ends, reason, actor, created_at FROM access_exception
            WHERE ends > ?1)",
        clock_.now()
    );
    std::scoped_lock const lock{mutex_};
    rules_ = fresh;
}

NetworkList Access::list_of(AccountClass of) const
{
    auto list = list_in(read_list(pool_.read(office), of));
    if (list.is_default) list.entries = default_entries();
    return list;
}

std::optional<NetworkList> Access::set_list(AccountClass of, Entries const& entries, By const& by)
{
    std::scoped_lock const changing{changing_};
    {
        auto transaction = pool_.begin(office);
        auto const before = list_in(read_list(transaction, of));
        if (before.version != by.seen) return std::nullopt;
        write_list(transaction, of, entries, by.seen + 1, clock_.now());
        transaction.commit(recorder_.append(
            transaction,
            {by.actor, "access.networks", "access_list:" + text_of(of), change_of(before, entries)}
        ));
    }
    read();
    return list_of(of);
}

NetworkList Access::list_of_client(std::int64_t client_id) const
{
    return list_in(read_list_of_client(pool_.read(office), client_id));
}

std::optional<NetworkList>
Access::set_list_of_client(std::int64_t client_id, Entries const& entries, By const& by)
{
    std::scoped_lock const changing{changing_};
    {
        auto transaction = pool_.begin(office);
        auto const before = list_in(read_list_of_client(transaction, client_id));
        if (before.version != by.seen) return std::nullopt;
        transaction.exec(
            R"(INSERT INTO client_access_list (client_id, entries, version, updated_at)
               VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (client_id) DO UPDATE SET entries = excluded.entries,
                   version = excluded.version, updated_at = excluded.updated_at)",
            client_id, text_of(entries), by.seen + 1, clock_.now()
        );
        transaction.commit(recorder_.append(
            transaction, {by.actor, "access.client_networks", fmt::format("client:{}", client_id),
                          change_of(before, entries)}
        ));
    }
    read();
    return list_of_client(client_id);
}

std::vector<std::int64_t> Access::clients_with_lists() const
{
    return pool_.read(office).all<std::int64_t>(
        "SELECT client_id FROM client_access_list WHERE entries IS NOT NULL ORDER BY client_id"
    );
}

Hours Access::hours_of(AccountClass of) const
{
    return hours_in(read_hours(pool_.read(office), of));
}

std::optional<Hours> Access::set_hours(AccountClass of, Hours const& wanted, By const& by)
{
    std::scoped_lock const changing{changing_};
    auto after = wanted;
    after.version = by.seen + 1;
    {
        auto transaction = pool_.begin(office);
        auto const before = hours_in(read_hours(transaction, of));
        if (before.version != by.seen) return std::nullopt;
        write_hours(transaction, of, after, clock_.now());
        transaction.commit(recorder_.append(
            transaction, {by.actor, "access.hours", "access_hours:" + text_of(of),
                          audit::changes_of(&before, &after)}
        ));
    }
    read();
    return after;
}

std::vector<HoursException> Access::exceptions() const
{
    return pool_.read(office).all<HoursException>(
        R"(SELECT id, account_id, begins, ends, reason, actor, created_at FROM access_exception
            WHERE ends > ?1 ORDER BY begins DESC, id DESC)",
        clock_.now() - exceptions_shown
    );
}

HoursException Access::add_exception(HoursException const& wanted)
{
    std::scoped_lock const changing{changing_};
    auto added = wanted;
    added.created_at = clock_.now();
    {
        auto transaction = pool_.begin(office);
        transaction.exec(
            R"(INSERT INTO access_exception (account_id, begins, ends, reason, actor, created_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6))",
            added.account_id, added.begins, added.ends, added.reason, added.actor, added.created_at
        );
        added.id = transaction.last_id();
        transaction.commit(recorder_.append(
            transaction, {added.actor, "access.exception",
                          fmt::format("account:{}", added.account_id), json::to_text(added)}
        ));
    }
    read();
    return added;
}

bool Access::end_exception(std::int64_t id, std::string const& actor)
{
    std::scoped_lock const changing{changing_};
    {
        auto transaction = pool_.begin(office);
        auto const account = transaction.one<std::int64_t>(
            "SELECT account_id FROM access_exception WHERE id = ?1", id
        );
        if (!account) return false;
        transaction.exec("DELETE FROM access_exception WHERE id = ?1", id);
        transaction.commit(recorder_.append(
            transaction, {actor, "access.exception_end", fmt::format("account:{}", *account),
                          json::serialize(json::object{{"id", id}})}
        ));
    }
    read();
    return true;
}

void Access::reset(AccountClass of, std::string const& actor)
{
    std::scoped_lock const changing{changing_};
    {
        auto transaction = pool_.begin(office, store::Pool::Room::use_reserve);
        auto const list = list_in(read_list(transaction, of));
        auto const hours = hours_in(read_hours(transaction, of));
        write_list(transaction, of, std::nullopt, list.version + 1, clock_.now());
        write_hours(transaction, of, {hours.version + 1, HoursMode::off, {}}, clock_.now());
        transaction.commit(recorder_.append(
            transaction,
            {actor, "access.reset", "access_list:" + text_of(of), change_of(list, std::nullopt)}
        ));
    }
    read();
}

} // namespace admission

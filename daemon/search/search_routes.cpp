#include "base/present.hpp"
#include "domain/text.hpp"
#include "search/search.hpp"

#include <algorithm>
#include <set>

namespace search {

namespace {

store::FileId const index_file{store::Kind::index, {}, 1};

// Somebody who may see only so many people: all of theirs are looked at. Everybody else's hits
// come soon enough in the order of an index over all clients.
constexpr std::int64_t people_looked_at_max = 1500;

// One person who was found; what is shown of them is read last.
struct Hit {
    std::int64_t client_id = 0;
    std::int64_t employee_id = 0;
    bool retired = false;
    std::string kana_key;
    std::string number;
    std::string name;
    std::string name_kana;
    std::string attendance;
};
BOOST_DESCRIBE_STRUCT(
    Hit, (), (client_id, employee_id, retired, kana_key, number, name, name_kana, attendance)
)

struct Place {
    std::int64_t client_id = 0;
    std::int64_t employee_id = 0;

    friend auto operator<=>(Place const&, Place const&) = default;
};
BOOST_DESCRIBE_STRUCT(Place, (), (client_id, employee_id))

struct Prefix {      // of what was typed
    std::string key; // of names and kana
    std::string number;
    std::string key_end = domain::prefix_end(key);
    std::string number_end = domain::prefix_end(number);
};

// Up to `limit` people that the caller may see, read in the order of one index after the other.
class Finder {
public:
    Finder(store::Reader const& index, http::Caller const& caller, std::size_t limit)
        : index_(index), caller_(caller), limit_(limit)
    {
    }

    void find(bool retired, Prefix const& wanted)
    {
        search(
            R"(SELECT client_id, employee_id FROM person
                WHERE retired = ?1 AND kana_key >= ?2 AND kana_key < ?3 ORDER BY kana_key)",
            retired, wanted.key, wanted.key_end
        );
        search(
            R"(SELECT client_id, employee_id FROM person
                WHERE retired = ?1 AND name_key >= ?2 AND name_key < ?3 ORDER BY name_key)",
            retired, wanted.key, wanted.key_end
        );
        search(
            R"(SELECT client_id, employee_id FROM person
                WHERE retired = ?1 AND number >= ?2 AND number < ?3 ORDER BY number)",
            retired, wanted.number, wanted.number_end
        );
    }
    std::set<Place> const& found() const { return found_; }

private:
    void search(store::Sql sql, bool retired, std::string const& from, std::string const& to)
    {
        if (found_.size() >= limit_) return;
        auto const take = [&](Place place) {
            if (caller_.may_see_client(place.client_id)) found_.insert(place);
            return found_.size() < limit_;
        };
        index_.each<Place>(sql, take, retired, from, to);
    }

    store::Reader const& index_;
    http::Caller const& caller_;
    std::size_t limit_;
    std::set<Place> found_;
};

// The hits among all people of these clients.
std::vector<Hit> look_at_all(
    store::Reader const& index, std::vector<std::int64_t> const& clients, Prefix const& wanted
)
{
    std::vector<Hit> hits;
    for (auto const client_id : clients)
        index.each<Hit>(
            R"(SELECT client_id, employee_id, retired, kana_key, number, name, name_kana, attendance
                 FROM person
                WHERE client_id = ?1 AND ((kana_key >= ?2 AND kana_key < ?3)
                                          OR (name_key >= ?2 AND name_key < ?3)
                                          OR (number >= ?4 AND number < ?5)))",
            [&](Hit hit) { hits.push_back(std::move(hit)); }, client_id, wanted.key, wanted.key_end,
            wanted.number, wanted.number_end
        );
    return hits;
}

std::vector<Hit> look_in_order(
    store::Reader const& index, http::Caller const& caller, Prefix const& wanted, std::size_t limit
)
{
    Finder finder{index, caller, limit};
    finder.find(false, wanted);
    finder.find(true, wanted);
    std::vector<Hit> hits;
    for (auto const& place : finder.found())
        hits.push_back(base::present(index.one<Hit>(
            R"(SELECT client_id, employee_id, retired, kana_key, number, name, name_kana, attendance
                 FROM person WHERE client_id = ?1 AND employee_id = ?2)",
            place.client_id, place.employee_id
        )));
    return hits;
}

// By their kana, those who left behind the others.
void put_in_order(std::vector<Hit>& hits, std::size_t limit)
{
    std::sort(hits.begin(), hits.end(), [](Hit const& a, Hit const& b) {
        return std::tie(a.retired, a.kana_key, a.client_id, a.employee_id) <
               std::tie(b.retired, b.kana_key, b.client_id, b.employee_id);
    });
    if (hits.size() > limit) hits.resize(limit);
}

// Present clients before those whose contract has ended.
std::vector<FoundClient> find_clients(
    clients::RosterView const& roster,
    http::Caller const& caller,
    clients::Typed const& typed,
    std::size_t limit
)
{
    std::vector<FoundClient> found;
    for (auto const state : {clients::ClientState::active, clients::ClientState::ended})
        for (auto const* row : roster.by_code())
            if (found.size() < limit && row->state == state && row->starts_with(typed) &&
                caller.may_see_client(row->id))
                found.push_back({row->id, row->code, row->name, row->name_kana, row->colour});
    return found;
}

} // namespace

std::int64_t Search::people_of(std::vector<std::int64_t> const& clients) const
{
    std::scoped_lock const lock{mutex_};
    std::int64_t total = 0;
    for (auto const client_id : clients)
        if (auto const counted = head_counts_.find(client_id); counted != head_counts_.end())
            total += counted->second.people;
    return total;
}

Result<Found> Search::find(http::Call& call, SearchText const& wanted)
{
    auto const text = domain::trimmed(wanted.text);
    auto const key = domain::search_key(text);
    if (key.empty()) return Found{};
    auto const limit =
        static_cast<std::size_t>(std::clamp<std::int64_t>(wanted.limit.value_or(20), 1, 50));
    auto const roster = clients_.roster();
    Found found;
    auto const& caller = call.caller;
    found.clients = find_clients(*roster, caller, clients::Typed{text}, limit);
    wait_for_changes();
    Prefix const prefix{key, domain::half_width(text)};
    auto const index = pool_.read(index_file);
    bool const few = !caller.all_clients && people_of(caller.clients) <= people_looked_at_max;
    auto hits = few ? look_at_all(index, caller.clients, prefix)
                    : look_in_order(index, caller, prefix, limit);
    put_in_order(hits, limit);
    for (auto& hit : hits) {
        auto const* const client = roster->find(hit.client_id);
        if (!client) continue;
        found.employees.push_back(
            {hit.client_id, hit.employee_id, std::move(hit.number), std::move(hit.name),
             std::move(hit.name_kana), std::move(hit.attendance), client->code, client->name,
             client->colour}
        );
    }
    return found;
}

http::RoomRoutes Search::routes()
{
    using http::Right, http::Scope, http::Verb, http::on;
    static constexpr http::Route table[] = {
        {Verb::post, "/api/v1/search", Right::employee_view, Scope::office, "search",
         on<&Search::find>},
    };
    return {table, this};
}

} // namespace search

#include "domain/text.hpp"
#include "search/search.hpp"

namespace search {

namespace {

store::FileId const index_file{store::Kind::index, {}, 1};
store::FileId const office{store::Kind::office, {}, 1};

// Of many hits more are read than shown: whoever is still there comes first.
constexpr std::int64_t read_at_most = 2000;

struct PersonHit {
    std::int64_t client_id = 0;
    std::int64_t employee_id = 0;
    std::string number;
    std::string name;
    std::string name_kana;
    std::string attendance;
};
BOOST_DESCRIBE_STRUCT(PersonHit, (), (client_id, employee_id, number, name, name_kana, attendance))

std::vector<FoundClient> find_clients(
    store::Pool& pool, http::Caller const& caller, std::string const& text, std::int64_t limit
)
{
    auto const key = domain::company_key(text);
    auto const end = domain::prefix_end(key);
    return pool.read(office).all<FoundClient>(
        R"(SELECT id, code, name, name_kana, colour FROM client
            WHERE state <> 'creating'
              AND ((name_key >= ?1 AND name_key < ?2) OR (kana_key >= ?1 AND kana_key < ?2)
                   OR (lower(code) >= ?1 AND lower(code) < ?2) OR (name >= ?6 AND name < ?7))
              AND (?3 OR id IN (SELECT client_id FROM assignment WHERE account_id = ?4))
            ORDER BY state, code LIMIT ?5)",
        key, end, caller.all_clients, caller.account_id, limit, text, domain::prefix_end(text)
    );
}

} // namespace

Result<Found> Search::find(http::Call& call, SearchText const& wanted)
{
    auto const text = domain::trimmed(wanted.text);
    auto const key = domain::search_key(text);
    if (key.empty()) return Found{};
    auto const limit = std::clamp<std::int64_t>(wanted.limit.value_or(20), 1, 50);
    Found found;
    found.clients = find_clients(pool_, call.caller, text, limit);

    auto const end = domain::prefix_end(key);
    auto const number = domain::half_width(text);
    auto const number_end = domain::prefix_end(number);
    // The caller's clients are looked at inside: of a thousand 佐藤 theirs may be the last.
    auto const& caller = call.caller;
    auto hits = pool_.read(index_file)
                    .all<PersonHit>(
                        R"(WITH mine AS (SELECT value FROM json_each(?7))
           SELECT client_id, employee_id, number, name, name_kana, attendance FROM (
             SELECT * FROM (SELECT * FROM person WHERE kana_key >= ?1 AND kana_key < ?2
                               AND (?6 OR client_id IN mine) LIMIT ?5)
             UNION SELECT * FROM (SELECT * FROM person WHERE name_key >= ?1 AND name_key < ?2
                               AND (?6 OR client_id IN mine) LIMIT ?5)
             UNION SELECT * FROM (SELECT * FROM person WHERE number >= ?3 AND number < ?4
                               AND (?6 OR client_id IN mine) LIMIT ?5))
            ORDER BY attendance = 'retired', kana_key, client_id, employee_id LIMIT ?8)",
                        key, end, number, number_end, read_at_most, caller.all_clients,
                        json::to_text(caller.clients), limit
                    );
    auto const directory = pool_.read(office);
    for (auto& hit : hits) {
        auto const client = directory.one<FoundClient>(
            "SELECT id, code, name, name_kana, colour FROM client WHERE id = ?1", hit.client_id
        );
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

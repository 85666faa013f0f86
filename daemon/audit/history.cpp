#include "audit/history.hpp"

namespace audit {

namespace {

void compare(
    json::value const& before, json::value const& after, std::string const& path, json::array& out
)
{
    if (before == after) return;
    if (before.is_object() || after.is_object()) {
        json::object const nothing;
        auto const& old_fields = before.is_object() ? before.get_object() : nothing;
        auto const& new_fields = after.is_object() ? after.get_object() : nothing;
        auto const join = [&](std::string_view key) {
            return path.empty() ? std::string{key} : path + "." + std::string{key};
        };
        for (auto const& [key, value] : old_fields) {
            auto const* now = new_fields.if_contains(key);
            compare(value, now ? *now : json::value{}, join(key), out);
        }
        for (auto const& [key, value] : new_fields)
            if (!old_fields.contains(key)) compare({}, value, join(key), out);
        return;
    }
    out.push_back(json::object{{"field", path}, {"from", before}, {"to", after}});
}

struct StoredItem {
    std::int64_t seq = 0;
    Instant at;
    std::string actor;
    std::string action;
    std::string object;
    std::optional<std::string> body;
};
BOOST_DESCRIBE_STRUCT(StoredItem, (), (seq, at, actor, action, object, body))

struct Step {
    std::int64_t seq = 0;
    Instant at;
    std::string actor;
    std::string action;
    std::string object;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(Step, (), (seq, at, actor, action, object, count))

HistoryItem item_of(StoredItem const& row)
{
    HistoryItem item{row.seq, row.at, row.actor, row.action, row.object, {}, 1, {}};
    auto const body = row.body ? boost::json::parse(*row.body) : json::value{};
    auto const* changes = body.is_object() ? body.get_object().if_contains("changes") : nullptr;
    if (!changes || !changes->is_array()) return item;
    for (auto const& change : changes->get_array()) {
        auto const& fields = change.as_object();
        item.changes.push_back(
            {std::string{std::string_view{fields.at("field").as_string()}}, fields.at("from"),
             fields.at("to")}
        );
    }
    return item;
}

// "establishment" → the texts between "establishment:" and "establishment;" (the next character).
std::string first_of(std::string_view kind) { return std::string{kind} + ":"; }
std::string end_of(std::string_view kind) { return std::string{kind} + ";"; }

} // namespace

std::string changes_between(json::value const& before, json::value const& after)
{
    json::array changes;
    compare(before, after, "", changes);
    return json::serialize(json::object{{"changes", std::move(changes)}});
}

History history_of(store::Reader const& db, std::string_view object, std::int64_t count_max)
{
    History history;
    db.each<StoredItem>(
        R"(SELECT seq, at, actor, action, object, body
             FROM audit LEFT JOIN audit_body USING (seq)
            WHERE object = ?1 ORDER BY seq DESC LIMIT ?2)",
        [&](StoredItem const& row) { history.items.push_back(item_of(row)); }, object, count_max
    );
    return history;
}

History history_of_kind(store::Reader const& db, std::string_view kind, std::int64_t count_max)
{
    History history;
    db.each<StoredItem>(
        R"(SELECT seq, at, actor, action, object, body
             FROM audit LEFT JOIN audit_body USING (seq)
            WHERE object >= ?1 AND object < ?2 ORDER BY seq DESC LIMIT ?3)",
        [&](StoredItem const& row) { history.items.push_back(item_of(row)); }, first_of(kind),
        end_of(kind), count_max
    );
    return history;
}

History steps_of_kind(store::Reader const& db, std::string_view kind, std::int64_t count_max)
{
    History history;
    db.each<Step>(
        R"(SELECT max(seq) AS seq, at, actor, action, object, count(DISTINCT object) AS count
             FROM audit WHERE object >= ?1 AND object < ?2
            GROUP BY at, actor, action ORDER BY max(seq) DESC LIMIT ?3)",
        [&](Step const& step) {
            history.items.push_back(
                {step.seq, step.at, step.actor, step.action, step.object, {}, step.count, {}}
            );
        },
        first_of(kind), end_of(kind), count_max
    );
    return history;
}

} // namespace audit

#pragma once
// 変更履歴: what the chain says about one object, for people to read.
#include "store/json.hpp"
#include "store/pool.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace audit {

struct Change { // one field
    std::string field;
    json::value from;
    json::value to;
};
BOOST_DESCRIBE_STRUCT(Change, (), (field, from, to))

struct HistoryItem {
    std::int64_t seq = 0;
    Instant at;
    std::string actor;
    std::string action;
    std::string object;               // "employee:12"
    std::optional<std::string> title; // what people call it, where the room knows
    std::int64_t count = 1;           // objects that one step touched together (an import)
    std::vector<Change> changes;
};
BOOST_DESCRIBE_STRUCT(HistoryItem, (), (seq, at, actor, action, object, title, count, changes))

struct History {
    std::vector<HistoryItem> items; // newest first
};
BOOST_DESCRIBE_STRUCT(History, (), (items))

// The body of an audit row: {"changes": [{"field": "name.last_name", "from": …, "to": …}]}.
std::string changes_between(json::value const& before, json::value const& after);

// The same of two described structs, either of which may be absent, without building both as JSON:
// an import writes thousands of them.
template <class T> std::string changes_of(T const* before, T const* after);

History history_of(store::Reader const& db, std::string_view object, std::int64_t count_max);
// Of all objects of a kind ("establishment").
History history_of_kind(store::Reader const& db, std::string_view kind, std::int64_t count_max);
// The same without what was changed; what one step did to many objects (an import) is one item.
History steps_of_kind(store::Reader const& db, std::string_view kind, std::int64_t count_max);

namespace detail {

template <class T>
inline constexpr bool is_struct =
    boost::describe::has_describe_members<T>::value && !std::is_enum_v<T>;

template <class T>
void compare(T const* before, T const* after, std::string& path, std::string& out)
{
    if constexpr (json::is_optional<T>) {
        auto const inside = [](T const* optional) {
            return optional && *optional ? &**optional : nullptr;
        };
        compare(inside(before), inside(after), path, out);
    } else if constexpr (is_struct<T>) {
        if (!before && !after) return;
        boost::mp11::mp_for_each<json::Members<T>>([&](auto member) {
            auto const length = path.size();
            if (length > 0) path += '.';
            path += member.name;
            compare(
                before ? &(before->*member.pointer) : nullptr,
                after ? &(after->*member.pointer) : nullptr, path, out
            );
            path.resize(length);
        });
    } else {
        if ((!before && !after) || (before && after && *before == *after)) return;
        auto const text = [](T const* value) {
            return value ? json::serialize(json::to(*value)) : std::string{"null"};
        };
        out += out.empty() ? "" : ",";
        out += R"({"field":")" + path + R"(","from":)" + text(before) + R"(,"to":)" + text(after);
        out += '}';
    }
}

} // namespace detail

template <class T> std::string changes_of(T const* before, T const* after)
{
    std::string path;
    std::string changes;
    detail::compare(before, after, path, changes);
    return R"({"changes":[)" + changes + "]}";
}

} // namespace audit

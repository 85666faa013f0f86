// The history of a client: the directory's rows are in the office's chain, everything else in the
// book's. What was changed about people stays on their own pages; here it says that, not what.
#include "clients/clients.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>

namespace clients {

namespace {

constexpr std::int64_t history_max = 500;

store::FileId const office{store::Kind::office, {}, 1};

struct Title {
    std::string number;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Title, (), (number, name))

std::int64_t id_in(std::string_view object)
{
    auto const digits = object.substr(object.find(':') + 1);
    std::int64_t id = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), id);
    return id;
}

std::optional<std::string> person(store::Reader const& book, std::string_view object)
{
    auto const found =
        book.one<Title>("SELECT number, name FROM employee WHERE id = ?1", id_in(object));
    if (!found) return std::nullopt;
    return found->number + " " + found->name;
}

// A client is made and changed in both files: what the book says belongs to the directory's item of
// the same step. The book is written second, within moments.
void join_profile(audit::History& directory, audit::History const& profile)
{
    constexpr std::chrono::seconds moments{30};
    for (auto const& item : profile.items) {
        auto const same = [&](auto const& other) {
            return other.action == item.action && other.actor == item.actor &&
                   other.at <= item.at && item.at - other.at <= moments;
        };
        auto const found = std::find_if(directory.items.begin(), directory.items.end(), same);
        if (found == directory.items.end())
            directory.items.push_back(item);
        else
            found->changes.insert(found->changes.end(), item.changes.begin(), item.changes.end());
    }
}

// Newest first; those of one second stay in the order they were taken in.
using ByTime = std::multimap<Instant, audit::HistoryItem, std::greater<>>;

void take(ByTime& into, audit::History more)
{
    for (auto& item : more.items) {
        auto const at = item.at;
        into.emplace(at, std::move(item));
    }
}

bool says_nothing(audit::HistoryItem const& item)
{
    return item.action == "client.applied" ||
           (item.action == "client.update" && item.changes.empty());
}

} // namespace

Result<audit::History> Clients::history(http::Call& call)
{
    ByTime all;
    auto directory = audit::history_of(
        parts_.pool.read(office), "client:" + std::to_string(call.client.id), history_max
    );
    auto const book = parts_.pool.read(call.client.book);
    join_profile(directory, audit::history_of(book, "profile", history_max));
    take(all, std::move(directory));
    auto places = audit::history_of_kind(book, "establishment", history_max);
    for (auto& item : places.items)
        item.title = book.one<std::string>(
            "SELECT name FROM establishment WHERE id = ?1", id_in(item.object)
        );
    take(all, std::move(places));
    if (call.caller.may(http::Right::employee_view)) {
        auto people = audit::steps_of_kind(book, "employee", history_max);
        for (auto& item : people.items)
            if (item.count == 1) item.title = person(book, item.object);
        take(all, std::move(people));
    }
    if (call.caller.may(http::Right::document_view)) {
        auto files = audit::steps_of_kind(book, "document", history_max);
        for (auto& item : files.items)
            if (item.count == 1)
                item.title = book.one<std::string>(
                    "SELECT name FROM document WHERE id = ?1", id_in(item.object)
                );
        take(all, std::move(files));
    }
    audit::History history;
    for (auto& [at, item] : all) {
        if (says_nothing(item)) continue;
        if (history.items.size() == history_max) break;
        item.actor = parts_.name_of_actor(item.actor);
        history.items.push_back(std::move(item));
    }
    return history;
}

} // namespace clients

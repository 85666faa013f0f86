// kuramori print-routes: the route table with the shapes of bodies and answers, for the contract
// test. Made from the rooms of a throw-away office: what is printed is what serves.
#include "app/office.hpp"
#include "base/random.hpp"
#include "cli/commands.hpp"

#include <fmt/format.h>

namespace cli {

namespace {

std::string_view name_of(http::Verb verb)
{
    switch (verb) {
    case http::Verb::get: return "get";
    case http::Verb::head: return "head";
    case http::Verb::post: return "post";
    case http::Verb::put: return "put";
    case http::Verb::patch: return "patch";
    case http::Verb::del: return "delete";
    }
    return "";
}

std::string_view name_of(http::Scope scope)
{
    switch (scope) {
    case http::Scope::office: return "office";
    case http::Scope::client: return "client";
    case http::Scope::own: return "own";
    }
    return "";
}

std::string_view name_of(http::BodyKind kind)
{
    switch (kind) {
    case http::BodyKind::none: return "none";
    case http::BodyKind::json: return "json";
    case http::BodyKind::upload: return "upload";
    }
    return "";
}

json::object described(http::Route const& route)
{
    auto const shape = [](http::Shape of) { return of ? of() : json::value{}; };
    return {
        {"verb", name_of(route.verb)},
        {"path", route.pattern},
        {"right", http::name_of(route.right)},
        {"scope", name_of(route.scope)},
        {"proof", route.proof == http::Proof::fresh},
        {"operation", route.operation},
        {"body", name_of(route.endpoint.body)},
        {"takes", shape(route.endpoint.takes)},
        {"gives", shape(route.endpoint.gives)},
    };
}

struct Throwaway {
    std::filesystem::path folder = std::filesystem::temp_directory_path() / base::random_id();
    Throwaway() { std::filesystem::create_directories(folder); }
    Throwaway(Throwaway const&) = delete;
    Throwaway& operator=(Throwaway const&) = delete;
    ~Throwaway()
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
};

} // namespace

int print_routes(Arguments& arguments)
{
    arguments.nothing_else();
    Throwaway const scratch;
    app::Settings settings;
    settings.data_folder = scratch.folder / "data";
    settings.root_key_file = scratch.folder / "keys/root.key";
    settings.tls_certificate = scratch.folder / "tls/server.crt";
    settings.tls_key = scratch.folder / "tls/server.key";
    settings.backup_repository = scratch.folder / "backup";
    base::SystemClock const clock;
    app::create_office(settings, "routes", "localhost", clock);
    app::Office office{settings, clock};
    json::array rows;
    for (auto const& room : office.routes())
        for (auto const& route : room.rows) rows.push_back(described(route));
    fmt::print("{}\n", json::serialize(rows));
    return 0;
}

} // namespace cli

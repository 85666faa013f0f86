#include "http/dispatch.hpp"

#include "base/log.hpp"
#include "base/secret.hpp"

#include <algorithm>
#include <exception>

namespace http {

namespace {

struct ProblemTitle {
    Fault fault;
    unsigned status;
    std::string_view title;
};

constexpr ProblemTitle titles[] = {
    {Fault::invalid, 422, "The request cannot be carried out"},
    {Fault::unauthenticated, 401, "Sign-in needed"},
    {Fault::forbidden, 403, "Not permitted"},
    {Fault::not_found, 404, "Not found"},
    {Fault::conflict, 409, "Conflict"},
    {Fault::too_large, 413, "Too large"},
    {Fault::too_many, 429, "Too many requests"},
    {Fault::unavailable, 503, "Temporarily unavailable"},
};

// Codes with a status of their own beside their fault's.
unsigned status_of(Problem const& problem, unsigned otherwise)
{
    if (problem.code == "precondition_required") return 428;
    if (problem.code == "method_not_allowed") return 405;
    if (problem.code == "not_json_body") return 415;
    if (problem.code == "not_json" || problem.code == "bad_if_match") return 400;
    return otherwise;
}

bool numeric_id(std::string_view segment)
{
    return !segment.empty() && segment.size() <= 18 && segment.front() != '0' &&
           std::all_of(segment.begin(), segment.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Matches "/api/v1/clients/{client_id}" segment by segment. Ids are decimal; anything else is an
// address that does not exist.
bool matches(
    std::string_view pattern,
    std::string_view path,
    std::vector<std::pair<std::string_view, std::string_view>>& params
)
{
    params.clear();
    while (!pattern.empty() && !path.empty()) {
        pattern.remove_prefix(1); // both start with '/'
        path.remove_prefix(1);
        auto const wanted = pattern.substr(0, pattern.find('/'));
        auto const given = path.substr(0, path.find('/'));
        if (wanted.starts_with('{')) {
            auto const name = wanted.substr(1, wanted.size() - 2);
            if (!numeric_id(given)) return false;
            params.emplace_back(name, given);
        } else if (wanted != given) {
            return false;
        }
        pattern.remove_prefix(wanted.size());
        path.remove_prefix(given.size());
    }
    return pattern.empty() && path.empty();
}

bool changes_state(Verb verb) { return verb != Verb::get && verb != Verb::head; }

// A broken disk, or a bug of ours; details stay in the log.
net::Response failed(std::exception const& error, std::string const& request_id)
{
    auto const* const store = dynamic_cast<store::Error const*>(&error);
    bool const full = store::is_disk_full(error);
    if (!store && !full) {
        base::log::error(
            "http", "request_failed", {{"request", request_id}, {"what", error.what()}}
        );
        auto response = respond_problem({Fault::unavailable, "internal"}, request_id);
        response.status = 500;
        return response;
    }
    base::log::error(
        "http", "store_failed",
        {{"request", request_id},
         {"what", error.what()},
         {"code", std::to_string(store ? store->code : 0)}}
    );
    return respond_problem({Fault::unavailable, full ? "disk_full" : "store_failed"}, request_id);
}

Problem nowhere() { return {Fault::not_found, "not_found"}; } // the same for unknown and forbidden

} // namespace

net::Response respond_problem(Problem const& problem, std::string_view request_id)
{
    auto const* const title =
        std::find_if(std::begin(titles), std::end(titles), [&](auto const& row) {
            return row.fault == problem.fault;
        });
    json::object body{
        {"type", "about:blank"},
        {"title", title->title},
        {"status", status_of(problem, title->status)},
        {"code", problem.code},
        {"fields", json::to(problem.fields)},
        {"request_id", std::string{request_id}},
    };
    if (!problem.context.empty()) body["context"] = boost::json::parse(problem.context);
    auto response = respond(status_of(problem, title->status), body);
    response.headers.front().second = "application/problem+json";
    return response;
}

struct Dispatcher::Match {
    Route const* route = nullptr;
    void* room = nullptr;
    std::vector<std::pair<std::string_view, std::string_view>> params;
};

struct Dispatcher::Admitted {
    Match match;
    Caller caller;
    ClientInPath client;
    Instant now;
};

Dispatcher::Dispatcher(Parts parts, std::vector<RoomRoutes> rooms)
    : parts_(std::move(parts)), rooms_(std::move(rooms))
{
}

Result<Dispatcher::Match> Dispatcher::find_route(net::Request const& request) const
{
    bool path_known = false;
    Match match;
    for (auto const& room : rooms_) {
        for (Route const& route : room.rows) {
            if (!matches(route.pattern, request.path, match.params)) continue;
            path_known = true;
            if (route.verb != request.verb) continue;
            match.route = &route;
            match.room = room.room;
            return match;
        }
    }
    if (path_known) return Problem{Fault::invalid, "method_not_allowed"};
    return nowhere();
}

// A browser page of another origin can send a form, but not our header with our token.
Result<void>
Dispatcher::check_origin(net::Request const& request, Caller const& caller, Route const& route)
{
    if (request.admin_socket || !changes_state(route.verb)) return {};
    auto const site = request.headers.find("Sec-Fetch-Site");
    if (!site.empty() && site != "same-origin")
        return Problem{Fault::forbidden, "cross_site_request"};
    auto const origin = request.headers.find("Origin");
    auto const host = request.headers.find("Host");
    if (!origin.empty() && origin != "https://" + std::string{host})
        return Problem{Fault::forbidden, "cross_site_request"};
    auto const expected = parts_.identity.csrf_token_of(caller);
    auto const given = request.headers.find("X-CSRF-Token");
    if (!expected.empty() &&
        !base::equal_in_constant_time(base::as_bytes(expected), base::as_bytes(given)))
        return Problem{Fault::forbidden, "csrf_token_wrong"};
    return {};
}

// Everything that can be refused from the head alone, in this order: address, identity, right,
// client, cross-site forgery, kind of body.
Result<Dispatcher::Admitted> Dispatcher::admit(net::Request const& request)
{
    TRY(auto match, find_route(request));
    Admitted admitted{std::move(match), {}, {}, parts_.clock.now()};
    auto const& route = *admitted.match.route;
    admitted.caller = parts_.identity.caller_of(request, admitted.now);
    bool const nobody = admitted.caller.account_id == 0 && !request.admin_socket;
    if (route.right != Right::anyone && nobody)
        return Problem{Fault::unauthenticated, "sign_in_needed"};
    if (!admitted.caller.may(route.right)) return Problem{Fault::forbidden, "not_permitted"};
    if (route.scope == Scope::client) {
        std::int64_t client_id = 0;
        for (auto const& [name, segment] : admitted.match.params)
            if (name == "client_id") client_id = std::stoll(std::string{segment});
        auto const client = parts_.clients.find_client(client_id);
        if (!client || !admitted.caller.may_see_client(client_id)) return nowhere();
        admitted.client = *client;
    }
    if (auto const same = check_origin(request, admitted.caller, route); !same) return same.error();
    auto const type = request.headers.find("Content-Type");
    bool const is_json = type == "application/json" || type.starts_with("application/json;");
    if (route.endpoint.body == BodyKind::json && !is_json)
        return Problem{Fault::invalid, "not_json_body"};
    return admitted;
}

net::Plan Dispatcher::plan(net::Request const& head)
try {
    net::Plan plan;
    if (!head.path.starts_with("/api/")) return plan; // pages take no body
    auto admitted = admit(head);
    if (!admitted) {
        plan.refuse = respond_problem(admitted.error(), head.request_id);
        return plan;
    }
    auto const& endpoint = admitted->match.route->endpoint;
    if (endpoint.body == BodyKind::json) plan.body_bytes_max = parts_.json_bytes_max;
    if (endpoint.body == BodyKind::upload) {
        plan.body_bytes_max = parts_.upload_bytes_max;
        Call call{head, admitted->caller, admitted->now, admitted->match.params, admitted->client,
                  {}};
        auto sink = endpoint.start(admitted->match.room, call);
        if (sink)
            plan.sink = std::move(*sink);
        else
            plan.refuse = respond_problem(sink.error(), head.request_id);
    }
    return plan;
} catch (std::exception const& error) {
    net::Plan plan;
    plan.refuse = failed(error, head.request_id);
    return plan;
}

net::Response Dispatcher::handle(net::Request const& request, std::unique_ptr<net::BodySink> sink)
try {
    if (!request.path.starts_with("/api/")) return parts_.pages(request);
    auto const admitted = admit(request);
    if (!admitted) return respond_problem(admitted.error(), request.request_id);
    auto const& match = admitted->match;
    Call call{request, admitted->caller, admitted->now, match.params, admitted->client, {}};
    auto answer = match.route->endpoint.run(match.room, call, request.body, sink.get());
    if (!answer) return respond_problem(answer.error(), request.request_id);
    return std::move(*answer);
} catch (std::exception const& error) {
    return failed(error, request.request_id);
}

void Dispatcher::finished(
    net::Request const& request,
    unsigned status,
    std::uint64_t bytes_out,
    std::chrono::microseconds took
)
try {
    if (!request.path.starts_with("/api/")) return;
    AccessRecord record;
    record.at = parts_.clock.now();
    record.address = request.peer;
    record.status = status;
    record.bytes = bytes_out;
    record.microseconds = took.count();
    record.request_id = request.request_id;
    record.operation = "unknown";
    if (auto const match = find_route(request)) {
        record.operation = match->route->operation;
        for (auto const& [name, segment] : match->params) {
            if (name == "client_id") record.client_id = std::stoll(std::string{segment});
            if (!record.object.empty()) record.object += ' ';
            record.object += std::string{name} + ":" + std::string{segment};
        }
    }
    record.account_id = parts_.identity.caller_of(request, record.at).account_id;
    parts_.access_log(record);
} catch (std::exception const& error) {
    base::log::error("http", "access_log_failed", {{"what", error.what()}});
}

} // namespace http

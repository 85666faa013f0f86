#include "http/dispatch.hpp"

#include "base/log.hpp"
#include "base/secret.hpp"

#include <algorithm>
#include <charconv>
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

using Segments = std::vector<std::string_view>;

Segments segments_of(std::string_view path) // starts with '/'
{
    Segments out;
    while (!path.empty()) {
        path.remove_prefix(1);
        out.push_back(path.substr(0, path.find('/')));
        path.remove_prefix(out.back().size());
    }
    return out;
}

// Patterns and the paths that fit them have one shape: "/api/v1/clients/{}/employees".
bool parameter(std::string_view segment) { return segment.starts_with('{') || numeric_id(segment); }

std::string shape_of(Segments const& segments)
{
    std::string shape;
    for (auto const segment : segments) {
        shape += '/';
        shape += parameter(segment) ? std::string_view{"{}"} : segment;
    }
    return shape;
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
    auto response = respond(status_of(problem, title->status), json::serialize(body));
    response.headers.front().second = "application/problem+json";
    return response;
}

// Where the request goes and who sends it, found once and used by every step.
class Dispatcher::OneRequest final : public net::Exchange {
public:
    OneRequest(Dispatcher& dispatcher, net::Request const& request)
        : parts_(dispatcher.parts_), request_(request)
    {
        if (is_page()) return;
        auto const segments = segments_of(request.path);
        auto const known = dispatcher.by_shape_.find(shape_of(segments));
        if (known == dispatcher.by_shape_.end()) return;
        for (auto const& place : known->second)
            if (place.route->verb == request.verb) place_ = place;
        path_known_ = take_params(segments_of(known->second.front().route->pattern), segments);
    }

    net::Plan plan() override;
    net::Response handle(std::unique_ptr<net::BodySink> sink) override;
    void
    finished(unsigned status, std::uint64_t bytes_out, std::chrono::microseconds took) override;

private:
    // Ends with the session, the right, the network or the device that it was opened with.
    class WhileAdmitted final : public net::EventSource {
    public:
        WhileAdmitted(OneRequest& request, std::unique_ptr<net::EventSource> events)
            : request_(request), events_(std::move(events))
        {
        }
        bool poll(std::string& out) override
        {
            return request_.admit(Look::watch) && events_->poll(out);
        }

    private:
        OneRequest& request_; // lives until its answer is sent
        std::unique_ptr<net::EventSource> events_;
    };

    bool take_params(Segments const& names, Segments const& values);
    bool is_page() const { return !request_.path.starts_with("/api/"); }
    Result<void> admit(Look look = Look::use);
    Result<void> check_origin() const;
    Result<net::Response> run(std::unique_ptr<net::BodySink> sink);
    net::Response respond(Problem const& problem) const
    {
        return respond_problem(problem, request_.request_id);
    }
    std::int64_t client_in_path() const; // 0: the path names none
    Call call() const { return {request_, *caller_, now_, params_, client_, {}}; }

    Parts const& parts_;
    net::Request const& request_;
    bool path_known_ = false;
    Place place_;
    std::vector<std::pair<std::string_view, std::string_view>> params_;
    std::shared_ptr<Caller const> caller_; // of the newest admit()
    ClientInPath client_;
    Instant now_;
};

Dispatcher::Dispatcher(Parts parts, std::vector<RoomRoutes> const& rooms) : parts_(std::move(parts))
{
    for (auto const& room : rooms)
        for (Route const& route : room.rows)
            by_shape_[shape_of(segments_of(route.pattern))].push_back({&route, room.room});
}

std::unique_ptr<net::Exchange> Dispatcher::take_up(net::Request const& request)
{
    return std::make_unique<OneRequest>(*this, request);
}

// False: what stands for an id is none. Ids are decimal; anything else in their place is an address
// that does not exist.
bool Dispatcher::OneRequest::take_params(Segments const& names, Segments const& values)
{
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!names[i].starts_with('{')) continue;
        if (!numeric_id(values[i])) return false;
        params_.emplace_back(names[i].substr(1, names[i].size() - 2), values[i]);
    }
    return true;
}

std::int64_t Dispatcher::OneRequest::client_in_path() const
{
    std::int64_t id = 0;
    for (auto const& [name, segment] : params_)
        if (name == "client_id")
            std::from_chars(segment.data(), segment.data() + segment.size(), id);
    return id;
}

// A browser page of another origin can send a form, but not our header with our token.
Result<void> Dispatcher::OneRequest::check_origin() const
{
    if (request_.admin_socket || !changes_state(request_.verb)) return {};
    auto const site = request_.headers.find("Sec-Fetch-Site");
    if (!site.empty() && site != "same-origin")
        return Problem{Fault::forbidden, "cross_site_request"};
    auto const origin = request_.headers.find("Origin");
    auto const host = request_.headers.find("Host");
    if (!origin.empty() && origin != "https://" + std::string{host})
        return Problem{Fault::forbidden, "cross_site_request"};
    auto const& expected = caller_->csrf_token;
    auto const given = request_.headers.find("X-CSRF-Token");
    if (!expected.empty() &&
        !base::equal_in_constant_time(base::as_bytes(expected), base::as_bytes(given)))
        return Problem{Fault::forbidden, "csrf_token_wrong"};
    return {};
}

// Everything that can be refused from the head alone, in this order: address, identity,
// gates, right, client, cross-site forgery, kind of body. Asked again once the body is there: the
// session may have ended meanwhile. And as long as a stream of events lasts.
Result<void> Dispatcher::OneRequest::admit(Look look)
{
    if (!path_known_) return nowhere();
    if (!place_.route) return Problem{Fault::invalid, "method_not_allowed"};
    auto const& route = *place_.route;
    now_ = parts_.clock.now();
    caller_ = parts_.identity.caller_of(request_, now_, look);
    if (!request_.admin_socket) {
        // What anybody may ask is asked as nobody: somebody else may sign in where a session of an
        // account that is refused here has left its cookie.
        static Caller const anybody;
        auto const& asking = route.right == Right::anyone ? anybody : *caller_;
        for (auto* const gate : parts_.gates)
            if (auto passed = gate->admit(asking, request_, now_); !passed)
                return std::move(passed).error();
    }
    bool const nobody = caller_->account_id == 0 && !request_.admin_socket;
    if (route.right != Right::anyone && nobody)
        return Problem{Fault::unauthenticated, "sign_in_needed"};
    if (!caller_->may(route.right)) return Problem{Fault::forbidden, "not_permitted"};
    if (route.scope == Scope::client) {
        auto const client_id = client_in_path();
        auto const client = parts_.clients.find_client(client_id);
        if (!client || !caller_->may_see_client(client_id, data_class_of(route.right)))
            return nowhere();
        client_ = *client;
    }
    if (auto const same = check_origin(); !same) return same.error();
    bool const proved = proved_lately(*caller_, now_);
    if (route.proof == Proof::fresh && !request_.admin_socket && !proved)
        return Problem{Fault::forbidden, "proof_needed"};
    auto const type = request_.headers.find("Content-Type");
    bool const is_json = type == "application/json" || type.starts_with("application/json;");
    if (route.endpoint.body == BodyKind::json && !is_json)
        return Problem{Fault::invalid, "not_json_body"};
    return {};
}

net::Plan Dispatcher::OneRequest::plan()
try {
    net::Plan plan;
    if (is_page()) return plan; // pages take no body
    if (auto const admitted = admit(); !admitted) {
        plan.refuse = respond(admitted.error());
        return plan;
    }
    auto const& endpoint = place_.route->endpoint;
    if (endpoint.body == BodyKind::json) plan.body_bytes_max = parts_.json_bytes_max;
    if (endpoint.body == BodyKind::upload) {
        plan.body_bytes_max = parts_.upload_bytes_max;
        auto started = call();
        auto sink = endpoint.start(place_.room, started);
        if (sink)
            plan.sink = std::move(*sink);
        else
            plan.refuse = respond(sink.error());
    }
    return plan;
} catch (std::exception const& error) {
    net::Plan plan;
    plan.refuse = failed(error, request_.request_id);
    return plan;
}

Result<net::Response> Dispatcher::OneRequest::run(std::unique_ptr<net::BodySink> sink)
{
    if (auto const admitted = admit(); !admitted) return admitted.error();
    auto const& endpoint = place_.route->endpoint;
    auto asked = call();
    if (endpoint.body == BodyKind::upload && !sink) { // an empty body needs no plan, but its sink
        TRY(auto opened, endpoint.start(place_.room, asked));
        sink = std::move(opened);
    }
    return endpoint.run(place_.room, asked, request_.body, sink.get());
}

net::Response Dispatcher::OneRequest::handle(std::unique_ptr<net::BodySink> sink)
try {
    if (is_page()) return parts_.pages(request_);
    auto answer = run(std::move(sink));
    if (!answer) return respond(answer.error());
    if (answer->events)
        answer->events = std::make_unique<WhileAdmitted>(*this, std::move(answer->events));
    return std::move(*answer);
} catch (std::exception const& error) {
    return failed(error, request_.request_id);
}

void Dispatcher::OneRequest::finished(
    unsigned status, std::uint64_t bytes_out, std::chrono::microseconds took
)
try {
    if (is_page()) return;
    AccessRecord record;
    record.at = parts_.clock.now();
    record.address = request_.peer;
    record.status = status;
    record.bytes = bytes_out;
    record.microseconds = took.count();
    record.request_id = request_.request_id;
    record.operation = path_known_ && place_.route ? place_.route->operation : "unknown";
    record.client_id = client_in_path();
    for (auto const& [name, segment] : params_) {
        if (!record.object.empty()) record.object += ' ';
        record.object += std::string{name} + ":" + std::string{segment};
    }
    if (caller_) record.account_id = caller_->account_id;
    parts_.access_log(std::move(record));
} catch (std::exception const& error) {
    base::log::error("http", "access_log_failed", {{"what", error.what()}});
}

} // namespace http

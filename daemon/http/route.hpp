#pragma once
// One row says everything about an endpoint: verb, path, right, scope, how it is logged, its name
// in api/openapi.yaml, and the typed member function behind it.
//
//   constexpr http::Route table[] = {
//       {Verb::get,  "/api/v1/clients", Right::client_view, Scope::office, "listClients",
//       on<&Clients::list>}, {Verb::post, "/api/v1/clients", Right::client_edit, Scope::office,
//       "createClient", on<&Clients::create>},
//   };
//   http::RoomRoutes Clients::routes() { return {table, this}; }
#include "http/call.hpp"
#include "store/json.hpp"

#include <span>
#include <string>
#include <string_view>

namespace http {

using Verb = net::Verb;

enum class Scope {
    office, // the right alone decides; lists filter by the caller's clients
    client, // the path has {client_id}: the caller must be allowed that client
    own,    // the caller's own account only
};

// Whether the session is enough, or the person must have proved within the last five minutes who
// they are (ステップアップ認証): exports, accounts, policies, downloads of backups.
enum class Proof { session, fresh };
inline constexpr std::chrono::minutes proof_life{5};
inline bool proved_lately(Caller const& caller, Instant now)
{
    return now - caller.proved_at < proof_life && now >= caller.proved_at;
}

enum class BodyKind { none, json, upload };

// What a body or answer looks like, for the contract test: field names and JSON types.
using Shape = json::value (*)();

struct Endpoint {
    BodyKind body = BodyKind::none;
    Result<net::Response> (*run)(void* room, Call&, std::string_view body, net::BodySink*) =
        nullptr;
    Result<std::unique_ptr<net::BodySink>> (*start)(void* room, Call&) = nullptr; // uploads
    Shape takes = nullptr;
    Shape gives = nullptr;
};

struct Route {
    Verb verb;
    std::string_view pattern;
    Right right; // no default: every route states it
    Scope scope;
    std::string_view operation; // operationId in api/openapi.yaml
    Endpoint endpoint;
    Proof proof = Proof::session;
};

struct RoomRoutes {
    std::span<Route const> rows;
    void* room = nullptr;
};

// The Shape of a described struct: {"name": "string", "fee": "integer?", "families": [{…}]}.
template <class T> json::value shape_of();

net::Response respond(unsigned status, std::string json_text);
net::Response respond_download(Download&& download);
net::Response respond_events(Events&& events);

namespace detail {

template <class Out> net::Response answer(Out&& out);

template <class F> struct Signature;

template <class Room, class Out> struct Signature<Result<Out> (Room::*)(Call&)> {
    template <auto F> static constexpr Endpoint endpoint()
    {
        auto run = [](void* room, Call& call, std::string_view,
                      net::BodySink*) -> Result<net::Response> {
            TRY(auto out, (static_cast<Room*>(room)->*F)(call));
            return answer(std::move(out));
        };
        return {BodyKind::none, run, nullptr, nullptr, &shape_of<Out>};
    }
};

template <class Room, class Out, class In>
struct Signature<Result<Out> (Room::*)(Call&, In const&)> {
    template <auto F> static constexpr Endpoint endpoint()
    {
        auto run = [](void* room, Call& call, std::string_view body,
                      net::BodySink*) -> Result<net::Response> {
            TRY(auto const in, json::from_text<In>(body));
            TRY(auto out, (static_cast<Room*>(room)->*F)(call, in));
            return answer(std::move(out));
        };
        return {BodyKind::json, run, nullptr, &shape_of<In>, &shape_of<Out>};
    }
};

template <class F> struct UploadSignature;
template <class Room, class Out, class Sink>
struct UploadSignature<Result<Out> (Room::*)(Call&, Sink&)> {
    template <auto Start, auto Finish> static constexpr Endpoint endpoint()
    {
        auto start = [](void* room, Call& call) -> Result<std::unique_ptr<net::BodySink>> {
            TRY(auto sink, (static_cast<Room*>(room)->*Start)(call));
            return std::unique_ptr<net::BodySink>{std::move(sink)};
        };
        auto run = [](void* room, Call& call, std::string_view,
                      net::BodySink* sink) -> Result<net::Response> {
            TRY(auto out, (static_cast<Room*>(room)->*Finish)(call, static_cast<Sink&>(*sink)));
            return answer(std::move(out));
        };
        return {BodyKind::upload, run, start, nullptr, &shape_of<Out>};
    }
};

} // namespace detail

// on<&Clients::create>: parses the body into the function's own argument type, serialises its own
// result type.
template <auto F>
inline constexpr Endpoint on = detail::Signature<decltype(F)>::template endpoint<F>();

// on_upload<&Files::start, &Files::finish>: `start` opens a sink (Result<unique_ptr<Sink>>) that
// the body streams into; `finish` (Call&, Sink&) is called when all of it has arrived.
template <auto Start, auto Finish>
inline constexpr Endpoint on_upload =
    detail::UploadSignature<decltype(Finish)>::template endpoint<Start, Finish>();

} // namespace http

#include "http/route_detail.hpp"

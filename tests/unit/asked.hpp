#pragma once
// A request as a room's function gets it, with whoever asks.
#include "http/call.hpp"

#include <deque>
#include <fmt/format.h>

struct Asked {
    net::Request request;
    http::Caller caller;
    http::Call call;

    explicit Asked(Instant now) : call{request, caller, now, {}, {}, {}}
    {
        caller.account_id = 1;
        caller.actor = "account:1";
        caller.all_clients = true;
    }
    Asked(Asked const&) = delete;
    Asked& operator=(Asked const&) = delete;

    Asked& seen(std::int64_t version) { return header("If-Match", fmt::format("\"{}\"", version)); }
    Asked& header(std::string_view name, std::string_view value)
    {
        request.headers.add(name, value);
        return *this;
    }
    Asked& param(std::string_view name, std::int64_t id)
    {
        call.params.emplace_back(name, texts_.emplace_back(std::to_string(id)));
        return *this;
    }
    Asked& client(std::int64_t id, store::FileId const& book)
    {
        call.client = {id, book, false};
        return param("client_id", id);
    }

private:
    std::deque<std::string> texts_;
};

#pragma once
// What a client directory needs, for tests that care for none of it; they replace what they watch.
#include "clients/clients.hpp"

inline clients::Clients::Parts
client_parts(store::Pool& pool, audit::Recorder const& recorder, base::Clock const& clock)
{
    return {
        pool,
        recorder,
        clock,
        [](std::string const&) {},
        [](std::string const&) {},
        [](std::int64_t) { return std::int64_t{0}; },
        [](std::string const& actor) { return actor; },
    };
}

#pragma once
// The running daemon, over its admin socket. The socket's permissions are the sign-in.
#include "store/json.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace cli {

class DaemonClient {
public:
    explicit DaemonClient(std::filesystem::path socket) : socket_(std::move(socket)) {}

    bool running() const; // somebody answers on the socket

    // The parsed answer. A refusal is a UserError in Japanese; no answer at all too.
    json::value get(std::string const& path) const;
    json::value post(std::string const& path, std::optional<json::value> const& body = {}) const;
    json::value put(std::string const& path, json::value const& body, std::int64_t version) const;
    std::string get_file(std::string const& path) const;

private:
    struct Answer {
        long status = 0; // 0: no connection
        std::string body;
    };
    struct Message {
        char const* verb = "GET";
        std::optional<json::value> body = {};
        std::optional<std::int64_t> version = {}; // of what is replaced
    };
    Answer send(Message const& message, std::string const& path) const;
    json::value checked(Answer const& answer) const;

    std::filesystem::path socket_;
};

std::string explained_fault(std::string const& code); // in Japanese

} // namespace cli

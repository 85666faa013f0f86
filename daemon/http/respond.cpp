#include "http/route.hpp"

#include <fmt/format.h>

namespace http {

namespace {

// RFC 6266 with RFC 8187: an ASCII fallback and the exact name in UTF-8.
std::string disposition(std::string_view file_name)
{
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    std::string fallback;
    std::string exact;
    for (char const letter : file_name) {
        if (plain.find(letter) != std::string_view::npos) {
            fallback.push_back(letter);
            exact.push_back(letter);
        } else {
            fallback.push_back('_');
            exact += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
        }
    }
    return fmt::format("attachment; filename=\"{}\"; filename*=UTF-8''{}", fallback, exact);
}

} // namespace

net::Response respond(unsigned status, std::string json_text)
{
    net::Response response;
    response.status = status;
    response.headers.emplace_back("Content-Type", "application/json");
    response.body = std::move(json_text);
    return response;
}

net::Response respond_download(Download&& download)
{
    net::Response response;
    response.status = 200;
    response.headers.emplace_back("Content-Type", download.content_type);
    response.headers.emplace_back("Content-Disposition", disposition(download.file_name));
    response.source = std::move(download.source);
    response.source_bytes = download.bytes;
    return response;
}

net::Response respond_events(Events&& events)
{
    net::Response response;
    response.status = 200;
    response.headers.emplace_back("Content-Type", "text/event-stream");
    response.events = std::move(events.source);
    return response;
}

} // namespace http

#include "net/static_files.hpp"

#include "base/files.hpp"
#include "crypto/hash.hpp"

#include <array>

namespace net {

namespace {

constexpr std::uint64_t file_bytes_max = 16 << 20;

std::string type_of(std::filesystem::path const& file)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 9> known{{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".json", "application/json"},
        {".woff2", "font/woff2"},
        {".txt", "text/plain; charset=utf-8"},
    }};
    for (auto const& [extension, type] : known)
        if (file.extension() == extension) return std::string{type};
    return "application/octet-stream";
}

std::string content_of(std::filesystem::path const& file)
{
    if (!std::filesystem::exists(file)) return {};
    auto const bytes = base::read_file(file, file_bytes_max);
    return {bytes.begin(), bytes.end()};
}

// "gzip, deflate, br;q=0.9": a coding that is named counts, unless its weight is zero.
bool accepts(std::string_view accepted, std::string_view coding)
{
    auto const found = accepted.find(coding);
    if (found == std::string_view::npos) return false;
    auto const item = accepted.substr(found, accepted.find(',', found) - found);
    auto const weight = item.find("q=");
    return weight == std::string_view::npos ||
           item.find_first_of("123456789", weight) != std::string_view::npos;
}

Response empty(unsigned status)
{
    Response response;
    response.status = status;
    response.headers.emplace_back("Content-Type", "text/plain; charset=utf-8");
    return response;
}

} // namespace

StaticFiles::StaticFiles(std::filesystem::path const& folder)
{
    if (!std::filesystem::is_directory(folder)) return;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{folder}) {
        auto const& path = entry.path();
        if (entry.is_symlink() || !entry.is_regular_file() || path.extension() == ".gz" ||
            path.extension() == ".br")
            continue;
        File file;
        file.type = type_of(path);
        file.plain = content_of(path);
        file.gzip = content_of(path.string() + ".gz");
        file.brotli = content_of(path.string() + ".br");
        auto const hash = crypto::sha256(base::as_bytes(file.plain));
        file.etag = '"' + base::to_hex(ByteView{hash}.first(16)) + '"';
        files_.emplace("/" + path.lexically_relative(folder).generic_string(), std::move(file));
    }
}

Response StaticFiles::answer(Request const& request) const
{
    if (request.verb != Verb::get && request.verb != Verb::head) return empty(405);
    auto found = files_.find(request.path);
    if (found == files_.end()) {
        auto const name = request.path.substr(request.path.rfind('/') + 1);
        if (name.find('.') != std::string::npos) return empty(404);
        found = files_.find(std::string_view{"/index.html"});
        if (found == files_.end()) return empty(404);
    }
    auto const& file = found->second;
    bool const immutable = found->first.starts_with("/assets/");
    Response response;
    response.headers = {
        {"Content-Type", file.type},
        {"Cache-Control", immutable ? "public, max-age=31536000, immutable" : "no-cache"},
        {"ETag", file.etag},
        {"Vary", "Accept-Encoding"},
    };
    if (request.headers.find("If-None-Match") == file.etag) {
        response.status = 304;
        return response;
    }
    auto const accepted = request.headers.find("Accept-Encoding");
    if (!file.brotli.empty() && accepts(accepted, "br")) {
        response.headers.emplace_back("Content-Encoding", "br");
        response.body = file.brotli;
    } else if (!file.gzip.empty() && accepts(accepted, "gzip")) {
        response.headers.emplace_back("Content-Encoding", "gzip");
        response.body = file.gzip;
    } else {
        response.body = file.plain;
    }
    return response;
}

} // namespace net

#pragma once
// The web UI, read into memory at start. A path is looked up among the files that were there then:
// nothing a browser sends can reach the file system.
#include "net/message.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace net {

class StaticFiles {
public:
    explicit StaticFiles(std::filesystem::path const& folder); // missing folder: nothing to serve

    // index.html answers for every path without a dot: the browser's own router takes over.
    Response answer(Request const& request) const;

private:
    struct File {
        std::string type;
        std::string etag;
        std::string plain;
        std::string gzip;   // empty: not smaller
        std::string brotli; // empty: not smaller
    };
    std::map<std::string, File, std::less<>> files_; // "/assets/x.js"
};

} // namespace net

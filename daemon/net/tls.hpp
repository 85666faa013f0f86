#pragma once
// TLS 1.2 and 1.3 with forward secrecy and AEAD only (reference/security.md §1.8).
#include <boost/asio/ssl/context.hpp>

#include <filesystem>
#include <memory>

namespace net {

// Throws std::runtime_error when the files cannot be used or do not belong together.
std::shared_ptr<boost::asio::ssl::context>
make_tls_context(std::filesystem::path const& certificate, std::filesystem::path const& key);

} // namespace net

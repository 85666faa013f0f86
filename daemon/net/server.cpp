#include "net/server.hpp"

#include "base/log.hpp"
#include "net/session.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/strand.hpp>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <list>
#include <map>
#include <mutex>
#include <thread>

namespace net {

using Tcp = asio::ip::tcp;
using Local = asio::local::stream_protocol;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;
using LocalStream = beast::basic_stream<Local>;

namespace {

constexpr std::chrono::milliseconds accept_pause{200}; // out of descriptors: no busy loop
constexpr std::size_t unread_bytes_max = 128 << 20;    // of a refused request, let pass
constexpr std::chrono::seconds unread_time_max{30};

std::string text_of(asio::ip::address const& address)
{
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    return address.to_string();
}

} // namespace

struct Server::State {
    State(ServerOptions with, Handler& handler)
        : options(std::move(with))
        , io(static_cast<int>(options.io_threads))
        , workers(options.workers)
        , shared{handler, options.limits, options.hosts, workers, {}, {}, {}}
        , acceptor(io)
        , local_acceptor(io)
        , signals(io)
        , drain_timer(io)
    {
    }

    ServerOptions options;
    asio::io_context io;
    asio::thread_pool workers;
    Shared shared;
    Tcp::acceptor acceptor;
    Local::acceptor local_acceptor;
    asio::signal_set signals;
    asio::steady_timer drain_timer;
    std::chrono::steady_clock::time_point drain_deadline;

    std::mutex mutex; // guards the rest
    std::shared_ptr<TlsSetup> tls;
    std::map<std::string, std::size_t> per_address;
    std::size_t connections = 0;
    std::size_t handshakes = 0;
    std::list<std::function<void()>> closers; // close a connection that waits for a request

    class Closer { // listed as long as it lives
    public:
        Closer(State& state, std::function<void()> close) : state_(state)
        {
            std::scoped_lock const lock{state_.mutex};
            place_ = state_.closers.insert(state_.closers.end(), std::move(close));
        }
        Closer(Closer const&) = delete;
        Closer& operator=(Closer const&) = delete;
        ~Closer()
        {
            std::scoped_lock const lock{state_.mutex};
            state_.closers.erase(place_);
        }

    private:
        State& state_;
        std::list<std::function<void()>>::iterator place_;
    };

    void listen();
    void listen_locally();
    asio::awaitable<void> accept_tls();
    asio::awaitable<void> accept_local();
    asio::awaitable<void> tls_connection(Tcp::socket socket, std::string peer);
    template <class Stream> static asio::awaitable<void> let_pass(Stream& stream);
    asio::awaitable<void> local_connection(Local::socket socket);
    bool admit(std::string const& peer);
    void leave(std::string const& peer);
    void begin_drain();
    void wait_for_drain();
};

void Server::State::listen()
{
    Tcp::endpoint const endpoint{asio::ip::make_address(options.address), options.port};
    acceptor.open(endpoint.protocol());
    acceptor.set_option(Tcp::acceptor::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen();
}

void Server::State::listen_locally()
{
    if (options.admin_socket.empty()) return;
    ::unlink(options.admin_socket.c_str()); // the data folder's lock says that it is a dead one
    local_acceptor.open();
    local_acceptor.bind(Local::endpoint{options.admin_socket.string()});
    ::chmod(options.admin_socket.c_str(), 0600); // nobody can connect before it listens
    local_acceptor.listen();
}

bool Server::State::admit(std::string const& peer)
{
    std::scoped_lock const lock{mutex};
    if (connections >= options.limits.connections_max ||
        handshakes >= options.limits.handshakes_max ||
        per_address[peer] >= options.limits.connections_per_address_max)
        return false;
    ++connections;
    ++per_address[peer];
    return true;
}

void Server::State::leave(std::string const& peer)
{
    std::scoped_lock const lock{mutex};
    --connections;
    if (--per_address[peer] == 0) per_address.erase(peer);
}

asio::awaitable<void> Server::State::accept_tls()
{
    asio::steady_timer pause{io};
    for (;;) {
        auto strand = asio::make_strand(io);
        auto [error, socket] = co_await acceptor.async_accept(strand, as_result);
        if (error == asio::error::operation_aborted) co_return;
        if (error) {
            pause.expires_after(accept_pause);
            co_await pause.async_wait(as_result);
            continue;
        }
        boost::system::error_code gone;
        auto const remote = socket.remote_endpoint(gone);
        if (gone) continue;
        auto peer = text_of(remote.address());
        if (!admit(peer)) continue; // closes it
        socket.set_option(Tcp::no_delay(true), gone);
        auto done = [this, peer](std::exception_ptr const& failure) {
            leave(peer);
            if (failure) base::log::warning("net", "connection_failed");
        };
        auto work = tls_connection(std::move(socket), peer);
        asio::co_spawn(strand, std::move(work), done);
    }
}

// A refused request may still be on its way. To close now would answer it with a reset, and a reset
// takes the answer with it before the other side has read it.
template <class Stream> asio::awaitable<void> Server::State::let_pass(Stream& stream)
{
    boost::system::error_code gone;
    stream.socket().shutdown(asio::socket_base::shutdown_send, gone);
    std::vector<char> unread(64 << 10);
    stream.expires_after(unread_time_max);
    for (std::size_t passed = 0; passed < unread_bytes_max;) {
        auto const room = asio::buffer(unread);
        auto const [error, got] = co_await stream.async_read_some(room, as_result);
        if (error) co_return;
        passed += got;
    }
}

asio::awaitable<void> Server::State::tls_connection(Tcp::socket socket, std::string peer)
{
    std::shared_ptr<TlsSetup> setup;
    {
        std::scoped_lock const lock{mutex};
        setup = tls;
        ++handshakes;
    }
    TlsStream stream{std::move(socket), setup->context()};
    stream.next_layer().expires_after(options.limits.handshake);
    auto const [handshake_error] =
        co_await stream.async_handshake(asio::ssl::stream_base::server, as_result);
    {
        std::scoped_lock const lock{mutex};
        --handshakes;
    }
    if (handshake_error) co_return;
    Request origin;
    origin.peer = std::move(peer);
    origin.certificate = setup->client_of(stream.native_handle());
    Session<TlsStream> session{shared, stream, origin};
    auto const executor = co_await asio::this_coro::executor;
    auto const here = std::make_shared<bool>(true); // the post below may come after the end
    auto const close = [&stream, &session, executor, alive = std::weak_ptr{here}] {
        asio::post(executor, [&stream, &session, alive] {
            if (!alive.expired() && session.waiting) stream.next_layer().close();
        });
    };
    Closer const closer{*this, close};
    co_await session.serve();
    stream.next_layer().expires_after(std::chrono::seconds{2});
    co_await stream.async_shutdown(as_result);
    session.waiting = true;
    if (session.left_unread) co_await let_pass(stream.next_layer());
}

asio::awaitable<void> Server::State::accept_local()
{
    asio::steady_timer pause{io};
    for (;;) {
        auto strand = asio::make_strand(io);
        auto [error, socket] = co_await local_acceptor.async_accept(strand, as_result);
        if (error == asio::error::operation_aborted) co_return;
        if (error) {
            pause.expires_after(accept_pause);
            co_await pause.async_wait(as_result);
            continue;
        }
        auto done = [](std::exception_ptr const& failure) {
            if (failure) base::log::warning("net", "connection_failed");
        };
        auto work = local_connection(std::move(socket));
        asio::co_spawn(strand, std::move(work), done);
    }
}

asio::awaitable<void> Server::State::local_connection(Local::socket socket)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) co_return;
    if (peer.uid != 0 && peer.uid != ::geteuid()) co_return;
    LocalStream stream{std::move(socket)};
    Request origin;
    origin.peer = "local";
    origin.peer_uid = peer.uid;
    origin.admin_socket = true;
    Session<LocalStream> session{shared, stream, origin};
    co_await session.serve();
    if (session.left_unread) co_await let_pass(stream);
}

void Server::State::begin_drain()
{
    if (shared.draining.exchange(true)) return;
    boost::system::error_code ignored;
    acceptor.close(ignored);
    local_acceptor.close(ignored);
    drain_deadline = std::chrono::steady_clock::now() + options.limits.drain;
    wait_for_drain();
}

void Server::State::wait_for_drain()
{
    bool empty = false;
    {
        std::scoped_lock const lock{mutex};
        for (auto const& close : closers) close();
        empty = connections == 0;
    }
    if (empty || std::chrono::steady_clock::now() > drain_deadline) {
        io.stop();
        return;
    }
    drain_timer.expires_after(std::chrono::milliseconds{50});
    drain_timer.async_wait([this](boost::system::error_code const&) { wait_for_drain(); });
}

Server::Server(ServerOptions options, Handler& handler)
    : state_(std::make_unique<State>(std::move(options), handler))
{
    reload_identity();
    state_->listen();
    state_->listen_locally();
}

Server::~Server()
{
    state_->workers.join();
    if (!state_->options.admin_socket.empty()) ::unlink(state_->options.admin_socket.c_str());
}

std::uint16_t Server::port() const { return state_->acceptor.local_endpoint().port(); }

void Server::run(std::function<void()> const& ready)
{
    auto const rethrow = [](std::exception_ptr const& failure) {
        if (failure) std::rethrow_exception(failure);
    };
    state_->signals.add(SIGTERM);
    state_->signals.add(SIGINT);
    state_->signals.async_wait([this](boost::system::error_code const& error, int) {
        if (!error) state_->begin_drain();
    });
    asio::co_spawn(state_->io, state_->accept_tls(), rethrow);
    if (!state_->options.admin_socket.empty())
        asio::co_spawn(state_->io, state_->accept_local(), rethrow);
    ready();
    std::vector<std::thread> threads;
    for (unsigned i = 1; i < state_->options.io_threads; ++i)
        threads.emplace_back([this] { state_->io.run(); });
    state_->io.run();
    for (auto& thread : threads) thread.join();
}

void Server::stop()
{
    asio::post(state_->io, [this] { state_->begin_drain(); });
}

void Server::reload_identity()
{
    auto const identity = state_->options.identity();
    auto fresh = std::make_shared<TlsSetup>(identity);
    std::scoped_lock const lock{state_->mutex};
    state_->tls = std::move(fresh);
}

std::uint64_t Server::heartbeat() const { return state_->shared.beats; }
bool Server::requests_wait() const { return state_->shared.queued > 0; }

} // namespace net

// Load generator of tests/bench: many keep-alive TLS connections on one thread, each with its own
// list of requests that it goes through again and again. Reads a plan (JSON) from the file in
// argv[1] and prints what it measured as JSON.
//
// closed: every connection sends its next request when the answer is there (saturation).
// open:   request i is due at i / rate, whatever the server does. Its latency counts from then, so
//         a server that stalls is charged for every request that had to wait (no coordinated
//         omission).
#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/json.hpp>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <deque>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using Tcp = asio::ip::tcp;
using Error = boost::system::error_code;
using Steady = std::chrono::steady_clock;

constexpr int handshakes_at_once = 16;
constexpr std::string_view placeholder = "{version}"; // in a body: makes every change a change

struct Planned {
    std::string label;
    std::string head; // request line and headers, without If-Match and the blank line
    std::string body;
    std::int64_t version = 0; // If-Match; counts up with every 200. 0: not an edit
};

struct Measured {
    std::map<std::string, std::vector<std::uint32_t>> microseconds; // by label
    std::map<int, std::uint64_t> failures;                          // by status; 0: no answer
    std::uint64_t bytes = 0;

    void add(std::string const& label, Steady::duration took)
    {
        auto const us = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
        microseconds[label].push_back(static_cast<std::uint32_t>(us));
    }
};

// User and system time that a process has used so far, all its threads.
double cpu_seconds_of(std::string const& process)
{
    std::stringstream text;
    text << std::ifstream{"/proc/" + process + "/stat"}.rdbuf();
    auto const whole = text.str();
    std::istringstream fields{whole.substr(whole.rfind(')') + 1)};
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

struct Run { // what all connections share
    asio::io_context io{1};
    asio::ssl::context tls{asio::ssl::context::tls_client};
    Tcp::endpoint server;
    bool open_loop = false;
    Steady::time_point measure_from = Steady::time_point::max();
    Steady::time_point stop_at = Steady::time_point::max();
    Measured measured;
    std::size_t connected = 0;
    std::string server_process;
    double server_cpu = 0; // at the start, then what the measured time took
    double client_cpu = 0;

    void count_cpu(double sign)
    {
        server_cpu += sign * cpu_seconds_of(server_process);
        client_cpu += sign * cpu_seconds_of("self");
    }
};

class Connection {
public:
    Connection(Run& run, json::object const& plan) : run_(run), stream_(run.io, run.tls)
    {
        from_ = asio::ip::make_address(plan.at("from").as_string().c_str());
        auto const cookie = std::string{plan.at("cookie").as_string()};
        auto const csrf = std::string{plan.at("csrf").as_string()};
        for (auto const& row : plan.at("requests").as_array())
            requests_.push_back(planned(row.as_object(), cookie, csrf));
    }

    void connect(std::function<void()> ready)
    {
        auto& socket = stream_.next_layer();
        socket.open(run_.server.protocol());
        socket.bind({from_, 0}); // a seat of its own: the server counts connections by address
        socket.connect(run_.server);
        socket.set_option(Tcp::no_delay(true));
        stream_.async_handshake(asio::ssl::stream_base::client, [this, ready](Error error) {
            if (error) return fail("handshake", error);
            ready();
        });
    }

    // Sends the next request; in the open loop it may have to wait behind others.
    void send(Steady::time_point due)
    {
        if (busy_) return waiting_.push_back(due);
        busy_ = true;
        due_ = due;
        auto& request = requests_[next_ % requests_.size()];
        text_ = request.head;
        auto body = request.body;
        if (request.version != 0) {
            text_ += "If-Match: \"" + std::to_string(request.version) + "\"\r\n";
            auto const at = body.find(placeholder);
            if (at != std::string::npos)
                body.replace(at, placeholder.size(), std::to_string(request.version));
        }
        if (!body.empty()) text_ += "Content-Length: " + std::to_string(body.size()) + "\r\n";
        text_ += "\r\n" + body;
        asio::async_write(stream_, asio::buffer(text_), [this](Error error, std::size_t) {
            if (error) return fail("write", error);
            used_ = 0;
            read();
        });
    }

private:
    static Planned
    planned(json::object const& row, std::string const& cookie, std::string const& csrf)
    {
        Planned out;
        out.label = std::string{row.at("label").as_string()};
        std::string const verb{row.at("verb").as_string()};
        out.head = verb + " " + std::string{row.at("path").as_string()} + " HTTP/1.1\r\n" +
                   "Host: localhost\r\nAccept: application/json\r\n";
        if (!cookie.empty()) out.head += "Cookie: " + cookie + "\r\n";
        if (verb != "GET") out.head += "X-CSRF-Token: " + csrf + "\r\n";
        if (auto const* body = row.if_contains("body")) {
            out.body = std::string{body->as_string()};
            out.head += "Content-Type: application/json\r\n";
        }
        if (auto const* version = row.if_contains("version")) out.version = version->as_int64();
        return out;
    }

    void read()
    {
        if (used_ == buffer_.size()) buffer_.resize(buffer_.size() * 2);
        auto const room = asio::buffer(buffer_.data() + used_, buffer_.size() - used_);
        stream_.async_read_some(room, [this](Error error, std::size_t got) {
            if (error) return fail("read", error);
            used_ += got;
            std::size_t whole = 0;
            if (!answer_is_whole(whole)) return read();
            answered(whole);
        });
    }

    bool answer_is_whole(std::size_t& whole)
    {
        std::string_view const seen{buffer_.data(), used_};
        auto const end = seen.find("\r\n\r\n");
        if (end == std::string_view::npos) return false;
        constexpr std::string_view name = "Content-Length: ";
        auto const field = seen.substr(0, end).find(name);
        std::size_t length = 0;
        if (field != std::string_view::npos)
            length = std::stoul(std::string{seen.substr(field + name.size(), 12)});
        whole = end + 4 + length;
        return used_ >= whole;
    }

    void answered(std::size_t bytes)
    {
        auto const now = Steady::now();
        int const status = std::stoi(std::string{buffer_.data() + 9, 3});
        auto& request = requests_[next_++ % requests_.size()];
        if (request.version != 0 && status == 200) ++request.version;
        if (due_ >= run_.measure_from && now <= run_.stop_at) {
            if (status / 100 == 2)
                run_.measured.add(request.label, now - due_);
            else
                ++run_.measured.failures[status];
            run_.measured.bytes += bytes;
        }
        busy_ = false;
        if (now >= run_.stop_at) return;
        if (!run_.open_loop) return send(now);
        if (waiting_.empty()) return;
        auto const due = waiting_.front();
        waiting_.pop_front();
        send(due);
    }

    void fail(char const* doing, Error error)
    {
        if (Steady::now() >= run_.stop_at) return;
        std::cerr << "bench_client: " << doing << ": " << error.message() << "\n";
        ++run_.measured.failures[0];
    }

    Run& run_;
    asio::ssl::stream<Tcp::socket> stream_;
    asio::ip::address from_;
    std::vector<Planned> requests_;
    std::size_t next_ = 0;
    bool busy_ = false;
    Steady::time_point due_;
    std::deque<Steady::time_point> waiting_;
    std::string text_;
    std::vector<char> buffer_ = std::vector<char>(64 << 10);
    std::size_t used_ = 0;
};

// Deals the requests that are due to the connections in turn.
class OpenLoop {
public:
    OpenLoop(Run& run, std::vector<std::unique_ptr<Connection>>& connections, double rate)
        : run_(run), connections_(connections), rate_(rate), timer_(run.io)
    {
    }

    void start()
    {
        started_ = Steady::now();
        next();
    }

private:
    Steady::time_point due(std::uint64_t number) const
    {
        std::chrono::duration<double> const after{static_cast<double>(number) / rate_};
        return started_ + std::chrono::duration_cast<Steady::duration>(after);
    }

    void next()
    {
        auto const now = Steady::now();
        if (now >= run_.stop_at) return;
        for (; due(sent_) <= now; ++sent_)
            connections_[sent_ % connections_.size()]->send(due(sent_));
        timer_.expires_at(due(sent_));
        timer_.async_wait([this](Error) { next(); });
    }

    Run& run_;
    std::vector<std::unique_ptr<Connection>>& connections_;
    double rate_;
    asio::steady_timer timer_;
    Steady::time_point started_;
    std::uint64_t sent_ = 0;
};

json::object summary(std::vector<std::uint32_t>& all)
{
    std::sort(all.begin(), all.end());
    auto const at = [&](double share) {
        if (all.empty()) return 0.0;
        auto const place = static_cast<std::size_t>(share * static_cast<double>(all.size()));
        return all[std::min(place, all.size() - 1)] / 1000.0; // milliseconds
    };
    return {
        {"count", all.size()},
        {"p50", at(0.5)},
        {"p95", at(0.95)},
        {"p99", at(0.99)},
        {"max", at(1.0)}
    };
}

json::object report(Run& run, double seconds)
{
    auto& measured = run.measured;
    std::vector<std::uint32_t> all;
    json::object labels;
    for (auto& [label, list] : measured.microseconds) {
        all.insert(all.end(), list.begin(), list.end());
        labels[label] = summary(list);
    }
    json::object failures;
    for (auto const& [status, count] : measured.failures) failures[std::to_string(status)] = count;
    return {
        {"seconds", seconds},
        {"rate", static_cast<double>(all.size()) / seconds},
        {"all", summary(all)},
        {"labels", labels},
        {"failures", failures},
        {"bytes", measured.bytes},
        {"client_cpu_seconds", run.client_cpu},
        {"server_cpu_seconds", run.server_cpu},
    };
}

} // namespace

int main(int count, char** words)
try {
    if (count != 2) throw std::runtime_error("usage: bench_client PLAN.json");
    std::stringstream text;
    text << std::ifstream{words[1]}.rdbuf();
    auto const plan = json::parse(text.str()).as_object();

    Run run;
    run.tls.load_verify_file(std::string{plan.at("ca").as_string()});
    run.tls.set_verify_mode(asio::ssl::verify_peer);
    run.server = {
        asio::ip::make_address("127.0.0.1"), static_cast<std::uint16_t>(plan.at("port").as_int64())
    };
    run.server_process = std::string{plan.at("server_process").as_string()};
    run.open_loop = plan.at("mode").as_string() == "open";
    auto const seconds = plan.at("seconds").to_number<double>();
    auto const warm_up = plan.at("warm_up").to_number<double>();

    std::vector<std::unique_ptr<Connection>> connections;
    for (auto const& row : plan.at("connections").as_array())
        connections.push_back(std::make_unique<Connection>(run, row.as_object()));
    auto const span = [](double length) {
        return std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>{length});
    };
    OpenLoop open_loop{run, connections, plan.at("rate").to_number<double>()};
    asio::steady_timer first_mark{run.io};
    asio::steady_timer last_mark{run.io};
    asio::steady_timer the_end{run.io};
    auto const go = [&] {
        run.measure_from = Steady::now() + span(warm_up);
        run.stop_at = run.measure_from + span(seconds);
        first_mark.expires_at(run.measure_from);
        first_mark.async_wait([&](Error) { run.count_cpu(-1); });
        last_mark.expires_at(run.stop_at);
        last_mark.async_wait([&](Error) { run.count_cpu(1); });
        the_end.expires_at(run.stop_at + std::chrono::seconds{2}); // for answers that are late
        the_end.async_wait([&](Error) { run.io.stop(); });
        if (run.open_loop) return open_loop.start();
        for (auto& connection : connections) connection->send(Steady::now());
    };
    // A few handshakes at a time, as people arrive; the measured time begins when all are there.
    std::size_t begun = 0;
    std::function<void()> const connect_next = [&] {
        if (begun < connections.size())
            connections[begun++]->connect([&] {
                if (++run.connected == connections.size()) return go();
                connect_next();
            });
    };
    for (int i = 0; i < handshakes_at_once; ++i) connect_next();
    run.io.run();
    std::cout << json::serialize(report(run, seconds)) << "\n";
    return 0;
} catch (std::exception const& error) {
    std::cerr << "bench_client: " << error.what() << "\n";
    return 1;
}

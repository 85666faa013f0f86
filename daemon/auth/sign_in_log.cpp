#include "auth/sign_in_log.hpp"

#include "base/log.hpp"

#include <array>

namespace auth {

namespace {

constexpr std::size_t login_id_max = 64;
constexpr std::size_t device_max = 60;

store::FileId const log_file{store::Kind::log, {}, 1};

struct Mark {
    std::string_view in_agent;
    std::string_view name;
};

// The first that fits: Edge and Opera call themselves Chrome too, and Chrome Safari.
constexpr std::array<Mark, 5> browsers{
    {{"Edg/", "Edge"},
     {"OPR/", "Opera"},
     {"Firefox/", "Firefox"},
     {"Chrome/", "Chrome"},
     {"Version/", "Safari"}}
};
constexpr std::array<Mark, 6> systems{
    {{"Windows", "Windows"},
     {"iPhone", "iPhone"},
     {"iPad", "iPad"},
     {"Android", "Android"},
     {"Mac OS X", "Mac"},
     {"Linux", "Linux"}}
};

std::string major_version(std::string_view agent, std::size_t at)
{
    std::string out;
    while (at < agent.size() && agent[at] >= '0' && agent[at] <= '9' && out.size() < 4)
        out.push_back(agent[at++]);
    return out;
}

} // namespace

Attempt outcome_of(Problem const& refusal)
{
    if (refusal.code == "network_not_allowed") return Attempt::network;
    if (refusal.code == "outside_hours") return Attempt::hours;
    return Attempt::wrong;
}

std::string device_of(net::Request const& request)
{
    if (request.admin_socket) return "console";
    auto const agent = request.headers.find("User-Agent");
    std::string device;
    for (auto const& mark : browsers) {
        auto const at = agent.find(mark.in_agent);
        if (at == std::string_view::npos) continue;
        device = mark.name;
        device += " " + major_version(agent, at + mark.in_agent.size());
        break;
    }
    for (auto const& mark : systems) {
        if (agent.find(mark.in_agent) == std::string_view::npos) continue;
        if (!device.empty()) device += " / ";
        device += mark.name;
        break;
    }
    if (device.empty()) device = base::log::escaped(std::string{agent.substr(0, device_max)});
    return device;
}

void SignInLog::add(
    http::Call const& call,
    std::string const& login_id,
    std::optional<std::int64_t> account_id,
    Attempt outcome,
    Method method,
    Factor factor
)
{
    auto const& shown = call.request.certificate;
    auto batch = pool_.batch(log_file);
    batch.exec(
        R"(INSERT INTO login_log (at, login_id, account_id, outcome, method, factor, address,
                                  device, certificate, request_id)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10))",
        call.now, base::log::escaped(login_id.substr(0, login_id_max)), account_id, outcome, method,
        factor, call.request.peer, device_of(call.request), shown ? shown->serial : std::string{},
        call.request.request_id
    );
    batch.commit();
}

std::vector<AttemptRow>
SignInLog::history_of(std::int64_t account_id, std::int64_t offset, std::int64_t limit) const
{
    return pool_.read(log_file).all<AttemptRow>(
        R"(SELECT at, outcome, method, factor, address, device, certificate FROM login_log
            WHERE account_id = ?1 ORDER BY at DESC, id DESC LIMIT ?3 OFFSET ?2)",
        account_id, offset, limit
    );
}

std::int64_t SignInLog::attempts_of(std::int64_t account_id) const
{
    return pool_.read(log_file)
        .one<std::int64_t>("SELECT count(*) FROM login_log WHERE account_id = ?1", account_id)
        .value_or(0);
}

void SignInLog::remove_attempts(Instant before)
{
    auto batch = pool_.batch(log_file);
    batch.exec("DELETE FROM login_log WHERE at < ?1", before);
    batch.commit();
}

void SignInLog::forget(std::int64_t account_id, std::string const& login_id)
{
    auto batch = pool_.batch(log_file);
    batch.exec(
        R"(UPDATE login_log SET login_id = ''
            WHERE account_id = ?1 OR login_id = ?2 COLLATE NOCASE)",
        account_id, login_id
    );
    batch.exec(
        R"(UPDATE lockout_log SET login_id = ''
            WHERE account_id = ?1 OR login_id = ?2 COLLATE NOCASE)",
        account_id, login_id
    );
    batch.exec("DELETE FROM login_failure WHERE login_id = ?1", login_id);
    batch.commit();
}

} // namespace auth

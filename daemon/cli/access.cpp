// kuramori access list | reset: from where and when each class may come, and the way back in when a
// list locks everybody out. Through the daemon when it runs, on the office itself when it does not.
#include "app/office.hpp"
#include "cli/commands.hpp"
#include "cli/daemon_client.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>

namespace cli {

namespace {

using http::AccountClass;

constexpr std::array<std::pair<AccountClass, std::string_view>, http::account_classes> classes{{
    {AccountClass::administrator, "管理者"},
    {AccountClass::staff, "事務所職員"},
    {AccountClass::client, "顧問先"},
    {AccountClass::employee, "従業員"},
}};

std::string name_of(AccountClass of) { return boost::describe::enum_to_string(of, ""); }

std::string_view word_for(admission::HoursMode mode)
{
    switch (mode) {
    case admission::HoursMode::off: return "いつでも";
    case admission::HoursMode::refuse: return "時間外は拒否";
    case admission::HoursMode::flag: return "時間外は記録";
    }
    return "";
}

struct State {
    admission::Networks networks;
    admission::HoursOverview hours;
};

State state_of(app::Office& office)
{
    State state;
    for (auto const& [of, word] : classes) {
        auto const list = office.access.list_of(of);
        std::vector<admission::NetworkRow> rows;
        for (auto const& entry : list.entries) rows.push_back({entry.network, entry.note, false});
        state.networks.lists.push_back({of, list.version, list.is_default, std::move(rows)});
        auto const hours = office.access.hours_of(of);
        state.hours.hours.push_back({of, hours.version, hours.mode, hours.windows, true});
    }
    return state;
}

void print(State const& state)
{
    for (std::size_t i = 0; i < classes.size(); ++i) {
        auto const& list = state.networks.lists.at(i);
        auto const& hours = state.hours.hours.at(i);
        fmt::print(
            "{}（{}）　利用時間: {}　接続元: {}件{}\n", classes[i].second,
            name_of(classes[i].first), word_for(hours.mode), list.entries.size(),
            list.is_default ? "（既定：社内のネットワークだけ）" : ""
        );
        for (auto const& entry : list.entries)
            fmt::print("  {:<24} {}\n", entry.network, entry.note);
    }
}

std::optional<AccountClass> class_named(std::optional<std::string> const& name)
{
    AccountClass of{};
    if (name && boost::describe::enum_from_string(name->c_str(), of)) return of;
    return std::nullopt;
}

int list(app::Settings const& settings, bool as_json)
{
    DaemonClient const daemon{settings.admin_socket};
    State state;
    if (daemon.running()) {
        auto const networks =
            json::from<admission::Networks>(daemon.get("/api/v1/access/networks"));
        auto const hours = json::from<admission::HoursOverview>(daemon.get("/api/v1/access/hours"));
        state = {networks.value(), hours.value()};
    } else {
        base::SystemClock const clock;
        app::Office office{settings, clock};
        state = state_of(office);
    }
    if (as_json)
        fmt::print(
            "{}\n",
            json::serialize(json::object{
                {"lists", json::to(state.networks.lists)}, {"hours", json::to(state.hours.hours)}
            })
        );
    else
        print(state);
    return 0;
}

int reset(app::Settings const& settings, AccountClass of, std::string const& actor)
{
    DaemonClient const daemon{settings.admin_socket};
    if (daemon.running()) {
        daemon.post("/api/v1/access/reset?account_class=" + name_of(of));
    } else {
        base::SystemClock const clock;
        app::Office office{settings, clock};
        office.access.reset(of, actor);
    }
    fmt::print(
        "{}の接続元を社内のネットワークだけに、利用時間を「いつでも」に戻しました。監査記録に残ります。\n",
        classes.at(static_cast<std::size_t>(of)).second
    );
    return 0;
}

} // namespace

int access(Arguments& arguments)
{
    auto const actor = fmt::format("console:uid{}", ::getuid()); // before root becomes the owner
    auto const what = arguments.word().value_or("");
    bool const as_json = arguments.flag("--json");
    auto const settings = settings_from(arguments); // takes its option: a plain word is left
    auto const named = arguments.word();
    auto const of = class_named(named);
    arguments.nothing_else();
    if (what == "list" && !named) return list(settings, as_json);
    if (what == "reset" && of) return reset(settings, *of, actor);
    throw UserError("kuramori access list か、kuramori access reset 区分 です。\n"
                    "区分は administrator（管理者）、staff（事務所職員）、client（顧問先）、"
                    "employee（従業員）のどれかです。");
}

} // namespace cli

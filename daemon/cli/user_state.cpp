// kuramori user list | disable | unlock.
#include "cli/commands.hpp"
#include "cli/user.hpp"

#include <fmt/format.h>

namespace cli {

namespace {

struct Line { // no name: what the console needs and no more
    std::string login_id;
    std::vector<std::string> roles;
    auth::AccountState state = auth::AccountState::invited;
    bool locked = false;
    std::optional<Instant> last_sign_in_at;
};
BOOST_DESCRIBE_STRUCT(Line, (), (login_id, roles, state, locked, last_sign_in_at))

char const* word_of(Line const& line)
{
    if (line.locked) return "ロック中";
    switch (line.state) {
    case auth::AccountState::invited: return "設定待ち";
    case auth::AccountState::active: return "利用中";
    case auth::AccountState::disabled: break;
    }
    return "停止済み";
}

std::string login_id_from(Arguments& arguments, char const* word)
{
    auto login_id = arguments.word();
    arguments.nothing_else();
    if (!login_id) throw UserError(fmt::format("kuramori user {} ログインID です。", word));
    return std::move(*login_id);
}

// `act` on the account that is named, on an office that is stopped.
template <class Act>
void change(Arguments& arguments, char const* word, std::string_view done, Act const& act)
{
    auto const who = at_console(fmt::format("user {}", word));
    auto const settings = settings_from(arguments);
    auto const login_id = login_id_from(arguments, word);
    base::SystemClock const clock;
    app::Office office{settings, clock};
    Result<auth::Account> const changed = act(office, known_account(office, login_id), who);
    if (!changed) throw UserError(explained_refusal(changed.error()));
    fmt::print("{}: {}。監査記録に残ります。\n", login_id, done);
}

} // namespace

int user_list(Arguments& arguments)
{
    bool const as_json = arguments.flag("--json");
    auto const settings = settings_from(arguments);
    arguments.nothing_else();
    base::SystemClock const clock;
    app::Office office{settings, clock};
    std::vector<Line> lines;
    for (auto const& account : office.accounts.list())
        lines.push_back(
            {account.login_id, account.roles, account.state,
             office.sign_in_log.locked(account.login_id, clock.now()), account.last_sign_in_at}
        );
    if (as_json) {
        fmt::print("{}\n", json::serialize(json::object{{"accounts", json::to(lines)}}));
        return 0;
    }
    for (auto const& line : lines)
        fmt::print("{}\t{}\t{}\n", line.login_id, word_of(line), fmt::join(line.roles, " "));
    return 0;
}

int user_disable(Arguments& arguments)
{
    change(arguments, "disable", "停止しました", [](auto& office, auto id, auto const& who) {
        return office.accounts.disable(id, who.actor, json::to_text(who.person));
    });
    return 0;
}

int user_unlock(Arguments& arguments)
{
    change(arguments, "unlock", "ロックを解除しました", [](auto& office, auto id, auto const& who) {
        auto unlocked = office.accounts.unlocked(id, who.actor, json::to_text(who.person));
        if (unlocked)
            office.sign_in_log.forget_failures(unlocked->login_id, office.clock.now(), who.actor);
        return unlocked;
    });
    return 0;
}

} // namespace cli

// kuramori user reset: the way back in when nobody can open the door any more (the only
// administrator lost phone and recovery codes). At the console of the server, with it stopped.
#include "app/office.hpp"
#include "cli/commands.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace cli {

int user(Arguments& arguments)
{
    auto const login_id =
        arguments.word() == "reset" ? arguments.word() : std::optional<std::string>{};
    if (!login_id) throw UserError("kuramori user reset ログインID です。");
    auto const actor = fmt::format("console:uid{}", ::getuid()); // before root becomes the owner
    bool const as_json = arguments.flag("--json");
    auto const settings = settings_from(arguments);
    arguments.nothing_else();

    base::SystemClock const clock;
    app::Office office{settings, clock};
    auto const known = office.accounts.credentials(*login_id);
    if (!known)
        throw UserError(fmt::format(
            "ログインID {} の利用者はいません。\n画面の「利用者」にあるIDを、そのまま入力してください。",
            *login_id
        ));
    if (known->state == auth::AccountState::disabled)
        throw UserError("停止した利用者は戻せません。管理者が画面で新しい利用者を追加してください。"
        );
    auto const code = auth::new_setup_code();
    auto const account =
        office.accounts.invite_again(known->id, auth::setup_code_hash(code), actor).value();
    office.second_factors.remove(account.id, actor);
    office.sign_in_log.forget_failures(account.login_id);
    if (as_json) {
        fmt::print("{}\n", json::serialize(json::object{{"code", code}}));
        return 0;
    }
    fmt::print(
        "{}さん（{}）のパスワードと二段階認証（認証アプリ・予備コード・パスキー）を消しました。監査記録に残ります。\n\n"
        "  1. サーバーを動かす　　 systemctl start kuramori\n"
        "  2. 本人がブラウザーで   「設定コードを受け取った方」を開く\n"
        "  3. 設定コードを入力する {}（7日間・1回だけ有効）\n",
        account.name, account.login_id, code
    );
    return 0;
}

} // namespace cli

#include "app/office.hpp"
#include "base/secret.hpp"
#include "cli/commands.hpp"
#include "cli/daemon_client.hpp"
#include "store/error.hpp"

#include <fmt/format.h>

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string_view>

namespace cli {

namespace {

struct Command {
    std::string_view name;
    int (*run)(Arguments&);
    std::string_view help; // empty: for tests and scripts only
};

constexpr Command commands[] = {
    {"init", init,
     "init --office 事務所名 [--host サーバー名]…   新しい事務所を作る（鍵・データベース・証明書）"
    },
    {"serve", serve,
     "serve                                     サーバーを動かす（通常は systemd が起動）"},
    {"config", config,
     "config check | print                      設定ファイルを確かめる・既定値を表示する"},
    {"backup", backup,
     "backup run | list | verify [番号]         バックアップを取る・一覧・復元できるか確かめる"},
    {"restore", restore,
     "restore --to フォルダー | --in-place      バックアップから復元する（サーバー停止中）\n"
     "        [--point 番号] [--repository フォルダー] [--kit | --root-key ファイル]"},
    {"key", key,
     "key recovery-kit                          復旧キット（印刷して保管する24語）を作る"},
    {"user", user,
     "user list | disable ログインID | unlock ログインID   利用者の一覧・停止・ロック解除\n"
     "user add ログインID --name 氏名 [--role 役割]… [--client コード]… [--all-clients]\n"
     "         [--ends-on 最終利用日]             利用者を追加する（既定の役割は staff）\n"
     "user reset ログインID                     パスワードと二段階認証をやり直す\n"
     "user import CSVファイル [--dry-run]       利用者をまとめて登録する\n"
     "user sheets --out PDF [--client コード] [ログインID]…   利用案内を作る\n"
     "         user はどれもサーバー停止中に使う（動作中は画面の「利用者」で行う）"},
    {"access", access,
     "access list | reset 区分                  接続元と利用時間を見る・既定に戻す"},
    {"ca", ca,
     "ca init | list                            端末証明書の認証局を作る・証明書の一覧\n"
     "  ca issue --user ログインID --device 端末名 --out ファイル.p12   発行する\n"
     "  ca revoke 通し番号 [--reason lost|replaced|retired|mistake]    すぐに失効させる\n"
     "  ca policy [administrator|staff|client|employee off|optional|required]   必要か"},
    {"demo", demo,
     "demo [--clients 30] [--employees 1500] [--seed 1]   架空のデータを入れる（空の事務所だけ）"},
    {"print-routes", print_routes, ""},
};

void print_indented(std::FILE* to, std::string_view text)
{
    for (auto rest = text; !rest.empty();) {
        auto const line = rest.substr(0, rest.find('\n'));
        fmt::print(to, "  {}\n", line);
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    }
}

int help(std::FILE* to)
{
    fmt::print(
        to, "蔵守（Kuramori）{}\n\n使い方: kuramori コマンド [--config 設定ファイル]\n\n",
        KURAMORI_VERSION
    );
    for (auto const& command : commands)
        if (!command.help.empty()) print_indented(to, command.help);
    fmt::print(
        to, "  version | help\n\n"
            "設定ファイルの既定: /etc/kuramori/kuramori.yaml\n"
            "終了コード: 0 正常、1 問題が見つかった、2 実行できなかった\n"
    );
    return to == stdout ? 0 : 2;
}

std::string explained(app::OfficeError const& error)
{
    if (error.code == "data_folder_missing")
        return fmt::format(
            "データフォルダーがありません: {}\n"
            "はじめてなら kuramori init を、サーバーを移したのなら kuramori restore を実行してください。",
            error.place
        );
    if (error.code == "data_folder_in_use")
        return fmt::format(
            "データフォルダーは別の蔵守が使っています: {}\n"
            "この操作はサーバーを止めてから行ってください（systemctl stop kuramori）。",
            error.place
        );
    if (error.code == "office_exists")
        return fmt::format(
            "ここにはもう事務所があります: {}\n"
            "上書きはしません。別の場所に作るときは、設定の data.folder を変えてください。",
            error.place
        );
    if (error.code == "restore_unfinished")
        return fmt::format(
            "復元が途中で止まっています: {}\n"
            "同じ kuramori restore --in-place をもう一度実行してください。データは失われていません。",
            error.place
        );
    if (error.code == "root_key_missing")
        return fmt::format(
            "ルート鍵がありません: {}\n"
            "鍵のディスクをつなぐか、復旧キットで kuramori restore を実行してください。",
            error.place
        );
    return error.what();
}

// root at the console becomes the daemon's user: no file is left that the daemon cannot open.
void work_as_owner_of(std::filesystem::path const& data_folder)
{
    struct stat facts{};
    if (::geteuid() != 0 || ::stat(data_folder.c_str(), &facts) != 0 || facts.st_uid == 0) return;
    auto const* const owner = ::getpwuid(facts.st_uid);
    bool const groups =
        owner ? ::initgroups(owner->pw_name, facts.st_gid) == 0 : ::setgroups(0, nullptr) == 0;
    if (!groups || ::setgid(facts.st_gid) != 0 || ::setuid(facts.st_uid) != 0)
        throw UserError("データフォルダーの所有者として実行できません。");
    base::forbid_core_dumps(); // changing the user has reset it
}

int fail(std::string const& text)
{
    fmt::print(stderr, "できませんでした: {}\n", text);
    return 2;
}

} // namespace

app::Settings settings_from(Arguments& arguments)
{
    auto settings =
        app::load_settings(arguments.option("--config").value_or("/etc/kuramori/kuramori.yaml"));
    work_as_owner_of(settings.data_folder);
    return settings;
}

int run(int count, char const* const* words)
try {
    if (count == 0) return help(stderr);
    std::string_view const name{words[0]};
    if (name == "help" || name == "--help" || name == "-h") return help(stdout);
    if (name == "version" || name == "--version") {
        fmt::print("kuramori {}\n", KURAMORI_VERSION);
        return 0;
    }
    for (auto const& command : commands)
        if (command.name == name) {
            Arguments arguments{count - 1, words + 1};
            return command.run(arguments);
        }
    fmt::print(stderr, "分からないコマンドです: {}\n\n", name);
    return help(stderr);
} catch (UserError const& error) {
    return fail(error.what());
} catch (app::SettingsError const& error) {
    return fail(std::string{"設定ファイルに誤りがあります。\n"} + error.what());
} catch (app::OfficeError const& error) {
    return fail(explained(error));
} catch (std::exception const& error) {
    return fail(store::is_disk_full(error) ? explained_fault("disk_full") : error.what());
}

} // namespace cli

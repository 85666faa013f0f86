// kuramori init: a new office, and the one-time code for its first administrator.
#include "app/office.hpp"
#include "cli/commands.hpp"
#include "domain/text.hpp"
#include "store/json.hpp"

#include <fmt/format.h>

namespace cli {

namespace {

std::string checked_name(std::optional<std::string> const& given)
{
    auto name = domain::trimmed(given.value_or(""));
    if (name.empty())
        throw UserError(
            "事務所名がありません。\n例: kuramori init --office 山田社会保険労務士事務所"
        );
    if (!domain::valid_utf8(name) || domain::has_hostile_characters(name) ||
        domain::length(name) > 100)
        throw UserError("事務所名は100文字までで、制御文字は使えません。");
    return name;
}

} // namespace

int init(Arguments& arguments)
{
    auto settings = settings_from(arguments);
    auto const name = checked_name(arguments.option("--office"));
    for (auto& host : arguments.options("--host")) settings.listen_hosts.push_back(std::move(host));
    bool const as_json = arguments.flag("--json");
    arguments.nothing_else();

    base::SystemClock const clock;
    auto const code = app::create_office(settings, name, clock);
    auto const url = app::public_url(settings) + "/setup";
    if (as_json) {
        fmt::print("{}\n", json::serialize(json::object{{"url", url}, {"code", code}}));
        return 0;
    }
    fmt::print(
        "事務所「{}」を作りました。\n\n"
        "  データ　　　: {}（暗号化済み）\n"
        "  ルート鍵　　: {}\n"
        "  証明書　　　: {}\n\n"
        "次にすること\n"
        "  1. サーバーを動かす　　　　　 kuramori serve（または systemctl start kuramori）\n"
        "  2. ブラウザーで開く　　　　　 {}\n"
        "  3. はじめの管理者を登録する　 設定コード {}（7日間・1回だけ有効）\n"
        "  4. 復旧キットを印刷する　　　 kuramori key recovery-kit\n\n"
        "ルート鍵をなくすと、復旧キットなしではデータを開けません。鍵のファイルは\n"
        "データやバックアップと別のディスクに置き、控えを金庫などに保管してください。\n",
        name, settings.data_folder, settings.root_key_file, settings.tls_certificate, url, code
    );
    return 0;
}

} // namespace cli

// kuramori init: a new office, and the one-time code for its first administrator.
#include "app/office.hpp"
#include "cli/commands.hpp"
#include "domain/text.hpp"
#include "store/json.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <iostream>

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

std::string lower_case(std::string text)
{
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

bool is_address(std::string const& text)
{
    std::array<unsigned char, sizeof(in6_addr)> parsed{};
    return inet_pton(AF_INET, text.c_str(), parsed.data()) == 1 ||
           inet_pton(AF_INET6, text.c_str(), parsed.data()) == 1;
}

void check_host(std::string const& host)
{
    if (app::is_host_name(host) || is_address(host)) return;
    throw UserError(fmt::format(
        "サーバー名「{}」は使えません。半角の英数字・「-」・「.」の名前か、IPアドレスにしてください。\n"
        "例: --host kuramori.example.jp",
        host
    ));
}

// Passkeys are made for a name and never for an address, so the name is asked for while somebody is
// there to answer.
std::string asked_host(std::string const& usual)
{
    fmt::print(
        "ブラウザーで開くときのサーバー名を決めます。パスキーはこの名前で使うので、あとで変えない名前に"
        "してください。\nサーバー名 [{}]: ",
        usual
    );
    std::fflush(stdout);
    std::string line;
    std::getline(std::cin, line);
    auto host = lower_case(domain::trimmed(line));
    if (host.empty()) return usual;
    check_host(host);
    return host;
}

// The office's own name: the first that was given, the one that is typed, or the usual one.
std::string chosen_host(app::Settings& settings, std::vector<std::string> given, bool may_ask)
{
    for (auto& host : given) {
        host = lower_case(std::move(host));
        check_host(host);
    }
    if (given.empty() && may_ask && ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1)
        given.push_back(asked_host(app::usual_host(settings)));
    settings.listen_hosts.insert(settings.listen_hosts.begin(), given.begin(), given.end());
    return app::usual_host(settings);
}

} // namespace

int init(Arguments& arguments)
{
    auto settings = settings_from(arguments);
    auto const name = checked_name(arguments.option("--office"));
    auto hosts = arguments.options("--host");
    bool const as_json = arguments.flag("--json");
    arguments.nothing_else();

    auto const host = chosen_host(settings, std::move(hosts), !as_json);

    base::SystemClock const clock;
    auto const code = app::create_office(settings, name, host, clock);
    auto const url = app::public_url(settings, host) + "/setup";
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

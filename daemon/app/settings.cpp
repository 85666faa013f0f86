#include "app/settings.hpp"

#include "base/files.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>
#include <variant>

namespace app {

namespace {

using Words = std::vector<std::string>;
using Member = std::
    variant<std::string Settings::*, std::int64_t Settings::*, Words Settings::*, bool Settings::*>;

struct Key {
    char const* name; // "listen.port"
    Member member;
    std::int64_t min; // of numbers
    std::int64_t max;
    char const* meaning; // Japanese, then English
};

Key const keys[] = {
    {"data.folder", &Settings::data_folder, 0, 0,
     "データの置き場所（暗号化済み） / where the encrypted data lies"},
    {"data.root_key_file", &Settings::root_key_file, 0, 0,
     "ルート鍵。データと別のディスクに置く / root key; keep it off the data's disk"},
    {"backup.repository", &Settings::backup_repository, 0, 0,
     "バックアップの置き場所。別のディスクにする / backups; use another disk"},
    {"backup.time", &Settings::backup_time, 0, 0,
     "毎日のバックアップ時刻（日本時間） / nightly backup, Japanese time"},
    {"backup.generations", &Settings::backup_generations, 1, 1000,
     "残す世代数 / restore points to keep"},
    {"listen.address", &Settings::listen_address, 0, 0, "待ち受けるアドレス / address to listen on"
    },
    {"listen.port", &Settings::listen_port, 0, 65535, "待ち受けるポート / port"},
    {"listen.hosts", &Settings::listen_hosts, 0, 0,
     "ブラウザーで開くときのサーバー名（localhostとIPアドレスは常に可） / host names served"},
    {"tls.certificate", &Settings::tls_certificate, 0, 0, "サーバー証明書 / server certificate"},
    {"tls.key", &Settings::tls_key, 0, 0, "サーバー証明書の鍵 / its key"},
    {"admin.socket", &Settings::admin_socket, 0, 0,
     "管理コマンドの接続口 / socket of the command line"},
    {"ui.folder", &Settings::ui_folder, 0, 0, "画面のファイル / the web UI's files"},
    {"threads.io", &Settings::io_threads, 1, 64, "通信のスレッド数 / I/O threads"},
    {"threads.workers", &Settings::worker_threads, 1, 64, "処理のスレッド数 / worker threads"},
    {"threads.jobs", &Settings::job_threads, 1, 8, "ジョブの同時実行数 / jobs at once"},
    {"limits.connections", &Settings::connections_max, 10, 10000,
     "同時接続の上限 / connections at once"},
    {"limits.connections_per_address", &Settings::connections_per_address, 1, 10000,
     "1台あたりの同時接続の上限 / connections of one address"},
    {"limits.upload_megabytes", &Settings::upload_megabytes, 1, 100,
     "1ファイルの上限（MB） / largest upload"},
    {"store.connections", &Settings::store_connections, 16, 2000,
     "開いておくデータベース接続の上限 / open database handles"},
    {"session.idle_minutes", &Settings::session_idle_minutes, 1, 720,
     "操作がないときに自動でログアウトするまで（分） / idle sign-out"},
    {"session.hours", &Settings::session_hours, 1, 24,
     "ログインし直すまでの最長時間 / longest session"},
    {"lockout.failures", &Settings::lockout_failures, 3, 100,
     "連続失敗でロックするまでの回数 / failures before lockout"},
    {"lockout.minutes", &Settings::lockout_minutes, 1, 1440,
     "ロックの長さ（分） / length of a lockout"},
    {"log.login_days", &Settings::log_login_days, 0, 36600,
     "ログイン履歴を残す日数（0は無期限、最短365） / days the sign-in history is kept; 0: for ever"
    },
    {"log.lockout_days", &Settings::log_lockout_days, 0, 36600,
     "ロックアウト記録を残す日数（0は無期限、最短365） / days lockouts are kept; 0: for ever"},
    {"log.access_days", &Settings::log_access_days, 0, 36600,
     "アクセス記録を残す日数（0は無期限、最短90） / days the access log is kept; 0: for ever"},
    {"throttle.failures", &Settings::throttle_failures, 5, 100000,
     "1つの接続元からのログイン失敗の上限 / failed sign-ins of one address"},
    {"throttle.window_minutes", &Settings::throttle_window_minutes, 1, 1440,
     "失敗を数える時間（分） / within so many minutes"},
    {"throttle.wait_minutes", &Settings::throttle_wait_minutes, 1, 1440,
     "上限に達した接続元が待つ時間（分） / how long such an address waits"},
    {"throttle.delay_seconds", &Settings::throttle_delay_seconds, 0, 30,
     "失敗した名前が次に待つ秒数。失敗のたびに倍、最長30秒（0はなし） / "
     "wait of a name that failed; doubles, at most 30 s; 0: none"},
    {"access.geo_table", &Settings::geo_table, 0, 0,
     "国内アドレスの表（CIDR、1行1件）。空なら使わない / table of domestic networks; empty: off"},
    {"second_factor.required_for", &Settings::second_factor_for, 0, 0,
     "二段階認証を必須にする区分（administrator, staff, client, employee） / "
     "classes of people that need a second factor"},
    {"passkeys.host", &Settings::passkeys_host, 0, 0,
     "パスキーを使うサーバー名（空ならinitで決めた名前。変えると登録済みのパスキーは使えない） / "
     "host name of passkeys; empty: as given to init. A change ends those that exist"},
    {"change.two_person", &Settings::two_person, 0, 0,
     "重い権限の付与に別の管理者の承認を求める（一人の事務所だけ false） / "
     "a second administrator approves heavy rights; false only where there is one person"},
    {"accounts.dormant_days", &Settings::dormant_days, 7, 3660,
     "使われていないとみなすまでの日数（台帳と棚卸に表示） / "
     "days without a sign-in after which ledger and review call an account dormant"},
    {"account.ends", &Settings::account_ends, 0, 0,
     "最終利用日・退職日のあと利用者を停止する日（next_business_day 翌営業日、next_day 翌日） / "
     "when an account is shut after its last day or a retirement"},
    {"password.length_min", &Settings::password_length_min, 10, 64,
     "パスワードの最短の文字数 / fewest characters of a password"},
    {"password.classes_min", &Settings::password_classes_min, 3, 4,
     "小文字・大文字・数字・記号のうち必要な種類の数 / kinds of characters that it needs"},
    {"password.history", &Settings::password_history, 0, 24,
     "再び使えない過去のパスワードの数 / last passwords that must not come back"},
    {"password.days_administrator", &Settings::password_days_administrator, 0, 366,
     "管理者のパスワードの有効日数（0は無期限） / days an administrator's lasts, 0: forever"},
    {"password.days_staff", &Settings::password_days_staff, 0, 366,
     "担当者のパスワードの有効日数（0は無期限） / days everybody else's lasts, 0: forever"},
    {"password.long_enough", &Settings::password_long_enough, 0, 128,
     "この文字数から種類を問わず、二要素認証があれば期限もない（0は例外なし） / "
     "from here on any kinds do and, with a second factor, it never expires; 0: no exception"},
};

bool time_of_day(std::string const& text)
{
    auto const digits =
        std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return text.size() == 5 && text[2] == ':' && digits == 4 && text <= "23:59" && text[3] <= '5';
}

class Loader {
public:
    Loader(Settings& into, std::string file) : settings_(into), file_(std::move(file)) {}

    void load(YAML::Node const& root)
    {
        if (root.IsNull()) return;
        walk(root, "");
    }

private:
    [[noreturn]] void fail(YAML::Node const& node, std::string const& what) const
    {
        throw SettingsError(fmt::format("{}:{}: {}", file_, node.Mark().line + 1, what));
    }

    void walk(YAML::Node const& map, std::string const& prefix)
    {
        if (!map.IsMap()) fail(map, "expected keys under " + prefix);
        for (auto const& entry : map) {
            auto const name = prefix + entry.first.as<std::string>();
            if (!seen_.insert(name).second) fail(entry.first, "the key stands twice: " + name);
            auto const* const key =
                std::find_if(std::begin(keys), std::end(keys), [&](auto const& known) {
                    return name == known.name;
                });
            if (key != std::end(keys)) {
                std::visit([&](auto member) { set(*key, member, entry.second); }, key->member);
            } else if (std::any_of(std::begin(keys), std::end(keys), [&](auto const& known) {
                           return std::string_view{known.name}.starts_with(name + ".");
                       })) {
                walk(entry.second, name + ".");
            } else {
                fail(entry.first, "unknown key " + name);
            }
        }
    }

    void set(Key const& key, std::string Settings::* member, YAML::Node const& node)
    {
        if (!node.IsScalar()) fail(node, fmt::format("{} is not a text", key.name));
        settings_.*member = node.as<std::string>();
        if (member == &Settings::backup_time && !time_of_day(settings_.backup_time))
            fail(node, fmt::format("{} is not a time like 23:00", key.name));
        if (member == &Settings::account_ends && settings_.account_ends != "next_business_day" &&
            settings_.account_ends != "next_day")
            fail(node, fmt::format("{} is next_business_day or next_day", key.name));
    }

    void set(Key const& key, std::int64_t Settings::* member, YAML::Node const& node)
    {
        auto const text = node.IsScalar() ? node.as<std::string>() : std::string{};
        bool const digits =
            !text.empty() && text.size() <= 9 &&
            std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!digits) fail(node, fmt::format("{} is not a whole number", key.name));
        auto const number = std::stoll(text); // decimal: yaml-cpp would read 0123 as octal
        if (number < key.min || number > key.max)
            fail(node, fmt::format("{} must be {} to {}", key.name, key.min, key.max));
        bool const log_days =
            member == &Settings::log_login_days || member == &Settings::log_lockout_days;
        std::int64_t const floor = log_days ? 365 : member == &Settings::log_access_days ? 90 : 0;
        if (number != 0 && number < floor)
            fail(node, fmt::format("{} must be 0 or at least {}", key.name, floor));
        settings_.*member = number;
    }

    void set(Key const& key, bool Settings::* member, YAML::Node const& node)
    {
        auto const text = node.IsScalar() ? node.as<std::string>() : std::string{};
        if (text != "true" && text != "false")
            fail(node, fmt::format("{} is neither true nor false", key.name));
        settings_.*member = text == "true";
    }

    void set(Key const& key, Words Settings::* member, YAML::Node const& node)
    {
        if (!node.IsSequence()) fail(node, fmt::format("{} is not a list", key.name));
        (settings_.*member).clear();
        for (auto const& item : node) {
            if (!item.IsScalar()) fail(item, fmt::format("{} holds something else", key.name));
            auto word = item.as<std::string>();
            if (member == &Settings::second_factor_for && word != "administrator" &&
                word != "staff" && word != "client" && word != "employee")
                fail(item, fmt::format("{} knows no {}", key.name, word));
            (settings_.*member).push_back(std::move(word));
        }
    }

    Settings& settings_;
    std::string file_;
    std::set<std::string> seen_;
};

std::string quoted(std::string const& text)
{
    YAML::Emitter out;
    out << YAML::DoubleQuoted << text;
    return out.c_str();
}

std::string yaml_value(Settings const& settings, Key const& key)
{
    auto const text = [&](auto member) -> std::string {
        using T = std::remove_cvref_t<decltype(settings.*member)>;
        if constexpr (std::is_same_v<T, std::string>)
            return quoted(settings.*member);
        else if constexpr (std::is_same_v<T, std::int64_t>)
            return std::to_string(settings.*member);
        else if constexpr (std::is_same_v<T, bool>)
            return settings.*member ? "true" : "false";
        else {
            std::string list;
            for (auto const& word : settings.*member)
                list += (list.empty() ? "" : ", ") + quoted(word);
            return "[" + list + "]";
        }
    };
    return std::visit(text, key.member);
}

} // namespace

Settings parse_settings(std::string const& yaml, std::string const& file_name)
{
    Settings settings;
    try {
        Loader{settings, file_name}.load(YAML::Load(yaml));
    } catch (YAML::Exception const& error) {
        throw SettingsError(fmt::format("{}:{}: {}", file_name, error.mark.line + 1, error.msg));
    }
    return settings;
}

Settings load_settings(std::filesystem::path const& file)
{
    if (!std::filesystem::exists(file))
        throw SettingsError(fmt::format("{}: there is no such file", file.string()));
    auto const bytes = base::read_file(file, 1 << 20);
    auto settings = parse_settings({bytes.begin(), bytes.end()}, file.string());
    settings.file = file;
    return settings;
}

std::string to_yaml(Settings const& settings)
{
    std::string out =
        "# 蔵守の設定 / settings of Kuramori. `kuramori config check` reads this file.\n";
    std::string section;
    for (auto const& key : keys) {
        std::string_view const name{key.name};
        auto const dot = name.find('.');
        auto const in = std::string{name.substr(0, dot)};
        if (in != section) out += fmt::format("\n{}:\n", in);
        section = in;
        out += fmt::format(
            "  # {}\n  {}: {}\n", key.meaning, name.substr(dot + 1), yaml_value(settings, key)
        );
    }
    return out;
}

} // namespace app

#include "cli/daemon_client.hpp"

#include "cli/arguments.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <array>
#include <memory>

namespace cli {

namespace {

constexpr long timeout_seconds = 60;

std::size_t append(char* data, std::size_t size, std::size_t count, void* into)
{
    static_cast<std::string*>(into)->append(data, size * count);
    return size * count;
}

} // namespace

std::string explained_fault(std::string const& code)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 18> known{{
        {"backup_is_running", "バックアップが実行中です。終わってからもう一度実行してください。"},
        {"verify_is_running", "確認が実行中です。終わってからもう一度実行してください。"},
        {"not_found",
         "その番号の復元ポイントはありません。kuramori backup list で確認してください。"},
        {"backup_manifest_damaged", "復元ポイントの目録が壊れているか、別の事務所のものです。"},
        {"backup_repository_foreign",
         "置き場所に別の事務所のバックアップがあります。上書きはしていません。"},
        {"backup_incomplete",
         "取りましたが、壊れていて新しく控えられない物があります。前の控えは残してあります。"},
        {"backup_key_missing", "この復元ポイントを開く鍵がありません。"},
        {"backup_segment_missing", "バックアップのファイルが足りません。"},
        {"backup_segment_damaged", "バックアップのファイルが壊れています。"},
        {"backup_database_damaged", "復元したデータベースが壊れています。"},
        {"backup_figures_differ", "復元した内容が、取得時の件数・ハッシュと一致しません。"},
        {"backup_chain_head_differs", "復元した監査チェーンの先頭が、取得時と一致しません。"},
        {"backup_chain_broken", "復元した監査チェーンに切れ目があります。"},
        {"backup_blob_missing", "添付ファイルの控えが足りません。"},
        {"backup_blob_damaged", "添付ファイルの控えが壊れています。"},
        {"disk_full", "ディスクの空きがありません。空きを作ってから、もう一度実行してください。"},
        {"interrupted", "途中でサーバーが止まりました。もう一度実行してください。"},
        {"internal", "想定外の失敗です。journalctl -u kuramori の記録を確認してください。"},
    }};
    for (auto const& [name, text] : known)
        if (name == code) return std::string{text};
    return fmt::format("理由コード {}", code);
}

DaemonClient::Answer DaemonClient::send(bool post, std::string const& path) const
{
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> const curl{
        curl_easy_init(), &curl_easy_cleanup
    };
    if (!curl) throw std::runtime_error("libcurl does not start");
    Answer answer;
    auto const url = "http://localhost" + path;
    curl_easy_setopt(curl.get(), CURLOPT_UNIX_SOCKET_PATH, socket_.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, timeout_seconds);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &append);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer.body);
    if (post) {
        curl_easy_setopt(curl.get(), CURLOPT_POST, 1L);
        curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, 0L);
    }
    if (curl_easy_perform(curl.get()) != CURLE_OK) return {};
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer.status);
    return answer;
}

json::value DaemonClient::checked(Answer const& answer) const
{
    if (answer.status == 0)
        throw UserError(fmt::format(
            "サーバーにつながりません: {}\n"
            "root か蔵守の利用者で実行し、systemctl status kuramori を確認してください。",
            socket_.string()
        ));
    boost::system::error_code bad;
    auto body = answer.body.empty() ? json::value{} : boost::json::parse(answer.body, bad);
    if (bad) throw UserError("サーバーの答えを読めません。");
    if (answer.status < 300) return body;
    auto const* code = body.is_object() ? body.as_object().if_contains("code") : nullptr;
    throw UserError(explained_fault(code ? std::string{code->as_string()} : "internal"));
}

bool DaemonClient::running() const { return send(false, "/healthz").status == 200; }

json::value DaemonClient::get(std::string const& path) const { return checked(send(false, path)); }
json::value DaemonClient::post(std::string const& path) const { return checked(send(true, path)); }

} // namespace cli

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

// The code of the one field that was wrong says more than that a field was.
std::string fault_in(json::value const& body)
{
    if (!body.is_object()) return "internal";
    auto const* const fields = body.as_object().if_contains("fields");
    if (fields && fields->is_array() && !fields->as_array().empty())
        if (std::string message{fields->as_array()[0].at("message").as_string()};
            message == "unknown_person")
            return message;
    auto const* const code = body.as_object().if_contains("code");
    return code ? std::string{code->as_string()} : "internal";
}

} // namespace

std::string explained_fault(std::string const& code)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 24> known{{
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
        {"device_authority_exists", "端末の認証局はもうあります。まだ1年以上使えます。"},
        {"device_certificate_is_revoked", "その証明書は、もう失効しています。"},
        {"account_disabled",
         "停止した利用者には発行できません。先に画面の「利用者」で設定コードを再発行してください。"
        },
        {"unknown_person",
         "そのログインIDの利用者はいません。画面の「利用者」にあるIDを、そのまま入力してください。"
        },
        {"version_conflict", "ほかの人が同時に変更しました。もう一度実行してください。"},
        {"invalid_fields", "入力に誤りがあります。端末名は60文字以内です。"},
        {"interrupted", "途中でサーバーが止まりました。もう一度実行してください。"},
        {"internal", "想定外の失敗です。journalctl -u kuramori の記録を確認してください。"},
    }};
    for (auto const& [name, text] : known)
        if (name == code) return std::string{text};
    return fmt::format("理由コード {}", code);
}

DaemonClient::Answer DaemonClient::send(Message const& message, std::string const& path) const
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
    auto const body = message.body ? json::serialize(*message.body) : std::string{};
    curl_slist* list = nullptr;
    if (message.body) list = curl_slist_append(list, "Content-Type: application/json");
    if (message.version)
        list = curl_slist_append(list, fmt::format("If-Match: \"{}\"", *message.version).c_str());
    std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> const headers{
        list, &curl_slist_free_all
    };
    if (std::string_view{message.verb} != "GET") {
        curl_easy_setopt(curl.get(), CURLOPT_POST, 1L);
        curl_easy_setopt(curl.get(), CURLOPT_CUSTOMREQUEST, message.verb);
        curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.c_str());
        curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
        curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
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
    throw UserError(explained_fault(fault_in(body)));
}

bool DaemonClient::running() const { return send({}, "/healthz").status == 200; }

json::value DaemonClient::get(std::string const& path) const { return checked(send({}, path)); }

json::value
DaemonClient::post(std::string const& path, std::optional<json::value> const& body) const
{
    return checked(send({"POST", body}, path));
}

json::value
DaemonClient::put(std::string const& path, json::value const& body, std::int64_t version) const
{
    return checked(send({"PUT", body, version}, path));
}

std::string DaemonClient::get_file(std::string const& path) const
{
    auto answer = send({}, path);
    if (answer.status != 200) checked(answer);
    return std::move(answer.body);
}

} // namespace cli

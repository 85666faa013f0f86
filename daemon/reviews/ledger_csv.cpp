#include "csv/writer.hpp"
#include "reviews/ledger.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

// アカウント管理台帳 as a spreadsheet reads it: Japanese, one line a person.
namespace reviews {

namespace {

constexpr char const* all_of_them = "すべての顧問先";

std::string moment(Instant at) { return fmt::format("{:%Y/%m/%d %H:%M}", at + base::japan_offset); }

std::string class_text(http::AccountClass of)
{
    switch (of) {
    case http::AccountClass::administrator: return "管理者";
    case http::AccountClass::staff: return "事務所職員";
    case http::AccountClass::client: return "顧問先";
    case http::AccountClass::employee: return "従業員";
    }
    return {};
}

std::string state_text(auth::AccountState state)
{
    switch (state) {
    case auth::AccountState::invited: return "設定待ち";
    case auth::AccountState::active: return "利用中";
    case auth::AccountState::disabled: return "停止済み";
    }
    return {};
}

// Each on a line of its own within the cell.
template <class Range, class Text> std::string cell(Range const& range, Text text)
{
    std::string out;
    for (auto const& item : range) out += (out.empty() ? "" : "\n") + text(item);
    return out;
}

std::string clients_text(bool all, std::vector<LedgerClient> const& clients)
{
    if (all) return all_of_them;
    return cell(clients, [](auto const& client) {
        return fmt::format("{} {}", client.code, client.name);
    });
}

std::string giver_text(std::string const& name)
{
    if (name == "init" || name == "demo") return "初期設定";
    if (name == "migration") return "更新前から";
    if (name.starts_with("console:") || name.starts_with("cli:")) return "サーバーの管理者";
    return name.starts_with("account:") ? "削除された利用者" : name;
}

std::string role_text(LedgerRole const& role)
{
    std::string by;
    for (auto const& name : role.granted_by) by += (by.empty() ? "、" : "・") + giver_text(name);
    return fmt::format("{}（{}付与{}）", role.ja, moment(role.granted_at), by);
}

} // namespace

std::string csv_of(AccountLedger const& ledger)
{
    csv::Writer writer{csv::Encoding::utf8_bom, csv::LineBreak::crlf};
    writer.row(
        {"氏名", "ログインID", "区分", "役割（付与日時、付与した人）", "できること",
         "担当する顧問先", "特定個人情報を扱う顧問先", "ステータス", "二段階認証", "登録日時",
         "最後のログイン", fmt::format("{}日以上使っていない", ledger.dormant_days)}
    );
    for (auto const& line : ledger.lines)
        writer.row(
            {line.name, line.login_id, class_text(line.account_class), cell(line.roles, role_text),
             cell(line.can, [](auto const& right) { return right.ja; }),
             clients_text(line.all_clients, line.clients),
             clients_text(line.all_specific, line.specific_clients), state_text(line.state),
             line.second_factor ? "設定済み" : "未設定", moment(line.created_at),
             line.last_sign_in_at ? moment(*line.last_sign_in_at) : "なし",
             line.dormant ? "該当" : ""}
        );
    return writer.take();
}

} // namespace reviews

// kuramori user …: people, from the console of the server.
#include "cli/user.hpp"

#include "cli/commands.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

namespace cli {

namespace {

struct Word {
    std::string_view name;
    int (*run)(Arguments&);
};

constexpr std::array<Word, 7> words{
    {{"add", user_add},
     {"disable", user_disable},
     {"reset", user_reset},
     {"unlock", user_unlock},
     {"list", user_list},
     {"import", user_import},
     {"sheets", user_sheets}}
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 22> texts{{
    {"login_id_taken", "このログインIDはすでに使われています。"},
    {"login_id_retired", "このログインIDは削除した利用者のものです。別のIDにしてください。"},
    {"last_administrator", "最後の管理者です。先に別の管理者を追加してください。"},
    {"account_not_invited", "設定コードを待っている利用者だけ、利用案内を作れます。"},
    {"account_file_headings", "見出しが足りません。ログインID、氏名、役割が必要です。"},
    {"account_file_too_long", "5,000行、4MBまでです。ファイルを分けてください。"},
    {"import_utf16", "UTF-16のファイルです。UTF-8のCSVで保存し直してください。"},
    {"import_spreadsheet", "表計算のファイルです。CSVで保存し直してください。"},
    {"import_no_rows", "見出しの下に行がありません。"},
    {"file_empty", "ファイルが空です。"},
    {"required", "入力がありません"},
    {"too_long", "長すぎます"},
    {"bad_login_id", "半角の英数字と . - _ @ で64文字までにしてください"},
    {"unknown_role", "ない役割です"},
    {"unknown_role_word", "ない役割です"},
    {"roles_of_two_classes", "事務所、顧問先、従業員の役割は混ぜられません"},
    {"roles_apart", "一緒に持てない役割です"},
    {"one_client", "顧問先の利用者には会社を一つだけ指定してください"},
    {"guarded_by_two", "別の管理者の承認が必要な役割です。画面で申請してください"},
    {"employee_by_ledger", "従業員の利用者は、顧問先の画面で台帳から追加してください"},
    {"unknown_client_code", "ない顧問先コードです"},
    {"in_the_past", "過去の日付です"},
}};

std::string text_of(std::string const& code)
{
    auto const* const known = std::find_if(texts.begin(), texts.end(), [&](auto const& one) {
        return one.first == code;
    });
    return known == texts.end() ? "理由コード " + code : std::string{known->second};
}

// A terminal's name as an audit row takes it.
std::string plain(char const* text)
{
    std::string out{text ? text : ""};
    std::erase_if(out, [](char c) { return c < ' ' || c > '~'; });
    return out.substr(0, 64);
}

} // namespace

AtConsole at_console(std::string const& command)
{
    // NOLINTNEXTLINE(concurrency-mt-unsafe): the command has one thread yet
    auto const* const sudo_user = std::getenv("SUDO_USER");
    // NOLINTNEXTLINE(concurrency-mt-unsafe)
    auto const* const terminal = ::ttyname(STDIN_FILENO);
    return {fmt::format("console:uid{}", ::getuid()), {command, plain(sudo_user), plain(terminal)}};
}

void note(app::Office& office, AtConsole const& who, std::string const& object)
{
    auto transaction = office.pool.begin({store::Kind::office, {}, 1});
    transaction.commit(office.recorder.append(
        transaction, {who.actor, "console.command", object, json::to_text(who.person)}
    ));
}

std::string explained_refusal(Problem const& problem)
{
    if (problem.fields.empty() || problem.code != "invalid_fields") return text_of(problem.code);
    std::string out;
    for (auto const& fault : problem.fields)
        out +=
            fmt::format("{}{}: {}", out.empty() ? "" : "\n", fault.field, text_of(fault.message));
    return out;
}

std::int64_t known_account(app::Office const& office, std::string const& login_id)
{
    auto const known = office.accounts.credentials(login_id);
    if (known) return known->id;
    throw UserError(fmt::format(
        "ログインID {} の利用者はいません。\nkuramori user list で確認して、そのまま入力してください。",
        login_id
    ));
}

int user(Arguments& arguments)
{
    auto const wanted = arguments.word().value_or("");
    auto const* const word = std::find_if(words.begin(), words.end(), [&](auto const& one) {
        return one.name == wanted;
    });
    if (word != words.end()) return word->run(arguments);
    throw UserError(
        "kuramori user の後ろは add、disable、reset、unlock、list、import、sheets のどれかです。\n"
        "使い方は kuramori help で確認できます。"
    );
}

} // namespace cli

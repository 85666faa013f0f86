// kuramori user add | reset | import | sheets: with the daemon stopped.
#include "base/files.hpp"
#include "cli/commands.hpp"
#include "cli/user.hpp"
#include "domain/text.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace cli {

namespace {

std::string needed(std::optional<std::string> const& given, char const* what)
{
    if (given && !domain::trimmed(*given).empty()) return domain::trimmed(*given);
    throw UserError(
        fmt::format("{}を指定してください。\n使い方は kuramori help で確認できます。", what)
    );
}

// Of whoever asks and nobody else; gone again unless it was written.
class NewFile {
public:
    explicit NewFile(std::string path)
        : path_(std::move(path))
        , descriptor_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600))
    {
        if (descriptor_ < 0)
            throw UserError(fmt::format(
                "ファイルを作れません: {}\n同じ名前のファイルがなく、書き込めるフォルダーにしてください。",
                path_
            ));
    }
    NewFile(NewFile const&) = delete;
    NewFile& operator=(NewFile const&) = delete;
    ~NewFile()
    {
        ::close(descriptor_);
        if (!written_) ::unlink(path_.c_str());
    }

    void write(std::string_view bytes)
    {
        while (!bytes.empty()) {
            auto const count = ::write(descriptor_, bytes.data(), bytes.size());
            if (count < 0) throw std::system_error(errno, std::generic_category(), path_);
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        if (::fsync(descriptor_) != 0)
            throw std::system_error(errno, std::generic_category(), path_);
        written_ = true;
    }

private:
    std::string path_;
    int descriptor_;
    bool written_ = false;
};

std::int64_t client_by_code(app::Office& office, std::string const& code)
{
    auto const roster = office.clients.roster();
    for (auto const* client : roster->by_code())
        if (client->code == code) return client->id;
    throw UserError(fmt::format("顧問先コード {} の顧問先はありません。", code));
}

std::optional<Date> last_day(std::optional<std::string> const& text)
{
    if (!text) return std::nullopt;
    auto const day = parse_date(*text);
    if (!day) throw UserError("--ends-on は 2027-03-31 の形の日付です。");
    return day;
}

void show_code(std::string const& code)
{
    fmt::print(
        "  1. サーバーを動かす　　 systemctl start kuramori\n"
        "  2. 本人がブラウザーで   「設定コードを受け取った方」を開く\n"
        "  3. 設定コードを入力する {}（7日間・1回だけ有効）\n",
        code
    );
}

void print_code_json(std::string const& code)
{
    fmt::print("{}\n", json::serialize(json::object{{"code", code}}));
}

// Accounts that wait for their owners: these, or all of a client, or all.
std::vector<std::int64_t> waiting_accounts(
    app::Office& office, std::vector<std::string> const& ids, std::optional<std::string> const& code
)
{
    std::vector<std::int64_t> found;
    for (auto const& id : ids) found.push_back(known_account(office, id));
    if (!found.empty()) return found;
    std::optional<std::int64_t> client;
    if (code) client = client_by_code(office, *code);
    for (auto const& account : office.accounts.list()) {
        if (account.state != auth::AccountState::invited) continue;
        bool const of_company = account.account_class == http::AccountClass::client ||
                                account.account_class == http::AccountClass::employee;
        auto const clients = office.accounts.clients_of(account.id);
        if (!client ||
            (of_company && std::find(clients.begin(), clients.end(), *client) != clients.end()))
            found.push_back(account.id);
    }
    return found;
}

} // namespace

int user_add(Arguments& arguments)
{
    auto const who = at_console("user add");
    auto const settings = settings_from(arguments);
    bool const as_json = arguments.flag("--json");
    auth::NewAccount wanted;
    wanted.name = needed(arguments.option("--name"), "氏名（--name）");
    wanted.roles = arguments.options("--role");
    if (wanted.roles.empty()) wanted.roles = {"staff"};
    auto const codes = arguments.options("--client");
    wanted.all_clients = arguments.flag("--all-clients");
    wanted.ends_on = last_day(arguments.option("--ends-on"));
    wanted.login_id = needed(arguments.word(), "ログインID");
    arguments.nothing_else();

    base::SystemClock const clock;
    app::Office office{settings, clock};
    for (auto const& code : codes) wanted.client_ids.push_back(client_by_code(office, code));
    auto const set = office.roles.set_of(wanted.roles);
    if (set && settings.two_person && !roles::guarded_of(set->rights).empty())
        throw UserError("別の管理者の承認が必要な役割です。追加してから、画面で申請してください。");
    auto const code = auth::new_setup_code();
    auto const made = office.accounts.create(wanted, auth::setup_code_hash(code), who.actor);
    if (!made) throw UserError(explained_refusal(made.error()));
    note(office, who, fmt::format("account:{}", made->id));
    if (as_json) return print_code_json(code), 0;
    fmt::print("{}さん（{}）を追加しました。監査記録に残ります。\n\n", made->name, made->login_id);
    show_code(code);
    return 0;
}

// The way back in when nobody can open the door any more (the only administrator lost phone and
// recovery codes).
int user_reset(Arguments& arguments)
{
    auto const who = at_console("user reset");
    bool const as_json = arguments.flag("--json");
    auto const settings = settings_from(arguments);
    auto const login_id = needed(arguments.word(), "ログインID");
    arguments.nothing_else();

    base::SystemClock const clock;
    app::Office office{settings, clock};
    auto const id = known_account(office, login_id);
    if (office.accounts.find(id)->state == auth::AccountState::disabled)
        throw UserError("停止した利用者は、ここからは戻せません。\n"
                        "管理者が画面の「利用者」で設定コードを再発行してください。");
    auto const code = auth::new_setup_code();
    auto const account =
        office.accounts.invite_again(id, auth::setup_code_hash(code), who.actor).value();
    office.second_factors.remove(account.id, who.actor);
    office.sign_in_log.forget_failures(account.login_id, clock.now(), who.actor);
    note(office, who, fmt::format("account:{}", id));
    if (as_json) return print_code_json(code), 0;
    fmt::print(
        "{}さん（{}）のパスワードと二段階認証（認証アプリ・予備コード・パスキー）を消しました。監査記録に残ります。\n\n",
        account.name, account.login_id
    );
    show_code(code);
    return 0;
}

int user_import(Arguments& arguments)
{
    auto const who = at_console("user import");
    bool const dry_run = arguments.flag("--dry-run");
    bool const as_json = arguments.flag("--json");
    // Read as whoever asks, before root becomes the data's owner.
    auto const path = needed(arguments.word(), "CSVファイル");
    if (!std::filesystem::is_regular_file(path))
        throw UserError(fmt::format("ファイルがありません: {}", path));
    auto const bytes = base::read_file(path, enrolment::file_bytes_max);
    auto const settings = settings_from(arguments);
    arguments.nothing_else();

    base::SystemClock const clock;
    app::Office office{settings, clock};
    auto const done =
        office.enrolment.import(base::as_text(bytes), dry_run, settings.two_person, who.actor);
    if (!done) throw UserError(explained_refusal(done.error()));
    if (done->imported > 0) note(office, who, "office");
    if (as_json) {
        fmt::print("{}\n", json::to_text(*done));
        return done->faulty > 0 ? 1 : 0;
    }
    for (auto const& row : done->rows)
        for (auto const& fault : row.faults)
            fmt::print(
                "{}行目 {}: {}\n", row.line, fault.field,
                explained_refusal({Fault::invalid, fault.message})
            );
    for (auto const& row : done->rows)
        if (row.setup_code) fmt::print("{}\t{}\t{}\n", row.login_id, row.name, *row.setup_code);
    fmt::print(
        stderr, "{}行のうち誤り{}行、登録{}人{}\n", done->rows.size(), done->faulty, done->imported,
        dry_run ? "（確認だけ）" : ""
    );
    return done->faulty > 0 ? 1 : 0;
}

int user_sheets(Arguments& arguments)
{
    auto const who = at_console("user sheets");
    auto const out = needed(arguments.option("--out"), "PDFの置き場所（--out）");
    NewFile file{out}; // before root becomes the data's owner
    auto const code = arguments.option("--client");
    auto const settings = settings_from(arguments);
    std::vector<std::string> ids;
    while (auto word = arguments.word()) ids.push_back(std::move(*word));
    arguments.nothing_else();
    base::SystemClock const clock;
    app::Office office{settings, clock};
    auto const accounts = waiting_accounts(office, ids, code);
    if (accounts.empty())
        throw UserError(
            "設定コードを待っている利用者がいません。kuramori user list で確認してください。"
        );
    auto const pdf =
        office.enrolment.sheets(accounts, office.accounts.office_name() + "の管理者", who.actor);
    if (!pdf) throw UserError(explained_refusal(pdf.error()));
    note(office, who, "office");
    file.write(*pdf);
    fmt::print(
        "利用案内を{}人分作りました: {}\n前の設定コードは使えません。印刷したらファイルを消してください。\n",
        accounts.size(), out
    );
    return 0;
}

} // namespace cli

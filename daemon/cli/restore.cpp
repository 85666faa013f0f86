// kuramori restore: from the repository and a key, with the daemon stopped. Into a folder of its
// own
// (--to), or in place: what lies in the data folder is moved aside, never deleted.
#include "app/office.hpp"
#include "backup/in_place.hpp"
#include "base/files.hpp"
#include "cli/commands.hpp"
#include "cli/daemon_client.hpp"
#include "crypto/words.hpp"
#include "keyring/key_store_copy.hpp"
#include "keyring/recovery_kit.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kit_bytes_max = 4096; // 24 words in hiragana are about 250

Key ask_for_kit()
{
    if (::isatty(STDIN_FILENO) != 0)
        fmt::print(
            stderr,
            "復旧キットの24語を入力してください（ひらがな・ローマ字、改行してもかまいません）。\n"
            "終わったら空の行で Enter を押します。\n"
        );
    std::string text;
    text.reserve(kit_bytes_max); // it never moves: no copy of the words is left behind
    for (char c = 0; text.size() < kit_bytes_max && std::cin.get(c);) {
        if (c == '\n' && (text.empty() || text.back() == '\n')) break;
        text.push_back(c);
    }
    auto result = crypto::key_from_words(text);
    base::wipe(text.data(), text.size());
    if (result.key) return keyring::kit_private_key(*result.key);
    if (result.bad_word > 0)
        throw UserError(fmt::format(
            "{}番目の語が復旧キットの語ではありません。紙をもう一度見て、入力し直してください。",
            result.bad_word
        ));
    throw UserError("24語が合いません。語の数と順番を確かめて、入力し直してください。");
}

keyring::KeyStoreCopy
open_keys(fs::path const& repository, app::Settings const& settings, Arguments& arguments)
{
    auto const root_key = arguments.option("--root-key");
    bool const with_kit = arguments.flag("--kit");
    arguments.nothing_else();
    if (!fs::is_directory(repository / "keys"))
        throw UserError(fmt::format(
            "ここに蔵守のバックアップがありません: {}\n"
            "バックアップのディスクをつなぎ、--repository で場所を指定してください。",
            repository.string()
        ));
    if (with_kit) {
        auto kit = ask_for_kit();
        try {
            return keyring::read_key_store_copy_with_kit(repository, std::move(kit));
        } catch (store::Error const&) {
            throw UserError(
                "この復旧キットでは、ここのバックアップを開けません。\n"
                "別の事務所のバックアップか、作り直す前の古いキットではないか確かめてください。"
            );
        }
    }
    fs::path const file = root_key.value_or(settings.root_key_file);
    if (!fs::exists(file))
        throw UserError(fmt::format(
            "ルート鍵がありません: {}\n鍵の控えを --root-key で、または復旧キットを --kit で指定してください。",
            file.string()
        ));
    try {
        return keyring::read_key_store_copy(repository, keyring::load_root_key(file));
    } catch (store::Error const&) {
        throw UserError(fmt::format(
            "このルート鍵では、ここのバックアップを開けません: {}\n"
            "別の事務所の鍵ではないか、他人が読めるファイルになっていないか（chmod 0400）確かめてください。\n"
            "鍵の控えを --root-key で、または復旧キットを --kit で指定できます。",
            file.string()
        ));
    }
}

backup::Manifest
choose(backup::Repository const& repository, std::optional<std::string> const& wanted)
{
    auto const points = repository.points();
    for (auto const id : points) {
        if (wanted && std::to_string(id) != *wanted) continue;
        if (auto manifest = repository.load(id)) return std::move(*manifest);
        if (wanted) throw UserError(explained_fault("backup_manifest_damaged"));
        fmt::print(stderr, "復元ポイント {} の目録は読めないため、一つ前を使います。\n", id);
    }
    throw UserError(wanted ? explained_fault("not_found") : "使える復元ポイントがありません。");
}

void restore_into(
    fs::path const& folder,
    fs::path const& repository_folder,
    keyring::KeyStoreCopy const& copy,
    std::optional<std::string> const& point
)
{
    base::SystemClock const clock;
    auto const keys = keyring::Keyring::rebuild(folder, copy.root.clone(), copy.contents, clock);
    backup::Repository const repository{repository_folder, keys->backup_key()};
    auto const manifest = choose(repository, point);
    if (auto const fault = backup::restore_all(repository, manifest, *keys, folder))
        throw UserError(explained_fault("backup_" + fault->code) + "（" + fault->file + "）");
    std::int64_t rows = 0;
    for (auto const& file : manifest.files)
        for (auto const& table : file.tables) rows += table.rows;
    fmt::print(
        "復元ポイント {}（{:%Y-%m-%d %H:%M:%S}）を復元し、全件を取得時の記録と照合しました。\n"
        "  データベース {}・添付 {}・{} 行\n  監査チェーンの先頭: {} 番 {}\n",
        manifest.id, manifest.finished_at + base::japan_offset, manifest.files.size(),
        manifest.blobs.size(), rows, manifest.files.front().sequence,
        manifest.files.front().chain_head
    );
}

void into_folder(
    fs::path const& folder,
    fs::path const& repository,
    keyring::KeyStoreCopy const& copy,
    std::optional<std::string> const& point
)
{
    if (fs::exists(folder) && !fs::is_empty(folder))
        throw UserError(fmt::format("復元先が空ではありません: {}", folder.string()));
    base::make_private_folder(folder);
    restore_into(folder, repository, copy, point);
    fmt::print("復元先: {}\n", folder.string());
}

// The key that opens what was restored, where the daemon looks for it. Another key that lies there
// is kept beside it, and stays in its place until the new one is written.
void place_root_key(fs::path const& file, Key const& root, Instant now)
{
    if (fs::exists(file)) {
        auto const there = keyring::load_root_key(file);
        if (base::equal_in_constant_time(there.bytes(), root.bytes())) return;
        auto aside = file;
        aside += fmt::format(".before-restore-{:%Y%m%d-%H%M%S}", now + base::japan_offset);
        keyring::write_root_key_file(aside, there);
        fs::remove(file);
        fmt::print("前のルート鍵は残してあります: {}\n", aside.string());
    }
    keyring::write_root_key_file(file, root);
    fmt::print("ルート鍵を書きました: {}\n", file.string());
}

void place_keys(app::Settings const& settings, keyring::KeyStoreCopy const& copy, Instant now)
{
    crypto::ensure_certificates(
        app::certificate_files(settings), "Kuramori", app::served_hosts(settings), now
    );
    place_root_key(settings.root_key_file, copy.root, now);
}

void in_place(
    app::Settings const& settings,
    fs::path const& repository,
    keyring::KeyStoreCopy const& copy,
    std::optional<std::string> const& point
)
{
    fs::path const data{settings.data_folder};
    base::make_private_folder(data);
    app::DataLock const lock{data};
    backup::InPlace place{data};
    auto const now = base::SystemClock{}.now();
    if (place.begun()) {
        fmt::print("途中で止まっていた復元を、最後まで進めます。\n");
        place_keys(settings, copy, now);
    } else {
        try {
            restore_into(place.prepare(), repository, copy, point);
            place.proven();
            place_keys(settings, copy, now);
        } catch (...) { // the old data stand as they were
            place.withdraw();
            throw;
        }
    }
    if (auto const old = place.finish(now))
        fmt::print("前のデータは残してあります: {}\n", old->string());
    fmt::print(
        "データフォルダー: {}\nkuramori serve（または systemctl start kuramori）で再開できます。\n",
        data.string()
    );
}

} // namespace

int restore(Arguments& arguments)
{
    auto const settings = settings_from(arguments);
    auto const to = arguments.option("--to");
    bool const replace = arguments.flag("--in-place");
    auto const point = arguments.option("--point");
    fs::path const repository =
        arguments.option("--repository").value_or(settings.backup_repository);
    if (to.has_value() == replace)
        throw UserError("--to フォルダー か --in-place のどちらか一つを付けてください。");
    if (replace && DaemonClient{settings.admin_socket}.running())
        throw UserError(
            "サーバーが動いています。止めてから実行してください（systemctl stop kuramori）。"
        );
    auto const copy = open_keys(repository, settings, arguments);
    if (to)
        into_folder(*to, repository, copy, point);
    else
        in_place(settings, repository, copy, point);
    return 0;
}

} // namespace cli

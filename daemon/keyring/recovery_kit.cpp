#include "keyring/recovery_kit.hpp"

#include "base/qr.hpp"
#include "base/random.hpp"
#include "crypto/hash.hpp"
#include "crypto/seal_to.hpp"
#include "crypto/words.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace keyring {

namespace {

constexpr int quiet_zone = 2; // modules of white around the code

// The words in romaji capitals: QR's alphanumeric mode, and restore accepts them as they are.
std::string qr_text(std::vector<std::string> const& words)
{
    std::string text;
    for (auto const& word : words) {
        if (!text.empty()) text += ' ';
        text += crypto::romaji_of(word);
    }
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return static_cast<char>(std::toupper(c));
    });
    return text;
}

// Two rows of modules a line of text, as half blocks.
std::string drawn(std::string const& text)
{
    auto const rows = base::qr_modules(text);
    int const width = static_cast<int>(rows.size());
    auto const dark = [&](int x, int y) {
        bool const inside = x >= 0 && y >= 0 && x < width && y < width;
        return inside && rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] == '1';
    };
    std::string out;
    for (int y = -quiet_zone; y < width + quiet_zone; y += 2) {
        for (int x = -quiet_zone; x < width + quiet_zone; ++x) {
            bool const upper = dark(x, y);
            bool const lower = dark(x, y + 1);
            out += upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ";
        }
        out += '\n';
    }
    return out;
}

} // namespace

Key kit_private_key(Key const& secret_of_words)
{
    return crypto::derive(secret_of_words, "kuramori recovery kit X25519 1");
}

RecoveryKit make_recovery_kit()
{
    Key secret;
    base::fill_random(secret.bytes());
    return {crypto::words_of(secret), crypto::public_key_of(kit_private_key(secret))};
}

std::string kit_page(RecoveryKit const& kit, std::string const& office_name, Instant made_at)
{
    std::string page = fmt::format(
        "蔵守（Kuramori）復旧キット\n"
        "==========================\n\n"
        "事務所　　：{}\n"
        "作成日時　：{:%Y-%m-%d %H:%M}（日本時間）\n"
        "キット番号：{}\n\n"
        "この紙の24語とバックアップがあれば、サーバーが壊れても全データを復元できます。\n"
        "この紙がないと、ルート鍵を失ったときにデータは二度と開けません。\n\n"
        "・印刷して、サーバーとは別の場所（金庫など）に保管してください。\n"
        "・写真に撮ったり、ファイルで保存したりしないでください。\n"
        "・24語を知る人は、バックアップの全データを開けます。\n\n",
        office_name, made_at + base::japan_offset,
        base::to_hex(ByteView{crypto::sha256(kit.public_key)}.first(4))
    );
    for (std::size_t i = 0; i < kit.words.size(); ++i)
        page += fmt::format(
            "{:2}. {} ({:<6}){}", i + 1, kit.words[i], crypto::romaji_of(kit.words[i]),
            i % 4 == 3 ? "\n" : "   "
        );
    page += "\n" + drawn(qr_text(kit.words));
    page +=
        "\n復元の手順（新しいサーバーで）：\n"
        "1. 蔵守をインストールし、バックアップのディスクをつなぐ。\n"
        "2. kuramori restore --in-place --config 設定ファイル --repository バックアップの場所 --kit を実行し、\n"
        "   表示に従って24語を入力する（ひらがな・ローマ字のどちらでも可）。\n"
        "3. kuramori serve --config 設定ファイル で起動する。\n";
    return page;
}

} // namespace keyring

#include "domain/text.hpp"

#include <doctest/doctest.h>

using namespace domain;

TEST_CASE("text that is not UTF-8 is recognised, and never read beyond its end")
{
    CHECK(valid_utf8(""));
    CHECK(valid_utf8("髙橋 𠮷田 abc"));
    CHECK_FALSE(valid_utf8("\xE9\xAB"));         // cut off
    CHECK_FALSE(valid_utf8("\xC0\xAF"));         // '/' in two bytes
    CHECK_FALSE(valid_utf8("\xED\xA0\x80"));     // half of a surrogate pair
    CHECK_FALSE(valid_utf8("\xF4\x90\x80\x80")); // beyond U+10FFFF
    CHECK_FALSE(valid_utf8("\x8D\x82\x8B\xB4")); // 高橋 in CP932
    CHECK(length("髙橋𠮷") == 3);
    CHECK(length("\xE9\xABx") == 3);
    CHECK(utf8(characters("髙橋 𠮷田")) == "髙橋 𠮷田");
}

TEST_CASE("characters that steer a screen or hide are hostile")
{
    CHECK_FALSE(has_hostile_characters("山田　太郎\n二行目\tタブ"));
    CHECK_FALSE(has_hostile_characters("葛\U000E0100飾")); // 異体字セレクタ
    for (std::string const text :
         {"a\x01", "a\x7F", "\u0085", "\u200B", "\u200E", "\u202E", "\u2066", "\u2060", "\u2028",
          "\uFEFF", "\uFFFD", "a\xFF"})
        CHECK_MESSAGE(has_hostile_characters(text), text);
    CHECK(has_hostile_characters(std::string_view{"a\0b", 3}));
}

TEST_CASE("blanks around are cut off, the full-width one too")
{
    CHECK(trimmed(" 　山田 太郎　\t\r\n") == "山田 太郎");
    CHECK(trimmed("　") == "");
    CHECK(trimmed("") == "");
    CHECK(trimmed("a") == "a");
}

TEST_CASE("full-width letters, digits and every hyphen become ASCII")
{
    CHECK(half_width("０１２３ＡＢｃ＠．") == "0123ABc@.");
    for (std::string const hyphen : {"-", "－", "−", "ー", "―", "‐", "–", "ｰ", "─", "━"})
        CHECK_MESSAGE(half_width("1" + hyphen + "2") == "1-2", hyphen);
    CHECK(half_width("　") == " ");
    CHECK(half_width("髙ﾊﾟ") == "髙ﾊﾟ");
    CHECK(digits_of("〒１２３－4567 (旧)") == "1234567");
    CHECK(digits_of("なし") == "");
}

TEST_CASE("kana are stored as full-width katakana with one full-width blank between words")
{
    CHECK(kana("ヤマダ　タロウ") == "ヤマダ　タロウ");
    CHECK(kana("やまだ たろう") == "ヤマダ　タロウ");
    CHECK(kana("ﾔﾏﾀﾞ ﾀﾛｳ") == "ヤマダ　タロウ");
    CHECK(kana("ﾊﾟﾌﾞﾛ･ﾋﾟｶｿ") == "パブロ・ピカソ");
    CHECK(kana("  ヤマダ 　 タロウ ") == "ヤマダ　タロウ");
    CHECK(kana("ジョ-ジ") == "ジョージ");
    CHECK(kana("ﾖｰｺ") == "ヨーコ");
    CHECK(kana("ゔぃくとりあ") == "ヴィクトリア");
    CHECK(kana("ｳﾞｨｸﾄﾘｱ") == "ヴィクトリア");
    CHECK(kana("か\u3099") == "ガ"); // decomposed, as one operating system writes file names
    CHECK(kana("ゐゑヵヶ") == "ヰヱヵヶ");
    CHECK(kana("") == "");
    CHECK(kana("　 ") == "");
}

TEST_CASE("what is no kana is refused as kana")
{
    for (std::string const text :
         {"山田", "Yamada", "ヤマダ1", "ヤマダ、タロウ", "ヤマダ(旧)", "ﾞ", "ア゛", "ガ゛", "バ゜",
          "パ゛", "ン゜", "\x83\x84"})
        CHECK_MESSAGE(!kana(text), text);
}

TEST_CASE("search keys make equal what people type for the same name")
{
    for (auto const& [a, b] : {
             std::pair{"髙橋", "高橋"},
             {"山﨑", "山崎"},
             {"濵田", "浜田"},
             {"渡邉", "渡邊"},
             {"渡邉", "渡辺"},
             {"齋藤", "斎藤"},
             {"齊藤", "斉藤"},
             {"𠮷田", "吉田"},
             {"廣瀨", "広瀬"},
             {"葛\U000E0100西", "葛西"},
             {"山田　太郎", "山田太郎"},
             {"やまだ", "ﾔﾏﾀﾞ"},
             {"ヤマダ", "やまだ"},
             {"ＡＢＣ商事", "abc商事"},
             {"デラ・クルス", "デラ クルス"},
             {"ｶﾞﾙｼｱ", "ガルシア"},
         })
        CHECK(search_key(a) == search_key(b));
    CHECK(search_key("斎藤") != search_key("斉藤")); // two names, not two forms of one
    CHECK(search_key("ヤマダ") != search_key("ヤマタ"));
    CHECK(search_key("　・") == "");
}

TEST_CASE("a prefix range holds every text that begins with the prefix and no other")
{
    std::string const prefix = "ヤマ";
    auto const end = prefix_end(prefix);
    for (std::string const text : {"ヤマ", "ヤマダ", "ヤマン", "ヤマ𠮷"})
        CHECK((text >= prefix && text < end));
    for (std::string const text : {"ヤ", "ヤミ", "ヤホ", ""})
        CHECK_FALSE((text >= prefix && text < end));
}

TEST_CASE("mail addresses")
{
    CHECK(email("tanaka@example.jp") == "tanaka@example.jp");
    CHECK(email("a.b+c@sub.example.co.jp"));
    for (std::string const text :
         {"", "@", "a@", "@b.jp", "a@b", "a b@c.jp", "a@b@c.jp", "a@b..jp", "a@.jp", "a@jp.",
          "田中@example.jp", "a@b.j\n"})
        CHECK_MESSAGE(!email(text), text);
    CHECK_FALSE(email(std::string(250, 'a') + "@b.jp"));
}

TEST_CASE("line breaks are seen")
{
    CHECK(has_line_breaks("a\nb"));
    CHECK(has_line_breaks("a\rb"));
    CHECK(has_line_breaks("a\tb"));
    CHECK_FALSE(has_line_breaks("山田　太郎"));
}

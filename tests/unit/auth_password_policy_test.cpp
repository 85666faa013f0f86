#include "auth/common_words.hpp"
#include "auth/password_policy.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

using auth::PasswordPolicy;

std::string fault_of(std::string_view password, PasswordPolicy const& policy = {})
{
    std::vector<std::string> const context{
        "sasaki.mari", "佐々木　真理", "みなと社会保険労務士法人"
    };
    auto const faults = auth::password_faults(policy, password, context);
    if (faults.empty()) return "";
    CHECK(faults.size() == 1);
    CHECK(faults[0].field == "password");
    return faults[0].message;
}

std::string text_of(std::size_t size) // of four classes, and not obvious
{
    std::string text;
    for (std::size_t i = 0; text.size() < size; ++i) text.push_back("rK7#vQ2-mZ9+"[i * 5 % 12]);
    return text;
}

} // namespace

TEST_CASE("a password has 10 to 128 characters, and of them three kinds")
{
    struct Row {
        std::string password;
        char const* fault;
    };
    for (auto const& [password, fault] : {
             Row{"", "password_too_short"},
             Row{"rK7#vQ2-m", "password_too_short"},  // 9
             Row{"umi7yama4k", "password_too_plain"}, // 10, two kinds
             Row{"UMI7YAMA4K", "password_too_plain"},
             Row{"umikurage-", "password_too_plain"},
             Row{"umikuragek", "password_too_plain"},
             Row{"umi7Yama4k", ""}, // 10, three kinds
             Row{"umi7-yama4", ""},
             Row{"umi7 yama4", ""}, // a blank is one of the rest
             Row{"umi7山yama", "password_too_short"},
             Row{"umi7山yamak", ""}, // so is a letter that is not ASCII
             Row{"海の月を見るたび思う", "password_too_plain"},
             Row{text_of(128), ""},
             Row{text_of(129), "password_too_long"},
             Row{std::string(127, 'k') + "山川", "password_too_long"},
         })
        CHECK_MESSAGE(fault_of(password) == fault, password);
}

TEST_CASE("characters are counted, not bytes, and none is cut off")
{
    std::string sentence;
    for (int i = 0; i < 16; ++i) sentence += "黄色い林檎と海";
    CHECK(fault_of(sentence).empty()); // 112 characters, 336 bytes
    CHECK(fault_of("黄色い林檎と海") == "password_too_short");
    CHECK(fault_of(text_of(128) + "a") == "password_too_long");
}

TEST_CASE("a long password may be of one kind")
{
    CHECK(fault_of("umitoyamatokaw") == "password_too_plain"); // 14
    CHECK(fault_of("umitoyamatokawa").empty());
    CHECK(fault_of("黄色い林檎と海と山と川と谷と空").empty()); // 15
    PasswordPolicy strict;
    strict.long_enough = 0;
    CHECK(fault_of("umitoyamatokawatomori", strict) == "password_too_plain");
    CHECK_FALSE(auth::is_long(strict, text_of(128)));
    CHECK(auth::is_long({}, "黄色い林檎と海と山と川と谷と空"));
    CHECK_FALSE(auth::is_long({}, "黄色い林檎と海と山と川と谷と"));
}

TEST_CASE("an office may ask for more")
{
    PasswordPolicy strict;
    strict.length_min = 12;
    strict.classes_min = 4;
    CHECK(fault_of("umi7-Yama4k", strict) == "password_too_short");
    CHECK(fault_of("umi7Yama4kaz", strict) == "password_too_plain");
    CHECK(fault_of("umi7-Yama4ka", strict).empty());
}

TEST_CASE("a password is none of the obvious ones")
{
    for (auto const* obvious :
         {"aaaaaaaaaaaaaaaa", "abababababababab", "Aa1Aa1Aa1Aa1", "abcdefghijklmnop",
          "ponmlkjihgfedcba", "1234567890123456", "my-Password-2026!!", "Kuramori-no-kagi-1",
          "Kur@m0r1-2026", "a-sharoushi-A1", "社労士のいる事務所の朝の秘密の言葉"})
        CHECK_MESSAGE(fault_of(obvious) == "password_too_obvious", std::string{obvious});
}

TEST_CASE("colleagues do not guess it: the sign-in ID, names of person and office")
{
    for (auto const* obvious :
         {"x7-Sasaki.Mari-K", "x7-sasaki-K-umi", "x7-MARI-kaz-umi", "umi-5a$aki-7s@s@ki",
          "佐々木真理の海の家の秘密の言葉だ", "みなと社会保険労務士法人の海の家"})
        CHECK_MESSAGE(fault_of(obvious) == "password_too_obvious", std::string{obvious});
    CHECK(fault_of("みなとの朝は潮のにおいがするねえ").empty()); // three characters of a name
    CHECK(auth::password_faults({}, "umi7-abe-Yama", std::vector<std::string>{"abe", ""}).empty());
}

TEST_CASE("the words that are tried first are many, and refused")
{
    auto const text = auth::common_words();
    CHECK(std::count(text.begin(), text.end(), '\n') >= 10'000);
    CHECK(text.starts_with("123456\n"));
    CHECK(text.find_first_of("\"\\") == std::string_view::npos);
    CHECK(text.find("\n\n") == std::string_view::npos);
    CHECK(text.back() != '\n');
    std::string const last{text.substr(text.rfind('\n') + 1)};
    CHECK(auth::is_common(last));
    for (auto const* common :
         {"Baseball2024!", "B@seb@ll-2024", "B@s3b@11BASEBALL", "Sunsh1ne#99", "2024!Football",
          "!!Dr@g0n!!77", "$uperman-2026", "Acce$$2024", "HeII0kitty-1", "Michelle....",
          "baseballbaseball", "Passw0rd2026!", "1qaz2wsx3edc", "QWERTYuiop123", "!!!!!!1234567",
          "#1234567890-----", "trustno1!!!"})
        CHECK_MESSAGE(fault_of(common) == "password_common", std::string{common});
}

TEST_CASE("a sentence that merely has such a word in it is fine")
{
    for (auto const* fine :
         {"correct horse battery", "kiiroi ringo 55", "baseball stadium at midnight",
          "Dragon-umi-77", "yama7Baseball", "7731-4829-1056-2204-99"})
        CHECK_MESSAGE(fault_of(fine).empty(), std::string{fine});
}

TEST_CASE("a password expires after its days, by the Japanese calendar")
{
    using namespace std::chrono;
    Instant const set_at = sys_days{2026y / April / 1} + 23h + 59min - base::japan_offset;
    auto const at = [&](int day) { // its first and its last second
        Instant const start = sys_days{2026y / April / 1} + days{day} - base::japan_offset;
        return std::pair{start, start + 24h - 1s};
    };
    for (int const last_day : {30, 90})
        for (bool const long_password : {false, true}) {
            PasswordPolicy policy;
            policy.days = last_day;
            auto const left = [&](Instant now) {
                return auth::days_left(policy, {long_password, false, set_at}, now);
            };
            auto const over = [&](Instant now) {
                return auth::expired(policy, {long_password, false, set_at}, now);
            };
            CHECK(left(set_at) == last_day);
            CHECK(left(at(1).first) == last_day - 1);
            CHECK(left(at(last_day).second) == 0);
            CHECK_FALSE(over(at(last_day).second));
            CHECK(left(at(last_day + 1).first) == -1);
            CHECK(over(at(last_day + 1).first));
            CHECK_FALSE(over(set_at + days{last_day}));
            CHECK(over(set_at + days{last_day + 1}));
        }
}

TEST_CASE("no days, or a long password with a second factor: it does not expire")
{
    using namespace std::chrono;
    Instant const set_at{1'795'000'000s};
    auto const later = set_at + days{4000};
    CHECK_FALSE(auth::expired({}, {true, true, set_at}, later));
    CHECK_FALSE(auth::days_left({}, {true, true, set_at}, later));
    CHECK(auth::expired({}, {false, true, set_at}, later)); // each alone is not enough
    CHECK(auth::expired({}, {true, false, set_at}, later));
    PasswordPolicy policy;
    policy.long_enough = 0; // what was long before is no exemption any more
    CHECK(auth::expired(policy, {true, true, set_at}, later));
    policy.days = 0;
    CHECK_FALSE(auth::expired(policy, {false, false, set_at}, later));
}

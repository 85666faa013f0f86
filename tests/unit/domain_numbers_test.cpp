#include "domain/numbers.hpp"

#include <doctest/doctest.h>

using namespace domain;

namespace {

// Every number as typed by somebody, and the one form it is kept in.
struct Typed {
    std::string text;
    char const* kept; // nullptr: refused
};

template <class Form, std::size_t Count> void check_all(Form form, Typed const (&cases)[Count])
{
    for (auto const& typed : cases) {
        auto const made = form(typed.text);
        if (typed.kept)
            CHECK_MESSAGE(made == typed.kept, typed.text);
        else
            CHECK_MESSAGE(!made, typed.text);
        if (made) CHECK_MESSAGE(form(*made) == *made, typed.text); // what is kept stays as it is
    }
}

} // namespace

TEST_CASE("法人番号: thirteen digits whose first is the check digit")
{
    check_all(
        corporate_number, {{"7000012050002", "7000012050002"}, // 国税庁
                           {"７００００１２０５０００２", "7000012050002"},
                           {" 7-0000-1205-0002 ", "7000012050002"},
                           {"7ー0000ー1205ー0002", "7000012050002"},
                           {"1000012050002", nullptr},
                           {"7000012050003", nullptr},
                           {"700001205000", nullptr},
                           {"70000120500020", nullptr},
                           {"T7000012050002", nullptr},
                           {"", nullptr},
                           {"なし", nullptr}}
    );
    CHECK(with_corporate_check_digit("000012050002") == "7000012050002");
}

TEST_CASE("郵便番号")
{
    check_all(
        postal_code, {{"1000001", "100-0001"},
                      {"100-0001", "100-0001"},
                      {"〒100-0001", "100-0001"},
                      {"〒１００－０００１", "100-0001"},
                      {"100ー0001", "100-0001"},
                      {"100−0001", "100-0001"},
                      {"100000", nullptr},
                      {"10000011", nullptr},
                      {"100-000a", nullptr},
                      {"〒", nullptr},
                      {"", nullptr}}
    );
}

TEST_CASE("雇用保険被保険者番号 4-6-1, and the sixteen digits of before 1981")
{
    check_all(
        employment_insured_number, {{"12345678901", "1234-567890-1"},
                                    {"1234-567890-1", "1234-567890-1"},
                                    {"１２３４－５６７８９０－１", "1234-567890-1"},
                                    {"1234 567890 1", "1234-567890-1"},
                                    {"1234567890123456", "7890-123456-0"},
                                    {"1234567890", nullptr},
                                    {"123456789012", nullptr},
                                    {"1234-56789O-1", nullptr},
                                    {"", nullptr}}
    );
    check_all(
        employment_office_number, {{"13010000001", "1301-000000-1"},
                                   {"１３０１－０００００００１", nullptr},
                                   {"1301-000000-1", "1301-000000-1"},
                                   {"", nullptr}}
    );
}

TEST_CASE("基礎年金番号 4-6")
{
    check_all(
        basic_pension_number, {{"1234567890", "1234-567890"},
                               {"1234－567890", "1234-567890"},
                               {" 1234 567890 ", "1234-567890"},
                               {"123456789", nullptr},
                               {"12345678901", nullptr},
                               {"1234-56789A", nullptr}}
    );
}

TEST_CASE("労働保険番号 2-1-2-6-3")
{
    check_all(
        labour_insurance_number, {{"13101123456000", "13-1-01-123456-000"},
                                  {"13-1-01-123456-000", "13-1-01-123456-000"},
                                  {"１３１０１１２３４５６０００", "13-1-01-123456-000"},
                                  {"13101123456", nullptr},
                                  {"131011234560001", nullptr}}
    );
}

TEST_CASE("事業所番号, 整理番号 and 保険者番号")
{
    check_all(
        establishment_number,
        {{"1", "00001"}, {"１２３４５", "12345"}, {"123456", nullptr}, {"", nullptr}}
    );
    check_all(
        insured_reference,
        {{"1", "1"}, {"１２", "12"}, {"1234567", "1234567"}, {"12345678", nullptr}, {"", nullptr}}
    );
    check_all(
        insurer_number, {{"01130012", "01130012"},
                         {"０６１３９９９９", "06139999"},
                         {"123456", "123456"},
                         {"1234567", nullptr},
                         {"", nullptr}}
    );
}

TEST_CASE("事業所整理記号 as it is printed, typed and exported")
{
    check_all(
        establishment_symbol, {{"01-12-イロハ", "01-12-イロハ"},
                               {"1-12-イロハ", "01-12-イロハ"},
                               {"０１－１２－イロハ", "01-12-イロハ"},
                               {"01-12-ｲﾛﾊ", "01-12-イロハ"}, // as CSV files of 年金機構 have it
                               {"13-ｶﾞﾊﾟ-1234", "13-ガパ-1234"},
                               {"13-あい-いろは", "13-アイ-イロハ"},
                               {"01-12-ABCD", "01-12-ABCD"},
                               {"48-12-イロハ", nullptr},
                               {"00-12-イロハ", nullptr},
                               {"01-1234-イロハ", nullptr},
                               {"01-12-イロハニホ", nullptr},
                               {"01-12-", nullptr},
                               {"01-12", nullptr},
                               {"-12-イロハ", nullptr},
                               {"01-12-漢字", nullptr},
                               {"01-12-イ-ロ", nullptr},
                               {"", nullptr}}
    );
}

TEST_CASE("telephone numbers keep their groups")
{
    check_all(
        telephone, {{"03-1234-5678", "03-1234-5678"},
                    {"０３（１２３４）５６７８", "03-1234-5678"},
                    {"03 1234 5678", "03-1234-5678"},
                    {"(03)1234-5678", "03-1234-5678"},
                    {"03ー1234ー5678", "03-1234-5678"},
                    {"09012345678", "09012345678"},
                    {"+81-3-1234-5678", "+81-3-1234-5678"},
                    {"03--1234-5678", "03-1234-5678"},
                    {"12345678", nullptr},
                    {"1234567890123456", nullptr},
                    {"03-1234-5678-", nullptr},
                    {"03-1234-5678 内線12", nullptr},
                    {"(", nullptr},
                    {"+", nullptr},
                    {"", nullptr}}
    );
}

TEST_CASE("在留カード番号: two letters, eight digits, two letters")
{
    check_all(
        residence_card_number, {{"AB12345678CD", "AB12345678CD"},
                                {"ab12345678cd", "AB12345678CD"},
                                {"ＡＢ１２３４５６７８ＣＤ", "AB12345678CD"},
                                {" AB12345678CD ", "AB12345678CD"},
                                {"AB1234567CD", nullptr},
                                {"A112345678CD", nullptr},
                                {"AB12345678C1", nullptr},
                                {"AB12345678CDE", nullptr},
                                {"", nullptr}}
    );
}

// 123456789018: the check digit of 12345678901 is 8 (番号法施行令 8条, 省令 5条).
TEST_CASE("a My Number is seen wherever it stands and however it is written")
{
    for (std::string const text :
         {"123456789018", "マイナンバー：123456789018です", "１２３４５６７８９０１８",
          "1234-5678-9018", "1234 5678 9018", "1234－5678－9018", "1234ー5678ー9018",
          "123 456 789 018", "123456-789018", "1234 - 5678 - 9018", "1234　5678　9018",
          "123456789018 1990年生まれ", "123456789018-1", "No.5 123456789018", "1 1234 5678 9018",
          "12 34 56 78 90 18", "1990-01-01 123456789018", "a123456789018b"})
        CHECK_MESSAGE(holds_my_number(text), text);
}

TEST_CASE("other numbers are no My Numbers")
{
    for (std::string const text :
         {"", "123456789019", "1123456789018", "1234567890181", "12345678901", "03-1234-5678",
          "7000012050002", "2026-04-01", "13-1-01-123456-000", "123456,789018", "1234/5678/9018",
          "123456789a018", "山田太郎", "1234567890123456"})
        CHECK_MESSAGE(!holds_my_number(text), text);
}

#pragma once
// The numbers of social insurance, from what people type to the one form that is stored. Each
// answers nullopt for something that cannot be such a number.
#include <optional>
#include <string>
#include <string_view>

namespace domain {

// 法人番号: 13 digits; the first is the check digit, 9 − Σ(Pn·Qn) mod 9 over the other twelve
// (法人番号の指定等に関する省令 2条).
std::optional<std::string> corporate_number(std::string_view text);
std::string with_corporate_check_digit(std::string_view twelve_digits);

std::optional<std::string> postal_code(std::string_view text); // 123-4567
std::optional<std::string> employment_insured_number(std::string_view
); // 雇用保険被保険者番号 4-6-1
std::optional<std::string> employment_office_number(std::string_view
);                                                                 // 雇用保険適用事業所番号 4-6-1
std::optional<std::string> basic_pension_number(std::string_view); // 基礎年金番号 4-6
std::optional<std::string> labour_insurance_number(std::string_view); // 労働保険番号 2-1-2-6-3
std::optional<std::string> establishment_number(std::string_view);    // 事業所番号, up to 5 digits
std::optional<std::string> insured_reference(std::string_view); // 被保険者整理番号, 1–7 digits
std::optional<std::string> insurer_number(std::string_view);    // 保険者番号, 6 or 8 digits
// 事業所整理記号 都道府県コード-郡市区符号-事業所記号: 01-12-イロハ
std::optional<std::string> establishment_symbol(std::string_view text);
std::optional<std::string> telephone(std::string_view text);
std::optional<std::string> residence_card_number(std::string_view); // 在留カード番号 AB12345678CD

// Whether a 12-digit run whose check digit is that of a My Number (個人番号; 番号法施行令 8条,
// 省令 5条) stands anywhere in the text, also in full-width digits or with blanks and hyphens
// between.
bool holds_my_number(std::string_view text);

} // namespace domain

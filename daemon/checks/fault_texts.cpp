// What is wrong with a cell, in Japanese, for the file of bad rows. Screens translate the codes
// themselves (web-ui/src/i18n).
#include "checks/check.hpp"

namespace checks {

std::string const& text_of_fault(std::string const& code)
{
    static std::unordered_map<std::string, std::string> const texts{
        {"required", "入力が必要です"},
        {"too_long", "長すぎます"},
        {"out_of_range", "入力できる範囲の外です"},
        {"control_characters", "使えない文字（制御文字や見えない文字）が入っています"},
        {"my_number_not_allowed", "マイナンバーと同じ形の番号は取り込めません"},
        {"bad_kana", "カタカナではない文字が入っています"},
        {"unreadable_date", "日付として読み取れません"},
        {"no_such_day", "存在しない日付です"},
        {"outside_era", "その元号にない日付です"},
        {"before_birth", "生年月日より前の日付です"},
        {"before_start", "開始日より前の日付です"},
        {"not_an_amount", "0以上の円単位の数字ではありません"},
        {"not_a_whole_number", "整数ではありません"},
        {"not_a_choice", "選択肢にない値です"},
        {"not_true_or_false", "○か×（1か0、有か無）ではありません"},
        {"bad_hours", "「40:00」「37.5」のような時間ではありません"},
        {"name_not_split", "姓と名の間に空白がありません"},
        {"bad_postal_code", "郵便番号は7桁の数字です"},
        {"bad_telephone", "電話番号の形ではありません"},
        {"bad_email", "メールアドレスの形ではありません"},
        {"bad_basic_pension_number", "基礎年金番号は4桁-6桁です"},
        {"bad_employment_insured_number", "雇用保険の被保険者番号は4桁-6桁-1桁です"},
        {"bad_insured_reference", "被保険者整理番号は7桁までの数字です"},
        {"bad_residence_card_number", "在留カード番号は英字2字・数字8桁・英字2字です"},
        {"bad_corporate_number", "法人番号は13桁です（検査数字も確認してください）"},
        {"unknown_establishment", "この名前の事業所は登録されていません"},
        {"unknown", "見つかりません"},
        {"too_many", "登録できる数を超えています"},
        {"client_ended", "契約が終了した顧問先です"},
        {"duplicate_in_file", "同じ人または顧問先がファイルの中にもう1行あります"},
        {"ambiguous_person", "氏名と生年月日が同じ人が複数いるため、社員番号が必要です"},
        {"person_not_found",
         "この氏名と生年月日の従業員はいません（追加するには社員番号の列が必要です）"},
        {"bad_bytes", "文字として読み取れないデータです（文字化け）"},
        {"nul_character", "文字ではないデータ（NUL）が入っています"},
        {"gaiji", "外字は取り込めません"},
        {"cell_too_long", "1つのセルが大きすぎます"},
        {"stray_quote", "引用符（\"）の位置が正しくありません"},
        {"unclosed_quote", "引用符（\"）が閉じていません"},
        {"too_many_columns", "見出しより列が多い行です"},
        {"too_few_columns", "見出しより列が少ない行です"},
    };
    static std::string const other = "値を確認してください";
    auto const found = texts.find(code);
    return found == texts.end() ? other : found->second;
}

} // namespace checks

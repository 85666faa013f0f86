#pragma once
// The words that other products and people write for a choice, beside its label (domain/codes.hpp).
// Bare digits are no words: 1 is 男 in one product's files and 女 in another's.
#include "domain/codes.hpp"

namespace columns {

template <class E> struct Words {
    E value;
    std::string_view all; // with | between them
};

template <class E> inline constexpr std::array<Words<E>, 0> synonyms{};

template <>
inline constexpr std::array<Words<domain::Sex>, 2> synonyms<domain::Sex>{{
    {domain::Sex::male, "男|m|male"},
    {domain::Sex::female, "女|f|female"},
}};
template <>
inline constexpr std::array<Words<domain::Attendance>, 3> synonyms<domain::Attendance>{{
    {domain::Attendance::active, "在籍|在職|在職中|勤務中"},
    {domain::Attendance::on_leave, "休職|休業中|産休中|育休中"},
    {domain::Attendance::retired, "退職|退職済|退社"},
}};
template <>
inline constexpr std::array<Words<domain::EmploymentType>, 6> synonyms<domain::EmploymentType>{{
    {domain::EmploymentType::officer, "取締役|監査役"},
    {domain::EmploymentType::regular, "正規|正規雇用|一般社員"},
    {domain::EmploymentType::contract, "契約|嘱託|嘱託社員|有期雇用"},
    {domain::EmploymentType::part_time,
     "アルバイト|パート|パートタイマー|パート・アルバイト|短時間労働者"},
    {domain::EmploymentType::dispatched, "派遣社員|派遣労働者"},
    {domain::EmploymentType::outsourced, "業務委託契約|請負"},
}};
template <>
inline constexpr std::array<Words<domain::ContractTerm>, 2> synonyms<domain::ContractTerm>{{
    {domain::ContractTerm::open_ended, "無期雇用|無期契約|定めなし|期間の定めなし"},
    {domain::ContractTerm::fixed_term, "有期雇用|有期契約|定めあり|期間の定めあり"},
}};
template <>
inline constexpr std::array<Words<domain::InsuranceState>, 5> synonyms<domain::InsuranceState>{{
    {domain::InsuranceState::none, "対象外|非加入|加入しない|なし|無|×"},
    {domain::InsuranceState::enrolled, "対象|加入中|加入済|加入する|被保険者|あり|有|○|〇|◯"},
    {domain::InsuranceState::lost, "喪失済|資格喪失"},
    {domain::InsuranceState::procedure, "手続き中"},
    {domain::InsuranceState::exempt, "除外"},
}};
template <>
inline constexpr std::array<Words<domain::PayType>, 3> synonyms<domain::PayType>{{
    {domain::PayType::monthly, "月給制|年俸|年俸制"},
    {domain::PayType::daily, "日給制|日給月給"},
    {domain::PayType::hourly, "時給制|時間給"},
}};
template <>
inline constexpr std::array<Words<domain::TaxTable>, 3> synonyms<domain::TaxTable>{{
    {domain::TaxTable::kou, "甲欄"},
    {domain::TaxTable::otsu, "乙欄"},
    {domain::TaxTable::hei, "丙欄"},
}};
template <>
inline constexpr std::array<Words<domain::DependentState>, 4> synonyms<domain::DependentState>{{
    {domain::DependentState::none, "なし|対象外|扶養なし"},
    {domain::DependentState::tax_and_social, "税+社保|税・社会保険|税法上・社会保険上|両方"},
    {domain::DependentState::tax_only, "税法上のみ|所得税のみ"},
    {domain::DependentState::social_only, "社会保険のみ|社会保険上のみ|健保のみ"},
}};
template <>
inline constexpr std::array<Words<domain::Living>, 2> synonyms<domain::Living>{{
    {domain::Living::apart_domestic, "別居|国内別居"},
    {domain::Living::apart_abroad, "別居(海外)|海外別居|国外居住"},
}};
template <>
inline constexpr std::array<Words<domain::Disability>, 4> synonyms<domain::Disability>{{
    {domain::Disability::none, "非該当|該当しない|該当なし|なし|無"},
    {domain::Disability::general, "一般|障害者|一般の障害者"},
    {domain::Disability::special, "特別|特別の障害者"},
    {domain::Disability::special_together, "同居特別|同居特障"},
}};
template <>
inline constexpr std::array<Words<domain::AcquisitionKind>, 1> synonyms<domain::AcquisitionKind>{{
    {domain::AcquisitionKind::first, "新規取得"},
}};
template <>
inline constexpr std::array<Words<domain::LabourClass>, 3> synonyms<domain::LabourClass>{{
    {domain::LabourClass::regular, "常用労働者"},
    {domain::LabourClass::officer_employee, "兼務役員|役員兼務労働者|役員で労働者扱い"},
    {domain::LabourClass::temporary, "臨時労働者"},
}};
template <>
inline constexpr std::array<Words<domain::Entity>, 2> synonyms<domain::Entity>{{
    {domain::Entity::corporation, "会社"},
    {domain::Entity::sole_proprietor, "個人事業主|個人事業"},
}};

template <>
inline constexpr std::array<Words<bool>, 2> synonyms<bool>{{
    {true, "1|○|〇|◯|はい|有|有り|有る|あり|する|該当|該当する|true|yes|要|必要|希望|希望する|対象|"
           "同じ|可|許可|✓"},
    {false, "0|×|いいえ|無|無し|無い|なし|しない|非該当|該当しない|false|no|不要|希望しない|対象外|"
            "異なる|否"},
}};

} // namespace columns

#pragma once
// The choices of the ledger (台帳), each with the Japanese word that people and CSV files use.
#include <boost/describe.hpp>

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace domain {

enum class Sex { male, female }; // 戸籍上の性別
BOOST_DESCRIBE_ENUM(Sex, male, female)

enum class Attendance { active, on_leave, retired }; // 在籍状況
BOOST_DESCRIBE_ENUM(Attendance, active, on_leave, retired)

enum class EmploymentType {
    officer,
    regular,
    contract,
    part_time,
    dispatched,
    outsourced
}; // 雇用形態
BOOST_DESCRIBE_ENUM(EmploymentType, officer, regular, contract, part_time, dispatched, outsourced)

enum class ContractTerm { open_ended, fixed_term }; // 契約種別
BOOST_DESCRIBE_ENUM(ContractTerm, open_ended, fixed_term)

enum class InsuranceState { none, enrolled, lost, procedure, exempt }; // 加入区分
BOOST_DESCRIBE_ENUM(InsuranceState, none, enrolled, lost, procedure, exempt)

enum class PayType { monthly, daily, hourly }; // 給与支給形態
BOOST_DESCRIBE_ENUM(PayType, monthly, daily, hourly)

enum class TaxTable { kou, otsu, hei }; // 税額表区分
BOOST_DESCRIBE_ENUM(TaxTable, kou, otsu, hei)

enum class DependentState { none, tax_and_social, tax_only, social_only }; // 扶養状況
BOOST_DESCRIBE_ENUM(DependentState, none, tax_and_social, tax_only, social_only)

enum class Living { together, apart_domestic, apart_abroad }; // 同居・別居
BOOST_DESCRIBE_ENUM(Living, together, apart_domestic, apart_abroad)

enum class Disability { none, general, special, special_together }; // 障害者区分
BOOST_DESCRIBE_ENUM(Disability, none, general, special, special_together)

enum class AcquisitionKind { first, again }; // 雇用保険 取得区分
BOOST_DESCRIBE_ENUM(AcquisitionKind, first, again)

enum class LabourClass { regular, officer, officer_employee, temporary }; // 労保算定区分
BOOST_DESCRIBE_ENUM(LabourClass, regular, officer, officer_employee, temporary)

enum class Entity { corporation, sole_proprietor }; // 法人・個人
BOOST_DESCRIBE_ENUM(Entity, corporation, sole_proprietor)

// 協会けんぽ・健康保険組合
enum class HealthInsurer { kyokai, union_ }; // NOLINT(readability-identifier-naming): a keyword
BOOST_DESCRIBE_ENUM(HealthInsurer, kyokai, union_)

template <class E> inline constexpr std::array<std::pair<E, std::string_view>, 0> labels{};
template <>
inline constexpr std::array<std::pair<Sex, std::string_view>, 2> labels<Sex>{{
    {Sex::male, "男性"},
    {Sex::female, "女性"},
}};
template <>
inline constexpr std::array<std::pair<Attendance, std::string_view>, 3> labels<Attendance>{{
    {Attendance::active, "在籍中"},
    {Attendance::on_leave, "休職中"},
    {Attendance::retired, "退職済み"},
}};
template <>
inline constexpr std::array<std::pair<EmploymentType, std::string_view>, 6> labels<EmploymentType>{{
    {EmploymentType::officer, "役員"},
    {EmploymentType::regular, "正社員"},
    {EmploymentType::contract, "契約社員"},
    {EmploymentType::part_time, "アルバイト・パート"},
    {EmploymentType::dispatched, "派遣"},
    {EmploymentType::outsourced, "業務委託"},
}};
template <>
inline constexpr std::array<std::pair<ContractTerm, std::string_view>, 2> labels<ContractTerm>{{
    {ContractTerm::open_ended, "無期"},
    {ContractTerm::fixed_term, "有期"},
}};
template <>
inline constexpr std::array<std::pair<InsuranceState, std::string_view>, 5> labels<InsuranceState>{{
    {InsuranceState::none, "未加入"},
    {InsuranceState::enrolled, "加入"},
    {InsuranceState::lost, "喪失"},
    {InsuranceState::procedure, "手続中"},
    {InsuranceState::exempt, "適用除外"},
}};
template <>
inline constexpr std::array<std::pair<PayType, std::string_view>, 3> labels<PayType>{{
    {PayType::monthly, "月給"},
    {PayType::daily, "日給"},
    {PayType::hourly, "時給"},
}};
template <>
inline constexpr std::array<std::pair<TaxTable, std::string_view>, 3> labels<TaxTable>{{
    {TaxTable::kou, "甲"},
    {TaxTable::otsu, "乙"},
    {TaxTable::hei, "丙"},
}};
template <>
inline constexpr std::array<std::pair<DependentState, std::string_view>, 4> labels<DependentState>{{
    {DependentState::none, "扶養しない"},
    {DependentState::tax_and_social, "税・社保"},
    {DependentState::tax_only, "税のみ"},
    {DependentState::social_only, "社保のみ"},
}};
template <>
inline constexpr std::array<std::pair<Living, std::string_view>, 3> labels<Living>{{
    {Living::together, "同居"},
    {Living::apart_domestic, "別居（国内）"},
    {Living::apart_abroad, "別居（国外）"},
}};
template <>
inline constexpr std::array<std::pair<Disability, std::string_view>, 4> labels<Disability>{{
    {Disability::none, "対象外"},
    {Disability::general, "一般障害者"},
    {Disability::special, "特別障害者"},
    {Disability::special_together, "同居特別障害者"},
}};
template <>
inline constexpr std::array<std::pair<AcquisitionKind, std::string_view>, 2>
    labels<AcquisitionKind>{{
        {AcquisitionKind::first, "新規"},
        {AcquisitionKind::again, "再取得"},
    }};
template <>
inline constexpr std::array<std::pair<LabourClass, std::string_view>, 4> labels<LabourClass>{{
    {LabourClass::regular, "常用"},
    {LabourClass::officer, "役員"},
    {LabourClass::officer_employee, "役員兼務"},
    {LabourClass::temporary, "臨時"},
}};
template <>
inline constexpr std::array<std::pair<Entity, std::string_view>, 2> labels<Entity>{{
    {Entity::corporation, "法人"},
    {Entity::sole_proprietor, "個人"},
}};

template <class E> std::string_view label(E value)
{
    for (auto const& [known, text] : labels<E>)
        if (known == value) return text;
    return {};
}

template <class E> std::optional<E> from_label(std::string_view text)
{
    for (auto const& [known, label_text] : labels<E>)
        if (label_text == text) return known;
    return std::nullopt;
}

} // namespace domain

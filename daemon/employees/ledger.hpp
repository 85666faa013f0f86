#pragma once
// 従業員台帳: the sections of one person's record (reference/products.md §1.1–1.2). Sections with
// `valid_from` (適用日) keep their history.
#include "base/result.hpp"
#include "domain/codes.hpp"
#include "domain/date.hpp"
#include "domain/yen.hpp"
#include "store/json.hpp"

#include <optional>
#include <string>
#include <vector>

namespace employees {

using Text = std::optional<std::string>;
using Number = std::optional<std::int64_t>;
using Day = std::optional<Date>;

struct Basic {          // 基本
    std::string number; // 社員番号
    domain::Attendance attendance = domain::Attendance::active;
    Date birth_date{};
    domain::Sex sex = domain::Sex::male;
    Day hired_on;
    Day retired_on;
    Text retirement_reason;
    Text telephone;
    Text email;
    Text emergency_name;
    Text emergency_relation;
    Text emergency_telephone;
    Text note;
    friend bool operator==(Basic const&, Basic const&) = default;
};
BOOST_DESCRIBE_STRUCT(
    Basic,
    (),
    (number,
     attendance,
     birth_date,
     sex,
     hired_on,
     retired_on,
     retirement_reason,
     telephone,
     email,
     emergency_name,
     emergency_relation,
     emergency_telephone,
     note)
)

struct Name { // 氏名
    Day valid_from;
    std::string last_name;
    std::string first_name;
    std::string last_kana;
    std::string first_kana;
    Text filing_name; // 届出用氏名(代替文字)
    Text roman_name;
    Text business_name;
    friend bool operator==(Name const&, Name const&) = default;
};
BOOST_DESCRIBE_STRUCT(
    Name,
    (),
    (valid_from,
     last_name,
     first_name,
     last_kana,
     first_kana,
     filing_name,
     roman_name,
     business_name)
)

struct Address { // 現住所・住民票住所
    Day valid_from;
    Text postal_code;
    Text prefecture;
    Text city;
    Text street;
    Text building;
    Text kana;
    bool registered_same = true; // 住民票住所は現住所と同じ
    Text registered_postal_code;
    Text registered_address;
    Text householder;
    Text householder_relation;
    friend bool operator==(Address const&, Address const&) = default;
};
BOOST_DESCRIBE_STRUCT(
    Address,
    (),
    (valid_from,
     postal_code,
     prefecture,
     city,
     street,
     building,
     kana,
     registered_same,
     registered_postal_code,
     registered_address,
     householder,
     householder_relation)
)

struct Employment { // 雇用
    Day valid_from;
    Number establishment_id; // 事業所
    Text department;
    Text title;
    Text occupation;
    domain::EmploymentType type = domain::EmploymentType::regular;
    domain::ContractTerm term = domain::ContractTerm::open_ended;
    Day contract_from;
    Day contract_to;
    Text contract_renewal;
    Number weekly_minutes;   // 1週間の所定労働時間
    bool short_time = false; // 短時間労働者
    friend bool operator==(Employment const&, Employment const&) = default;
};
BOOST_DESCRIBE_STRUCT(
    Employment,
    (),
    (valid_from,
     establishment_id,
     department,
     title,
     occupation,
     type,
     term,
     contract_from,
     contract_to,
     contract_renewal,
     weekly_minutes,
     short_time)
)

struct Remuneration { // 報酬; valid_from: 改定年月の1日
    Day valid_from;
    domain::PayType pay_type = domain::PayType::monthly;
    std::optional<Yen> cash;             // 報酬月額(通貨)
    std::optional<Yen> in_kind;          // 報酬月額(現物)
    std::optional<Yen> health_standard;  // 標準報酬月額(健保)
    std::optional<Yen> pension_standard; // 標準報酬月額(厚年)
    friend bool operator==(Remuneration const&, Remuneration const&) = default;
};
BOOST_DESCRIBE_STRUCT(
    Remuneration, (), (valid_from, pay_type, cash, in_kind, health_standard, pension_standard)
)

struct HealthInsurance { // 健康保険
    domain::InsuranceState state = domain::InsuranceState::none;
    Day acquired_on;
    Day lost_on;
    Text loss_reason;
    Text reference; // 被保険者整理番号
    Text card_symbol;
    Text card_number;
    Text card_branch;
    bool certificate_needed = false; // 資格確認書の発行要否
    friend bool operator==(HealthInsurance const&, HealthInsurance const&) = default;
};
BOOST_DESCRIBE_STRUCT(
    HealthInsurance,
    (),
    (state,
     acquired_on,
     lost_on,
     loss_reason,
     reference,
     card_symbol,
     card_number,
     card_branch,
     certificate_needed)
)

struct Pension { // 厚生年金
    domain::InsuranceState state = domain::InsuranceState::none;
    Day acquired_on;
    Day lost_on;
    Text reference;    // 被保険者整理番号
    Text basic_number; // 基礎年金番号
    Text no_number_reason;
    bool over_70 = false;       // 70歳以上被用者
    bool two_employers = false; // 二以上勤務
    friend bool operator==(Pension const&, Pension const&) = default;
};
BOOST_DESCRIBE_STRUCT(
    Pension,
    (),
    (state, acquired_on, lost_on, reference, basic_number, no_number_reason, over_70, two_employers)
)

struct EmploymentInsurance { // 雇用保険
    domain::InsuranceState state = domain::InsuranceState::none;
    Text not_enrolled_reason;
    Text number; // 被保険者番号 4-6-1
    Text no_number_reason;
    Day acquired_on;
    Day lost_on;
    std::optional<domain::AcquisitionKind> acquisition;
    domain::LabourClass labour_class = domain::LabourClass::regular; // 労保算定区分
    bool wants_separation_slip = false;                              // 離職票交付希望
    friend bool operator==(EmploymentInsurance const&, EmploymentInsurance const&) = default;
};
BOOST_DESCRIBE_STRUCT(
    EmploymentInsurance,
    (),
    (state,
     not_enrolled_reason,
     number,
     no_number_reason,
     acquired_on,
     lost_on,
     acquisition,
     labour_class,
     wants_separation_slip)
)

struct Tax {                               // 税
    std::optional<domain::TaxTable> table; // 税額表区分
    domain::Disability disability = domain::Disability::none;
    bool working_student = false; // 勤労学生
    bool widow = false;           // 寡婦
    bool single_parent = false;   // ひとり親
    bool has_spouse = false;
    friend bool operator==(Tax const&, Tax const&) = default;
};
BOOST_DESCRIBE_STRUCT(
    Tax, (), (table, disability, working_student, widow, single_parent, has_spouse)
)

struct Residence { // 在留資格
    Text nationality;
    Text card_number;
    Text status;
    Day expires_on;
    bool outside_activity = false; // 資格外活動許可
    friend bool operator==(Residence const&, Residence const&) = default;
};
BOOST_DESCRIBE_STRUCT(
    Residence, (), (nationality, card_number, status, expires_on, outside_activity)
)

struct Relative {         // 家族
    Number id;            // given here; kept for life
    std::string relation; // 続柄
    std::string last_name;
    std::string first_name;
    Text last_kana;
    Text first_kana;
    std::optional<domain::Sex> sex;
    Day birth_date;
    domain::Living living = domain::Living::together;
    Text postal_code;
    Text address;
    Text telephone;
    Text occupation;
    std::optional<Yen> yearly_revenue; // 年間収入
    std::optional<Yen> yearly_income;  // 年間所得
    domain::Disability disability = domain::Disability::none;
    Text basic_pension_number;
    domain::DependentState dependent = domain::DependentState::none; // 扶養状況
    Day social_from;                                                 // 社保: 被扶養者になった日
    Text social_from_reason;
    Day social_to;
    Text social_to_reason;
    Day tax_from;
    Day tax_to;
    friend bool operator==(Relative const&, Relative const&) = default;
};
BOOST_DESCRIBE_STRUCT(
    Relative,
    (),
    (id,
     relation,
     last_name,
     first_name,
     last_kana,
     first_kana,
     sex,
     birth_date,
     living,
     postal_code,
     address,
     telephone,
     occupation,
     yearly_revenue,
     yearly_income,
     disability,
     basic_pension_number,
     dependent,
     social_from,
     social_from_reason,
     social_to,
     social_to_reason,
     tax_from,
     tax_to)
)

struct Ledger { // 台帳: what a person's record is on one day
    Basic basic;
    Name name;
    std::optional<Address> address;
    std::optional<Employment> employment;
    std::optional<Remuneration> remuneration;
    std::optional<HealthInsurance> health;
    std::optional<Pension> pension;
    std::optional<EmploymentInsurance> employment_insurance;
    std::optional<Tax> tax;
    std::optional<Residence> residence;
    std::vector<Relative> relatives;
    friend bool operator==(Ledger const&, Ledger const&) = default;
};
BOOST_DESCRIBE_STRUCT(
    Ledger,
    (),
    (basic,
     name,
     address,
     employment,
     remuneration,
     health,
     pension,
     employment_insurance,
     tax,
     residence,
     relatives)
)

// Cleans what people type (widths, hyphens, kana) and names every fault with its path. A dated
// section without 適用日 applies from the day of hiring, or from birth.
std::vector<FieldFault> tidy(Ledger& ledger);

} // namespace employees

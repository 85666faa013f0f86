// The columns of employees.
#include "columns/catalogue.hpp"
#include "domain/text.hpp"

#include <boost/describe.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace columns {

namespace {

using employees::Ledger, employees::Relative;

struct Named {
    std::string_view path;
    std::string_view label;
};

constexpr Named sections[] = {
    {"basic", "基本"},
    {"name", "氏名"},
    {"address", "住所"},
    {"employment", "雇用"},
    {"remuneration", "報酬"},
    {"health", "健康保険"},
    {"pension", "厚生年金保険"},
    {"employment_insurance", "雇用保険"},
    {"tax", "税"},
    {"residence", "在留資格"},
    {"relatives", "家族"},
};

constexpr Named labels[] = {
    {"basic.number", "社員番号"},
    {"basic.attendance", "在籍状況"},
    {"basic.birth_date", "生年月日"},
    {"basic.sex", "戸籍上の性別"},
    {"basic.hired_on", "入社日"},
    {"basic.retired_on", "退職日"},
    {"basic.retirement_reason", "退職事由"},
    {"basic.telephone", "電話番号"},
    {"basic.email", "メールアドレス"},
    {"basic.emergency_name", "緊急連絡先の氏名"},
    {"basic.emergency_relation", "緊急連絡先の続柄"},
    {"basic.emergency_telephone", "緊急連絡先の電話番号"},
    {"basic.note", "メモ"},
    {"name.valid_from", "氏名の適用日"},
    {"name.last_name", "姓"},
    {"name.first_name", "名"},
    {"name.last_kana", "姓（カナ）"},
    {"name.first_kana", "名（カナ）"},
    {"name.filing_name", "届出用氏名"},
    {"name.roman_name", "ローマ字氏名"},
    {"name.business_name", "ビジネスネーム"},
    {"address.valid_from", "住所の適用日"},
    {"address.postal_code", "郵便番号"},
    {"address.prefecture", "都道府県"},
    {"address.city", "市区町村"},
    {"address.street", "丁目・番地"},
    {"address.building", "建物名・部屋番号"},
    {"address.kana", "住所（カナ）"},
    {"address.registered_same", "住民票住所は現住所と同じ"},
    {"address.registered_postal_code", "住民票の郵便番号"},
    {"address.registered_address", "住民票住所"},
    {"address.householder", "世帯主"},
    {"address.householder_relation", "世帯主の続柄"},
    {"employment.valid_from", "雇用の適用日"},
    {"employment.establishment_id", "事業所"},
    {"employment.department", "部署"},
    {"employment.title", "役職"},
    {"employment.occupation", "職種"},
    {"employment.type", "雇用形態"},
    {"employment.term", "契約種別"},
    {"employment.contract_from", "契約開始日"},
    {"employment.contract_to", "契約終了日"},
    {"employment.contract_renewal", "契約更新の有無"},
    {"employment.weekly_minutes", "週の所定労働時間"},
    {"employment.short_time", "短時間労働者"},
    {"remuneration.valid_from", "改定年月日"},
    {"remuneration.pay_type", "給与支給形態"},
    {"remuneration.cash", "報酬月額（通貨）"},
    {"remuneration.in_kind", "報酬月額（現物）"},
    {"remuneration.health_standard", "標準報酬月額（健保）"},
    {"remuneration.pension_standard", "標準報酬月額（厚年）"},
    {"health.state", "健康保険 加入区分"},
    {"health.acquired_on", "健康保険 資格取得日"},
    {"health.lost_on", "健康保険 資格喪失日"},
    {"health.loss_reason", "健康保険 喪失原因"},
    {"health.reference", "健康保険 被保険者整理番号"},
    {"health.card_symbol", "保険証の記号"},
    {"health.card_number", "保険証の番号"},
    {"health.card_branch", "保険証の枝番"},
    {"health.certificate_needed", "資格確認書の発行が必要"},
    {"pension.state", "厚生年金保険 加入区分"},
    {"pension.acquired_on", "厚生年金保険 資格取得日"},
    {"pension.lost_on", "厚生年金保険 資格喪失日"},
    {"pension.reference", "厚生年金保険 被保険者整理番号"},
    {"pension.basic_number", "基礎年金番号"},
    {"pension.no_number_reason", "基礎年金番号未記載の理由"},
    {"pension.over_70", "70歳以上被用者"},
    {"pension.two_employers", "二以上勤務"},
    {"employment_insurance.state", "雇用保険 加入区分"},
    {"employment_insurance.not_enrolled_reason", "雇用保険 未加入の理由"},
    {"employment_insurance.number", "雇用保険 被保険者番号"},
    {"employment_insurance.no_number_reason", "雇用保険 番号未記載の理由"},
    {"employment_insurance.acquired_on", "雇用保険 資格取得日"},
    {"employment_insurance.lost_on", "雇用保険 離職日"},
    {"employment_insurance.acquisition", "雇用保険 取得区分"},
    {"employment_insurance.labour_class", "労保算定区分"},
    {"employment_insurance.wants_separation_slip", "離職票の交付を希望"},
    {"tax.table", "税額表区分"},
    {"tax.disability", "障害者区分"},
    {"tax.working_student", "勤労学生"},
    {"tax.widow", "寡婦"},
    {"tax.single_parent", "ひとり親"},
    {"tax.has_spouse", "配偶者あり"},
    {"residence.nationality", "国籍・地域"},
    {"residence.card_number", "在留カード番号"},
    {"residence.status", "在留資格"},
    {"residence.expires_on", "在留期限"},
    {"residence.outside_activity", "資格外活動許可あり"},
    {"relatives.relation", "続柄"},
    {"relatives.last_name", "姓"},
    {"relatives.first_name", "名"},
    {"relatives.last_kana", "姓（カナ）"},
    {"relatives.first_kana", "名（カナ）"},
    {"relatives.sex", "性別"},
    {"relatives.birth_date", "生年月日"},
    {"relatives.living", "同居・別居"},
    {"relatives.postal_code", "郵便番号"},
    {"relatives.address", "住所"},
    {"relatives.telephone", "電話番号"},
    {"relatives.occupation", "職業"},
    {"relatives.yearly_revenue", "年間収入"},
    {"relatives.yearly_income", "年間所得"},
    {"relatives.disability", "障害者区分"},
    {"relatives.basic_pension_number", "基礎年金番号"},
    {"relatives.dependent", "扶養状況"},
    {"relatives.social_from", "被扶養者になった日"},
    {"relatives.social_from_reason", "被扶養者になった理由"},
    {"relatives.social_to", "被扶養者でなくなった日"},
    {"relatives.social_to_reason", "被扶養者でなくなった理由"},
    {"relatives.tax_from", "税の扶養の開始日"},
    {"relatives.tax_to", "税の扶養の終了日"},
};

constexpr std::string_view required[] = {
    "basic.number",    "basic.birth_date", "basic.sex",       "name.last_name",
    "name.first_name", "name.last_kana",   "name.first_kana",
};
constexpr std::string_view keys[] = {
    "basic.number", "basic.birth_date", "name.last_name", "name.first_name", "name.full",
};
struct Joined {
    std::string_view path;
    char const* joiner;
};
constexpr Joined joined[] = {
    {"basic.emergency_name", "　"},     {"name.business_name", "　"}, {"name.roman_name", " "},
    {"address.registered_address", ""}, {"relatives.address", ""},
};

template <std::size_t Size> bool in(std::string_view const (&list)[Size], std::string_view path)
{
    return std::find(std::begin(list), std::end(list), path) != std::end(list);
}

template <std::size_t Size>
std::string_view label_of(Named const (&list)[Size], std::string_view path)
{
    for (auto const& [known, label] : list)
        if (known == path) return label;
    throw std::logic_error(fmt::format("no label for {}", path));
}

template <class T> T& made(T& section) { return section; }
template <class T> T& made(std::optional<T>& section)
{
    if (!section) section.emplace();
    return *section;
}
template <class T> T const* there(T const& section) { return &section; }
template <class T> T const* there(std::optional<T> const& section)
{
    return section ? &*section : nullptr;
}

PersonColumn named(std::string_view path, std::string_view label)
{
    PersonColumn column;
    column.path = path;
    column.label = label;
    column.section = label_of(sections, path.substr(0, path.find('.')));
    column.required = in(required, path);
    column.key = in(keys, path);
    for (auto const& [joined_path, joiner] : joined)
        if (joined_path == path) column.joiner = joiner;
    return column;
}

// One column for each described member of a section.
template <auto Section>
void add_section(std::vector<PersonColumn>& all, std::string_view section_name)
{
    using Type = std::remove_cvref_t<decltype(made(std::declval<Ledger&>().*Section))>;
    boost::mp11::mp_for_each<boost::describe::describe_members<Type, boost::describe::mod_public>>(
        [&](auto member) {
            using Member = decltype(member);
            auto const path = fmt::format("{}.{}", section_name, member.name);
            auto column = named(path, label_of(labels, path));
            using Value = std::remove_cvref_t<decltype(std::declval<Type&>().*Member::pointer)>;
            column.choices = choices_of<Value>();
            column.read = [](Person& person, std::size_t, std::string_view text,
                             Surroundings const&) {
                return read_value(made(person.ledger.*Section).*Member::pointer, text);
            };
            column.clear = [](Person& person, std::size_t) {
                if (there(person.ledger.*Section))
                    clear_value(
                        made(person.ledger.*Section).*Member::pointer, Type{}.*Member::pointer
                    );
            };
            column.write = [](Person const& person, std::size_t, Surroundings const&) {
                auto const* section = there(person.ledger.*Section);
                return section ? write_value(section->*Member::pointer) : std::string{};
            };
            all.push_back(std::move(column));
        }
    );
}

Relative const* relative_at(Person const& person, std::size_t slot)
{
    auto const& relatives = person.ledger.relatives;
    return slot < relatives.size() ? &relatives[slot] : nullptr;
}

PersonColumn of_relative(std::string_view member, std::string_view label, std::size_t slot)
{
    auto column = named(fmt::format("relatives.{}", member), label);
    column.path = fmt::format("relatives.{}.{}", slot, member);
    column.label = fmt::format("家族{} {}", slot + 1, label);
    column.section = fmt::format("家族{}", slot + 1);
    column.slot = slot;
    column.of_relative = true;
    return column;
}

void add_relative(std::vector<PersonColumn>& all, std::size_t slot)
{
    boost::mp11::mp_for_each<
        boost::describe::describe_members<Relative, boost::describe::mod_public>>([&](auto member) {
        using Member = decltype(member);
        if (std::string_view{member.name} == "id") return;
        auto const path = fmt::format("relatives.{}", member.name);
        auto column = of_relative(member.name, label_of(labels, path), slot);
        using Value = std::remove_cvref_t<decltype(std::declval<Relative&>().*Member::pointer)>;
        column.choices = choices_of<Value>();
        column.read = [](Person& person, std::size_t at, std::string_view text,
                         Surroundings const&) {
            return read_value(person.slots[at].*Member::pointer, text);
        };
        column.clear = [](Person& person, std::size_t at) {
            clear_value(person.slots[at].*Member::pointer, Relative{}.*Member::pointer);
        };
        column.write = [](Person const& person, std::size_t at, Surroundings const&) {
            auto const* relative = relative_at(person, at);
            return relative ? write_value(relative->*Member::pointer) : std::string{};
        };
        all.push_back(std::move(column));
    });
}

} // namespace

std::vector<PersonColumn> const& person_columns()
{
    static auto const all = [] {
        std::vector<PersonColumn> made_columns;
        add_section<&Ledger::basic>(made_columns, "basic");
        add_section<&Ledger::name>(made_columns, "name");
        add_section<&Ledger::address>(made_columns, "address");
        add_section<&Ledger::employment>(made_columns, "employment");
        add_section<&Ledger::remuneration>(made_columns, "remuneration");
        add_section<&Ledger::health>(made_columns, "health");
        add_section<&Ledger::pension>(made_columns, "pension");
        add_section<&Ledger::employment_insurance>(made_columns, "employment_insurance");
        add_section<&Ledger::tax>(made_columns, "tax");
        add_section<&Ledger::residence>(made_columns, "residence");
        for (std::size_t slot = 0; slot < relatives_max; ++slot) add_relative(made_columns, slot);
        add_special_columns(made_columns);
        return made_columns;
    }();
    return all;
}

} // namespace columns

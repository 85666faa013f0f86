// The columns of clients (顧問先).
#include "columns/catalogue.hpp"
#include "domain/text.hpp"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

namespace columns {

namespace {

using clients::ClientInput, clients::Profile;

struct Named {
    std::string_view path;
    std::string_view label;
    std::string_view section;
};

constexpr Named names[] = {
    {"code", "顧問先コード", "顧問先"},
    {"name", "顧問先名", "顧問先"},
    {"name_kana", "顧問先名（カナ）", "顧問先"},
    {"profile.entity", "法人・個人", "会社"},
    {"profile.corporate_number", "法人番号", "会社"},
    {"profile.representative_title", "代表者の職名", "会社"},
    {"profile.representative_name", "代表者の氏名", "会社"},
    {"profile.representative_kana", "代表者の氏名（カナ）", "会社"},
    {"profile.industry", "業種", "会社"},
    {"profile.fiscal_month", "決算月", "会社"},
    {"profile.postal_code", "郵便番号", "所在地・連絡先"},
    {"profile.address", "所在地", "所在地・連絡先"},
    {"profile.address_kana", "所在地（カナ）", "所在地・連絡先"},
    {"profile.telephone", "電話番号", "所在地・連絡先"},
    {"profile.fax", "FAX番号", "所在地・連絡先"},
    {"profile.contact_name", "連絡担当者", "所在地・連絡先"},
    {"profile.contact_email", "連絡先のメールアドレス", "所在地・連絡先"},
    {"profile.contract_from", "契約開始日", "顧問契約"},
    {"profile.contract_to", "契約終了日", "顧問契約"},
    {"profile.does_procedures", "業務範囲 手続", "顧問契約"},
    {"profile.does_payroll", "業務範囲 給与", "顧問契約"},
    {"profile.does_year_end", "業務範囲 年末調整", "顧問契約"},
    {"profile.does_consulting", "業務範囲 相談", "顧問契約"},
    {"profile.closing_day", "給与の締日", "給与"},
    {"profile.pay_day", "給与の支払日", "給与"},
    {"profile.pay_month_offset", "給与の支払月", "給与"},
    {"profile.bonus_months", "賞与の予定月", "給与"},
    {"profile.note", "メモ", "メモ"},
};

constexpr std::array pay_months{"当月", "翌月", "翌々月"};
constexpr std::int64_t last_day = 31; // stands for 末日

ClientColumn named(std::string_view path)
{
    for (auto const& known : names) {
        if (known.path != path) continue;
        ClientColumn column;
        column.path = path;
        column.label = known.label;
        column.section = known.section;
        column.required = path == "code" || path == "name" || path == "name_kana";
        column.key = path == "code" || path == "profile.corporate_number";
        if (path == "profile.address" || path == "profile.address_kana") column.joiner = "";
        if (path.find("representative_") != std::string_view::npos) column.joiner = "　";
        return column;
    }
    throw std::logic_error(fmt::format("no label for {}", path));
}

template <auto Pick> ClientColumn described(std::string_view path)
{
    auto column = named(path);
    using Value = std::remove_cvref_t<decltype(Pick(std::declval<ClientInput&>()))>;
    column.choices = choices_of<Value>();
    column.read = [](ClientInput& client, std::size_t, std::string_view text, Surroundings const&) {
        return read_value(Pick(client), text);
    };
    column.clear = [](ClientInput& client, std::size_t) {
        ClientInput empty;
        clear_value(Pick(client), Pick(empty));
    };
    column.write = [](ClientInput const& client, std::size_t, Surroundings const&) {
        auto copy = client;
        return write_value(Pick(copy));
    };
    return column;
}

// 3月, 25日, 末日: a number behind which stands its unit.
Code read_unit(std::optional<std::int64_t>& out, std::string_view text, std::string_view unit)
{
    auto key = word_key(text);
    if (unit == "日" && (key == "末日" || key == "月末" || key == "末"))
        return out = last_day, nullptr;
    if (key.ends_with(unit)) key.erase(key.size() - unit.size());
    return read_value(out, key);
}

template <auto Member> ClientColumn with_unit(std::string_view path, char const* unit_text)
{
    auto column = named(path);
    bool const day = std::string_view{unit_text} == "日";
    if (day)
        column.read = [](ClientInput& client, std::size_t, std::string_view text,
                         Surroundings const&) {
            return read_unit(client.profile.*Member, text, "日");
        };
    else
        column.read = [](ClientInput& client, std::size_t, std::string_view text,
                         Surroundings const&) {
            return read_unit(client.profile.*Member, text, "月");
        };
    column.clear = [](ClientInput& client, std::size_t) { (client.profile.*Member).reset(); };
    column.write = [](ClientInput const& client, std::size_t, Surroundings const&) {
        return write_value(client.profile.*Member);
    };
    return column;
}

ClientColumn pay_month_column()
{
    auto column = named("profile.pay_month_offset");
    column.choices = {pay_months.begin(), pay_months.end()};
    column.read = [](ClientInput& client, std::size_t, std::string_view text,
                     Surroundings const&) -> Code {
        auto const key = word_key(text);
        for (std::size_t i = 0; i < pay_months.size(); ++i)
            if (key == pay_months[i])
                return client.profile.pay_month_offset = static_cast<std::int64_t>(i), nullptr;
        return "not_a_choice";
    };
    column.clear = [](ClientInput& client, std::size_t) {
        client.profile.pay_month_offset.reset();
    };
    column.write = [](ClientInput const& client, std::size_t, Surroundings const&) -> std::string {
        auto const offset = client.profile.pay_month_offset;
        if (!offset || *offset < 0 || *offset >= static_cast<std::int64_t>(pay_months.size()))
            return {};
        return pay_months[static_cast<std::size_t>(*offset)];
    };
    return column;
}

} // namespace

std::vector<ClientColumn> const& client_columns()
{
    static auto const all = [] {
        std::vector<ClientColumn> made;
        made.push_back(described<[](ClientInput& c) -> auto& { return c.code; }>("code"));
        made.push_back(described<[](ClientInput& c) -> auto& { return c.name; }>("name"));
        made.push_back(described<[](ClientInput& c) -> auto& { return c.name_kana; }>("name_kana"));
        boost::mp11::mp_for_each<
            boost::describe::describe_members<Profile, boost::describe::mod_public>>([&](auto member
                                                                                     ) {
            using Member = decltype(member);
            made.push_back(
                described<[](ClientInput& c) -> auto& { return c.profile.*Member::pointer; }>(
                    fmt::format("profile.{}", member.name)
                )
            );
        });
        auto const replace = [&](ClientColumn const& column) {
            for (auto& known : made)
                if (known.path == column.path) known = column;
        };
        replace(with_unit<&Profile::fiscal_month>("profile.fiscal_month", "月"));
        replace(with_unit<&Profile::closing_day>("profile.closing_day", "日"));
        replace(with_unit<&Profile::pay_day>("profile.pay_day", "日"));
        replace(pay_month_column());
        return made;
    }();
    return all;
}

} // namespace columns

#include "demo/company.hpp"

#include "base/present.hpp"
#include "domain/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace demo {

namespace {

using Text = std::optional<std::string>;

struct Form { // 法人格
    View code;
    View text;
    View title; // of the 代表者
    bool corporation;
};
constexpr Form forms[] = {
    {"kk", "株式会社", "代表取締役", true},
    {"yk", "有限会社", "代表取締役", true},
    {"gk", "合同会社", "代表社員", true},
    {"ih", "医療法人", "理事長", true},
    {"is", "医療法人社団", "理事長", true},
    {"sf", "社会福祉法人", "理事長", true},
    {"np", "特定非営利活動法人", "理事長", true},
    {"ip", "一般社団法人", "代表理事", true},
    {"kj", "", "事業主", false},
};

Form const& form_of(View code)
{
    return *std::find_if(std::begin(forms), std::end(forms), [&](Form const& form) {
        return form.code == code;
    });
}

Form const& form_for(Dice& dice, Industry const& industry, std::int64_t people)
{
    for (;;) { // nobody runs a big company in their own name
        auto const& form = form_of(dice.pick(industry.forms));
        if (form.corporation || people <= 20) return form;
    }
}

// How companies compare in size, at every tenth of the way from the smallest to the biggest (and
// closer at the end): half of an office's clients have fewer than a dozen people.
struct Knot {
    std::int64_t per_mille;
    std::int64_t size;
};
constexpr Knot size_curve[] = {
    {0, 20},    {100, 30},  {200, 50},   {300, 70},   {400, 100},  {500, 160},  {600, 240},
    {700, 380}, {800, 650}, {900, 1400}, {950, 2600}, {980, 4800}, {990, 7000}, {1000, 11000},
};

std::int64_t relative_size(std::int64_t per_mille)
{
    auto const* after = std::find_if(std::begin(size_curve) + 1, std::end(size_curve), [&](auto k) {
        return per_mille <= k.per_mille;
    });
    auto const& a = *(after - 1);
    auto const& b = *after;
    return a.size + (b.size - a.size) * (per_mille - a.per_mille) / (b.per_mille - a.per_mille);
}

struct CompanyName {
    std::string text;
    std::string kana; // without the 法人格, as 顧問先 are sorted
};

NamePart first_part(Dice& dice, HumanName const& head, Place const& place)
{
    auto const kind = dice.between(0, 99);
    if (kind < 38) return {head.last, head.last_kana};
    if (kind < 50) return {place.town, place.town_kana};
    return dice.pick(tables().words);
}

CompanyName make_company_name(
    Dice& dice,
    Industry const& industry,
    Form const& form,
    HumanName const& head,
    Place const& place
)
{
    auto const first = first_part(dice, head, place);
    auto const& last = dice.pick(industry.name_ends);
    CompanyName name{std::string{first.text}, std::string{first.kana}};
    if (dice.percent(9)) { // long ones: forms and lists must hold them
        auto const& more = dice.pick(tables().words);
        name.text += more.text;
        name.kana += more.kana;
        static constexpr NamePart middles[] = {
            {"グループ", "グループ"}, {"総合", "ソウゴウ"}, {"ヒューマン", "ヒューマン"}
        };
        auto const& middle = dice.pick(std::span{middles});
        name.text += middle.text;
        name.kana += middle.kana;
    }
    name.text += last.text;
    name.kana += last.kana;
    if (form.text == "医療法人社団" && dice.percent(50)) { // 法人名 and 施設名
        auto const& word = dice.pick(tables().words);
        name.text = fmt::format("{}会{}", word.text, name.text);
        name.kana = fmt::format("{}カイ{}", word.kana, name.kana);
    }
    if (form.text == "株式会社" && dice.percent(6))
        name.text = "㈱" + name.text;
    else if (form.text == "株式会社" && dice.percent(35))
        name.text += form.text;
    else
        name.text.insert(0, form.text);
    return name;
}

std::string insurer_number_with_check(std::string digits) // 保険者番号: 2, 1, 2, 1 from the right
{
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int const product = (digits[digits.size() - 1 - i] - '0') * (i % 2 == 0 ? 2 : 1);
        sum += product / 10 + product % 10;
    }
    return digits + std::to_string((10 - sum % 10) % 10);
}

std::string branch_of(Place const& place) // 東京都 → 東京
{
    std::string branch{place.prefecture};
    if (branch != "北海道") branch.resize(branch.size() - View{"県"}.size());
    return branch;
}

std::string office_address(Dice& dice, Place const& place)
{
    auto address =
        fmt::format("{}{}{}{}", place.prefecture, place.city, place.town, make_street(dice).text);
    if (dice.percent(35))
        address += fmt::format("　{}ビル{}", dice.pick(tables().words).text, dice.filled("#F"));
    return address;
}

void insure(clients::EstablishmentInput& out, Company const& company, Place const& place)
{
    Dice dice = company.dice.branch(static_cast<std::uint64_t>(place.prefecture_code) + 1000);
    auto const prefecture = place.prefecture_code;
    if (company.social) {
        static constexpr View symbols[] = {"アカサ", "イロハ", "カナク", "サトミ", "タケノ",
                                           "ナカヒ", "ハルミ", "マツキ", "ヤマト", "ワカナ"};
        auto const district = dice.between(1, 60);
        auto const& symbol = dice.pick(std::span{symbols});
        out.symbol = fmt::format("{:02}-{:02}-{}", prefecture, district, symbol);
        out.number = dice.filled("#####");
        out.applied_on = plus_days(company.founded, 31);
        out.specified = company.specified;
        out.pension_office = fmt::format("{}年金事務所", place.pension_office);
        out.card_symbol = fmt::format("{}", dice.between(1'000'000, 99'999'999));
        if (company.people >= 30 && dice.percent(15)) {
            out.health_insurer = domain::HealthInsurer::union_;
            out.insurer_name =
                fmt::format("{}{}健康保険組合", branch_of(place), dice.pick(tables().words).text);
            out.insurer_number =
                insurer_number_with_check(fmt::format("06{:02}{}", prefecture, dice.filled("###")));
        } else {
            out.insurer_branch = branch_of(place) + "支部";
            out.insurer_number = insurer_number_with_check(fmt::format("01{:02}001", prefecture));
        }
    }
    out.labour_unified = company.industry->name != "建設業" && company.industry->name != "農業";
    auto const labour = dice.filled("######-000");
    out.labour_number = fmt::format("{:02}-1-0{}-{}", prefecture, dice.between(1, 9), labour);
    out.labour_industry = company.industry->labour_class;
    out.labour_office = fmt::format("{}労働基準監督署", place.labour_office);
    auto const employment = dice.filled("######-#");
    out.employment_office_number =
        fmt::format("{:02}0{}-{}", prefecture, dice.between(1, 9), employment);
    out.hello_work = fmt::format("ハローワーク{}", place.hello_work);
}

void add_establishments(Company& company, Dice& dice, Place const& head_place)
{
    std::int64_t count = 1;
    if (company.people >= 10 && dice.percent(40)) ++count;
    if (company.people >= 40 && dice.percent(60)) ++count;
    if (company.people >= 120) ++count;
    auto const& profile = company.client.profile;
    for (std::int64_t i = 0; i < count; ++i) {
        auto const& place = i == 0 ? head_place : tables().business_places.pick(dice);
        clients::EstablishmentInput out;
        if (i == 0) {
            out.name = company.corporation ? "本社" : "本店";
            out.name_kana = company.corporation ? "ホンシャ" : "ホンテン";
            out.postal_code = profile.postal_code;
            out.address = profile.address;
            out.telephone = profile.telephone;
        } else {
            static constexpr NamePart kinds[] = {
                {"営業所", "エイギョウショ"}, {"支店", "シテン"}, {"センター", "センター"}
            };
            auto const& kind = dice.pick(std::span{kinds});
            out.name = fmt::format("{}{}", place.town, kind.text);
            out.name_kana = fmt::format("{}{}", place.town_kana, kind.kana);
            out.postal_code = place.postal_code;
            out.address = office_address(dice, place);
            out.telephone = make_telephone(dice, place.area_code);
        }
        out.established_on = i == 0
                                 ? company.founded
                                 : dice.day(company.founded, base::present(profile.contract_from));
        insure(out, company, place);
        company.places.push_back(&place);
        company.establishments.push_back(std::move(out));
    }
}

void fill_profile(Company& company, Dice& dice, Form const& form, Place const& place, Date today)
{
    auto& profile = company.client.profile;
    auto const& head = company.head;
    profile.entity =
        form.corporation ? domain::Entity::corporation : domain::Entity::sole_proprietor;
    if (form.corporation)
        profile.corporate_number = domain::with_corporate_check_digit(dice.filled("99##01######"));
    profile.representative_title = form.title;
    profile.representative_name = head.last + "　" + head.first;
    profile.representative_kana = head.last_kana + "　" + head.first_kana;
    profile.postal_code = place.postal_code;
    profile.address = office_address(dice, place);
    profile.address_kana = fmt::format("{}{}", place.city_kana, place.town_kana);
    profile.telephone = make_telephone(dice, place.area_code);
    if (dice.percent(70)) profile.fax = make_telephone(dice, place.area_code);
    profile.industry = company.industry->name;
    profile.fiscal_month = form.corporation ? dice.between(1, 12) : 12;
    profile.contract_from =
        dice.day(std::max(plus_days(company.founded, 30), domain::add_years(today, -15)), today);
    profile.does_payroll = dice.percent(45);
    profile.does_year_end = profile.does_payroll || dice.percent(20);
    profile.does_consulting = dice.percent(60);
    static constexpr std::int64_t closing_days[] = {31, 31, 31, 20, 15, 10};
    profile.closing_day = dice.pick(std::span{closing_days});
    profile.pay_month_offset = *profile.closing_day == 31 || dice.percent(50) ? 1 : 0;
    static constexpr std::int64_t pay_days[] = {25, 25, 10, 15, 31};
    profile.pay_day = *profile.pay_month_offset == 0 ? 31 : dice.pick(std::span{pay_days});
    static constexpr View bonuses[] = {"7,12", "7,12", "6,12", "8,12", "12", ""};
    if (auto const months = dice.pick(std::span{bonuses}); !months.empty())
        profile.bonus_months = months;
    auto const contact = make_name(dice, domain::Sex::female, domain::add_years(today, -45));
    profile.contact_name = contact.last + "　" + contact.first;
    profile.contact_email = fmt::format("soumu@k{}.example.jp", company.client.code);
    if (dice.percent(20)) profile.note = "書類は毎月20日までに郵送。電話は午前中が確実。";
}

} // namespace

std::vector<std::int64_t> sizes_of(std::int64_t companies, std::int64_t people, Dice dice)
{
    auto const count = static_cast<std::size_t>(companies);
    std::vector<std::int64_t> weights(count);
    for (std::int64_t i = 0; i < companies; ++i)
        weights[static_cast<std::size_t>(i)] = relative_size((2 * i + 1) * 1000 / (2 * companies));
    for (auto i = companies - 1; i > 0; --i) // big ones anywhere in the list
        std::swap(
            weights[static_cast<std::size_t>(i)],
            weights[static_cast<std::size_t>(dice.between(0, i))]
        );
    auto const total = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    std::int64_t const each = people >= companies ? 1 : 0;
    std::vector<std::int64_t> sizes(count);
    auto left = people;
    for (std::size_t i = 0; i < count; ++i) {
        sizes[i] = each + weights[i] * (people - each * companies) / total;
        left -= sizes[i];
    }
    for (std::size_t i = 0; left > 0; i = (i + 1) % count, --left) ++sizes[i];
    return sizes;
}

Company make_company(std::uint64_t seed, std::int64_t number, std::int64_t people, Date today)
{
    auto const of_company = Dice{seed}.branch(static_cast<std::uint64_t>(number));
    auto dice = of_company.branch(0);
    Company company;
    company.people = people;
    company.dice = of_company.branch(1);
    company.industry = &tables().industries.pick(dice);
    auto const& place = tables().business_places.pick(dice);
    auto const& form = form_for(dice, *company.industry, people);
    company.corporation = form.corporation;
    company.social = form.corporation || (people >= 5 && !company.industry->voluntary);
    company.specified = company.social && people >= 80;
    company.founded = domain::add_years(today, -static_cast<int>(dice.between(2, 48)));
    company.founded = dice.day(domain::add_years(company.founded, -1), company.founded);
    Date const new_company_law{std::chrono::year{2006}, std::chrono::May, std::chrono::day{1}};
    if (form.code == "yk") company.founded = std::min(company.founded, new_company_law);
    if (form.code == "gk") company.founded = std::max(company.founded, new_company_law);
    auto const founder_age = static_cast<int>(dice.between(30, 44));
    auto birth = domain::add_years(company.founded, -founder_age);
    while (domain::age_on(birth, today) > 74) birth = domain::add_years(birth, 20); // 二代目
    company.head_birth = plus_days(birth, dice.between(0, 300));
    company.head_sex = dice.percent(18) ? domain::Sex::female : domain::Sex::male;
    company.head = make_name(dice, company.head_sex, company.head_birth);
    auto name = make_company_name(dice, *company.industry, form, company.head, place);
    company.client.code = fmt::format("{:04}", 1000 + number);
    company.client.name = std::move(name.text);
    company.client.name_kana = std::move(name.kana);
    fill_profile(company, dice, form, place, today);
    add_establishments(company, dice, place);
    return company;
}

HumanName make_name(Dice& dice, domain::Sex sex, Date birth)
{
    auto const& last = tables().surnames.pick(dice);
    auto const& first = dice.pick(tables().given_names(sex, birth));
    return {
        std::string{last.text}, std::string{first.text}, std::string{last.kana},
        std::string{first.kana}, std::string{last.usual}
    };
}

std::string make_telephone(Dice& dice, std::string_view area_code)
{
    auto const exchange = 6 - area_code.size(); // with the area code: six digits, then four
    return fmt::format(
        "{}-{}", area_code, dice.filled("0" + std::string(exchange - 1, '#') + "-####")
    );
}

std::string make_mobile(Dice& dice)
{
    static constexpr View starts[] = {"090", "080", "070"};
    return std::string{dice.pick(std::span{starts})} + dice.filled("-0###-####");
}

Date plus_days(Date date, std::int64_t count)
{
    return Date{std::chrono::sys_days{date} + std::chrono::days{count}};
}

} // namespace demo

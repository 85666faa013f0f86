#include "headings/headings.hpp"

#include "domain/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace headings {

namespace {

using columns::client_columns, columns::find_column, columns::person_columns,
    columns::relatives_max;

using Lookup = std::unordered_map<std::string, std::string>; // heading key → path
constexpr std::size_t hits_min = 3; // fewer recognised headings tell no product

void replace_all(std::string& text, std::string_view from, std::string_view to)
{
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

void add(Lookup& lookup, std::span<Heading const> table)
{
    for (auto const& [heading, path] : table)
        lookup.try_emplace(heading_key(heading), std::string{path});
}

struct Tables {
    struct Of {
        Profile profile = Profile::unknown;
        Lookup own;
        Lookup of_relatives;
    };
    std::vector<Of> products; // ours first
    Of aliases;
    Lookup clients;
    Lookup client_aliases;
};

Tables const& tables()
{
    static auto const all = [] {
        Tables made;
        auto& ours = made.products.emplace_back();
        ours.profile = Profile::kuramori;
        for (auto const& column : person_columns()) {
            if (!column.of_relative) {
                ours.own.try_emplace(heading_key(column.label), column.path);
            } else if (column.slot == 0) {
                auto const member = column.path.substr(std::string_view{"relatives.0."}.size());
                auto const label = column.label.substr(std::string_view{"家族1 "}.size());
                ours.of_relatives.try_emplace(heading_key(label), member);
            }
        }
        for (auto const& table : product_tables()) {
            auto& of = made.products.emplace_back();
            of.profile = table.profile;
            add(of.own, table.own);
            add(of.of_relatives, table.of_relatives);
        }
        add(made.aliases.own, employee_aliases().own);
        add(made.aliases.of_relatives, employee_aliases().of_relatives);
        for (auto const& column : client_columns())
            made.clients.try_emplace(heading_key(column.label), column.path);
        add(made.client_aliases, client_aliases());
        return made;
    }();
    return all;
}

std::string const* find(Lookup const& lookup, std::string const& key)
{
    auto const found = lookup.find(key);
    return found == lookup.end() ? nullptr : &found->second;
}

// A product's own word first, then anybody's.
template <class Pick>
std::string const* find_anywhere(Tables::Of const& first, std::string const& key, Pick pick)
{
    if (auto const* path = find(pick(first), key)) return path;
    if (auto const* path = find(pick(tables().aliases), key)) return path;
    for (auto const& product : tables().products)
        if (auto const* path = find(pick(product), key)) return path;
    return nullptr;
}

struct RelativeHeading {
    std::size_t number = 0; // 家族N; 0: 配偶者
    std::string rest;
};

std::optional<RelativeHeading> of_relative(std::string const& key)
{
    static constexpr std::array words{"家族", "扶養家族", "扶養親族", "被扶養者", "扶養者", "親族"};
    static constexpr std::string_view spouse = "配偶者";
    if (key.starts_with(spouse)) return RelativeHeading{0, key.substr(spouse.size())};
    for (std::string_view const word : words) {
        if (!key.starts_with(word)) continue;
        auto rest = key.substr(word.size());
        std::size_t number = 0;
        std::size_t digits = 0;
        while (digits < rest.size() && digits < 2 && rest[digits] >= '0' && rest[digits] <= '9')
            number = number * 10 + static_cast<std::size_t>(rest[digits++] - '0');
        if (digits > 0 && number > 0) return RelativeHeading{number, rest.substr(digits)};
    }
    return std::nullopt;
}

Tables::Of const& closest_product(std::vector<std::string> const& keys, Profile& profile)
{
    Tables::Of const* best = &tables().products.front();
    std::size_t most = 0;
    for (auto const& product : tables().products) {
        std::size_t hits = 0;
        for (auto const& key : keys) hits += find(product.own, key) ? 1 : 0;
        if (hits <= most) continue;
        most = hits;
        best = &product;
    }
    profile = most >= hits_min ? best->profile : Profile::unknown;
    return *best;
}

// What a file with columns of relatives puts before those of the employee: 従業員 姓, 配偶者 姓.
constexpr std::array<std::string_view, 5> own_prefixes{
    "従業員", "社員", "本人", "被保険者", "基本情報"
};

std::optional<std::string> employee_path(
    std::string const& key, Tables::Of const& product, bool spouse_has_a_column, bool prefixed
)
{
    auto const own = [](Tables::Of const& of) -> Lookup const& { return of.own; };
    for (auto const prefix : own_prefixes) // 従業員 姓
        if (key.starts_with(prefix) && (prefixed || !find_anywhere(product, key, own)))
            if (auto const* path = find_anywhere(product, key.substr(prefix.size()), own))
                return *path;
    if (auto const* path = find_anywhere(product, key, own)) return *path;
    if (auto const relative = of_relative(key)) {
        auto const members = [](Tables::Of const& of) -> Lookup const& { return of.of_relatives; };
        auto const* member = find_anywhere(product, relative->rest, members);
        auto const slot =
            spouse_has_a_column ? relative->number : std::max<std::size_t>(relative->number, 1) - 1;
        if (member && slot < relatives_max) return fmt::format("relatives.{}.{}", slot, *member);
        return std::nullopt;
    }
    return std::nullopt;
}

bool takes_several(Kind kind, std::string const& path)
{
    if (kind == Kind::clients) {
        auto const* column = find_column(client_columns(), path);
        return column && column->joiner;
    }
    auto const* column = find_column(person_columns(), path);
    return column && column->joiner;
}

} // namespace

std::string heading_key(std::string_view heading)
{
    auto text = domain::half_width(heading);
    for (auto open = text.find("【"); open != std::string::npos; open = text.find("【")) {
        auto const close = text.find("】", open);
        text.erase(open, close == std::string::npos ? close : close + 3 - open);
    }
    for (auto const* note : {"(必須)", "(任意)", "必須項目", "任意項目"})
        replace_all(text, note, "");
    std::u32string kept;
    constexpr std::u32string_view dropped = U" \t\r\n()[]<>「」『』〈〉《》:;_/-.,、。・*※■◆●\"'の";
    for (char32_t const c : domain::characters(text))
        if (dropped.find(c) == std::u32string_view::npos)
            kept.push_back(c >= 'A' && c <= 'Z' ? c + 32 : c);
    auto key = domain::utf8(kept);
    for (auto const* kana :
         {"ヨミガナ", "フリガナ", "ふりがな", "よみがな", "読み仮名", "ﾌﾘｶﾞﾅ", "ﾖﾐｶﾞﾅ", "ｶﾅ",
          "カタカナ", "かな"})
        replace_all(key, kana, "カナ");
    replace_all(key, "年月日", "日");
    return key;
}

Recognised recognise(Kind kind, std::span<std::string const> headings)
{
    Recognised out;
    std::vector<std::string> keys;
    for (auto const& heading : headings) keys.push_back(heading_key(heading));
    if (kind == Kind::employees) {
        auto const& product = closest_product(keys, out.profile);
        bool const spouse = std::any_of(keys.begin(), keys.end(), [&](auto const& key) {
            auto const relative = of_relative(key);
            auto const path = employee_path(key, product, true, false);
            return relative && relative->number == 0 && path && path->starts_with("relatives.");
        });
        bool const prefixed = // 従業員 名 is a first name where there is 従業員 姓
            std::any_of(own_prefixes.begin(), own_prefixes.end(), [&](auto prefix) {
                return std::find(keys.begin(), keys.end(), std::string{prefix} + "姓") !=
                       keys.end();
            });
        for (auto const& key : keys)
            out.paths.push_back(employee_path(key, product, spouse, prefixed));
    } else {
        std::size_t ours = 0;
        for (auto const& key : keys) {
            auto const* path = find(tables().clients, key);
            ours += path ? 1 : 0;
            if (!path) path = find(tables().client_aliases, key);
            out.paths.push_back(path ? std::optional{*path} : std::nullopt);
        }
        if (ours >= hits_min) out.profile = Profile::kuramori;
    }
    for (auto at = out.paths.begin(); at != out.paths.end(); ++at)
        if (auto& path = *at;
            path && std::find(out.paths.begin(), at, path) != at && !takes_several(kind, *path))
            path.reset(); // the first one is it
    return out;
}

std::string
LayoutColumn::text(columns::Person const& person, columns::Surroundings const& around) const
{
    auto whole = column->write(person, column->slot, around);
    if (pieces == 1 || whole.empty()) return whole;
    std::string first;
    std::string rest;
    if (*column->joiner == '\0') { // 都道府県, 市区町村, 番地, 建物: the street takes the rest
        columns::split_address(whole, first, rest);
        if (piece == 0) return first;
        return piece == std::min<std::size_t>(2, pieces - 1) ? rest : std::string{};
    }
    if (!columns::split_name(whole, first, rest)) first = whole;
    return piece == 0 ? first : rest;
}

namespace {

void number_the_pieces(std::vector<LayoutColumn>& all)
{
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto const same = [&](LayoutColumn const& other) { return other.column == all[i].column; };
        auto const here = all.begin() + static_cast<std::ptrdiff_t>(i);
        all[i].pieces = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), same));
        all[i].piece = static_cast<std::size_t>(std::count_if(all.begin(), here, same));
    }
}

} // namespace

std::vector<LayoutColumn> layout(Profile profile, std::size_t relatives)
{
    std::vector<LayoutColumn> out;
    auto const count = std::min(relatives, relatives_max);
    if (profile == Profile::kuramori || profile == Profile::unknown) {
        for (auto const& column : person_columns())
            if (!column.part && (!column.of_relative || column.slot < count))
                out.push_back({column.label, &column, 0, 1});
        return out;
    }
    for (auto const& table : product_tables()) {
        if (table.profile != profile) continue;
        for (auto const& [heading, path] : table.own)
            out.push_back({std::string{heading}, find_column(person_columns(), path), 0, 1});
        for (std::size_t slot = 0; slot < count; ++slot)
            for (auto const& [heading, member] : table.of_relatives)
                out.push_back(
                    {fmt::format("家族{} {}", slot + 1, heading),
                     find_column(person_columns(), fmt::format("relatives.{}.{}", slot, member)), 0,
                     1}
                );
    }
    number_the_pieces(out);
    return out;
}

} // namespace headings

#pragma once
// What demo data is drawn from: dice of our own (the standard library's distributions differ from
// one compiler to the next) and the tables under conf/demo. Never two throws in one argument list:
// which comes first is the compiler's choice.
#include "domain/codes.hpp"
#include "domain/date.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace demo {

// splitmix64: the same seed gives the same throws everywhere, for ever.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    // Other dice, that what is thrown here meanwhile does not change.
    Dice branch(std::uint64_t number) const
    {
        Dice other{state_ ^ (number + 1) * 0xD1B54A32D192ED03U};
        return Dice{other.next()};
    }
    std::uint64_t next()
    {
        state_ += 0x9E3779B97F4A7C15U;
        auto z = state_;
        z = (z ^ z >> 30U) * 0xBF58476D1CE4E5B9U;
        z = (z ^ z >> 27U) * 0x94D049BB133111EBU;
        return z ^ z >> 31U;
    }
    std::int64_t between(std::int64_t low, std::int64_t high) // both included
    {
        auto const choices = static_cast<std::uint64_t>(high - low) + 1;
        return low + static_cast<std::int64_t>(next() % choices);
    }
    bool percent(std::int64_t chance) { return between(0, 99) < chance; }
    bool per_mille(std::int64_t chance) { return between(0, 999) < chance; }
    Date day(Date from, Date to) // both included; `from` when the range is empty
    {
        using std::chrono::days, std::chrono::sys_days;
        auto const span = (sys_days{to} - sys_days{from}).count();
        return Date{sys_days{from} + days{span <= 0 ? 0 : between(0, span)}};
    }
    std::string filled(std::string_view form) // a digit for every #, a letter for every @
    {
        std::string out{form};
        for (auto& c : out) {
            if (c == '#') c = static_cast<char>('0' + between(0, 9));
            if (c == '@') c = static_cast<char>('A' + between(0, 25));
        }
        return out;
    }
    template <class List> auto const& pick(List const& list)
    {
        return list[static_cast<std::size_t>(between(0, std::ssize(list) - 1))];
    }

private:
    std::uint64_t state_;
};

template <class Row> class Weighted {
public:
    void add(Row row, std::int64_t weight)
    {
        total_ += weight;
        rows_.push_back(std::move(row));
        up_to_.push_back(total_);
    }
    Row const& pick(Dice& dice) const
    {
        auto const at = std::upper_bound(up_to_.begin(), up_to_.end(), dice.between(0, total_ - 1));
        return rows_[static_cast<std::size_t>(at - up_to_.begin())];
    }
    std::vector<Row> const& rows() const { return rows_; }

private:
    std::vector<Row> rows_;
    std::vector<std::int64_t> up_to_;
    std::int64_t total_ = 0;
};

using View = std::string_view;
using Views = std::vector<View>;

struct Surname { // 姓
    View text;
    View kana;
    View usual; // 髙橋 → 高橋; empty: it is the usual form
};

struct GivenName { // 名
    View text;
    View kana;
};

struct ForeignName {
    View text;
    View kana;
    View roman;
};

struct Nation {
    View name;
    Views statuses; // 在留資格
    std::vector<ForeignName> families;
    std::vector<ForeignName> males;
    std::vector<ForeignName> females;
};

struct Place {
    std::int64_t prefecture_code = 0;
    View prefecture;
    View city;
    View city_kana;
    View town;
    View town_kana;
    View postal_code;
    View area_code;     // 市外局番
    View labour_office; // 労働基準監督署; empty: people live here, companies are elsewhere
    View hello_work;
    View pension_office;
};

struct NamePart {
    View text;
    View kana;
};

struct Industry { // 業種
    View name;
    Views forms; // 法人格, as codes of company.cpp
    std::vector<NamePart> name_ends;
    View labour_class; // 労災保険料率の業種
    Views departments;
    Views occupations;
    std::int64_t wage = 0; // yen a month at 35
    std::int64_t female_percent = 0;
    std::int64_t part_time_percent = 0;
    std::int64_t foreign_per_mille = 0;
    bool voluntary = false; // 個人事業は社会保険が任意適用
};

struct Tables {
    Weighted<Surname> surnames;
    Weighted<Place> business_places;
    std::array<std::vector<Place>, 48> homes; // by prefecture
    Weighted<Industry> industries;
    Weighted<Nation> nations;
    std::vector<NamePart> words;

    std::vector<GivenName> const& given_names(domain::Sex sex, Date birth) const;
    // 標準報酬月額 of a 報酬月額; 厚生年金: on that day.
    std::int64_t health_standard(std::int64_t pay) const;
    std::int64_t pension_standard(std::int64_t pay, Date day) const;

    static constexpr int first_year = 1930;
    static constexpr int last_year = 2040;

private:
    friend Tables const& tables();
    struct Grade {
        std::int64_t amount = 0;
        std::int64_t from = 0;
    };
    struct Cap {
        Date from{};
        std::int64_t amount = 0;
    };
    Tables();
    void read_given_names();
    void read_nations();
    void read_places();
    void read_industries();
    void read_grades();
    using ByYear = std::array<std::vector<GivenName>, last_year - first_year + 1>;
    ByYear males_;
    ByYear females_;
    std::vector<Grade> grades_;
    std::vector<Cap> pension_caps_;
};

Tables const& tables(); // read once

std::string_view table_text(std::string_view name); // conf/demo/<name>.tsv, embedded

} // namespace demo

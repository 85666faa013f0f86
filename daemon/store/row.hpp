#pragma once
// One description of a struct (BOOST_DESCRIBE_STRUCT) maps it to rows: columns carry the names of
// the members, in order. A difference throws in the first test that runs the statement.
#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/tagged.hpp"
#include "domain/date.hpp"
#include "domain/yen.hpp"
#include "store/error.hpp"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace store {

template <class T> inline constexpr bool is_optional = false;
template <class T> inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_described_enum =
    std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

class Row {
public:
    explicit Row(sqlite3_stmt* statement) : statement_(statement) {}

    template <class T> T get(int column) const;
    template <class T> T as() const;

private:
    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    Bytes blob(int column) const;
    std::vector<std::string> texts(int column) const; // a JSON array of texts

    sqlite3_stmt* statement_;
};

struct Prepared { // kept by the connection for its next use
    sqlite3_stmt* statement = nullptr;
    void const* fits = nullptr; // the struct whose members the columns were compared with
};

class Query { // a statement in flight; reset when it goes out of scope
public:
    // `broken` becomes true when the connection must not be used again.
    Query(sqlite3* db, Prepared& prepared, bool& broken)
        : db_(db), prepared_(&prepared), statement_(prepared.statement), broken_(&broken)
    {
    }
    Query(Query const&) = delete;
    Query& operator=(Query const&) = delete;
    ~Query();

    template <class... Args> void bind_all(Args const&... args)
    {
        int index = 0;
        (bind(++index, args), ...);
    }
    bool step(); // true while there is a row
    Row row() const { return Row{statement_}; }
    template <class T> void expect_columns_of(); // throws when they are not T's members

private:
    void expect_columns(std::span<char const* const> names) const;
    template <class T> void bind(int index, T const& value);
    void bind_null(int index);
    void bind_integer(int index, std::int64_t value);
    void bind_text(int index, std::string_view value);
    void bind_blob(int index, ByteView value);

    [[noreturn]] void fail(std::string_view doing) const;

    sqlite3* db_;
    Prepared* prepared_;
    sqlite3_stmt* statement_;
    bool* broken_;
};

template <class T>
using RowMembers = boost::describe::describe_members<T, boost::describe::mod_public>;

template <class T> T Row::get(int column) const
{
    if constexpr (is_optional<T>) {
        if (is_null(column)) return std::nullopt;
        return get<typename T::value_type>(column);
    } else if constexpr (is_tagged<T>) {
        return T{get<typename T::Value>(column)};
    } else if constexpr (std::is_same_v<T, Yen>) {
        return Yen{integer(column)};
    } else if constexpr (std::is_same_v<T, Instant>) {
        return Instant{std::chrono::seconds{integer(column)}};
    } else if constexpr (std::is_same_v<T, Date>) {
        auto const date = parse_date(text(column));
        if (!date) throw Error("expected a date column", 0);
        return *date;
    } else if constexpr (is_described_enum<T>) {
        T value{};
        if (!boost::describe::enum_from_string(text(column).c_str(), value))
            throw Error("unknown enumerator in a column", 0);
        return value;
    } else if constexpr (std::is_same_v<T, std::string>) {
        return text(column);
    } else if constexpr (std::is_same_v<T, Bytes>) {
        return blob(column);
    } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
        return texts(column);
    } else {
        static_assert(std::is_integral_v<T>, "teach Row this type");
        return static_cast<T>(integer(column));
    }
}

template <class T> T Row::as() const
{
    if constexpr (!boost::describe::has_describe_members<T>::value) {
        return get<T>(0);
    } else {
        T out{};
        int column = 0;
        boost::mp11::mp_for_each<RowMembers<T>>([&](auto member) {
            auto& field = out.*member.pointer;
            field = get<std::remove_reference_t<decltype(field)>>(column++);
        });
        return out;
    }
}

template <class T> void Query::expect_columns_of()
{
    if constexpr (boost::describe::has_describe_members<T>::value) {
        static constexpr auto names = [] {
            std::array<char const*, boost::mp11::mp_size<RowMembers<T>>::value> all{};
            std::size_t count = 0;
            boost::mp11::mp_for_each<RowMembers<T>>([&](auto member) { all[count++] = member.name; }
            );
            return all;
        }();
        if (prepared_->fits == &names) return;
        expect_columns(names);
        prepared_->fits = &names;
    }
}

template <class T> void Query::bind(int index, T const& value)
{
    if constexpr (std::is_same_v<T, std::nullopt_t>) {
        bind_null(index);
    } else if constexpr (is_optional<T>) {
        if (value)
            bind(index, *value);
        else
            bind_null(index);
    } else if constexpr (is_tagged<T>) {
        bind(index, value.value());
    } else if constexpr (std::is_same_v<T, Yen>) {
        bind_integer(index, value.amount());
    } else if constexpr (std::is_same_v<T, Instant>) {
        bind_integer(index, value.time_since_epoch().count());
    } else if constexpr (std::is_same_v<T, Date>) {
        bind_text(index, to_string(value));
    } else if constexpr (is_described_enum<T>) {
        bind_text(index, boost::describe::enum_to_string(value, ""));
    } else if constexpr (std::is_integral_v<T>) {
        bind_integer(index, static_cast<std::int64_t>(value));
    } else if constexpr (std::is_convertible_v<T, std::string_view>) {
        bind_text(index, value);
    } else {
        bind_blob(index, ByteView{value});
    }
}

} // namespace store

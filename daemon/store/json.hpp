#pragma once
// JSON ⇔ described structs, with the same description that maps rows. Every fault is collected
// with its path, because a form needs to know which field was wrong.
#include "base/result.hpp"
#include "base/secret.hpp"
#include "store/row.hpp"

#include <boost/json.hpp>

#include <vector>

namespace json {

using boost::json::array;
using boost::json::object;
using boost::json::serialize;
using boost::json::value;

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

using store::is_described_enum, store::is_optional;
template <class T> inline constexpr bool is_vector = false;
template <class T> inline constexpr bool is_vector<std::vector<T>> = true;

// Strict: valid UTF-8, at most 32 deep, no duplicate keys, no NUL or control characters in texts.
// nullopt: not JSON of that kind.
std::optional<value> parse_strictly(std::string_view text);

class Reader {
public:
    template <class T> void read(T& out, value const& in, std::string const& path);
    std::vector<FieldFault> faults;

private:
    void blame(std::string const& path, char const* code) { faults.push_back({path, code}); }
    static std::string join(std::string const& path, std::string_view key)
    {
        return path.empty() ? std::string{key} : path + "." + std::string{key};
    }
    template <class T> void read_struct(T& out, value const& in, std::string const& path);
};

template <class T> void Reader::read(T& out, value const& in, std::string const& path)
{
    if constexpr (std::is_same_v<T, value>) {
        out = in;
    } else if constexpr (is_optional<T>) {
        if (in.is_null()) return out.reset();
        read(out.emplace(), in, path);
    } else if constexpr (is_tagged<T>) {
        typename T::Value inner{};
        read(inner, in, path);
        out = T{std::move(inner)};
    } else if constexpr (std::is_same_v<T, Yen>) {
        if (!in.is_int64()) return blame(path, "not_an_amount");
        out = Yen{in.get_int64()};
    } else if constexpr (std::is_same_v<T, Date>) {
        auto const date =
            in.is_string() ? parse_date(std::string_view{in.get_string()}) : std::nullopt;
        if (!date) return blame(path, "not_a_date");
        out = *date;
    } else if constexpr (std::is_same_v<T, Instant>) {
        if (!in.is_int64()) return blame(path, "not_a_time");
        out = Instant{std::chrono::seconds{in.get_int64()}};
    } else if constexpr (is_described_enum<T>) {
        if (!in.is_string() || !boost::describe::enum_from_string(in.get_string().c_str(), out))
            blame(path, "not_a_choice");
    } else if constexpr (std::is_same_v<T, std::string>) {
        if (!in.is_string()) return blame(path, "not_a_text");
        out = std::string{std::string_view{in.get_string()}};
    } else if constexpr (std::is_same_v<T, SecretText>) {
        if (!in.is_string()) return blame(path, "not_a_text");
        out = SecretText{std::string{std::string_view{in.get_string()}}};
    } else if constexpr (std::is_same_v<T, bool>) {
        if (!in.is_bool()) return blame(path, "not_true_or_false");
        out = in.get_bool();
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        if (!in.is_int64()) return blame(path, "not_a_whole_number");
        out = in.get_int64();
    } else if constexpr (is_vector<T>) {
        if (!in.is_array()) return blame(path, "not_a_list");
        for (auto const& item : in.get_array()) {
            auto const index = std::to_string(out.size());
            read(out.emplace_back(), item, join(path, index));
        }
    } else {
        read_struct(out, in, path);
    }
}

template <class T> void Reader::read_struct(T& out, value const& in, std::string const& path)
{
    static_assert(boost::describe::has_describe_members<T>::value, "describe this struct");
    if (!in.is_object()) return blame(path, "not_an_object");
    auto const& members = in.get_object();
    std::size_t known = 0;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        auto& field = out.*member.pointer;
        auto const* found = members.if_contains(member.name);
        if (found) {
            ++known;
            read(field, *found, join(path, member.name));
        } else if constexpr (!is_optional<std::remove_reference_t<decltype(field)>>) {
            blame(join(path, member.name), "required");
        }
    });
    if (known == members.size()) return;
    for (auto const& [key, ignored] : members) {
        bool expected = false;
        boost::mp11::mp_for_each<Members<T>>([&, name = std::string_view{key}](auto member) {
            expected = expected || name == member.name;
        });
        if (!expected) blame(join(path, key), "unknown_field");
    }
}

template <class T> Result<T> from(value const& in)
{
    T out{};
    Reader reader;
    reader.read(out, in, "");
    if (!reader.faults.empty())
        return Problem{Fault::invalid, "invalid_fields", std::move(reader.faults)};
    return out;
}

template <class T> Result<T> from_text(std::string_view text)
{
    auto const parsed = parse_strictly(text);
    if (!parsed) return Problem{Fault::invalid, "not_json"};
    return from<T>(*parsed);
}

template <class T> value to(T const& in)
{
    if constexpr (is_optional<T>) {
        return in ? to(*in) : value{};
    } else if constexpr (is_tagged<T>) {
        return to(in.value());
    } else if constexpr (std::is_same_v<T, Yen>) {
        return in.amount();
    } else if constexpr (std::is_same_v<T, Date>) {
        return value(to_string(in));
    } else if constexpr (std::is_same_v<T, Instant>) {
        return in.time_since_epoch().count();
    } else if constexpr (is_described_enum<T>) {
        return value(boost::describe::enum_to_string(in, ""));
    } else if constexpr (std::is_same_v<T, std::string>) {
        return value(in);
    } else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, value>) {
        return in;
    } else if constexpr (is_vector<T>) {
        array list;
        list.reserve(in.size());
        for (auto const& item : in) list.push_back(to(item));
        return list;
    } else {
        object out;
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            out[member.name] = to(in.*member.pointer);
        });
        return out;
    }
}

// The same as text, written in one go: answers and stored sections need no tree in between.
void append_quoted(std::string& out, std::string_view text);
void append_number(std::string& out, std::int64_t number);

template <class T> void append(std::string& out, T const& in)
{
    if constexpr (is_optional<T>) {
        if (!in) return void(out += "null");
        append(out, *in);
    } else if constexpr (is_tagged<T>) {
        append(out, in.value());
    } else if constexpr (std::is_same_v<T, Yen>) {
        append_number(out, in.amount());
    } else if constexpr (std::is_same_v<T, Date>) {
        append_quoted(out, to_string(in));
    } else if constexpr (std::is_same_v<T, Instant>) {
        append_number(out, in.time_since_epoch().count());
    } else if constexpr (is_described_enum<T>) {
        append_quoted(out, boost::describe::enum_to_string(in, ""));
    } else if constexpr (std::is_same_v<T, std::string>) {
        append_quoted(out, in);
    } else if constexpr (std::is_same_v<T, bool>) {
        out += in ? "true" : "false";
    } else if constexpr (std::is_integral_v<T>) {
        append_number(out, static_cast<std::int64_t>(in));
    } else if constexpr (std::is_same_v<T, value>) {
        out += serialize(in);
    } else if constexpr (is_vector<T>) {
        char before = '[';
        for (auto const& item : in) {
            out += std::exchange(before, ',');
            append(out, item);
        }
        out += in.empty() ? "[]" : "]";
    } else {
        char before = '{';
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            out += std::exchange(before, ',');
            out += '"';
            out += member.name;
            out += "\":";
            append(out, in.*member.pointer);
        });
        out += before == '{' ? "{}" : "}";
    }
}

template <class T> std::string to_text(T const& in)
{
    std::string out;
    append(out, in);
    return out;
}

} // namespace json

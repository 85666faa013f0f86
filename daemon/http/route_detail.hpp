#pragma once
// The templates behind route.hpp: answers by result type, and shapes for the contract test.
#include "http/route.hpp" // NOLINT(misc-header-include-cycle): the second half of that header

namespace http {

namespace detail {

template <class T> inline constexpr bool is_created = false;
template <class T> inline constexpr bool is_created<Created<T>> = true;
template <class T> inline constexpr bool is_with_headers = false;
template <class T> inline constexpr bool is_with_headers<WithHeaders<T>> = true;

template <class Out> net::Response answer(Out&& out)
{
    using T = std::remove_cvref_t<Out>;
    if constexpr (std::is_same_v<T, None>) {
        return net::Response{204, {}, {}, {}, {}, {}};
    } else if constexpr (std::is_same_v<T, Download>) {
        return respond_download(std::forward<Out>(out));
    } else if constexpr (std::is_same_v<T, Events>) {
        return respond_events(std::forward<Out>(out));
    } else if constexpr (std::is_same_v<T, Accepted>) {
        return respond(202, json::to_text(out));
    } else if constexpr (is_created<T>) {
        return respond(201, json::to_text(out.body));
    } else if constexpr (is_with_headers<T>) {
        auto made = answer(std::move(out.body));
        if (made.status == 200) made.status = out.status;
        for (auto& header : out.headers) made.headers.push_back(std::move(header));
        return made;
    } else {
        return respond(200, json::to_text(out));
    }
}

} // namespace detail

template <class T> json::value shape_of()
{
    if constexpr (detail::is_created<T> || detail::is_with_headers<T>) {
        return shape_of<decltype(T::body)>();
    } else if constexpr (std::is_same_v<T, None>) {
        return nullptr;
    } else if constexpr (std::is_same_v<T, Download>) {
        return "binary";
    } else if constexpr (std::is_same_v<T, Events>) {
        return "events";
    } else if constexpr (json::is_optional<T>) {
        json::object out;
        out["optional"] = shape_of<typename T::value_type>();
        return out;
    } else if constexpr (is_tagged<T>) {
        return shape_of<typename T::Value>();
    } else if constexpr (std::is_same_v<T, bool>) {
        return "boolean";
    } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, SecretText>) {
        return "string";
    } else if constexpr (std::is_same_v<T, Date>) {
        return "date";
    } else if constexpr (json::is_described_enum<T>) {
        json::array names;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto enumerator) {
            names.emplace_back(enumerator.name);
        });
        return json::object{{"enum", names}};
    } else if constexpr (std::is_integral_v<T> || std::is_same_v<T, Yen> ||
                         std::is_same_v<T, Instant>) {
        return "integer";
    } else if constexpr (std::is_same_v<T, json::value>) {
        return "any";
    } else if constexpr (json::is_vector<T>) {
        return json::array{shape_of<typename T::value_type>()};
    } else {
        json::object fields;
        boost::mp11::mp_for_each<json::Members<T>>([&](auto member) {
            using Field = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
            fields[member.name] = shape_of<Field>();
        });
        return json::object{{"fields", fields}};
    }
}

} // namespace http

#pragma once
// What a caller can do wrong, as a value. Broken disks and bugs are exceptions instead.
#include <boost/describe.hpp>
#include <boost/system/result.hpp>

#include <string>
#include <vector>

enum class Fault {
    invalid,         // 422: a field is wrong
    unauthenticated, // 401
    forbidden,       // 403
    not_found,       // 404: also for what the caller may not know exists
    conflict,        // 409: taken, or changed by someone else meanwhile
    too_large,       // 413
    too_many,        // 429
    unavailable,     // 503: try again later
};

struct FieldFault {
    std::string field;   // path inside the body: "addresses.0.postal_code"
    std::string message; // stable code that the browser translates: "required", "bad_kana", …
};
BOOST_DESCRIBE_STRUCT(FieldFault, (), (field, message))

struct Problem {
    Fault fault = Fault::invalid;
    std::string code; // stable, for programs: "client_code_taken"
    std::vector<FieldFault> fields = {};
    std::string context = {}; // JSON for the browser (both versions of a conflict); empty: none
};

[[noreturn]] void throw_exception_from_error(Problem const&, boost::source_location const&);

template <class T> using Result = boost::system::result<T, Problem>;

// TRY(auto client, find_client(db, id));   returns the Problem from the enclosing function, if any.
// NOLINTBEGIN(bugprone-macro-parentheses): `declaration` declares a variable
#define TRY(declaration, expression)                                                               \
    TRY_IMPL(declaration, expression, TRY_JOIN(try_result_, __LINE__))
// TRY_VOID(each_row(…));   the same where there is nothing to keep.
#define TRY_VOID(...)                                                                              \
    if (auto try_nothing = (__VA_ARGS__); !try_nothing) return std::move(try_nothing).error()
#define TRY_JOIN(a, b) TRY_JOIN_IMPL(a, b)
#define TRY_JOIN_IMPL(a, b) a##b
#define TRY_IMPL(declaration, expression, holder)                                                  \
    auto holder = (expression);                                                                    \
    if (!holder) return std::move(holder).error();                                                 \
    declaration = std::move(holder).value()
// NOLINTEND(bugprone-macro-parentheses)

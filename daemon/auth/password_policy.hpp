#pragma once
// What a password must be, and how long it lasts. One per class of accounts (policies.hpp).
#include "base/clock.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace auth {

struct PasswordPolicy {
    std::int64_t length_min = 10; // characters
    std::int64_t classes_min = 3; // of small letters, capitals, digits, everything else
    std::int64_t history = 5;     // the last passwords that must not come back
    std::int64_t days = 90;       // 0: never expires
    // Characters from which classes are not asked for and, with a second factor, it does not expire
    // either. 0: no such exemption.
    std::int64_t long_enough = 15;
};

// At most one fault, of the field "password". All of the password counts, up to 128 characters.
// `context`: what colleagues would guess (the sign-in ID, the person's and the office's name); it
// may stand nowhere in the password, nor may a part of it that has four characters or more.
std::vector<FieldFault> password_faults(
    PasswordPolicy const& policy, std::string_view password, std::span<std::string const> context
);

bool is_long(PasswordPolicy const& policy, std::string_view password);

struct PasswordInUse {    // what its age depends on
    bool is_long = false; // as it was when it was set
    bool has_second_factor = false;
    Instant set_at;
};

// Days by the Japanese calendar from the day it was set: 0 on its last day, below 0 when it has
// expired. nullopt: it never does.
std::optional<std::int64_t>
days_left(PasswordPolicy const& policy, PasswordInUse const& password, Instant now);
bool expired(PasswordPolicy const& policy, PasswordInUse const& password, Instant now);

} // namespace auth

#pragma once
// Demo data: realistic 顧問先 and 従業員, the same for the same seed, written through the doors
// that people use, so that audit chains are real. No My Numbers.
#include "auth/accounts.hpp"
#include "clients/clients.hpp"

#include <functional>

namespace demo {

struct Parts {
    store::Pool& pool;
    audit::Recorder const& recorder;
    base::Clock const& clock;
    clients::Clients& clients;
    auth::Accounts& accounts;
};

struct Wanted {
    std::int64_t clients = 30;
    std::int64_t employees = 1500; // of all clients together, retired ones included
    std::uint64_t seed = 1;
    Date today; // what ages, 在留期限 and so on are counted from
    std::string administrator_password;
    std::string staff_password;
};

struct Made {
    std::int64_t clients = 0;
    std::int64_t employees = 0;
    std::vector<auth::Account> accounts; // the administrator, then two of staff
};

// Called after each client with how many people are there so far.
using Progress = std::function<void(std::int64_t clients, std::int64_t employees)>;

// Fills an office that has no client yet. Staff get two thirds of the clients each.
Result<Made> fill(Parts parts, Wanted const& wanted, Progress const& progress);

} // namespace demo

#pragma once
// Rows of clients. A client is found by 顧問先コード, or where the row has none by 法人番号.
#include "checks/cells.hpp"
#include "clients/clients.hpp"

#include <functional>

namespace checks {

class ClientsChecker final : public Checker {
public:
    using Read = std::function<std::optional<clients::Client>(std::int64_t client_id)>;

    ClientsChecker(store::Reader const& office, Read read, Options options);

    Outcome check(csv::Row const& row, Seen& seen) override;
    std::vector<Change> changes() const override;

    clients::ClientInput const& input() const { return input_; }
    std::optional<clients::ClientInput> const& before() const { return before_; }

private:
    std::optional<std::int64_t> by_corporate_number(std::string const& number);

    Read read_;
    Options options_;
    Cells<clients::ClientInput> cells_;
    std::unordered_map<std::string, std::int64_t> by_code_;
    std::optional<std::unordered_map<std::string, std::int64_t>> by_corporate_; // when first needed

    clients::ClientInput input_; // of the row at hand
    std::optional<clients::ClientInput> before_;
};

} // namespace checks

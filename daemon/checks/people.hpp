#pragma once
// Rows of employees. A person is found by 社員番号, or where the row has none by name and birth
// date. Relatives (家族N) are found by their names; none is ever removed.
#include "checks/cells.hpp"
#include "employees/ledger_rows.hpp"

#include <unordered_map>

namespace checks {

struct PersonHead { // what people are found by
    std::int64_t id = 0;
    std::int64_t version = 0;
    std::string number;
    std::string name_key;
    Date birth_date;
};
BOOST_DESCRIBE_STRUCT(PersonHead, (), (id, version, number, name_key, birth_date))

class PeopleChecker final : public Checker {
public:
    PeopleChecker(store::Reader const& book, Options options);

    Outcome check(csv::Row const& row, Seen& seen) override;
    std::vector<Change> changes() const override;

    // Of the row checked last: what would be written, and the person as they are.
    employees::Ledger const& ledger() const { return person_.ledger; }
    std::optional<employees::Employee> const& before() const { return before_; }

private:
    void load_heads();
    void find(Outcome& out);
    void rebase();
    void apply(std::vector<Fault>& faults);
    void apply_slot(std::size_t slot, std::vector<Fault>& faults);
    void date_new_sections();
    void settle_versions();
    void infer();
    void tidy(std::vector<Fault>& faults);
    void require_of_new(std::vector<Fault>& faults) const;

    store::Reader const& book_;
    Options options_;
    Cells<columns::Person> cells_;
    std::size_t slots_; // 家族N that the file has
    columns::Surroundings around_;
    bool loaded_ = false;
    std::vector<PersonHead> heads_;
    std::unordered_map<std::string, std::size_t> by_number_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_person_;

    columns::Person person_; // of the row at hand
    employees::Ledger base_; // what its cells were applied to
    std::optional<employees::Employee> before_;
    std::vector<std::size_t> slot_of_relative_; // by place in the ledger; relatives_max: none
};

} // namespace checks

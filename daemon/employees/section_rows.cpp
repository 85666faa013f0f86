#include "employees/section_rows.hpp"

#include <algorithm>

namespace employees {

namespace {

// Sections are stored as they were described when they were written; a field that came later is
// filled with its default.
template <class T> T section_from(std::string const& body)
{
    T out{};
    json::Reader reader;
    reader.read(out, boost::json::parse(body), "");
    return out;
}

template <class T> void take_dated(SectionRow const& row, std::vector<T>& versions)
{
    versions.push_back(section_from<T>(row.body));
}

class SectionWriter {
public:
    SectionWriter(store::Transaction& book, std::int64_t id) : book_(book), id_(id) {}

    template <class T> void put(char const* kind, T const& section, Day const& valid_from = {})
    {
        book_.exec(
            R"(INSERT INTO section (employee_id, kind, valid_from, body) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT DO UPDATE SET body = excluded.body)",
            id_, kind, valid_from ? to_string(*valid_from) : std::string{}, json::to_text(section)
        );
    }
    template <class T>
    void put_dated(char const* kind, T const& section, std::vector<T> const& stored)
    {
        if (std::find(stored.begin(), stored.end(), section) == stored.end())
            put(kind, section, section.valid_from);
    }
    template <class T>
    void put_dated(char const* kind, std::optional<T> const& section, std::vector<T> const& stored)
    {
        if (section) put_dated(kind, *section, stored);
    }
    template <class T>
    void
    put_plain(char const* kind, std::optional<T> const& section, std::optional<T> const& stored)
    {
        if (section == stored) return;
        if (section) return put(kind, *section);
        book_.exec("DELETE FROM section WHERE employee_id = ?1 AND kind = ?2", id_, kind);
    }

private:
    store::Transaction& book_;
    std::int64_t id_;
};

} // namespace

void take(SectionRow const& row, Employee& out)
{
    auto& ledger = out.ledger;
    if (row.kind == "basic")
        ledger.basic = section_from<Basic>(row.body);
    else if (row.kind == "name")
        take_dated(row, out.versions.names);
    else if (row.kind == "address")
        take_dated(row, out.versions.addresses);
    else if (row.kind == "employment")
        take_dated(row, out.versions.employments);
    else if (row.kind == "remuneration")
        take_dated(row, out.versions.remunerations);
    else if (row.kind == "health")
        ledger.health = section_from<HealthInsurance>(row.body);
    else if (row.kind == "pension")
        ledger.pension = section_from<Pension>(row.body);
    else if (row.kind == "employment_insurance")
        ledger.employment_insurance = section_from<EmploymentInsurance>(row.body);
    else if (row.kind == "tax")
        ledger.tax = section_from<Tax>(row.body);
    else if (row.kind == "residence")
        ledger.residence = section_from<Residence>(row.body);
    else if (row.kind == "relatives")
        ledger.relatives = section_from<std::vector<Relative>>(row.body);
}

void write_sections(
    store::Transaction& book,
    std::int64_t id,
    Ledger const& ledger,
    std::optional<Employee> const& before
)
{
    SectionWriter sections{book, id};
    static Employee const nobody{};
    auto const& stored = before ? *before : nobody;
    auto const& versions = stored.versions;
    if (!before || ledger.basic != stored.ledger.basic) sections.put("basic", ledger.basic);
    sections.put_dated("name", ledger.name, versions.names);
    sections.put_dated("address", ledger.address, versions.addresses);
    sections.put_dated("employment", ledger.employment, versions.employments);
    sections.put_dated("remuneration", ledger.remuneration, versions.remunerations);
    sections.put_plain("health", ledger.health, stored.ledger.health);
    sections.put_plain("pension", ledger.pension, stored.ledger.pension);
    sections.put_plain(
        "employment_insurance", ledger.employment_insurance, stored.ledger.employment_insurance
    );
    sections.put_plain("tax", ledger.tax, stored.ledger.tax);
    sections.put_plain("residence", ledger.residence, stored.ledger.residence);
    auto const list = [](std::vector<Relative> const& relatives) {
        return relatives.empty() ? std::nullopt : std::optional{relatives};
    };
    sections.put_plain("relatives", list(ledger.relatives), list(stored.ledger.relatives));
}

} // namespace employees

#include "employees/ledger_rows.hpp"

#include "audit/history.hpp"
#include "base/present.hpp"
#include "domain/text.hpp"
#include "employees/section_rows.hpp"

#include <fmt/format.h>

namespace employees {

namespace {

struct RowHead {
    std::int64_t id = 0;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(RowHead, (), (id, version))

// Newest first. The version in force on the day, else the earliest one.
template <class T> T const& in_force(std::vector<T> const& versions, Date as_of)
{
    for (auto const& version : versions)
        if (version.valid_from && *version.valid_from <= as_of) return version;
    return versions.back();
}

// The version in force on the day once `written` is among the stored ones.
template <class T> T in_force_with(T const& written, std::vector<T> const& stored, Date day)
{
    T const* best = &written;
    auto const begun = [&](T const& version) {
        return version.valid_from && *version.valid_from <= day;
    };
    for (auto const& version : stored) {
        if (version.valid_from == written.valid_from) continue; // is what was written now
        bool const later = version.valid_from > best->valid_from;
        bool const better = begun(version) ? !begun(*best) || later : !begun(*best) && !later;
        if (better) best = &version;
    }
    return *best;
}

Ledger ledger_today(Ledger const& written, std::optional<Employee> const& before, Date today)
{
    auto now = written;
    if (!before) return now;
    auto const& stored = before->versions;
    now.name = in_force_with(written.name, stored.names, today);
    auto const settle = [&](auto& section, auto const& versions) {
        if (section)
            section = in_force_with(*section, versions, today);
        else if (!versions.empty()) // the record is silent about it, and it stays
            section = in_force(versions, today);
    };
    settle(now.address, stored.addresses);
    settle(now.employment, stored.employments);
    settle(now.remuneration, stored.remunerations);
    return now;
}

// What lists show and search by: the record as it is today. Without an id, a new row.
std::int64_t write_row(
    store::Transaction& book,
    std::optional<std::int64_t> id,
    std::int64_t version,
    Ledger const& now_in_force,
    Instant now
)
{
    auto const& name = now_in_force.name;
    auto const full = name.last_name + "　" + name.first_name;
    auto const kana = name.last_kana + "　" + name.first_kana;
    std::optional<std::string> type;
    Text department;
    Number establishment;
    if (auto const& employment = now_in_force.employment) {
        type = boost::describe::enum_to_string(employment->type, "");
        department = employment->department;
        establishment = employment->establishment_id;
    }
    std::optional<Yen> standard;
    if (now_in_force.remuneration) standard = now_in_force.remuneration->health_standard;
    auto const& basic = now_in_force.basic;
    auto const name_key = domain::search_key(full);
    auto const kana_key = domain::search_key(kana);
    if (!id) {
        book.exec(
            R"(INSERT INTO employee (version, number, attendance, birth_date, hired_on, name,
                                     name_kana, department, employment_type, establishment_id,
                                     health_standard, name_key, kana_key, updated_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14))",
            version, basic.number, basic.attendance, basic.birth_date, basic.hired_on, full, kana,
            department, type, establishment, standard, name_key, kana_key, now
        );
        return book.last_id();
    }
    book.exec(
        R"(UPDATE employee
              SET version = ?2, birth_date = ?3, hired_on = ?4, name = ?5, name_kana = ?6,
                  establishment_id = ?7, health_standard = ?8, updated_at = ?9
            WHERE id = ?1)",
        id, version, basic.birth_date, basic.hired_on, full, kana, establishment, standard, now
    );
    // What the indexes hold, only when it changes: each index is a page more to write.
    book.exec(
        R"(UPDATE employee
              SET number = ?2, attendance = ?3, department = ?4, employment_type = ?5,
                  name_key = ?6, kana_key = ?7
            WHERE id = ?1 AND (number, attendance, department, employment_type, name_key, kana_key)
                              IS NOT (?2, ?3, ?4, ?5, ?6, ?7))",
        id, basic.number, basic.attendance, department, type, name_key, kana_key
    );
    return *id;
}

// What a change replaces, for its audit row: of each dated section the version with the same
// 適用日, else the one that the new version follows. A dated section that was not sent stays as it
// is.
std::pair<Ledger, Ledger> replaced_and_written(Employee const& before, Ledger const& sent)
{
    auto from = before.ledger;
    auto to = sent;
    auto const settle = [](auto& old, auto& written, auto const& versions) {
        if (written && !versions.empty())
            old = in_force(versions, base::present(written->valid_from));
        else if (!written)
            written = old;
    };
    auto const& versions = before.versions;
    from.name = in_force(versions.names, base::present(to.name.valid_from));
    settle(from.address, to.address, versions.addresses);
    settle(from.employment, to.employment, versions.employments);
    settle(from.remuneration, to.remuneration, versions.remunerations);
    return {std::move(from), std::move(to)};
}

} // namespace

std::string object_of(std::int64_t employee_id) { return fmt::format("employee:{}", employee_id); }

std::optional<Employee> read_employee(store::Reader const& book, std::int64_t id, Date as_of)
{
    auto const head = book.one<RowHead>("SELECT id, version FROM employee WHERE id = ?1", id);
    if (!head) return std::nullopt;
    Employee out;
    out.id = head->id;
    out.version = head->version;
    out.as_of = as_of;
    book.each<SectionRow>(
        R"(SELECT kind, valid_from, body FROM section
            WHERE employee_id = ?1 ORDER BY kind, valid_from DESC)",
        [&](SectionRow const& row) { take(row, out); }, id
    );
    auto const& versions = out.versions;
    out.ledger.name = in_force(versions.names, as_of);
    if (!versions.addresses.empty()) out.ledger.address = in_force(versions.addresses, as_of);
    if (!versions.employments.empty())
        out.ledger.employment = in_force(versions.employments, as_of);
    if (!versions.remunerations.empty())
        out.ledger.remuneration = in_force(versions.remunerations, as_of);
    return out;
}

Written write_employee(
    store::Transaction& book,
    audit::Recorder const& recorder,
    Ledger const& ledger,
    std::optional<Employee> const& before,
    std::string const& actor,
    std::string const& action,
    Instant now
)
{
    auto const today = domain::date_in_japan(now);
    auto const version = before ? before->version + 1 : 1;
    std::optional<std::int64_t> known;
    if (before) known = before->id;
    // A version that begins later does not change what is in force today.
    auto const id = write_row(book, known, version, ledger_today(ledger, before, today), now);
    write_sections(book, id, ledger, before);
    std::string body;
    if (before) {
        auto const [from, to] = replaced_and_written(*before, ledger);
        body = audit::changes_of(&from, &to);
    } else {
        body = audit::changes_of<Ledger>(nullptr, &ledger);
    }
    return {id, version, recorder.append(book, {actor, action, object_of(id), body})};
}

std::optional<Written> remove_version(
    store::Transaction& book,
    audit::Recorder const& recorder,
    Employee const& before,
    DatedSection section,
    Date valid_from,
    std::string const& actor,
    Instant now
)
{
    auto const* const kind = boost::describe::enum_to_string(section, "");
    if (section == DatedSection::name && before.versions.names.size() == 1) return std::nullopt;
    auto const stored = book.one<std::string>(
        "SELECT body FROM section WHERE employee_id = ?1 AND kind = ?2 AND valid_from = ?3",
        before.id, kind, to_string(valid_from)
    );
    if (!stored) return std::nullopt;
    book.exec(
        "DELETE FROM section WHERE employee_id = ?1 AND kind = ?2 AND valid_from = ?3", before.id,
        kind, to_string(valid_from)
    );
    auto const version = before.version + 1;
    auto const today = domain::date_in_japan(now);
    auto const left = base::present(read_employee(book, before.id, today));
    write_row(book, before.id, version, left.ledger, now);
    auto const body = audit::changes_between(json::object{{kind, boost::json::parse(*stored)}}, {});
    return Written{
        before.id, version,
        recorder.append(book, {actor, "employee.remove_version", object_of(before.id), body})
    };
}

std::vector<std::int64_t> people_with_due_versions(store::Reader const& book, Date today)
{
    return book.all<std::int64_t>(
        R"(SELECT DISTINCT employee_id
             FROM section JOIN employee ON employee.id = employee_id
            WHERE valid_from <> '' AND valid_from <= ?1
              AND valid_from > date(updated_at, 'unixepoch', '+9 hours'))",
        to_string(today)
    );
}

store::AuditReceipt begin_due_version(
    store::Transaction& book, audit::Recorder const& recorder, std::int64_t id, Instant now
)
{
    auto const employee = base::present(read_employee(book, id, domain::date_in_japan(now)));
    write_row(book, id, employee.version, employee.ledger, now);
    return recorder.append(
        book, {"system:scheduler", "employee.version_began", object_of(id), R"({"changes":[]})"}
    );
}

std::string snapshot_of(store::Reader const& book, std::int64_t id)
{
    json::array sections;
    book.each<SectionRow>(
        "SELECT kind, valid_from, body FROM section WHERE employee_id = ?1",
        [&](SectionRow const& row) { sections.push_back(json::to(row)); }, id
    );
    return json::serialize(sections);
}

store::AuditReceipt put_back(
    store::Transaction& book,
    audit::Recorder const& recorder,
    std::int64_t id,
    std::optional<std::string> const& before_snapshot,
    std::string const& actor,
    Instant now
)
{
    auto const today = domain::date_in_japan(now);
    auto const current = read_employee(book, id, today);
    book.exec("DELETE FROM section WHERE employee_id = ?1", id);
    std::optional<Employee> restored;
    if (before_snapshot) {
        auto const snapshot = boost::json::parse(*before_snapshot);
        for (auto const& section : snapshot.as_array()) {
            auto const row = json::from<SectionRow>(section).value();
            book.exec(
                "INSERT INTO section (employee_id, kind, valid_from, body) VALUES (?1, ?2, ?3, ?4)",
                id, row.kind, row.valid_from, row.body
            );
        }
        restored = base::present(read_employee(book, id, today));
        write_row(book, id, current ? current->version + 1 : 1, restored->ledger, now);
    } else {
        book.exec("DELETE FROM employee WHERE id = ?1", id);
    }
    auto const body = audit::changes_of<Ledger>(
        current ? &current->ledger : nullptr, restored ? &restored->ledger : nullptr
    );
    return recorder.append(book, {actor, "employee.import_undone", object_of(id), body});
}

} // namespace employees

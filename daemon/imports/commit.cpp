// The commit: one transaction over all rows, in which the dry run must still hold.
#include "imports/steps.hpp"

#include "audit/history.hpp"
#include "checks/clients.hpp"
#include "checks/people.hpp"

namespace imports {

Result<http::Accepted> Imports::commit(http::Call& call)
{
    TRY(auto const item, changeable(call));
    if (item.state == State::committed) return Problem{Fault::conflict, "import_committed"};
    if (item.state != State::checked || !item.counts)
        return Problem{Fault::conflict, "import_not_checked"};
    if (item.counts->error > 0) return Problem{Fault::conflict, "import_has_errors"};
    if (item.counts->add + item.counts->update == 0)
        return Problem{Fault::conflict, "import_changes_nothing"};
    return http::Accepted{
        submit(place_of(call), item.id, "import", call.caller.actor, &Imports::run_commit)
    };
}

Result<json::value> Imports::run_commit(
    Place const& place, std::int64_t id, std::string const& actor, Progress& progress
)
{
    auto item = read_import(parts_.pool.read(place.file), id);
    if (!item || item->state != State::checked || !item->counts || item->counts->error > 0)
        return outdated();
    progress.step("writing");
    if (place.kind == Kind::employees)
        return commit_people(place, std::move(*item), actor, progress);
    return commit_clients(place, std::move(*item), actor, progress);
}

// Once an import is committed, the one before cannot be undone, nor done again.
void Imports::drop_earlier_contents(
    store::Transaction& db, std::int64_t but, std::vector<contents::Removal>& removals
)
{
    auto const earlier = db.all<std::int64_t>(
        R"(SELECT import_id FROM import_content JOIN import ON import.id = import_id
            WHERE state = 'committed' AND import_id <> ?1)",
        but
    );
    for (auto const id : earlier) {
        removals.push_back(contents_.remove(db, contents::Of::imports, id));
        delete_rows(db, id);
    }
}

Result<json::value> Imports::commit_people(
    Place const& place, Import item, std::string const& actor, Progress& progress
)
{
    auto const now = parts_.clock.now();
    std::vector<contents::Removal> removals;
    auto db = parts_.pool.begin(place.file);
    db.expect_much();
    auto const planned = read_rows(db, item.id);
    checks::PeopleChecker* people = nullptr;
    auto const checker = checker_for(place, db, item);
    people = &dynamic_cast<checks::PeopleChecker&>(*checker);
    checks::Seen seen;
    Steps steps{progress, item.rows};
    forget_undo(db);
    std::size_t at = 0;
    bool holds = true; // what the dry run said, row by row
    TRY_VOID(each_row(place, db, item, [&](csv::Row& row) {
        auto const outcome = checker->check(row, seen);
        holds = at < planned.size() && planned[at].line == outcome.line &&
                planned[at].action == outcome.action &&
                planned[at].record_id == outcome.record_id &&
                planned[at].version == outcome.version;
        ++at;
        steps.one();
        if (!holds || outcome.action == checks::Action::same) return holds;
        std::optional<std::string> before;
        if (outcome.record_id) before = employees::snapshot_of(db, *outcome.record_id);
        auto const written = employees::write_employee(
            db, parts_.recorder, people->ledger(), people->before(), actor, "employee.import", now
        );
        insert_undo(db, item.id, {written.id, before, written.version});
        return true;
    }));
    if (!holds || at != planned.size()) return outdated();
    item.state = State::committed;
    item.committed_at = now;
    update_import(db, item);
    drop_earlier_contents(db, item.id, removals);
    db.commit(parts_.recorder.append(
        db, {actor, "import.commit", object_of(item.id),
             audit::changes_between({}, json::to(item.counts))}
    ));
    for (auto& removal : removals) removal.committed();
    return json::to(item.counts);
}

Result<json::value> Imports::commit_clients(
    Place const& place, Import item, std::string const& actor, Progress& progress
)
{
    std::vector<clients::ClientChange> changes;
    {
        auto const db = parts_.pool.read(place.file);
        auto const checker = checker_for(place, db, item);
        auto const& companies = dynamic_cast<checks::ClientsChecker&>(*checker);
        checks::Seen seen;
        bool holds = true;
        TRY_VOID(each_row(place, db, item, [&](csv::Row& row) {
            auto const outcome = checker->check(row, seen);
            auto const planned = read_row(db, item.id, outcome.line);
            holds = planned && planned->action == outcome.action &&
                    planned->record_id == outcome.record_id && planned->version == outcome.version;
            if (holds && outcome.action != checks::Action::same)
                changes.push_back(
                    {outcome.record_id, outcome.version.value_or(0), companies.input()}
                );
            return holds;
        }));
        if (!holds) return outdated();
    }
    std::vector<contents::Removal> removals;
    auto also = [&](store::Transaction& office,
                    std::vector<clients::ClientWritten> const& written) {
        forget_undo(office);
        for (auto const& one : written) {
            std::optional<std::string> before;
            if (one.before) before = json::to_text(*one.before);
            insert_undo(office, item.id, {one.id, before, one.version});
        }
        item.state = State::committed;
        item.committed_at = parts_.clock.now();
        update_import(office, item);
        drop_earlier_contents(office, item.id, removals);
        return parts_.recorder.append(
            office, {actor, "import.commit", object_of(item.id),
                     audit::changes_between({}, json::to(item.counts))}
        );
    };
    auto how_far = [&](std::size_t done, std::size_t total) {
        progress.advance(static_cast<std::int64_t>(done), static_cast<std::int64_t>(total));
    };
    TRY(auto const written, parts_.clients.write_all(changes, actor, also, how_far));
    for (auto& removal : removals) removal.committed();
    return json::to(item.counts);
}

} // namespace imports

// The undo of the last import: every record as it was before, unless somebody changed one since.
#include "imports/steps.hpp"

#include "audit/history.hpp"
#include "employees/ledger_rows.hpp"

namespace imports {

namespace {

clients::ClientWritten from_undo(UndoRow const& row)
{
    clients::ClientWritten written{row.record_id, row.version, {}};
    if (row.before) written.before = json::from_text<clients::ClientInput>(*row.before).value();
    return written;
}

std::string title_of(Kind kind, store::Reader const& db, std::int64_t id)
{
    if (kind == Kind::clients)
        return db.one<std::string>("SELECT name FROM client WHERE id = ?1", id).value_or("");
    return db.one<std::string>("SELECT name FROM employee WHERE id = ?1", id).value_or("");
}

} // namespace

// Changed by somebody since, or not there any more. A file that was attached counts.
std::vector<std::int64_t> Imports::changed_since(
    Place const& place, store::Reader const& db, std::vector<UndoRow> const& undo
)
{
    std::vector<std::int64_t> changed;
    if (place.kind == Kind::clients) {
        std::vector<clients::ClientWritten> written;
        written.reserve(undo.size());
        for (auto const& row : undo) written.push_back(from_undo(row));
        return parts_.clients.touched_since(written);
    }
    for (auto const& row : undo) {
        auto const version =
            db.one<std::int64_t>("SELECT version FROM employee WHERE id = ?1", row.record_id);
        bool const attached =
            !row.before &&
            db.one<std::int64_t>(
                  "SELECT 1 FROM document WHERE employee_id = ?1 LIMIT 1", row.record_id
            )
                .has_value();
        if (version != row.version || attached) changed.push_back(row.record_id);
    }
    return changed;
}

Result<http::Accepted> Imports::undo(http::Call& call)
{
    auto const place = place_of(call);
    TRY(auto const item, changeable(call));
    if (!item.can_undo) return Problem{Fault::conflict, "import_not_last"};
    {
        auto const db = parts_.pool.read(place.file);
        ImportChangedSince since;
        for (auto const id : changed_since(place, db, read_undo(db, item.id)))
            since.changed.push_back({id, title_of(place.kind, db, id)});
        if (!since.changed.empty())
            return Problem{Fault::conflict, "import_changed_since", {}, json::to_text(since)};
    }
    return http::Accepted{
        submit(place, item.id, "import_undo", call.caller.actor, &Imports::run_undo)
    };
}

Result<json::value>
Imports::run_undo(Place const& place, std::int64_t id, std::string const& actor, Progress& progress)
{
    auto item = read_import(parts_.pool.read(place.file), id);
    if (!item || item->state != State::committed) return outdated();
    progress.step("undoing");
    item->state = State::undone;
    item->committed_at.reset();
    if (place.kind == Kind::employees) return undo_people(place, *item, actor, progress);
    return undo_clients(place, *item, actor, progress);
}

Result<json::value> Imports::undo_people(
    Place const& place, Import const& item, std::string const& actor, Progress& progress
)
{
    auto db = parts_.pool.begin(place.file);
    db.expect_much();
    if (last_committed(db) != item.id) return Problem{Fault::conflict, "import_not_last"};
    auto const undo = read_undo(db, item.id);
    if (auto const changed = changed_since(place, db, undo); !changed.empty()) {
        Problem problem{Fault::conflict, "import_changed_since"};
        for (auto const id : changed)
            problem.fields.push_back({employees::object_of(id), "changed"});
        return problem;
    }
    Steps steps{progress, static_cast<std::int64_t>(undo.size())};
    std::int64_t removed = 0;
    for (auto const& row : undo) {
        removed += row.before ? 0 : 1;
        employees::put_back(
            db, parts_.recorder, row.record_id, row.before, actor, parts_.clock.now()
        );
        steps.one();
    }
    forget_undo(db);
    update_import(db, item);
    json::object const result{
        {"removed", removed}, {"restored", static_cast<std::int64_t>(undo.size()) - removed}
    };
    db.commit(parts_.recorder.append(
        db, {actor, "import.undo", object_of(item.id), audit::changes_between({}, result)}
    ));
    return json::value(result);
}

Result<json::value> Imports::undo_clients(
    Place const& place, Import const& item, std::string const& actor, Progress& progress
)
{
    std::vector<clients::ClientWritten> written;
    std::int64_t removed = 0;
    {
        auto const db = parts_.pool.read(place.file);
        if (last_committed(db) != item.id) return Problem{Fault::conflict, "import_not_last"};
        for (auto const& row : read_undo(db, item.id)) {
            removed += row.before ? 0 : 1;
            written.push_back(from_undo(row));
        }
    }
    json::object const result{
        {"removed", removed}, {"restored", static_cast<std::int64_t>(written.size()) - removed}
    };
    auto also = [&](store::Transaction& office, std::vector<clients::ClientWritten> const&) {
        forget_undo(office);
        update_import(office, item);
        return parts_.recorder.append(
            office, {actor, "import.undo", object_of(item.id), audit::changes_between({}, result)}
        );
    };
    auto how_far = [&](std::size_t done, std::size_t total) {
        progress.advance(static_cast<std::int64_t>(done), static_cast<std::int64_t>(total));
    };
    TRY_VOID(parts_.clients.take_back(written, actor, also, how_far));
    return json::value(result);
}

} // namespace imports

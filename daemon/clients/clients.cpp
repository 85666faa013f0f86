#include "clients/clients.hpp"

#include "base/log.hpp"
#include "base/present.hpp"
#include "clients/directory.hpp"

#include <algorithm>

namespace clients {

namespace {

Problem version_conflict(Client const& current)
{
    return {
        Fault::conflict,
        "version_conflict",
        {},
        json::serialize(json::object{{"current", json::to(current)}})
    };
}

} // namespace

void Clients::ensure_book(store::FileId const& book)
{
    std::scoped_lock const one_at_a_time{making_book_};
    if (parts_.pool.exists(book)) return;
    parts_.create_book_keys(book.book_id);
    parts_.pool.create(book);
}

// The second half of a change: keys, file and profile of the book, then the outbox is emptied.
// Every step may be done again after a crash. Whoever has the book's turn applies the newest
// profile; of two changes at once the slower one finds nothing left to do.
void Clients::apply_to_book(std::int64_t client_id)
{
    auto const row = directory_row(parts_.pool.read(office), client_id);
    if (!row) throw store::Error("the outbox names a client that is not there", 0);
    auto const book = book_of(*row);
    ensure_book(book);
    std::optional<OutboxRow> pending;
    {
        auto transaction = parts_.pool.begin(book);
        pending = parts_.pool.read(office).one<OutboxRow>(
            "SELECT client_id, profile, actor, action FROM client_outbox WHERE client_id = ?1",
            client_id
        );
        if (!pending) return;
        auto const after = json::from_text<Profile>(pending->profile).value();
        auto const before = read_profile(transaction);
        write_profile(transaction, after);
        auto const body =
            audit::changes_between(before ? json::to(*before) : json::value{}, json::to(after));
        transaction.commit(
            parts_.recorder.append(transaction, {pending->actor, pending->action, "profile", body})
        );
    }
    auto transaction = parts_.pool.begin(office);
    transaction.exec(
        "DELETE FROM client_outbox WHERE client_id = ?1 AND profile = ?2", client_id,
        pending->profile
    );
    transaction.exec(
        "UPDATE client SET state = 'active' WHERE id = ?1 AND state = 'creating'", client_id
    );
    transaction.commit(parts_.recorder.append(
        transaction, {pending->actor, "client.applied", object_of(client_id), "{}"}
    ));
}

// A book that cannot be written must not keep the others from being served.
void Clients::replay_outbox()
{
    // What is under way is not left over: writing it a second time would look like a change.
    std::unique_lock const nobody_changes{changing_, std::try_to_lock};
    if (!nobody_changes) return;
    auto const pending = parts_.pool.read(office).all<std::int64_t>(
        "SELECT client_id FROM client_outbox ORDER BY client_id"
    );
    for (auto const client_id : pending) {
        try {
            apply_to_book(client_id);
            stuck_.erase(client_id);
            base::log::warning(
                "clients", "outbox_replayed", {{"client", std::to_string(client_id)}}
            );
        } catch (store::Error const& error) {
            if (!stuck_.insert(client_id).second) continue;
            base::log::error(
                "clients", "outbox_stuck",
                {{"client", std::to_string(client_id)}, {"what", error.what()}}
            );
        }
    }
    for (auto const& book_id :
         parts_.pool.read(office).all<std::string>("SELECT book_id FROM book_removal"))
        remove_book(book_id);
}

std::optional<http::ClientInPath> Clients::find_client(std::int64_t client_id)
{
    auto const roster = roster_.view();
    auto const* const row = roster->find(client_id);
    if (!row) return std::nullopt;
    return http::ClientInPath{row->id, row->book(), row->state == ClientState::ended};
}

Result<Client> Clients::read(std::int64_t client_id)
{
    auto const row = directory_row(parts_.pool.read(office), client_id);
    if (!row) return Problem{Fault::not_found, "not_found"};
    auto const book = parts_.pool.read(book_of(*row));
    Client client;
    client.id = row->id;
    client.version = row->version;
    client.code = row->code;
    client.name = row->name;
    client.name_kana = row->name_kana;
    client.state = row->state;
    client.colour = row->colour;
    client.employees = parts_.count_employees(row->id);
    client.profile = read_profile(book).value_or(Profile{});
    return client;
}

Result<Client> Clients::create(ClientInput input, std::string const& actor)
{
    if (auto faults = tidy(input); !faults.empty())
        return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    auto const profile = json::to_text(input.profile);
    std::scoped_lock const one_at_a_time{changing_};
    std::int64_t id = 0;
    {
        auto transaction = parts_.pool.begin(office);
        try {
            id = insert_directory_row(transaction, input, parts_.clock.now());
        } catch (store::Error const& error) {
            if (!error.unique_violation()) throw;
            return Problem{Fault::conflict, "client_code_taken", {{"code", "taken"}}};
        }
        put_into_outbox(transaction, id, profile, actor, "client.create");
        transaction.commit(parts_.recorder.append(
            transaction,
            {actor, "client.create", object_of(id), audit::changes_between({}, names_of(input))}
        ));
    }
    apply_to_book(id);
    return read(id);
}

Result<Client> Clients::put(http::Call& call, ClientInput const& wanted)
{
    if (call.client.ended) return Problem{Fault::conflict, "client_ended"};
    TRY(auto const seen, call.if_match());
    auto input = wanted;
    if (auto faults = tidy(input); !faults.empty())
        return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    auto const profile = json::to_text(input.profile);
    auto const id = call.client.id;
    std::scoped_lock const one_at_a_time{changing_};
    TRY(auto const current, read(id));
    if (current.version != seen) return version_conflict(current);
    {
        auto transaction = parts_.pool.begin(office);
        auto const row = base::present(directory_row(transaction, id));
        try {
            update_directory_row(transaction, id, input, call.now);
        } catch (store::Error const& error) {
            if (!error.unique_violation()) throw;
            return Problem{Fault::conflict, "client_code_taken", {{"code", "taken"}}};
        }
        put_into_outbox(transaction, id, profile, call.caller.actor, "client.update");
        transaction.commit(parts_.recorder.append(
            transaction, {call.caller.actor, "client.update", object_of(id),
                          audit::changes_between(names_of(row), names_of(input))}
        ));
    }
    apply_to_book(id);
    return read(id);
}

Result<Client> Clients::set_state(http::Call& call, ClientState state, char const* action)
{
    TRY(auto const seen, call.if_match());
    auto const id = call.client.id;
    std::scoped_lock const one_at_a_time{changing_};
    auto transaction = parts_.pool.begin(office);
    auto const row = directory_row(transaction, id);
    if (!row || row->version != seen) {
        TRY(auto const current, read(id));
        return version_conflict(current);
    }
    transaction.exec(
        R"(UPDATE client SET state = ?2, version = version + 1, updated_at = ?3 WHERE id = ?1)", id,
        state, call.now
    );
    auto const body = audit::changes_between(
        json::object{{"state", json::to(row->state)}}, json::object{{"state", json::to(state)}}
    );
    transaction.commit(
        parts_.recorder.append(transaction, {call.caller.actor, action, object_of(id), body})
    );
    return read(id);
}

std::vector<std::pair<std::int64_t, store::FileId>> Clients::all_books()
{
    std::vector<std::pair<std::int64_t, store::FileId>> books;
    auto const roster = roster_.view();
    for (auto const* row : roster->by_id()) books.emplace_back(row->id, row->book());
    return books;
}

std::int64_t Clients::count()
{
    auto const roster = roster_.view();
    return std::count_if(roster->by_id().begin(), roster->by_id().end(), [](auto const* row) {
        return row->state == ClientState::active;
    });
}

} // namespace clients

// Many clients changed together, and taken back together (取込).
#include "base/present.hpp"
#include "clients/directory.hpp"

#include <filesystem>

namespace clients {

namespace {

constexpr std::int64_t untouched_book = 1; // audit rows of a book that was only made

Problem outdated() { return {Fault::conflict, "import_outdated"}; }

} // namespace

Result<std::vector<ClientWritten>> Clients::write_all(
    std::vector<ClientChange> const& changes,
    std::string const& actor,
    AlsoWrite const& also,
    HowFar const& how_far
)
{
    std::vector<ClientWritten> written;
    std::scoped_lock const one_at_a_time{changing_};
    auto transaction = parts_.pool.begin(office);
    for (auto const& change : changes) {
        ClientWritten one;
        auto const row = change.id ? directory_row(transaction, *change.id) : std::nullopt;
        if (change.id && (!row || row->version != change.version)) return outdated();
        auto const* action = row ? "client.update" : "client.create";
        try {
            if (row) update_directory_row(transaction, row->id, change.input, parts_.clock.now());
            one.id =
                row ? row->id : insert_directory_row(transaction, change.input, parts_.clock.now());
        } catch (store::Error const& error) {
            if (!error.unique_violation()) throw;
            return outdated();
        }
        one.version = row ? row->version + 1 : 1;
        if (row)
            one.before = ClientInput{
                row->code, row->name, row->name_kana,
                read_profile(parts_.pool.read(book_of(*row))).value_or(Profile{})
            };
        put_into_outbox(transaction, one.id, json::to_text(change.input.profile), actor, action);
        parts_.recorder.append(
            transaction,
            {actor, action, object_of(one.id),
             audit::changes_between(row ? names_of(*row) : json::value{}, names_of(change.input))}
        );
        written.push_back(std::move(one));
    }
    transaction.commit(also(transaction, written));
    for (std::size_t i = 0; i < changes.size(); ++i) {
        apply_to_book(written[i].id);
        how_far(i + 1, changes.size());
    }
    return written;
}

std::vector<std::int64_t> Clients::touched_since(std::vector<ClientWritten> const& written)
{
    std::vector<std::int64_t> touched;
    auto const read = parts_.pool.read(office);
    for (auto const& one : written) {
        auto const row = directory_row(read, one.id);
        bool const changed = !row || row->version != one.version;
        if (changed ||
            (!one.before && audit::head_of(parts_.pool.read(book_of(*row))).seq != untouched_book))
            touched.push_back(one.id);
    }
    return touched;
}

Result<void> Clients::take_back(
    std::vector<ClientWritten> const& written,
    std::string const& actor,
    AlsoWrite const& also,
    HowFar const& how_far
)
{
    std::vector<std::string> gone;
    std::scoped_lock const one_at_a_time{changing_};
    {
        auto transaction = parts_.pool.begin(office);
        if (auto const touched = touched_since(written); !touched.empty()) {
            Problem problem{Fault::conflict, "import_changed_since"};
            for (auto const id : touched) problem.fields.push_back({object_of(id), "changed"});
            return problem;
        }
        for (auto const& one : written) {
            auto const row = base::present(directory_row(transaction, one.id));
            if (one.before) {
                update_directory_row(transaction, one.id, *one.before, parts_.clock.now());
                put_into_outbox(
                    transaction, one.id, json::to_text(one.before->profile), actor,
                    "client.import_undone"
                );
            } else {
                transaction.exec("DELETE FROM assignment WHERE client_id = ?1", one.id);
                transaction.exec("DELETE FROM client_outbox WHERE client_id = ?1", one.id);
                transaction.exec("DELETE FROM client WHERE id = ?1", one.id);
                transaction.exec("INSERT INTO book_removal (book_id) VALUES (?1)", row.book_id);
                gone.push_back(row.book_id);
            }
            parts_.recorder.append(
                transaction, {actor, "client.import_undone", object_of(one.id),
                              audit::changes_between(
                                  names_of(row), one.before ? names_of(*one.before) : json::value{}
                              )}
            );
        }
        transaction.commit(also(transaction, written));
    }
    std::size_t done = 0;
    for (auto const& one : written) {
        if (one.before) apply_to_book(one.id);
        how_far(++done, written.size());
    }
    for (auto const& book_id : gone) remove_book(book_id);
    return {};
}

// Every step may be done again after a crash.
void Clients::remove_book(std::string const& book_id)
{
    store::FileId const book{store::Kind::book, book_id, 1};
    parts_.pool.close(book);
    std::filesystem::remove_all(parts_.pool.folder() / "books" / book_id);
    parts_.destroy_book_keys(book_id);
    auto transaction = parts_.pool.begin(office);
    transaction.exec("DELETE FROM book_removal WHERE book_id = ?1", book_id);
    transaction.commit(parts_.recorder.append(
        transaction, {"system:clients", "book.removed", "book:" + book_id, "{}"}
    ));
}

} // namespace clients

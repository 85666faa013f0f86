#pragma once
// Rows of the directory in office.db and of a book's profile. Inside of the room.
#include "clients/clients.hpp"

namespace clients {

inline store::FileId const office{store::Kind::office, {}, 1};

struct DirectoryRow {
    std::int64_t id = 0;
    std::int64_t version = 0;
    std::string code;
    std::string name;
    std::string name_kana;
    ClientState state = ClientState::active;
    std::int64_t colour = 0;
    std::string book_id;
    std::int64_t epoch = 1;
};
BOOST_DESCRIBE_STRUCT(
    DirectoryRow, (), (id, version, code, name, name_kana, state, colour, book_id, epoch)
)

struct OutboxRow {
    std::int64_t client_id = 0;
    std::string profile;
    std::string actor;
    std::string action;
};
BOOST_DESCRIBE_STRUCT(OutboxRow, (), (client_id, profile, actor, action))

std::optional<DirectoryRow> directory_row(store::Reader const& db, std::int64_t id);
// Both throw store::Error (unique_violation) when the code is taken.
std::int64_t insert_directory_row(store::Transaction& db, ClientInput const& input, Instant now);
void update_directory_row(
    store::Transaction& db, std::int64_t id, ClientInput const& input, Instant now
);
void put_into_outbox(
    store::Transaction& db,
    std::int64_t id,
    std::string const& profile,
    std::string const& actor,
    std::string_view action
);

std::string object_of(std::int64_t id); // "client:12"
store::FileId book_of(DirectoryRow const& row);
json::value names_of(DirectoryRow const& row); // what the directory's audit rows compare
json::value names_of(ClientInput const& input);

std::optional<Profile> read_profile(store::Reader const& book);
void write_profile(store::Transaction& book, Profile const& p);

} // namespace clients

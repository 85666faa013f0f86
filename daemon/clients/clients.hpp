#pragma once
// 顧問先: the directory in office.db, and each client's own book with its profile (台帳) and its
// establishments (事業所). What must change in both files goes through an outbox in office.db that
// is replayed at start, so a crash between the two leaves nothing half done.
#include "audit/history.hpp"
#include "audit/recorder.hpp"
#include "base/clock.hpp"
#include "clients/roster.hpp"
#include "domain/codes.hpp"
#include "domain/date.hpp"
#include "http/dispatch.hpp"
#include "http/idempotency.hpp"

#include <functional>
#include <mutex>
#include <set>

namespace clients {

struct Profile {
    domain::Entity entity = domain::Entity::corporation;
    std::optional<std::string> corporate_number; // 法人番号
    std::optional<std::string> representative_title;
    std::optional<std::string> representative_name;
    std::optional<std::string> representative_kana;
    std::optional<std::string> postal_code;
    std::optional<std::string> address;
    std::optional<std::string> address_kana;
    std::optional<std::string> telephone;
    std::optional<std::string> fax;
    std::optional<std::string> industry;
    std::optional<std::int64_t> fiscal_month; // 決算月
    std::optional<Date> contract_from;        // 顧問契約
    std::optional<Date> contract_to;
    bool does_procedures = true;                  // 業務範囲: 手続
    bool does_payroll = false;                    // 給与
    bool does_year_end = false;                   // 年末調整
    bool does_consulting = false;                 // 相談
    std::optional<std::int64_t> closing_day;      // 締日, 31: 末日
    std::optional<std::int64_t> pay_day;          // 支払日, 31: 末日
    std::optional<std::int64_t> pay_month_offset; // 支払月: 0 当月, 1 翌月, 2 翌々月
    std::optional<std::string> bonus_months;
    std::optional<std::string> contact_name;
    std::optional<std::string> contact_email;
    std::optional<std::string> note;
    friend bool operator==(Profile const&, Profile const&) = default;
};
BOOST_DESCRIBE_STRUCT(
    Profile,
    (),
    (entity,
     corporate_number,
     representative_title,
     representative_name,
     representative_kana,
     postal_code,
     address,
     address_kana,
     telephone,
     fax,
     industry,
     fiscal_month,
     contract_from,
     contract_to,
     does_procedures,
     does_payroll,
     does_year_end,
     does_consulting,
     closing_day,
     pay_day,
     pay_month_offset,
     bonus_months,
     contact_name,
     contact_email,
     note)
)

struct ClientInput {
    std::string code;
    std::string name;
    std::string name_kana;
    Profile profile;
    friend bool operator==(ClientInput const&, ClientInput const&) = default;
};
BOOST_DESCRIBE_STRUCT(ClientInput, (), (code, name, name_kana, profile))

struct Client {
    std::int64_t id = 0;
    std::int64_t version = 0;
    std::string code;
    std::string name;
    std::string name_kana;
    ClientState state = ClientState::active;
    std::int64_t colour = 0;
    std::int64_t employees = 0; // 在籍中・休職中
    Profile profile;
};
BOOST_DESCRIBE_STRUCT(
    Client, (), (id, version, code, name, name_kana, state, colour, employees, profile)
)

struct ClientListItem { // in lists
    std::int64_t id = 0;
    std::string code;
    std::string name;
    std::string name_kana;
    ClientState state = ClientState::active;
    std::int64_t colour = 0;
    Instant updated_at;
    std::int64_t employees = 0;
};
BOOST_DESCRIBE_STRUCT(
    ClientListItem, (), (id, code, name, name_kana, state, colour, updated_at, employees)
)

struct ClientList {
    std::vector<ClientListItem> clients;
    std::int64_t total = 0;
    std::int64_t page = 1;
    std::int64_t size = 50;
};
BOOST_DESCRIBE_STRUCT(ClientList, (), (clients, total, page, size))

struct ClientSearch {
    std::optional<std::string> text; // prefix of code, name or kana
    std::optional<ClientState> state;
    std::optional<std::string> sort; // code, name, updated; with - before it: descending
    std::optional<std::int64_t> page;
    std::optional<std::int64_t> size;
};
BOOST_DESCRIBE_STRUCT(ClientSearch, (), (text, state, sort, page, size))

struct EstablishmentInput {
    std::string name;
    std::optional<std::string> name_kana;
    std::optional<std::string> postal_code;
    std::optional<std::string> address;
    std::optional<std::string> telephone;
    std::optional<std::string> symbol;
    std::optional<std::string> number;
    domain::HealthInsurer health_insurer = domain::HealthInsurer::kyokai;
    std::optional<std::string> insurer_branch;
    std::optional<std::string> insurer_number;
    std::optional<std::string> insurer_name;
    std::optional<std::string> card_symbol;
    std::optional<std::string> pension_office;
    std::optional<Date> applied_on;
    bool specified = false;
    std::optional<std::string> labour_number;
    bool labour_unified = true;
    std::optional<std::string> labour_industry;
    std::optional<std::string> labour_office;
    std::optional<std::string> employment_office_number;
    std::optional<std::string> hello_work;
    std::optional<Date> established_on;
};
BOOST_DESCRIBE_STRUCT(
    EstablishmentInput,
    (),
    (name,
     name_kana,
     postal_code,
     address,
     telephone,
     symbol,
     number,
     health_insurer,
     insurer_branch,
     insurer_number,
     insurer_name,
     card_symbol,
     pension_office,
     applied_on,
     specified,
     labour_number,
     labour_unified,
     labour_industry,
     labour_office,
     employment_office_number,
     hello_work,
     established_on)
)

struct Establishment {
    std::int64_t id = 0;
    std::int64_t version = 0;
    EstablishmentInput details;
};
BOOST_DESCRIBE_STRUCT(Establishment, (), (id, version, details))

struct EstablishmentList {
    std::vector<Establishment> establishments;
};
BOOST_DESCRIBE_STRUCT(EstablishmentList, (), (establishments))

// One of many changes that are made together (取込).
struct ClientChange {
    std::optional<std::int64_t> id; // absent: a new client
    std::int64_t version = 0;       // that the caller has seen
    ClientInput input;              // tidy
};
struct ClientWritten {
    std::int64_t id = 0;
    std::int64_t version = 0;          // afterwards
    std::optional<ClientInput> before; // absent: it is new
};
// Writes what belongs to the same transaction of office.db, and its own audit row.
using AlsoWrite = std::function<
    store::AuditReceipt(store::Transaction& office, std::vector<ClientWritten> const& written)>;
using HowFar = std::function<void(std::size_t done, std::size_t total)>;

// Cleans what people type (widths, hyphens, kana) and names every fault.
std::vector<FieldFault> tidy(ClientInput& input);
std::vector<FieldFault> tidy(EstablishmentInput& input);

class Clients final : public http::ClientDirectory {
public:
    struct Parts {
        store::Pool& pool;
        audit::Recorder const& recorder;
        base::Clock const& clock;
        std::function<void(std::string const& book_id)> create_book_keys;
        std::function<void(std::string const& book_id)> destroy_book_keys;
        std::function<std::int64_t(std::int64_t client_id)> count_employees;
        std::function<std::string(std::string const& actor)> name_of_actor;
    };
    explicit Clients(Parts parts)
        : parts_(std::move(parts)), roster_(parts_.pool), idempotency_(parts_.pool)
    {
    }

    // Finishes what a crash or a full disk left between office.db and a book. Called at start, and
    // now and then.
    void replay_outbox();

    std::optional<http::ClientInPath> find_client(std::int64_t client_id) override;
    Result<Client> create(ClientInput input, std::string const& actor);
    // All of them or none: one transaction of office.db, then each book through the outbox.
    Result<std::vector<ClientWritten>> write_all(
        std::vector<ClientChange> const& changes,
        std::string const& actor,
        AlsoWrite const& also,
        HowFar const& how_far
    );
    // The reverse: clients get back what they were before, new ones go with their books. Nothing is
    // done when one of them was touched since: import_changed_since, with their ids as fields.
    Result<void> take_back(
        std::vector<ClientWritten> const& written,
        std::string const& actor,
        AlsoWrite const& also,
        HowFar const& how_far
    );
    std::vector<std::int64_t> touched_since(std::vector<ClientWritten> const& written);
    Result<Client> read(std::int64_t client_id);
    std::vector<std::pair<std::int64_t, store::FileId>> all_books(); // active and ended
    Result<Establishment> add_establishment(
        store::FileId const& book, EstablishmentInput input, std::string const& actor
    );
    std::int64_t count();
    std::shared_ptr<RosterView const> roster() { return roster_.view(); }

    http::RoomRoutes routes();
    Result<ClientList> list(http::Call& call);
    Result<ClientList> search(http::Call& call, ClientSearch const& wanted);
    Result<http::Created<Client>> post(http::Call& call, ClientInput const& input);
    Result<Client> get(http::Call& call);
    Result<Client> put(http::Call& call, ClientInput const& input);
    Result<Client> end(http::Call& call);
    Result<Client> resume(http::Call& call);
    Result<audit::History> history(http::Call& call);
    Result<EstablishmentList> list_establishments(http::Call& call);
    Result<http::Created<Establishment>>
    post_establishment(http::Call& call, EstablishmentInput const& input);
    Result<Establishment> put_establishment(http::Call& call, EstablishmentInput const& input);
    Result<http::None> delete_establishment(http::Call& call);

private:
    void remove_book(std::string const& book_id);
    Result<ClientList> page_of(http::Caller const& caller, ClientSearch const& wanted);
    Result<Client> set_state(http::Call& call, ClientState state, char const* action);
    void apply_to_book(std::int64_t client_id);
    void ensure_book(store::FileId const& book);

    Parts parts_;
    Roster roster_;
    std::mutex making_book_;
    std::set<std::int64_t> stuck_; // told already; touched by replay_outbox only
    http::Idempotency idempotency_;
    std::mutex changing_; // a change of a client spans two files: one at a time, in order
};

} // namespace clients

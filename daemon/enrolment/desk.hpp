#pragma once
// 利用者の一括登録と利用案内: many accounts from one file, and the sheets that people are given.
#include "accounts/desk.hpp"
#include "clients/clients.hpp"
#include "enrolment/account_file.hpp"

namespace enrolment {

using auth::Account;

class AccountUpload final : public net::BodySink { // small: kept in memory
public:
    void write(std::string_view piece) override;
    Result<std::string_view> bytes() const;

private:
    std::string bytes_;
    bool too_large_ = false;
};

struct AccountFileRow {
    std::int64_t line = 0;
    std::string login_id;
    std::string name;
    std::vector<FieldFault> faults;
    std::optional<std::int64_t> account_id; // made
    std::optional<std::string> setup_code;  // shown once
};
BOOST_DESCRIBE_STRUCT(AccountFileRow, (), (line, login_id, name, faults, account_id, setup_code))

struct AccountImport {
    bool dry_run = true;
    std::int64_t faulty = 0;   // lines
    std::int64_t imported = 0; // all of them or none
    std::vector<AccountFileRow> rows;
};
BOOST_DESCRIBE_STRUCT(AccountImport, (), (dry_run, faulty, imported, rows))

struct SheetOrder {
    std::vector<std::int64_t> account_ids;
};
BOOST_DESCRIBE_STRUCT(SheetOrder, (), (account_ids))

class EnrolmentDesk {
public:
    struct Parts {
        store::Pool& pool;
        base::Clock const& clock;
        auth::Accounts& accounts;
        roles::RoleBook& roles;
        clients::Clients& clients;
        auth::Policies const& policies;
        std::string url; // where people open Kuramori
    };
    explicit EnrolmentDesk(Parts parts) : parts_(std::move(parts)) {}

    http::RoomRoutes routes();
    Result<std::unique_ptr<AccountUpload>> start_import(http::Call& call); // ?dry_run=
    Result<AccountImport> finish_import(http::Call& call, AccountUpload& upload);
    Result<http::Download> import_template(http::Call& call);
    Result<http::Download> make_sheets(http::Call& call, SheetOrder const& order);

    // The same for the console. `two_person`: heavy rights are not given by a file.
    Result<AccountImport>
    import(std::string_view file, bool dry_run, bool two_person, std::string const& actor);
    // New codes, and a PDF of one page each, in this order. The codes before are dead.
    Result<std::string> sheets(
        std::vector<std::int64_t> const& account_ids,
        std::string const& ask,
        std::string const& actor
    );

private:
    std::vector<FieldFault> faults_of(ReadRow const& row, bool two_person) const;
    Parts parts_;
};

http::Download sheets_download(std::string pdf);

} // namespace enrolment

#include "enrolment/desk.hpp"

#include "contents/contents.hpp"
#include "sheets/first_use.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace enrolment {

namespace {

constexpr std::size_t sheets_max = 1'000;

http::Download download(std::string bytes, std::string name, std::string type)
{
    http::Download out;
    out.bytes = bytes.size();
    out.file_name = std::move(name);
    out.content_type = std::move(type);
    out.source = std::make_unique<contents::TextSource>(std::move(bytes));
    return out;
}

std::string lower(std::string text)
{
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

} // namespace

http::Download sheets_download(std::string pdf)
{
    return download(std::move(pdf), "ご利用案内.pdf", "application/pdf");
}

void AccountUpload::write(std::string_view piece)
{
    too_large_ = too_large_ || bytes_.size() + piece.size() > file_bytes_max;
    if (!too_large_) bytes_ += piece; // the rest is let pass: the answer says why
}

Result<std::string_view> AccountUpload::bytes() const
{
    if (too_large_) return Problem{Fault::too_large, "account_file_too_long"};
    return std::string_view{bytes_};
}

Result<std::unique_ptr<AccountUpload>> EnrolmentDesk::start_import(http::Call& call)
{
    auto const dry_run = call.query("dry_run");
    if (dry_run && *dry_run != "true" && *dry_run != "false")
        return Problem{Fault::invalid, "invalid_fields", {{"dry_run", "not_true_or_false"}}};
    return std::make_unique<AccountUpload>();
}

Result<AccountImport> EnrolmentDesk::finish_import(http::Call& call, AccountUpload& upload)
{
    TRY(auto const file, upload.bytes());
    bool const dry_run = call.query("dry_run") != "false"; // nothing is written unasked
    return import(file, dry_run, parts_.policies.two_person(), call.caller.actor);
}

std::vector<FieldFault> EnrolmentDesk::faults_of(ReadRow const& row, bool two_person) const
{
    auto faults = row.faults;
    for (auto& fault : parts_.accounts.faults_of_new(row.wanted))
        if (!row.is_wrong(fault.field)) faults.push_back(std::move(fault));
    if (auto const set = parts_.roles.set_of(row.wanted.roles)) {
        // Nobody knows from a file which record is whose.
        if (set->account_class == http::AccountClass::employee)
            faults = {{"roles", "employee_by_ledger"}};
        else if (two_person && !roles::guarded_of(set->rights).empty())
            faults.push_back({"roles", "guarded_by_two"});
    }
    auto const today = domain::date_in_japan(parts_.clock.now());
    if (row.wanted.ends_on && *row.wanted.ends_on < today)
        faults.push_back({"ends_on", "in_the_past"});
    return faults;
}

Result<AccountImport> EnrolmentDesk::import(
    std::string_view file, bool dry_run, bool two_person, std::string const& actor
)
{
    std::vector<std::pair<std::string, std::int64_t>> codes;
    auto const roster = parts_.clients.roster();
    for (auto const* client : roster->by_code())
        if (client->state == clients::ClientState::active)
            codes.emplace_back(client->code, client->id);
    TRY(auto const rows, read_accounts(file, dictionary(parts_.roles.all(), codes)));

    AccountImport out;
    out.dry_run = dry_run;
    std::set<std::string> seen;
    std::vector<auth::NewAccount> wanted;
    for (auto const& row : rows) {
        AccountFileRow shown{row.line, row.wanted.login_id, row.wanted.name, {}, {}, {}};
        shown.faults = faults_of(row, two_person);
        if (!row.wanted.login_id.empty() && !seen.insert(lower(row.wanted.login_id)).second)
            shown.faults.push_back({"login_id", "login_id_twice"});
        out.faulty += shown.faults.empty() ? 0 : 1;
        out.rows.push_back(std::move(shown));
        wanted.push_back(row.wanted);
    }
    if (dry_run || out.faulty > 0) return out;

    std::vector<std::string> setup_codes;
    std::vector<Bytes> hashes;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        setup_codes.push_back(auth::new_setup_code());
        hashes.push_back(auth::setup_code_hash(setup_codes.back()));
    }
    TRY(auto const made, parts_.accounts.create_all(wanted, hashes, actor));
    for (std::size_t i = 0; i < made.size(); ++i) {
        out.rows[i].account_id = made[i].id;
        out.rows[i].setup_code = std::move(setup_codes[i]);
    }
    out.imported = static_cast<std::int64_t>(made.size());
    return out;
}

Result<http::Download> EnrolmentDesk::import_template(http::Call&)
{
    return download(account_file_template(), "利用者の取込.csv", "text/csv");
}

Result<http::Download> EnrolmentDesk::make_sheets(http::Call& call, SheetOrder const& order)
{
    auto const ask = fmt::format("{}　{}", parts_.accounts.office_name(), call.caller.name);
    TRY(auto pdf, sheets(order.account_ids, ask, call.caller.actor));
    return sheets_download(std::move(pdf));
}

Result<std::string> EnrolmentDesk::sheets(
    std::vector<std::int64_t> const& account_ids, std::string const& ask, std::string const& actor
)
{
    std::set<std::int64_t> const different{account_ids.begin(), account_ids.end()};
    char const* const fault = account_ids.empty()                      ? "required"
                              : account_ids.size() > sheets_max        ? "too_many"
                              : different.size() != account_ids.size() ? "duplicate"
                                                                       : nullptr;
    if (fault) return Problem{Fault::invalid, "invalid_fields", {{"account_ids", fault}}};
    auto const now = parts_.clock.now();
    sheets::Issue const issue{
        parts_.accounts.office_name(), parts_.url, ask, now, now + auth::setup_code_life
    };
    std::vector<sheets::FirstUse> pages;
    std::vector<Bytes> hashes;
    for (std::size_t i = 0; i < account_ids.size(); ++i) {
        pages.push_back({"", "", "", auth::new_setup_code()});
        hashes.push_back(auth::setup_code_hash(pages.back().code));
    }
    TRY(auto const accounts, parts_.accounts.renew_codes(account_ids, hashes, actor));
    auto const roster = parts_.clients.roster();
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        auto const& account = accounts[i];
        pages[i].name = account.name;
        pages[i].login_id = account.login_id;
        if (account.account_class != http::AccountClass::client &&
            account.account_class != http::AccountClass::employee)
            continue;
        for (auto const client_id : parts_.accounts.clients_of(account.id))
            if (auto const* const client = roster->find(client_id)) pages[i].company = client->name;
    }
    return sheets::first_use_pdf(issue, pages);
}

http::RoomRoutes EnrolmentDesk::routes()
{
    using http::on, http::Proof, http::Right, http::Scope, http::Verb;
    static constexpr http::Route table[] = {
        {Verb::post, "/api/v1/account-imports", Right::account_manage, Scope::office,
         "importAccounts",
         http::on_upload<&EnrolmentDesk::start_import, &EnrolmentDesk::finish_import>,
         Proof::fresh},
        {Verb::get, "/api/v1/account-imports/template", Right::account_manage, Scope::office,
         "getAccountImportTemplate", on<&EnrolmentDesk::import_template>},
        {Verb::post, "/api/v1/account-sheets", Right::account_manage, Scope::office,
         "makeAccountSheets", on<&EnrolmentDesk::make_sheets>, Proof::fresh},
    };
    return {table, this};
}

} // namespace enrolment

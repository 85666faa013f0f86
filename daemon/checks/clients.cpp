#include "checks/clients.hpp"

#include "domain/numbers.hpp"

namespace checks {

namespace {

struct CodeRow {
    std::int64_t id = 0;
    std::string code;
};
BOOST_DESCRIBE_STRUCT(CodeRow, (), (id, code))

clients::ClientInput input_of(clients::Client const& client)
{
    return {client.code, client.name, client.name_kana, client.profile};
}

} // namespace

ClientsChecker::ClientsChecker(store::Reader const& office, Read read, Options options)
    : read_(std::move(read))
    , options_(std::move(options))
    , cells_(columns::client_columns(), options_.paths)
{
    office.each<CodeRow>(
        "SELECT id, code FROM client WHERE state <> 'creating'",
        [&](CodeRow const& row) { by_code_[row.code] = row.id; }
    );
}

std::optional<std::int64_t> ClientsChecker::by_corporate_number(std::string const& number)
{
    if (!by_corporate_) {
        by_corporate_.emplace();
        for (auto const& [code, id] : by_code_)
            if (auto const client = read_(id); client && client->profile.corporate_number)
                by_corporate_->try_emplace(*client->profile.corporate_number, id);
    }
    auto const found = by_corporate_->find(number);
    if (found == by_corporate_->end()) return std::nullopt;
    return found->second;
}

Outcome ClientsChecker::check(csv::Row const& row, Seen& seen)
{
    Outcome out;
    out.line = row.number;
    input_ = {};
    before_.reset();
    if (!cells_.take(row, out.faults)) return out;
    std::vector<Fault> ignored; // told when everything is applied
    cells_.apply(input_, Blank::keep, {}, ignored, [](auto const& column) { return column.key; });
    out.key = domain::trimmed(domain::half_width(input_.code));
    std::optional<std::int64_t> id;
    if (!out.key.empty()) {
        if (auto const found = by_code_.find(out.key); found != by_code_.end()) id = found->second;
    } else if (auto const& number = input_.profile.corporate_number) {
        id = by_corporate_number(domain::corporate_number(*number).value_or(""));
    }
    input_ = {};
    if (auto const client = id ? read_(*id) : std::nullopt) {
        input_ = input_of(*client);
        before_ = input_;
        out.record_id = client->id;
        out.version = client->version;
        if (client->state == clients::ClientState::ended)
            out.faults.push_back({{}, "", "client_ended", {}});
    }
    cells_.apply(input_, options_.blank, {}, out.faults, [](auto const&) { return true; });
    blame(cells_, clients::tidy(input_), out.faults, [](std::string_view) {
        return std::string{};
    });
    out.title = input_.name;
    if (!input_.code.empty()) out.key = input_.code;
    seen.check(out, cells_.index_of_path("code"), "code");
    settle(out, before_ ? &*before_ : nullptr, input_);
    return out;
}

std::vector<Change> ClientsChecker::changes() const
{
    auto const* before = before_ ? &*before_ : nullptr;
    return changes_between(columns::client_columns(), before, input_, {});
}

} // namespace checks

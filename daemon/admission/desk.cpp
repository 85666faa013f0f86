#include "admission/desk.hpp"

#include "domain/text.hpp"

#include <charconv>
#include <map>

namespace admission {

namespace {

constexpr std::size_t note_max = 100;
constexpr std::size_t reason_max = 200;
constexpr std::chrono::days exception_max{366};

std::vector<NetworkRow>
rows_of(std::vector<NetworkEntry> const& entries, std::optional<Address> const& asks)
{
    std::vector<NetworkRow> rows;
    rows.reserve(entries.size());
    for (auto const& entry : entries) {
        auto const network = parse_network(entry.network).network;
        rows.push_back({entry.network, entry.note, network && asks && network->holds(*asks)});
    }
    return rows;
}

// Canonical entries, or the faults of each by its line; the context tells what was probably meant.
Result<std::vector<NetworkEntry>> checked(std::vector<NetworkEntry> const& entries)
{
    std::vector<FieldFault> faults;
    json::array instead;
    std::map<std::string, std::size_t> seen;
    std::vector<NetworkEntry> canonical;
    if (entries.size() > entries_max) faults.push_back({"entries", "too_many_networks"});
    for (std::size_t i = 0; i < entries.size() && faults.size() < 100; ++i) {
        auto const at = "entries." + std::to_string(i);
        auto note = domain::trimmed(entries[i].note);
        if (domain::length(note) > note_max) faults.push_back({at + ".note", "too_long"});
        if (domain::has_hostile_characters(note))
            faults.push_back({at + ".note", "control_characters"});
        auto parsed = parse_network(domain::trimmed(entries[i].network));
        if (!parsed.network) {
            faults.push_back({at + ".network", parsed.fault});
            if (!parsed.instead.empty())
                instead.push_back(json::object{{"line", i}, {"network", parsed.instead}});
            continue;
        }
        if (!seen.emplace(parsed.network->text, i).second)
            faults.push_back({at + ".network", "network_twice"});
        canonical.push_back({parsed.network->text, std::string{note}});
    }
    if (faults.empty()) return canonical;
    auto const context = json::serialize(json::object{{"instead", std::move(instead)}});
    return Problem{Fault::invalid, "invalid_fields", std::move(faults), context};
}

Result<std::optional<std::vector<NetworkEntry>>>
checked(std::optional<std::vector<NetworkEntry>> const& entries)
{
    if (!entries) return std::optional<std::vector<NetworkEntry>>{};
    TRY(auto canonical, checked(*entries));
    return std::optional{std::move(canonical)};
}

Problem changed_meanwhile() { return {Fault::conflict, "changed_meanwhile"}; }
Problem would_lock_out() { return {Fault::conflict, "would_lock_out"}; }

bool on_console(http::Call const& call) { return call.request.admin_socket; }

ListOfClass list_shown(AccountClass of, NetworkList const& list, std::optional<Address> const& asks)
{
    return {of, list.version, list.is_default, rows_of(list.entries, asks)};
}

Result<AccountClass> class_in(http::Call const& call)
{
    AccountClass of{};
    auto const name = call.query("account_class").value_or("");
    if (!boost::describe::enum_from_string(name.c_str(), of))
        return Problem{Fault::invalid, "invalid_fields", {{"account_class", "not_a_choice"}}};
    return of;
}

} // namespace

Result<Networks> Desk::list_networks(http::Call& call)
{
    auto const asks = parse_address(call.request.peer);
    Networks networks;
    networks.own_address = on_console(call) ? "" : call.request.peer;
    for (std::size_t i = 0; i < http::account_classes; ++i) {
        auto const of = static_cast<AccountClass>(i);
        networks.lists.push_back(list_shown(of, access_.list_of(of), asks));
    }
    networks.client_ids = access_.clients_with_lists();
    auto const& geo = access_.geo();
    networks.geo = {
        geo.is_on(), geo.is_readable(),
        geo.is_on() && geo.is_stale(domain::date_in_japan(call.now)), geo.date(),
        static_cast<std::int64_t>(geo.entries())
    };
    return networks;
}

Result<ListOfClass> Desk::set_networks(http::Call& call, ListWish const& wanted)
{
    TRY(auto const seen, call.if_match());
    TRY(auto const entries, checked(wanted.entries));
    auto const asks = parse_address(call.request.peer);
    if (wanted.account_class == call.caller.account_class && !wanted.force.value_or(false)) {
        std::vector<NetworkEntry> own;
        for (auto const& network : private_networks()) own.push_back({network, ""});
        if (!asks || !set_of(entries.value_or(own)).holds(*asks)) return would_lock_out();
    }
    auto const list = access_.set_list(wanted.account_class, entries, {call.caller.actor, seen});
    if (!list) return changed_meanwhile();
    return list_shown(wanted.account_class, *list, asks);
}

Result<ListOfClient> Desk::get_networks_of_client(http::Call& call)
{
    auto const list = access_.list_of_client(call.client.id);
    auto const asks = parse_address(call.request.peer);
    return ListOfClient{list.version, list.is_default, rows_of(list.entries, asks)};
}

Result<ListOfClient> Desk::set_networks_of_client(http::Call& call, ClientListWish const& wanted)
{
    TRY(auto const seen, call.if_match());
    TRY(auto const entries, checked(wanted.entries));
    auto const list =
        access_.set_list_of_client(call.client.id, entries, {call.caller.actor, seen});
    if (!list) return changed_meanwhile();
    auto const asks = parse_address(call.request.peer);
    return ListOfClient{list->version, list->is_default, rows_of(list->entries, asks)};
}

ExceptionRow Desk::shown(HoursException const& exception) const
{
    auto const name = [&](std::int64_t id) {
        auto const account = accounts_.find(id);
        return account ? account->name : std::string{};
    };
    std::int64_t allowed_by = 0;
    if (auto const colon = exception.actor.find(':'); colon != std::string::npos)
        std::from_chars(
            exception.actor.data() + colon + 1, exception.actor.data() + exception.actor.size(),
            allowed_by
        );
    return {exception.id,     exception.account_id, name(exception.account_id),
            exception.begins, exception.ends,       exception.reason,
            name(allowed_by)};
}

Result<HoursOverview> Desk::list_hours(http::Call& call)
{
    HoursOverview overview;
    for (std::size_t i = 0; i < http::account_classes; ++i) {
        auto const of = static_cast<AccountClass>(i);
        auto hours = access_.hours_of(of);
        bool const now = hours.mode == HoursMode::off || within(hours.windows, call.now);
        overview.hours.push_back({of, hours.version, hours.mode, std::move(hours.windows), now});
    }
    for (auto const& exception : access_.exceptions())
        overview.exceptions.push_back(shown(exception));
    return overview;
}

Result<HoursOfClass> Desk::set_hours(http::Call& call, HoursWish const& wanted)
{
    TRY(auto const seen, call.if_match());
    auto faults = window_faults(wanted.windows, "windows");
    if (wanted.mode != HoursMode::off && wanted.windows.empty())
        faults.push_back({"windows", "required"});
    if (!faults.empty()) return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    bool const now = wanted.mode == HoursMode::off || within(wanted.windows, call.now);
    bool const excepted = [&] {
        auto after = *access_.rules();
        after.hours[static_cast<std::size_t>(wanted.account_class)] = {
            seen, wanted.mode, wanted.windows
        };
        return after.hours_admit(call.caller, call.now);
    }();
    if (wanted.mode == HoursMode::refuse && !excepted && !wanted.force.value_or(false))
        return would_lock_out();
    auto const hours = access_.set_hours(
        wanted.account_class, {seen, wanted.mode, wanted.windows}, {call.caller.actor, seen}
    );
    if (!hours) return changed_meanwhile();
    return HoursOfClass{wanted.account_class, hours->version, hours->mode, hours->windows, now};
}

Result<http::Created<ExceptionRow>>
Desk::add_exception(http::Call& call, ExceptionWish const& wanted)
{
    std::vector<FieldFault> faults;
    auto const reason = std::string{domain::trimmed(wanted.reason)};
    if (!accounts_.find(wanted.account_id)) faults.push_back({"account_id", "required"});
    if (wanted.ends <= wanted.begins || wanted.ends <= call.now)
        faults.push_back({"ends", "before_its_start"});
    else if (wanted.ends - wanted.begins > exception_max)
        faults.push_back({"ends", "too_far"});
    if (reason.empty()) faults.push_back({"reason", "required"});
    if (domain::length(reason) > reason_max) faults.push_back({"reason", "too_long"});
    if (domain::has_hostile_characters(reason)) faults.push_back({"reason", "control_characters"});
    if (!faults.empty()) return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    auto const added = access_.add_exception(
        {0, wanted.account_id, wanted.begins, wanted.ends, reason, call.caller.actor, {}}
    );
    return http::Created<ExceptionRow>{shown(added)};
}

Result<http::None> Desk::end_exception(http::Call& call)
{
    if (!access_.end_exception(call.id("exception_id"), call.caller.actor))
        return Problem{Fault::not_found, "not_found"};
    return http::None{};
}

Result<http::None> Desk::reset(http::Call& call)
{
    TRY(auto const of, class_in(call));
    bool const own = !on_console(call) && of == call.caller.account_class;
    if (own && call.query("force") != "true") {
        std::vector<NetworkEntry> usual;
        for (auto const& network : private_networks()) usual.push_back({network, ""});
        auto const asks = parse_address(call.request.peer);
        if (!asks || !set_of(usual).holds(*asks)) return would_lock_out();
    }
    access_.reset(of, call.caller.actor);
    return http::None{};
}

http::RoomRoutes Desk::routes()
{
    using http::Proof, http::Right, http::Scope, http::Verb, http::on;
    constexpr auto manage = Right::policy_manage;
    static constexpr http::Route table[] = {
        {Verb::get, "/api/v1/access/networks", Right::access_rescue, Scope::office, "listNetworks",
         on<&Desk::list_networks>},
        {Verb::put, "/api/v1/access/networks", manage, Scope::office, "setNetworks",
         on<&Desk::set_networks>, Proof::fresh},
        {Verb::get, "/api/v1/clients/{client_id}/networks", manage, Scope::client,
         "getNetworksOfClient", on<&Desk::get_networks_of_client>},
        {Verb::put, "/api/v1/clients/{client_id}/networks", manage, Scope::client,
         "setNetworksOfClient", on<&Desk::set_networks_of_client>, Proof::fresh},
        {Verb::get, "/api/v1/access/hours", Right::access_rescue, Scope::office, "listHours",
         on<&Desk::list_hours>},
        {Verb::put, "/api/v1/access/hours", manage, Scope::office, "setHours", on<&Desk::set_hours>,
         Proof::fresh},
        {Verb::post, "/api/v1/access/exceptions", manage, Scope::office, "addHoursException",
         on<&Desk::add_exception>, Proof::fresh},
        {Verb::del, "/api/v1/access/exceptions/{exception_id}", manage, Scope::office,
         "endHoursException", on<&Desk::end_exception>, Proof::fresh},
        {Verb::post, "/api/v1/access/reset", Right::access_rescue, Scope::office, "resetAccess",
         on<&Desk::reset>, Proof::fresh},
    };
    return {table, this};
}

} // namespace admission

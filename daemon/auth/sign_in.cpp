#include "auth/sign_in.hpp"

#include "base/log.hpp"
#include "crypto/password.hpp"

#include <array>
#include <condition_variable>

namespace auth {

namespace {

constexpr std::string_view cookie_name = "__Host-kuramori";
constexpr std::string_view cookie_rules = "; Path=/; Secure; HttpOnly; SameSite=Strict";

store::FileId const log_file{store::Kind::log, {}, 1};

std::string_view token_in(std::string_view cookies)
{
    while (!cookies.empty()) {
        auto pair = cookies.substr(0, cookies.find(';'));
        cookies.remove_prefix(std::min(cookies.size(), pair.size() + 1));
        while (pair.starts_with(' ')) pair.remove_prefix(1);
        if (pair.starts_with(cookie_name) && pair.substr(cookie_name.size()).starts_with('='))
            return pair.substr(cookie_name.size() + 1);
    }
    return {};
}

Problem wrong_sign_in() { return {Fault::unauthenticated, "sign_in_wrong"}; }

} // namespace

class Door::Hashing {
public:
    class Place {
    public:
        explicit Place(Hashing& of) : hashing_(of) {}
        Place(Place const&) = delete;
        Place& operator=(Place const&) = delete;
        ~Place()
        {
            {
                std::scoped_lock const lock{hashing_.mutex_};
                --hashing_.running_;
            }
            hashing_.freed_.notify_one();
        }

    private:
        Hashing& hashing_;
    };

    // Empty when too many are waiting already.
    std::unique_ptr<Place> take()
    {
        std::unique_lock lock{mutex_};
        if (waiting_ >= waiting_max) return nullptr;
        ++waiting_;
        freed_.wait(lock, [&] { return running_ < running_max; });
        --waiting_;
        ++running_;
        return std::make_unique<Place>(*this);
    }

private:
    static constexpr int running_max = 2;
    static constexpr int waiting_max = 50;
    std::mutex mutex_;
    std::condition_variable freed_;
    int running_ = 0;
    int waiting_ = 0;
};

Door::Door(
    store::Pool& pool,
    Accounts& accounts,
    Sessions& sessions,
    base::Clock const& clock,
    Lockout lockout,
    PasswordPolicy policy
)
    : pool_(pool)
    , accounts_(accounts)
    , sessions_(sessions)
    , clock_(clock)
    , lockout_(lockout)
    , policy_(policy)
    , hashing_(std::make_unique<Hashing>())
{
}

Door::~Door() = default;

std::shared_ptr<http::Caller const> Door::caller_of(net::Request const& request, Instant now)
{
    static auto const nobody = std::make_shared<http::Caller const>();
    if (request.admin_socket)
        return std::make_shared<http::Caller const>(console_caller(request.peer_uid));
    auto const token = token_in(request.headers.find("Cookie"));
    auto known = token.empty() ? nullptr : sessions_.find(token, now);
    return known ? known : nobody;
}

Result<std::string>
Door::hash_checked(std::string_view password, std::string const& login_id, std::string const& name)
{
    std::array const context{login_id, name, accounts_.office_name()};
    if (auto faults = password_faults(policy_, password, context); !faults.empty())
        return Problem{Fault::invalid, "invalid_fields", std::move(faults)};
    auto const place = hashing_->take();
    if (!place) return Problem{Fault::unavailable, "too_busy"};
    return crypto::hash_password(password);
}

// The same work for an unknown name as for a known one.
Result<bool> Door::verify(std::string_view password, std::optional<std::string> const& hash)
{
    auto const place = hashing_->take();
    if (!place) return Problem{Fault::unavailable, "too_busy"};
    if (hash) return crypto::verify_password(password, *hash);
    crypto::verify_password_of_nobody(password);
    return false;
}

bool Door::locked(std::string const& login_id, Instant now) const
{
    auto const until = pool_.read(log_file).one<std::optional<Instant>>(
        "SELECT locked_until FROM login_failure WHERE login_id = ?1", login_id
    );
    return until && *until && now < **until;
}

void Door::count_failure(std::string const& login_id, Instant now)
{
    auto batch = pool_.batch(log_file);
    batch.exec(
        R"(INSERT INTO login_failure (login_id, failures) VALUES (?1, 1)
           ON CONFLICT (login_id) DO UPDATE SET failures = failures + 1)",
        login_id
    );
    batch.exec(
        R"(UPDATE login_failure SET failures = 0, locked_until = ?3
            WHERE login_id = ?1 AND failures >= ?2)",
        login_id, lockout_.failures_max, now + lockout_.locked_for
    );
    batch.commit();
}

void Door::forget_failures(std::string const& login_id)
{
    auto batch = pool_.batch(log_file);
    batch.exec("DELETE FROM login_failure WHERE login_id = ?1", login_id);
    batch.commit();
}

void Door::log_attempt(
    http::Call const& call,
    std::string const& login_id,
    std::optional<std::int64_t> account,
    std::string_view outcome
)
{
    auto batch = pool_.batch(log_file);
    batch.exec(
        R"(INSERT INTO login_log (at, login_id, account_id, outcome, address, request_id)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6))",
        call.now, base::log::escaped(login_id.substr(0, 64)), account, outcome, call.request.peer,
        call.request.request_id
    );
    batch.commit();
}

// One answer, after the same work, for a wrong password, an unknown name, a disabled and a locked
// account.
Result<http::WithHeaders<SessionView>> Door::sign_in(http::Call& call, SignIn const& wanted)
{
    auto const login_id = wanted.login_id.substr(0, 64);
    auto const known = accounts_.credentials(login_id);
    bool const active = known && known->state == AccountState::active;
    bool const is_locked = locked(login_id, call.now);
    TRY(bool const right,
        verify(wanted.password.view(), active ? known->password_hash : std::nullopt));
    std::optional<std::int64_t> account_id;
    if (known) account_id = known->id;
    if (!known || is_locked || !right) {
        log_attempt(call, login_id, account_id, is_locked ? "locked" : "wrong");
        if (!is_locked) count_failure(login_id, call.now);
        return wrong_sign_in();
    }
    TRY(auto const account, accounts_.find(known->id));
    forget_failures(login_id);
    log_attempt(call, login_id, account_id, "ok");
    return open_session(call, account, 200);
}

Result<http::WithHeaders<SessionView>>
Door::open_session(http::Call& call, Account const& account, unsigned status)
{
    auto const caller = accounts_.caller_of(account);
    accounts_.signed_in(account.id, call.request.peer);
    if (!call.caller.session.empty()) sessions_.close(call.caller.session);
    auto const opened = sessions_.open(caller, call.now);

    SessionView view;
    view.account_id = account.id;
    view.login_id = account.login_id;
    view.name = account.name;
    view.role = account.role;
    view.all_clients = account.all_clients;
    view.csrf_token = opened.csrf_token;
    for (unsigned bit = 1; bit < 32; ++bit)
        if (auto const right = static_cast<http::Right>(bit); caller.may(right))
            view.rights.emplace_back(http::name_of(right));
    if (account.last_sign_in_at)
        view.previous_sign_in =
            PreviousSignIn{*account.last_sign_in_at, account.last_sign_in_address.value_or("")};
    view.office_name = accounts_.office_name();
    view.version = KURAMORI_VERSION;
    sessions_.remember_view(opened.reference, json::to_text(view));
    std::string cookie{cookie_name};
    cookie += "=" + opened.token;
    cookie += cookie_rules;
    return http::WithHeaders<SessionView>{
        std::move(view), {{"Set-Cookie", std::move(cookie)}}, status
    };
}

Result<SessionView> Door::get_session(http::Call& call)
{
    return json::from_text<SessionView>(sessions_.view_of(call.caller.session));
}

Result<http::WithHeaders<http::None>> Door::sign_out(http::Call& call)
{
    log_attempt(call, "", call.caller.account_id, "out");
    sessions_.close(call.caller.session);
    std::string cookie{cookie_name};
    cookie += "=; Max-Age=0";
    cookie += cookie_rules;
    return http::WithHeaders<http::None>{
        {}, {{"Set-Cookie", std::move(cookie)}, {"Clear-Site-Data", "\"cache\", \"storage\""}}, 204
    };
}

Result<http::None> Door::change_password(http::Call& call, PasswordChange const& wanted)
{
    TRY(auto const account, accounts_.find(call.caller.account_id));
    if (locked(account.login_id, call.now)) return Problem{Fault::forbidden, "password_wrong"};
    auto const known = accounts_.credentials(account.login_id);
    TRY(bool const right,
        verify(wanted.current.view(), known ? known->password_hash : std::nullopt));
    if (!right) {
        count_failure(account.login_id, call.now);
        return Problem{Fault::forbidden, "password_wrong", {{"current", "password_wrong"}}};
    }
    TRY(auto const hash, hash_checked(wanted.password.view(), account.login_id, account.name));
    TRY(auto const changed, accounts_.set_password(account.id, hash, "account.change_password"));
    sessions_.close_others(changed.id, call.caller.session);
    return http::None{};
}

Result<http::WithHeaders<SessionView>>
Door::set_up_first(http::Call& call, FirstSetup const& wanted)
{
    if (!accounts_.first_needed()) return Problem{Fault::conflict, "setup_is_over"};
    TRY(auto const hash, hash_checked(wanted.password.view(), wanted.login_id, wanted.name));
    TRY(auto const account,
        accounts_.create_first(wanted.code, wanted.login_id, wanted.name, hash));
    log_attempt(call, wanted.login_id, account.id, "ok");
    return open_session(call, account, 201);
}

// An invited account's owner chooses the password. Guessing is counted like sign-in.
Result<http::WithHeaders<SessionView>>
Door::set_up_account(http::Call& call, AccountSetup const& wanted)
{
    auto const login_id = wanted.login_id.substr(0, 64);
    auto const known = accounts_.credentials(login_id);
    bool const right =
        known && known->state == AccountState::invited && known->setup_hash &&
        base::equal_in_constant_time(*known->setup_hash, setup_code_hash(wanted.code)) &&
        known->setup_expires && call.now < *known->setup_expires;
    bool const is_locked = locked(login_id, call.now);
    if (is_locked || !right) {
        log_attempt(call, login_id, std::nullopt, is_locked ? "locked" : "wrong");
        if (!is_locked) count_failure(login_id, call.now);
        return Problem{Fault::forbidden, "setup_code_wrong"};
    }
    TRY(auto const person, accounts_.find(known->id));
    TRY(auto const hash, hash_checked(wanted.password.view(), login_id, person.name));
    TRY(auto const account, accounts_.set_password(known->id, hash, "account.set_up"));
    forget_failures(login_id);
    log_attempt(call, login_id, account.id, "ok");
    return open_session(call, account, 201);
}

} // namespace auth

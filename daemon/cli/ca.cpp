// kuramori ca init | issue | revoke | list | policy: certificates of devices, through the daemon
// when it runs (a revocation holds at once), by itself when it does not.
#include "app/office.hpp"
#include "base/files.hpp"
#include "cli/commands.hpp"
#include "cli/daemon_client.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

namespace cli {

namespace {

using devices::Authority, devices::Certificate, devices::Made, devices::Need, devices::Policy,
    devices::RevokeReason;

std::string day(Instant at) { return fmt::format("{:%Y-%m-%d}", at + base::japan_offset); }

template <class Word> Word word_of(std::string const& text, char const* choices)
{
    Word word{};
    if (!boost::describe::enum_from_string(text.c_str(), word))
        throw UserError(fmt::format("{} ではありません。{} のどれかです。", text, choices));
    return word;
}

// The same questions, to a daemon or to the files themselves.
class Devices {
public:
    Devices() = default;
    Devices(Devices const&) = delete;
    Devices& operator=(Devices const&) = delete;
    virtual ~Devices() = default;
    virtual Authority create_authority() = 0;
    virtual Made issue(std::string const& login_id, std::string const& device) = 0;
    virtual Certificate revoke(std::int64_t id, RevokeReason reason) = 0;
    virtual std::vector<Certificate> list() = 0;
    virtual Policy policy() = 0;
    virtual Policy set_policy(Policy const& wanted) = 0;
};

class ThroughDaemon final : public Devices {
public:
    explicit ThroughDaemon(DaemonClient const& daemon) : daemon_(daemon) {}

    Authority create_authority() override
    {
        return json::from<Authority>(daemon_.post("/api/v1/devices/authority")).value();
    }
    Made issue(std::string const& login_id, std::string const& device) override
    {
        json::object const wanted{{"login_id", login_id}, {"device", device}};
        auto made =
            json::from<devices::IssuedDevice>(daemon_.post("/api/v1/devices", wanted)).value();
        auto const file =
            daemon_.get_file(fmt::format("/api/v1/devices/downloads/{}", made.download_id));
        auto const bytes = base::as_bytes(file);
        return {
            std::move(made.certificate), std::move(made.passphrase), {bytes.begin(), bytes.end()}
        };
    }
    Certificate revoke(std::int64_t id, RevokeReason reason) override
    {
        json::object const wanted{{"reason", json::to(reason)}};
        auto const path = fmt::format("/api/v1/devices/{}/revoke", id);
        return json::from<Certificate>(daemon_.post(path, wanted)).value();
    }
    std::vector<Certificate> list() override
    {
        return json::from<devices::DeviceList>(daemon_.get("/api/v1/devices")).value().certificates;
    }
    Policy policy() override
    {
        return json::from<Policy>(daemon_.get("/api/v1/devices/policy")).value();
    }
    Policy set_policy(Policy const& wanted) override
    {
        auto body = json::to(wanted).as_object();
        body.erase("version");
        return json::from<Policy>(daemon_.put("/api/v1/devices/policy", body, wanted.version))
            .value();
    }

private:
    DaemonClient const& daemon_;
};

template <class T> T granted(Result<T> result)
{
    if (result) return std::move(result).value();
    auto const& problem = result.error();
    throw UserError(explained_fault(
        !problem.fields.empty() && problem.fields.front().message == "unknown_person"
            ? problem.fields.front().message
            : problem.code
    ));
}

class OnStoppedOffice final : public Devices {
public:
    OnStoppedOffice(app::Settings const& settings, std::string actor)
        : office_(settings, clock_), actor_(std::move(actor))
    {
    }
    Authority create_authority() override
    {
        return granted(office_.devices.create_authority(actor_));
    }
    Made issue(std::string const& login_id, std::string const& device) override
    {
        return granted(office_.devices.issue(login_id, device, actor_));
    }
    Certificate revoke(std::int64_t id, RevokeReason reason) override
    {
        return granted(office_.devices.revoke(id, reason, actor_));
    }
    std::vector<Certificate> list() override { return office_.devices.list(); }
    Policy policy() override { return office_.devices.picture()->policy; }
    Policy set_policy(Policy const& wanted) override
    {
        return granted(office_.devices.set_policy(
            {wanted.administrator, wanted.staff, wanted.client, wanted.employee}, wanted.version,
            actor_
        ));
    }

private:
    base::SystemClock clock_;
    app::Office office_;
    std::string actor_;
};

char const* state_of(Certificate const& one, Instant now)
{
    if (one.revoked_at) return "失効";
    return one.expires_at <= now ? "期限切れ" : "有効";
}

int list(Devices& devices, bool as_json)
{
    auto const all = devices.list();
    if (as_json) {
        fmt::print("{}\n", json::to_text(all));
        return 0;
    }
    auto const now = base::SystemClock{}.now();
    for (auto const& one : all)
        fmt::print(
            "{}  {}  {} まで  {}  {}\n", one.serial, state_of(one, now), day(one.expires_at),
            one.login_id, one.device
        );
    if (all.empty()) fmt::print("まだ発行していません。kuramori ca issue で発行します。\n");
    return 0;
}

// Opened before anything is issued, and as whoever called: the file is for that person. It goes
// again when nothing comes of it.
class OutFile {
public:
    explicit OutFile(std::string const& path) : path_(path), file_(made(path)) {}
    OutFile(OutFile const&) = delete;
    OutFile& operator=(OutFile const&) = delete;
    ~OutFile()
    {
        if (!kept_) ::unlink(path_.c_str());
    }
    void keep(Bytes const& content)
    {
        file_.write(content);
        file_.sync();
        kept_ = true;
    }

private:
    static base::File made(std::string const& path)
    {
        if (std::filesystem::exists(path))
            throw UserError(fmt::format("もうあります: {}\n別の名前を指定してください。", path));
        return base::File::create(path, 0600);
    }
    std::string path_;
    base::File file_;
    bool kept_ = false;
};

int issue(Devices& devices, std::string const& user, std::string const& device, OutFile& out)
{
    auto const made = devices.issue(user, device);
    out.keep(made.pkcs12);
    fmt::print(
        "{}（{}）の端末「{}」の証明書を発行しました（{} まで）。\n\n"
        "  合言葉  {}\n\n"
        "合言葉を表示するのは、この1回だけです。ファイルとは別の手段で本人に渡してください。\n"
        "入れ方は、画面のヘルプ「端末証明書」にあります。\n",
        made.certificate.account_name, made.certificate.login_id, made.certificate.device,
        day(made.certificate.expires_at), made.passphrase
    );
    return 0;
}

int revoke(Devices& devices, std::string const& serial, RevokeReason reason)
{
    auto const all = devices.list();
    auto const found =
        std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.serial == serial; });
    if (found == all.end())
        throw UserError("その通し番号の証明書はありません。kuramori ca list で確認してください。");
    devices.revoke(found->id, reason);
    fmt::print("失効させました: {} {}\n", found->login_id, found->device);
    return 0;
}

int policy(Devices& devices, std::optional<std::string> const& who, std::string const& need)
{
    auto now = devices.policy();
    if (who) {
        auto const wanted = word_of<Need>(need, "off、optional、required");
        bool known = false;
        boost::mp11::mp_for_each<store::RowMembers<Policy>>([&](auto member) {
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(now.*member.pointer)>, Need>)
                if (*who == member.name) {
                    now.*member.pointer = wanted;
                    known = true;
                }
        });
        if (!known) throw UserError("administrator、staff、client、employee のどれかです。");
        now = devices.set_policy(now);
    }
    auto const text = [](Need word) { return boost::describe::enum_to_string(word, ""); };
    fmt::print(
        "administrator {}\nstaff         {}\nclient        {}\nemployee      {}\n",
        text(now.administrator), text(now.staff), text(now.client), text(now.employee)
    );
    return 0;
}

std::string asked_for(Arguments& arguments, char const* option)
{
    auto value = arguments.option(option);
    if (!value || value->empty()) throw UserError(fmt::format("{} を指定してください。", option));
    return *value;
}

} // namespace

int ca(Arguments& arguments)
{
    auto const actor = fmt::format("console:uid{}", ::getuid()); // before root becomes the owner
    auto const what = arguments.word().value_or("");
    std::string user;
    std::string device;
    std::unique_ptr<OutFile> out;
    if (what == "issue") {
        if (::isatty(STDOUT_FILENO) == 0)
            throw UserError("合言葉は端末にだけ表示します。出力をつながずに実行してください。");
        user = asked_for(arguments, "--user");
        device = asked_for(arguments, "--device");
        out = std::make_unique<OutFile>(asked_for(arguments, "--out"));
    }
    auto const reason = arguments.option("--reason").value_or("lost");
    bool const as_json = arguments.flag("--json");
    auto const settings = settings_from(arguments);
    auto const first = arguments.word();
    auto const second = arguments.word();
    arguments.nothing_else();

    DaemonClient const daemon{settings.admin_socket};
    std::unique_ptr<Devices> devices;
    if (daemon.running())
        devices = std::make_unique<ThroughDaemon>(daemon);
    else
        devices = std::make_unique<OnStoppedOffice>(settings, actor);
    if (what == "list") return list(*devices, as_json);
    if (what == "issue") return issue(*devices, user, device, *out);
    if (what == "policy" && !first == !second) return policy(*devices, first, second.value_or(""));
    if (what == "revoke" && first)
        return revoke(
            *devices, *first, word_of<RevokeReason>(reason, "lost、replaced、retired、mistake")
        );
    if (what != "init")
        throw UserError("kuramori ca init | issue | revoke 通し番号 | list | policy です。");
    auto const made = devices->create_authority();
    fmt::print("端末の認証局を作りました（{} まで）。\n", day(made.expires_at));
    return 0;
}

} // namespace cli

// kuramori demo: an office of its own is filled with invented companies and people. Passwords are
// made here, different each time, and shown once.
#include "demo/demo.hpp"
#include "app/office.hpp"
#include "cli/commands.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace cli {

namespace {

constexpr std::int64_t clients_max = 2'000;
constexpr std::int64_t employees_max = 200'000;

void show_progress(std::int64_t clients, std::int64_t employees)
{
    if (::isatty(STDERR_FILENO) != 0)
        fmt::print(stderr, "\r\033[K顧問先 {} 社・従業員 {} 人", clients, employees);
}

} // namespace

int demo(Arguments& arguments)
{
    base::SystemClock const clock;
    demo::Wanted wanted{};
    wanted.clients = arguments.number("--clients", 1, clients_max, wanted.clients);
    wanted.employees = arguments.number("--employees", 1, employees_max, wanted.employees);
    wanted.seed = static_cast<std::uint64_t>(arguments.number("--seed", 0, 1'000'000'000, 1));
    wanted.today = domain::date_in_japan(clock.now());
    wanted.administrator_password = auth::new_setup_code();
    wanted.staff_password = auth::new_setup_code();
    bool const as_json = arguments.flag("--json");
    auto const settings = settings_from(arguments);
    arguments.nothing_else();

    app::Office office{settings, clock};
    auto const made = demo::fill(
        {office.pool, office.recorder, clock, office.clients, office.accounts}, wanted,
        show_progress
    );
    if (::isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\r\033[K");
    if (!made)
        throw UserError(
            "デモデータは、顧問先もアカウントもない事務所だけに入れられます（理由コード " +
            made.error().code +
            "）。\n別のフォルダーに kuramori init で新しい事務所を作ってください。"
        );
    office.search.wait_until_caught_up();
    if (as_json) {
        json::array accounts;
        for (std::size_t i = 0; i < made->accounts.size(); ++i)
            accounts.push_back(json::object{
                {"login_id", made->accounts[i].login_id},
                {"password", i == 0 ? wanted.administrator_password : wanted.staff_password},
            });
        fmt::print("{}\n", json::serialize(json::object{{"accounts", accounts}}));
        return 0;
    }
    for (std::size_t i = 0; i < made->accounts.size(); ++i)
        fmt::print(
            "{}　ログインID {}　パスワード {}\n", i == 0 ? "管理者" : "担当者",
            made->accounts[i].login_id,
            i == 0 ? wanted.administrator_password : wanted.staff_password
        );
    return 0;
}

} // namespace cli

// kuramori key recovery-kit: the page that opens the backups when the machine and its root key are
// gone. The daemon must be stopped: the kit's public half goes into the keyring.
#include "app/office.hpp"
#include "cli/commands.hpp"
#include "keyring/recovery_kit.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace cli {

int key(Arguments& arguments)
{
    if (arguments.word() != "recovery-kit") throw UserError("kuramori key recovery-kit です。");
    auto const settings = settings_from(arguments);
    bool const replace = arguments.flag("--replace");
    arguments.nothing_else();
    base::SystemClock const clock;
    app::Office office{settings, clock};
    if (!office.keys->contents().kit_public_key.empty() && !replace)
        throw UserError(
            "復旧キットはもう作られています。\n"
            "なくした・人に見られたときは --replace を付けると、新しいキットに置き換わります。\n"
            "古いキットでは、これから取るバックアップを開けなくなります。"
        );
    auto const kit = keyring::make_recovery_kit();
    office.keys->set_kit_public_key(kit.public_key);
    office.backup.write_key_copy();
    fmt::print("{}", keyring::kit_page(kit, office.accounts.office_name(), clock.now()));
    if (::isatty(STDOUT_FILENO) != 0)
        fmt::print(
            stderr, "\n印刷するには: kuramori key recovery-kit --replace | lp\n"
                    "この24語はもう表示できません。書き写すか印刷してから、画面を消してください。\n"
        );
    return 0;
}

} // namespace cli

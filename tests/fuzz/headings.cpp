// Headings of any file, one a line: each becomes a field that there is, and none twice but where
// several columns are put together. Then the first line as a value of every field: what is read is
// written, and read again the same.
#include "domain/text.hpp"
#include "expect.hpp"
#include "headings/headings.hpp"

#include <algorithm>
#include <set>

namespace {

template <class Target> void read_and_write(
    std::vector<columns::Column<Target>> const& all, std::string_view text
)
{
    for (auto const& column : all) {
        if (column.of_relative && column.slot > 0) continue; // like the first
        Target target;
        if (column.read(target, column.slot, text, {})) continue;
        if constexpr (requires { target.ledger; })
            if (column.of_relative) target.ledger.relatives = {target.slots.front()};
        auto const written = column.write(target, column.slot, {});
        Target again;
        if (written.empty() || column.part) continue;
        fuzz::expect(column.read(again, column.slot, written, {}) == nullptr);
        if constexpr (requires { again.ledger; })
            if (column.of_relative) again.ledger.relatives = {again.slots.front()};
        fuzz::expect(column.write(again, column.slot, {}) == written);
    }
}

template <class Target>
void fields_exist(
    std::vector<columns::Column<Target>> const& all,
    headings::Recognised const& found,
    std::size_t count
)
{
    fuzz::expect(found.paths.size() == count);
    std::set<std::string> seen;
    for (auto const& path : found.paths) {
        if (!path) continue;
        auto const* column = columns::find_column(all, *path);
        fuzz::expect(column != nullptr);
        fuzz::expect(seen.insert(*path).second || column->joiner != nullptr);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto text = fuzz::text_of(data, std::min<std::size_t>(size, 4096));
    std::vector<std::string> words;
    while (!text.empty() && words.size() < 200) {
        auto const line = text.substr(0, text.find('\n'));
        words.push_back(domain::utf8(domain::characters(line))); // as the reader hands it on
        text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
    fields_exist(
        columns::person_columns(), headings::recognise(headings::Kind::employees, words),
        words.size()
    );
    fields_exist(
        columns::client_columns(), headings::recognise(headings::Kind::clients, words),
        words.size()
    );
    if (words.empty() || words.front().empty()) return 0;
    read_and_write(columns::person_columns(), words.front());
    read_and_write(columns::client_columns(), words.front());
    return 0;
}

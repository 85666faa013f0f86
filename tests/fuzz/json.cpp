// A body: strict JSON, then a person's record. What is accepted means the same when it is written
// and read again, and tidying twice changes nothing more.
#include "employees/ledger.hpp"
#include "expect.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const parsed = json::parse_strictly(fuzz::text_of(data, size));
    if (!parsed) return 0;
    fuzz::expect(json::parse_strictly(json::serialize(*parsed)).has_value());

    auto ledger = json::from<employees::Ledger>(*parsed);
    if (!ledger) {
        fuzz::expect(!ledger.error().fields.empty());
        return 0;
    }
    auto const text = json::to_text(*ledger);
    auto const read = json::from_text<employees::Ledger>(text);
    fuzz::expect(read && json::to_text(*read) == text);

    if (!employees::tidy(*ledger).empty()) return 0;
    auto const tidied = json::to_text(*ledger);
    fuzz::expect(employees::tidy(*ledger).empty() && json::to_text(*ledger) == tidied);
    return 0;
}

// A CSV file of any encoding: the same rows whatever the pieces it arrives in, every cell text, and
// what is whole comes back when it is written. The first byte chooses the encoding.
#include "csv/writer.hpp"
#include "domain/text.hpp"
#include "expect.hpp"

#include <vector>

namespace {

std::vector<csv::Row>
rows_of(std::string_view bytes, csv::Encoding encoding, std::size_t piece)
{
    std::vector<csv::Row> rows;
    csv::Reader reader{encoding, [&](csv::Row const& row) {
                           rows.push_back(row);
                           return true;
                       }};
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size())))
        reader.feed(bytes.substr(0, piece));
    reader.finish();
    return rows;
}

bool same(csv::Row const& a, csv::Row const& b)
{
    return a.number == b.number && a.cells == b.cells && a.faults.size() == b.faults.size();
}

bool blank(csv::Row const& row) { return row.cells.size() == 1 && row.cells[0].empty(); }

void comes_back(std::vector<csv::Row> const& rows)
{
    csv::Writer writer{csv::Encoding::utf8_bom, csv::LineBreak::crlf};
    std::vector<csv::Row const*> written;
    for (auto const& row : rows) {
        if (!row.faults.empty() || blank(row)) continue; // a single empty cell is an empty line
        writer.row(row.cells);
        written.push_back(&row);
    }
    auto const again = rows_of(writer.take(), csv::Encoding::utf8_bom, 1 << 20);
    fuzz::expect(again.size() == written.size());
    for (std::size_t i = 0; i < again.size(); ++i) {
        fuzz::expect(again[i].faults.empty() && again[i].cells.size() == written[i]->cells.size());
        for (std::size_t cell = 0; cell < again[i].cells.size(); ++cell)
            fuzz::expect(csv::undefused(again[i].cells[cell]) == written[i]->cells[cell]);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0) return 0;
    auto const bytes = fuzz::text_of(data + 1, size - 1);
    csv::Detector detector;
    detector.feed(bytes);
    auto const encoding = data[0] % 3 == 0   ? detector.encoding()
                          : data[0] % 3 == 1 ? csv::Encoding::cp932
                                             : csv::Encoding::utf8;
    auto const rows = rows_of(bytes, encoding, 1 << 20);
    auto const in_pieces = rows_of(bytes, encoding, 1 + data[0] % 7);
    fuzz::expect(rows.size() == in_pieces.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        fuzz::expect(same(rows[i], in_pieces[i]));
        fuzz::expect(rows[i].cells.size() <= csv::columns_max);
        for (auto const& cell : rows[i].cells) fuzz::expect(domain::valid_utf8(cell));
    }
    comes_back(rows);
    return 0;
}

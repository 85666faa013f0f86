#include "csv/writer.hpp"
#include "domain/text.hpp"

#include <doctest/doctest.h>

#include <random>

namespace {

using namespace std::string_literals;

// Rows as "cell|cell" with "!code@index" behind them, in pieces of every size.
std::string read_in_pieces(std::string const& bytes, csv::Encoding encoding, std::size_t piece)
{
    std::string out;
    csv::Reader reader{encoding, [&](csv::Row const& row) {
                           out += std::to_string(row.number) + ":";
                           for (std::size_t i = 0; i < row.cells.size(); ++i)
                               out += (i == 0 ? "" : "|") + row.cells[i];
                           for (auto const& fault : row.faults) {
                               out += "!"s + fault.code;
                               if (fault.index) out += "@" + std::to_string(*fault.index);
                           }
                           out += ";";
                           return true;
                       }};
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        reader.feed(std::string_view{bytes}.substr(at, piece));
    reader.finish();
    return out;
}

std::string read(std::string const& bytes, csv::Encoding encoding = csv::Encoding::utf8)
{
    auto const whole = read_in_pieces(bytes, encoding, bytes.size() + 1);
    for (std::size_t const piece : {1, 2, 3, 7})
        CHECK(read_in_pieces(bytes, encoding, piece) == whole);
    return whole;
}

csv::Encoding detected(std::string const& bytes)
{
    csv::Detector detector;
    for (char const c : bytes) detector.feed({&c, 1});
    CHECK(detector.kind() == csv::FileKind::text);
    return detector.encoding();
}

csv::FileKind kind(std::string const& bytes)
{
    csv::Detector detector;
    detector.feed(bytes);
    return detector.kind();
}

std::string cp932(std::string_view utf8) { return csv::Encoder{}.encode(utf8).cp932; }

std::string decoded(std::string const& bytes)
{
    auto const text = csv::Decoder{csv::Encoding::cp932}.decode(bytes);
    return text.utf8 + (text.fault ? "!"s + text.fault : "");
}

} // namespace

TEST_CASE("records are read as RFC 4180 has them")
{
    CHECK(read("a,b\r\nc,d\r\n") == "1:a|b;2:c|d;");
    CHECK(read("a,b\nc,d") == "1:a|b;2:c|d;");
    CHECK(read("a,b\rc,d\r") == "1:a|b;2:c|d;");
    CHECK(read("a,,\r\n,,b\r\n") == "1:a||;2:||b;");
    CHECK(read("\"a,1\",\"say \"\"hi\"\"\"\r\n") == "1:a,1|say \"hi\";");
    CHECK(read("\"\",\"\"\r\n") == "1:|;");
    CHECK(read("\"\"\r\n") == "1:;");
    CHECK(read("").empty());
}

TEST_CASE("a line break inside quotes belongs to the cell and does not count as a row")
{
    CHECK(read("a,\"x\r\ny\nz\"\r\nb,c\r\n") == "1:a|x\r\ny\nz;2:b|c;");
}

TEST_CASE("an empty line is no row, but counts as a spreadsheet counts it")
{
    CHECK(read("a,b\r\n\r\n\r\nc,d\r\n") == "1:a|b;4:c|d;");
    CHECK(read("\n\na\n") == "3:a;");
}

TEST_CASE("what is wrong is named with its cell, and the next row is whole again")
{
    CHECK(read("a\"b,c\r\nd,e\r\n") == "1:a\"b|c!stray_quote@0;2:d|e;");
    CHECK(read("\"a\"b,c\r\nd,e\r\n") == "1:ab|c!stray_quote@0;2:d|e;");
    CHECK(read("a,\"b\r\nc,d\r\n") == "1:a|b\r\nc,d\r\n!unclosed_quote;");
    CHECK(read("a\0b,c\n"s) == "1:a\0b|c!nul_character@0;"s);
    CHECK(read("a,\xE3\x81,b\n") == "1:a|\uFFFD\uFFFD|b!bad_bytes@1;");
    CHECK(read("a,\x82,b\n", csv::Encoding::cp932) == "1:a|\uFFFD|b!bad_bytes@1;");
    CHECK(
        read("a,\x82\xA0\xFF\x82\xA2,b\n", csv::Encoding::cp932) == "1:a|あ\uFFFDい|b!bad_bytes@1;"
    );
}

TEST_CASE("cells and rows without end are cut and named, in bounded memory")
{
    auto const row = read_in_pieces(
        std::string(csv::cell_bytes_max + 10, 'x') + ",b\n", csv::Encoding::utf8, 4096
    );
    CHECK(row.ends_with("|b!cell_too_long@0;"));
    CHECK(row.size() == csv::cell_bytes_max + 2 + "|b!cell_too_long@0;"s.size());
    std::size_t cells = 0;
    std::string fault;
    csv::Reader reader{csv::Encoding::utf8, [&](csv::Row const& wide) {
                           cells = wide.cells.size();
                           CHECK(wide.faults.size() == 1);
                           fault = wide.faults.front().code;
                           return true;
                       }};
    reader.feed(std::string(100'000, ','));
    reader.finish();
    CHECK(cells == csv::columns_max);
    CHECK(fault == "too_many_columns");
}

TEST_CASE("reading stops when the visitor has enough")
{
    int rows = 0;
    csv::Reader reader{csv::Encoding::utf8, [&](csv::Row const&) { return ++rows < 2; }};
    CHECK_FALSE(reader.feed("a\nb\nc\nd\n"));
    reader.finish();
    CHECK(rows == 2);
}

TEST_CASE("the byte-order mark is no part of the first heading")
{
    CHECK(read("\xEF\xBB\xBF社員番号,姓\n") == "1:社員番号|姓;");
    CHECK(read("\xEF\xBB\xBF\"社員番号\",姓\n") == "1:社員番号|姓;");
    CHECK(read("\xEF\xBB\n") == "1:\uFFFD\uFFFD!bad_bytes@0;");
    CHECK(read("\xEF").ends_with("!bad_bytes@0;"));
}

TEST_CASE("the line break of the file is known")
{
    auto const line_break = [](std::string const& bytes) {
        csv::Reader reader{csv::Encoding::utf8, [](csv::Row const&) { return true; }};
        reader.feed(bytes);
        reader.finish();
        return reader.line_break();
    };
    CHECK(line_break("a,b\r\nc,d\r\n") == csv::LineBreak::crlf);
    CHECK(line_break("a,b\nc,d\n") == csv::LineBreak::lf);
}

TEST_CASE("the encoding is found: strict UTF-8 first, else CP932")
{
    auto const names = "社員番号,姓,名\r\n001,髙橋,﨑子\r\n"s;
    CHECK(detected(names) == csv::Encoding::utf8);
    CHECK(detected("\xEF\xBB\xBF" + names) == csv::Encoding::utf8_bom);
    CHECK(detected(cp932(names)) == csv::Encoding::cp932);
    CHECK(detected("no,name\r\n1,Smith\r\n") == csv::Encoding::utf8);
    CHECK(detected(cp932("ｱｲｳ")) == csv::Encoding::cp932);
    std::string many;
    for (int i = 0; i < 30; ++i) many += names;
    CHECK(detected(many + "\xFF") == csv::Encoding::utf8);         // one damaged byte
    CHECK(detected(cp932(many) + "\xFF") == csv::Encoding::cp932); // the same
    CHECK(detected("\xED\xA0\x80") == csv::Encoding::cp932);       // a surrogate is not UTF-8
    CHECK(detected("\xC0\xAF") == csv::Encoding::cp932);           // nor is a longer form
    CHECK(detected("\xE3\x81") == csv::Encoding::cp932);           // nor half a character
}

TEST_CASE("files that are no CSV are known by their first bytes")
{
    CHECK(kind("") == csv::FileKind::empty);
    CHECK(kind("\xEF\xBB\xBF") == csv::FileKind::empty);
    CHECK(kind("\xFF\xFE\x3E\x79") == csv::FileKind::utf16);
    CHECK(kind("PK\x03\x04......") == csv::FileKind::spreadsheet);
    CHECK(kind("\xD0\xCF\x11\xE0....") == csv::FileKind::spreadsheet);
    CHECK(kind("a,b") == csv::FileKind::text);
}

TEST_CASE("CP932 is read as Windows reads it")
{
    struct Pair {
        char const* bytes;
        char const* text;
    };
    for (auto const& [bytes, text] : {
             Pair{"\x81\x60", "～"}, {"\x81\x7C", "－"}, {"\x81\x61", "∥"},  {"\x81\x91", "￠"},
             {"\x81\x92", "￡"},     {"\x81\xCA", "￢"}, {"\x81\x5C", "―"},  {"\x81\x5F", "＼"},
             {"\xFB\xFC", "髙"},     {"\xEE\xE0", "髙"}, {"\xFA\xB1", "﨑"}, {"\xED\x95", "﨑"},
             {"\x87\x40", "①"},      {"\x87\x8A", "㈱"}, {"\x87\x54", "Ⅰ"},  {"\xFA\x4A", "Ⅰ"},
             {"\x81\xE6", "∵"},      {"\x5C", "\\"},     {"\x7E", "~"},      {"\xB1", "ｱ"},
         }) {
        CAPTURE(text);
        CHECK(decoded(bytes) == text);
        CHECK(decoded(cp932(text)) == text);
        CHECK(csv::Encoder{}.encode(text).unmappable.empty());
    }
    CHECK(decoded("\x80") == "\uFFFD!bad_bytes");
    CHECK(decoded("\xA0") == "\uFFFD!bad_bytes");
    CHECK(decoded("\xFD") == "\uFFFD!bad_bytes");
    CHECK(decoded("\xF0\x40").ends_with("!gaiji")); // 外字: nobody can tell what it looks like
}

TEST_CASE("every pair of CP932 bytes is read or named, and comes back the same when written")
{
    csv::Decoder decoder{csv::Encoding::cp932};
    csv::Encoder encoder;
    int characters = 0;
    for (unsigned lead = 0x81; lead <= 0xFC; ++lead) {
        if (lead >= 0xA0 && lead <= 0xDF) continue;
        for (unsigned trail = 0; trail <= 0xFF; ++trail) {
            std::string const bytes{static_cast<char>(lead), static_cast<char>(trail)};
            auto const text = decoder.decode(bytes);
            if (text.fault) continue;
            ++characters;
            auto const again = encoder.encode(text.utf8);
            REQUIRE(again.unmappable.empty());
            REQUIRE(decoder.decode(again.cp932).utf8 == text.utf8);
        }
    }
    CHECK(characters == 7724); // JIS X 0208, NEC and IBM characters, with their doubles
}

TEST_CASE("a character that CP932 cannot hold is told and replaced, never dropped")
{
    csv::Encoder encoder;
    auto const one = encoder.encode("𠮷田");
    CHECK(one.unmappable == "𠮷");
    CHECK(decoded(one.cp932) == "吉田");
    auto const two = encoder.encode("ヷ・é");
    CHECK(two.unmappable == "ヷé");
    CHECK(decoded(two.cp932) == "〓・〓");
    auto const wave = encoder.encode("1〜2−3"); // would read back as ～ and －
    CHECK(wave.unmappable == "〜−");
    CHECK(decoded(wave.cp932) == "1～2－3");
    CHECK(encoder.encode("髙﨑①㈱").unmappable.empty());
}

TEST_CASE("rows are written as RFC 4180 has them")
{
    csv::Writer utf8{csv::Encoding::utf8_bom, csv::LineBreak::crlf};
    utf8.row({"a", "b,c", "say \"hi\"", "x\ny", ""});
    CHECK(
        utf8.take() == "\xEF\xBB\xBF"
                       "a,\"b,c\",\"say \"\"hi\"\"\",\"x\ny\",\r\n"
    );
    utf8.row({"2"});
    CHECK(utf8.take() == "2\r\n");
    csv::Writer windows{csv::Encoding::cp932, csv::LineBreak::crlf};
    windows.row({"社員番号", "姓"});
    windows.row({"1", "𠮷田"});
    CHECK(windows.take() == cp932("社員番号,姓\r\n1,吉田\r\n"));
    REQUIRE(windows.unmappable().size() == 1);
    CHECK(windows.unmappable()[0].line == 2);
    CHECK(windows.unmappable()[0].index == 1);
    CHECK(windows.unmappable()[0].characters == "𠮷");
}

TEST_CASE("formula cells are defused, numbers stay numbers, and what was there comes back")
{
    CHECK(csv::defused("=1+1") == "'=1+1");
    CHECK(csv::defused("+81-3-1234-5678") == "'+81-3-1234-5678");
    CHECK(csv::defused("-cmd") == "'-cmd");
    CHECK(csv::defused("@SUM(A1)") == "'@SUM(A1)");
    CHECK(csv::defused("\t=1") == "'\t=1");
    CHECK(csv::defused("＝1") == "'＝1");
    CHECK(csv::defused("'=1") == "''=1");
    CHECK(csv::defused("-1234") == "-1234");
    CHECK(csv::defused("-12.5") == "-12.5");
    CHECK(csv::defused("-1-2") == "'-1-2");
    CHECK(csv::defused("03-1234-5678") == "03-1234-5678");
    CHECK(csv::defused("O'Brien") == "O'Brien");
    CHECK(csv::undefused("'田中") == "'田中");
    for (auto const* text :
         {"=1", "'=1", "''＝1", "-5", "'-5", "-", "+", "@", "'", "", "'a", "\n", "−1", "ー", "-1.",
          "-.5", "普通"}) {
        CAPTURE(text);
        CHECK(csv::undefused(csv::defused(text)) == text);
    }
}

TEST_CASE("any cells come back through writer and reader")
{
    std::mt19937 random{7};
    std::u32string const letters = U"a,\"\r\n'=+-@１髙﨑①～－é𠮷 \t";
    for (int round = 0; round < 200; ++round) {
        std::vector<std::string> cells(1 + random() % 5);
        for (auto& cell : cells)
            for (auto n = random() % 6; n > 0; --n) {
                auto const letter = letters[random() % letters.size()];
                cell += domain::utf8({&letter, 1});
            }
        csv::Writer writer{csv::Encoding::utf8_bom, csv::LineBreak::crlf};
        writer.row({"heading"});
        writer.row(cells);
        std::vector<std::string> back;
        csv::Reader reader{csv::Encoding::utf8_bom, [&](csv::Row const& row) {
                               CHECK(row.faults.empty());
                               back = row.cells;
                               return true;
                           }};
        reader.feed(writer.take());
        reader.finish();
        for (auto& cell : back) cell = csv::undefused(cell);
        if (cells == std::vector<std::string>{""}) continue; // an empty line is no row
        CHECK(back == cells);
    }
}

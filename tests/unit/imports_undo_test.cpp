#include "import_room.hpp"

#include <doctest/doctest.h>

namespace {

using test::code_of, test::cp932, test::day, test::Words;
using test::headings, test::takahashi, test::yamada;

} // namespace

TEST_CASE_FIXTURE(test::ImportRoom, "the last import is undone, and can be done again")
{
    committed(headings + yamada);
    auto const before = json::to_text(person("0001"));
    auto const item = committed(
        headings + "0001,山田,太一,ヤマダ,タイチ,1990/4/1,男性,2015/4/1,経理部\r\n" + takahashi
    );
    CHECK(get(item.id).can_undo);
    CHECK(json::to_text(person("0001")) != before);
    auto const job = undo(item.id);
    CHECK(job.state == jobs::State::done);
    CHECK(json::to_text(job.result) == R"({"removed":1,"restored":1})");
    CHECK(json::to_text(person("0001")) == before);
    CHECK(count("people") == 1);
    CHECK(count("employee.import_undone") == 2);
    CHECK(get(item.id).state == imports::State::undone);
    CHECK(code_of(room.undo(call(item.id))) == "import_not_last");
    finished(room.check(call(item.id), as_suggested(get(item.id))));
    CHECK(commit(item.id).state == jobs::State::done);
    CHECK(count("people") == 2);
    CHECK(person("0001").name.first_name == "太一");
}

TEST_CASE_FIXTURE(
    test::ImportRoom, "an undo is refused with the list when somebody changed a person since"
)
{
    auto const first = committed(headings + yamada);
    auto const item = committed(headings + takahashi);
    CHECK(code_of(room.undo(call(first.id))) == "import_not_last");
    auto const id = [&] {
        auto book = pool.begin(client.book);
        auto const person_id =
            book.one<std::int64_t>("SELECT id FROM employee WHERE number = '0002'").value();
        auto const now = employees::read_employee(book, person_id, day("2026-10-01"));
        auto ledger = now->ledger;
        ledger.basic.note = "変更";
        auto const written = employees::write_employee(
            book, recorder, ledger, now, "account:9", "employee.update", clock.now()
        );
        book.commit(written.receipt);
        return person_id;
    }();
    auto const refused = room.undo(call(item.id));
    REQUIRE(code_of(refused) == "import_changed_since");
    CHECK(
        refused.error().context ==
        fmt::format(R"({{"changed":[{{"id":{},"title":"髙橋　花子"}}]}})", id)
    );
    auto const outcome =
        room.run_undo(place(), item.id, "account:3", *std::make_unique<test::QuietProgress>());
    CHECK(code_of(outcome) == "import_changed_since");
    CHECK(outcome.error().fields[0].field == fmt::format("employee:{}", id));
    CHECK(count("people") == 2);
}

TEST_CASE_FIXTURE(
    test::ImportRoom, "an undo is refused when a file was attached to a person it would remove"
)
{
    auto const item = committed(headings + takahashi);
    auto book = pool.begin(client.book);
    book.exec(
        R"(INSERT INTO blob (id, wrapped_key, bytes, sha256, stored_bytes, stored_sha256)
           VALUES ('00112233445566778899aabbccddee00', zeroblob(60), 1, ?1, 2, ?1))",
        std::string(64, '0')
    );
    book.exec(
        R"(INSERT INTO document (version, employee_id, blob_id, name, extension, created_at,
                                 created_by)
           VALUES (1, (SELECT id FROM employee), '00112233445566778899aabbccddee00', 'a.pdf',
                   'pdf', 0, 'x'))"
    );
    book.commit(recorder.append(book, {"test", "a", "b", "{}"}));
    CHECK(code_of(room.undo(call(item.id))) == "import_changed_since");
}

TEST_CASE_FIXTURE(test::ImportRoom, "the mapping is remembered for files with the same headings")
{
    std::string const unknown = "番号,みょうじ,なまえ,みょうじカナ,なまえカナ,うまれ,せいべつ\r\n"
                                "0001,山田,太郎,ヤマダ,タロウ,1990/4/1,男\r\n";
    auto const item = upload(unknown).value();
    CHECK(item.profile == imports::Profile::unknown);
    imports::ImportCheck wanted;
    CHECK(room.check(call(item.id), wanted).error().fields[0].message == "key_missing");
    wanted.mapping = {{0, "basic.number"},   {1, "name.last_name"},  {2, "name.first_name"},
                      {3, "name.last_kana"}, {4, "name.first_kana"}, {5, "basic.birth_date"},
                      {6, "basic.sex"}};
    finished(room.check(call(item.id), wanted));
    CHECK(told(item.id) == Words{"2 add"});
    auto const next = upload(unknown).value();
    CHECK(next.columns[5].field == "basic.birth_date");
    wanted.mapping[1].field = "basic.number";
    wanted.mapping[2].field = "no.such";
    wanted.mapping.push_back({99, "name.last_name"});
    auto const faults = room.check(call(next.id), wanted).error().fields;
    REQUIRE(faults.size() == 3);
    CHECK(faults[0].message == "mapped_twice");
    CHECK(faults[1].message == "unknown_field");
    CHECK(faults[2].message == "out_of_range");
}

TEST_CASE_FIXTURE(test::ImportRoom, "an establishment is found by its name")
{
    clients::EstablishmentInput place_input;
    place_input.name = "本社（東京）";
    auto const made = clients.add_establishment(client.book, place_input, "test").value();
    auto const start = headings.substr(0, headings.size() - 2) + ",事業所\r\n";
    auto const cells = yamada.substr(0, yamada.size() - 2);
    CHECK(
        told(checked(start + cells + ",支社\r\n").id) ==
        Words{"2 error 事業所=支社 unknown_establishment"}
    );
    committed(start + cells + ",本社(東京)\r\n");
    CHECK(person("0001").employment->establishment_id == made.id);
}

TEST_CASE_FIXTURE(test::ImportRoom, "an ended client takes no imports")
{
    auto const item = checked(headings + yamada);
    client.ended = true;
    CHECK(code_of(upload(headings + yamada)) == "client_ended");
    CHECK(code_of(room.check(call(item.id), as_suggested(item))) == "client_ended");
    CHECK(code_of(room.commit(call(item.id))) == "client_ended");
    CHECK(code_of(room.remove(call(item.id))) == "client_ended");
    CHECK(code_of(room.rows(call(item.id))) == "fine");
}

TEST_CASE_FIXTURE(test::ImportRoom, "uploads go when they are deleted, overtaken or forgotten")
{
    auto const contents = [&] {
        return pool.read(client.book).one<std::int64_t>("SELECT count(*) FROM blob").value();
    };
    auto const first = upload(headings + yamada).value();
    CHECK(contents() == 1);
    CHECK(code_of(room.remove(call(first.id))) == "fine");
    CHECK(code_of(room.get(call(first.id))) == "not_found");
    CHECK(contents() == 0);
    auto const second = committed(headings + yamada);
    CHECK(code_of(room.remove(call(second.id))) == "import_committed");
    committed(headings + takahashi);
    CHECK(contents() == 1); // of the last one, for its undo
    upload(headings + yamada).value();
    CHECK(contents() == 2);
    clock.advance(std::chrono::hours{31 * 24});
    upload(headings + yamada).value();
    CHECK(contents() == 2);
    CHECK(room.list(call()).value().imports.size() == 3);
}

TEST_CASE_FIXTURE(
    test::ImportRoom, "no name stands in clear on the disk, whatever became of the import"
)
{
    auto const item = committed(cp932(headings + yamada + takahashi));
    checked(cp932(headings + "0009,髙橋,花子,タカハシ,ハナコ,2024/02/30,女,2020/4/1,総務部\r\n"));
    std::string const utf16 = "\xD8\x9A\x4B\x6A"; // 髙橋, little-endian
    for (auto const& entry : std::filesystem::recursive_directory_iterator{path}) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in{entry.path(), std::ios::binary};
        std::string const content{std::istreambuf_iterator<char>{in}, {}};
        CAPTURE(entry.path());
        for (auto const& name : {std::string{"髙橋"}, cp932("髙橋"), utf16, std::string{"山田"}})
            CHECK(content.find(name) == std::string::npos);
    }
}

TEST_CASE_FIXTURE(
    test::ImportRoom, "a cell of our own export that looked like a formula comes back as it was"
)
{
    auto const item = committed(
        headings.substr(0, headings.size() - 2) + ",メモ\r\n" +
        yamada.substr(0, yamada.size() - 2) + ",'=SUM(A1)\r\n"
    );
    CHECK(person("0001").basic.note == "=SUM(A1)");
}

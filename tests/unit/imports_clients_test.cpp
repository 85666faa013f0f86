#include "import_room.hpp"

#include "domain/numbers.hpp"

#include <doctest/doctest.h>

namespace {

using test::code_of, test::cp932, test::Words;

std::string const headings =
    "管理コード,会社名,会社名（フリガナ）,法人番号,代表者名,決算月,給与締日\r\n";
std::string const two = "A01,株式会社山田製作所,ヤマダセイサクジョ,,山田　太郎,3月,末日\r\n"
                        "B02,髙橋商店,タカハシショウテン,,髙橋　花子,12,20日\r\n";

struct Companies : test::ImportRoom {
    Companies() { people = false; }
    std::vector<std::string> codes()
    {
        return pool.read(office).all<std::string>("SELECT code FROM client ORDER BY code");
    }
    std::int64_t id_of(std::string const& code)
    {
        return pool.read(office)
            .one<std::int64_t>("SELECT id FROM client WHERE code = ?1", code)
            .value();
    }
    std::size_t books() const
    {
        std::size_t found = 0;
        for (auto const& entry : std::filesystem::directory_iterator{path / "books"})
            found += entry.is_directory() ? 1 : 0;
        return found;
    }
};

} // namespace

TEST_CASE_FIXTURE(Companies, "clients are added and changed in one file, with books of their own")
{
    auto const item = checked(cp932(headings + two));
    CHECK(item.kind == imports::Kind::clients);
    CHECK(told(item.id) == Words{"2 update", "3 add"});
    CHECK(rows(item.id)[0].changes.size() == 3);
    auto const job = commit(item.id);
    CHECK(job.state == jobs::State::done);
    CHECK(json::to_text(job.result) == R"({"add":1,"update":1,"same":0,"error":0})");
    CHECK(codes() == Words{"A01", "B02"});
    auto const made = clients.read(id_of("B02")).value();
    CHECK(made.state == clients::ClientState::active);
    CHECK(made.profile.representative_name == "髙橋　花子");
    CHECK(made.profile.fiscal_month == 12);
    CHECK(clients.read(id_of("A01")).value().profile.closing_day == 31);
    CHECK(books() == 2);
    CHECK(told(checked(headings + two).id) == Words{"2 same", "3 same"});
}

TEST_CASE_FIXTURE(Companies, "what fits no rule is named, and nothing is written")
{
    auto const item = checked(
        headings + "A01,,ヤマダ,,,13月,末日\r\nB02,髙橋商店,高橋,1234567890123,,,\r\n"
                   "B02,別,ベツ,,,,\r\n,名無し,ナナシ,,,,\r\n"
    );
    CHECK(
        told(item.id) ==
        Words{
            "2 error 決算月=13月 out_of_range",
            "3 error 会社名（フリガナ）=高橋 bad_kana",
            "3 error 法人番号=1234567890123 bad_corporate_number",
            "4 error 管理コード=3 duplicate_in_file",
            "5 error 管理コード= required",
        }
    );
    CHECK(code_of(room.commit(call(item.id))) == "import_has_errors");
    CHECK(codes() == Words{"A01"});
}

TEST_CASE_FIXTURE(Companies, "without a code a client is found by its 法人番号")
{
    auto const number = domain::with_corporate_check_digit("000012050002");
    committed(headings + fmt::format("B02,髙橋商店,タカハシ,{},,,\r\n", number));
    auto const item = checked(headings + fmt::format(",髙橋商事,タカハシ,{},,,\r\n", number));
    CHECK(told(item.id) == Words{"2 update"});
    CHECK(rows(item.id)[0].key == "B02");
}

TEST_CASE_FIXTURE(Companies, "an ended client is not changed by a file")
{
    auto transaction = pool.begin(office);
    transaction.exec("UPDATE client SET state = 'ended'");
    transaction.commit(recorder.append(transaction, {"test", "a", "b", "{}"}));
    CHECK(told(checked(headings + two).id) == Words{"2 error = client_ended", "3 add"});
}

TEST_CASE_FIXTURE(Companies, "a commit is refused when a client changed since the dry run")
{
    auto const item = checked(headings + two);
    auto transaction = pool.begin(office);
    transaction.exec("UPDATE client SET version = version + 1");
    transaction.commit(recorder.append(transaction, {"test", "a", "b", "{}"}));
    auto const job = commit(item.id);
    CHECK(job.error == "import_outdated");
    CHECK(codes() == Words{"A01"});
}

TEST_CASE_FIXTURE(
    Companies, "an undo takes new clients away, with book and keys, and puts the others back"
)
{
    auto const before = json::to_text(clients.read(client.id).value().profile);
    auto const item = committed(headings + two);
    auto const gone = clients.find_client(id_of("B02"))->book.book_id;
    CHECK(get(item.id).can_undo);
    auto const job = undo(item.id);
    CHECK(job.state == jobs::State::done);
    CHECK(json::to_text(job.result) == R"({"removed":1,"restored":1})");
    CHECK(codes() == Words{"A01"});
    CHECK(json::to_text(clients.read(client.id).value().profile) == before);
    CHECK(books() == 1);
    CHECK(destroyed == Words{gone});
    CHECK(pool.read(office).one<std::int64_t>("SELECT count(*) FROM book_removal") == 0);
    finished(room.check(call(item.id), as_suggested(get(item.id))));
    CHECK(commit(item.id).state == jobs::State::done); // and again
    CHECK(codes() == Words{"A01", "B02"});
    CHECK(books() == 2);
}

TEST_CASE_FIXTURE(Companies, "an undo is refused when somebody worked in a new client's book")
{
    auto const item = committed(headings + two);
    clients::EstablishmentInput place_input;
    place_input.name = "本社";
    clients.add_establishment(clients.find_client(id_of("B02"))->book, place_input, "test").value();
    auto const refused = room.undo(call(item.id));
    REQUIRE(code_of(refused) == "import_changed_since");
    CHECK(
        refused.error().context ==
        fmt::format(R"({{"changed":[{{"id":{},"title":"髙橋商店"}}]}})", id_of("B02"))
    );
    CHECK(codes() == Words{"A01", "B02"});
}

TEST_CASE_FIXTURE(Companies, "a book that a crash left to be removed goes at the next start")
{
    committed(headings + two);
    auto const book_id = clients.find_client(id_of("B02"))->book.book_id;
    auto transaction = pool.begin(office);
    transaction.exec("DELETE FROM client WHERE code = 'B02'");
    transaction.exec("INSERT INTO book_removal (book_id) VALUES (?1)", book_id);
    transaction.commit(recorder.append(transaction, {"test", "a", "b", "{}"}));
    clients.replay_outbox();
    CHECK(books() == 1);
    CHECK(destroyed == Words{book_id});
    clients.replay_outbox(); // nothing is left to do
    CHECK(destroyed.size() == 1);
}

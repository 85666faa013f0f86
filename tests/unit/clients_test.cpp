#include "asked.hpp"
#include "client_parts.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

#include <set>
#include <thread>

namespace {

using clients::Client, clients::ClientInput, clients::Clients;

struct Directory : TestOffice {
    Clients clients{client_parts(pool, recorder, clock)};

    static ClientInput input(std::string const& code, std::string const& name = "株式会社さくら")
    {
        ClientInput in;
        in.code = code;
        in.name = name;
        in.name_kana = "サクラ";
        in.profile.telephone = "03-0123-4567";
        return in;
    }
    Client created(std::string const& code)
    {
        auto made = clients.create(input(code), "account:1");
        REQUIRE(made.has_value());
        return *made;
    }
    Result<Client> update(Client const& client, std::int64_t seen, std::string const& name)
    {
        auto in = input(client.code, name);
        Asked asked{clock.now()};
        asked.seen(seen).client(client.id, clients.find_client(client.id)->book);
        return clients.put(asked.call, in);
    }
    std::int64_t outbox()
    {
        return pool.read(office).one<std::int64_t>("SELECT count(*) FROM client_outbox").value();
    }
};

std::string codes_of(std::vector<FieldFault> const& faults)
{
    std::set<std::string> all;
    for (auto const& fault : faults) all.insert(fault.field + ":" + fault.message);
    std::string text;
    for (auto const& one : all) text += (text.empty() ? "" : " ") + one;
    return text;
}

std::string faults_of(ClientInput input) { return codes_of(clients::tidy(input)); }

} // namespace

TEST_CASE_FIXTURE(
    Directory, "a new client has a directory row, a book of its own, and an audit row in each"
)
{
    auto const client = created("A-01");
    CHECK(client.version == 1);
    CHECK(client.state == clients::ClientState::active);
    CHECK(client.profile.telephone == "03-0123-4567");
    auto const book = clients.find_client(client.id)->book;
    CHECK(book.book_id.size() == 32);
    CHECK(pool.exists(book));
    CHECK(audit::head_of(pool.read(book)).seq == 1);
    CHECK(audit::first_bad_row(pool.read(book), audit::chain_key(test_root(), book)) == 0);
    CHECK(outbox() == 0);
    CHECK(clients.count() == 1);
    CHECK(created("A-02").colour != client.colour);
}

TEST_CASE_FIXTURE(Directory, "a client code is there once")
{
    created("A-01");
    auto const again = clients.create(input("Ａ－０１"), "account:1"); // the same, full-width
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().code == "client_code_taken");
    CHECK(again.error().fault == Fault::conflict);
    CHECK(clients.count() == 1);
    CHECK(created("A-02").id > 0);
}

TEST_CASE_FIXTURE(Directory, "a change carries the version that its author has seen")
{
    auto const client = created("A-01");
    auto const changed = update(client, 1, "株式会社ひまわり");
    REQUIRE(changed.has_value());
    CHECK(changed->version == 2);
    CHECK(changed->name == "株式会社ひまわり");
    auto const late = update(client, 1, "株式会社すみれ");
    REQUIRE_FALSE(late.has_value());
    CHECK(late.error().code == "version_conflict");
    CHECK(late.error().context.find("ひまわり") != std::string::npos); // both can be shown
    CHECK(clients.read(client.id)->name == "株式会社ひまわり");
    Asked blind{clock.now()};
    blind.client(client.id, clients.find_client(client.id)->book);
    CHECK(clients.put(blind.call, input("A-01")).error().code == "precondition_required");
}

TEST_CASE_FIXTURE(
    Directory, "of two who change at once one wins, and the book says what the directory says"
)
{
    auto const client = created("A-01");
    for (int round = 0; round < 8; ++round) {
        auto const seen = clients.read(client.id)->version;
        std::vector<std::thread> threads;
        std::atomic<int> won = 0;
        for (auto const* name : {"株式会社ひまわり", "株式会社すみれ"})
            threads.emplace_back([&, name] {
                if (update(client, seen, name).has_value()) ++won;
            });
        for (auto& thread : threads) thread.join();
        CHECK(won == 1);
        CHECK(outbox() == 0);
    }
}

TEST_CASE_FIXTURE(Directory, "an ended client is not changed, and can be taken up again")
{
    auto const client = created("A-01");
    auto const book = clients.find_client(client.id)->book;
    {
        Asked asked{clock.now()};
        asked.seen(1).client(client.id, book);
        CHECK(clients.end(asked.call)->state == clients::ClientState::ended);
    }
    CHECK(clients.find_client(client.id)->ended);
    CHECK(clients.count() == 0);
    CHECK(clients.all_books().size() == 1);
    Asked change{clock.now()};
    change.seen(2).client(client.id, book);
    change.call.client.ended = true;
    CHECK(clients.put(change.call, input("A-01")).error().code == "client_ended");
    Asked resume{clock.now()};
    resume.seen(2).client(client.id, book);
    CHECK(clients.resume(resume.call)->state == clients::ClientState::active);
}

TEST_CASE_FIXTURE(
    Directory, "a change that reached the directory alone reaches the book at the next start"
)
{
    auto const client = created("A-01");
    auto profile = input("A-01").profile;
    profile.telephone = "06-0123-4567";
    {
        auto transaction = pool.begin(office);
        transaction.exec(
            "INSERT INTO client_outbox (client_id, profile, actor, action) "
            "VALUES (?1, ?2, 'account:1', 'client.update')",
            client.id, json::to_text(profile)
        );
        transaction.commit(recorder.append(transaction, {"account:1", "client.update", "x", "{}"}));
    }
    clients.replay_outbox();
    clients.replay_outbox(); // nothing is left to do
    CHECK(clients.read(client.id)->profile.telephone == "06-0123-4567");
    CHECK(outbox() == 0);
}

TEST_CASE("the fields of a client are cleaned, and every fault is named at once")
{
    auto good = Directory::input(" Ａ－０１ ");
    good.name_kana = "ｻｸﾗ";
    good.profile.corporate_number = "7000-0120-50002";
    good.profile.postal_code = "〒１００－０００１";
    good.profile.fax = "  ";
    good.profile.contact_email = " soumu@example.jp ";
    CHECK(faults_of(good).empty());
    clients::tidy(good);
    CHECK(good.code == "A-01");
    CHECK(good.name_kana == "サクラ");
    CHECK(good.profile.corporate_number == "7000012050002");
    CHECK(good.profile.postal_code == "100-0001");
    CHECK_FALSE(good.profile.fax);
    CHECK(good.profile.contact_email == "soumu@example.jp");

    ClientInput empty;
    CHECK(faults_of(empty) == "code:required name:required name_kana:required");

    auto bad = Directory::input("123456789012345678901");
    bad.name = "a\u202Eb";
    bad.name_kana = "桜";
    bad.profile.corporate_number = "1234567890123";
    bad.profile.postal_code = "1";
    bad.profile.telephone = "なし";
    bad.profile.contact_email = "a@b@c.jp";
    bad.profile.fiscal_month = 13;
    bad.profile.pay_month_offset = 3;
    bad.profile.contract_from = parse_date("2026-04-01");
    bad.profile.contract_to = parse_date("2026-03-31");
    bad.profile.note = "番号は123456789018、生年1990";
    CHECK(
        faults_of(bad) ==
        "code:too_long name:control_characters name_kana:bad_kana "
        "profile.contact_email:bad_email profile.contract_to:before_start "
        "profile.corporate_number:bad_corporate_number profile.fiscal_month:out_of_range "
        "profile.note:my_number_not_allowed profile.pay_month_offset:out_of_range "
        "profile.postal_code:bad_postal_code profile.telephone:bad_telephone"
    );
}

TEST_CASE("only a note has lines")
{
    auto in = Directory::input("A-01");
    in.name = "株式会社\nさくら";
    in.profile.address = "東京都\t千代田区";
    in.profile.note = "一行目\n二行目";
    CHECK(faults_of(in) == "name:control_characters profile.address:control_characters");
}

TEST_CASE_FIXTURE(
    Directory, "establishments are counted from one in each book, and their numbers are cleaned"
)
{
    auto const client = created("A-01");
    auto const book = clients.find_client(client.id)->book;
    clients::EstablishmentInput in;
    in.name = "本社";
    in.symbol = "1-12-ｲﾛﾊ";
    in.labour_number = "13101123456000";
    auto const made = clients.add_establishment(book, in, "account:1");
    REQUIRE(made.has_value());
    CHECK(made->id == 1);
    CHECK(made->details.symbol == "01-12-イロハ");
    CHECK(made->details.labour_number == "13-1-01-123456-000");
    in.employment_office_number = "12";
    in.name = " ";
    auto const bad = clients.add_establishment(book, in, "account:1");
    CHECK(
        codes_of(bad.error().fields) ==
        "employment_office_number:bad_employment_office_number name:required"
    );
}

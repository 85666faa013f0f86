#include "asked.hpp"
#include "client_parts.hpp"
#include "employees/ledger_rows.hpp"
#include "scratch_folder.hpp"
#include "search/search.hpp"

#include <doctest/doctest.h>

#include <fstream>

namespace {

struct Office : TestOffice {
    clients::Clients clients{[this] {
        auto parts = client_parts(pool, recorder, clock);
        parts.count_employees = [this](std::int64_t id) { return search->head_count(id); };
        return parts;
    }()};
    std::optional<search::Search> search{std::in_place, pool, clients};

    Office()
    {
        search->start();
        pool.on_commit([this](store::FileId const& file) {
            if (search) search->committed(file);
        });
    }
    std::int64_t client(std::string const& code)
    {
        clients::ClientInput in;
        in.code = code;
        in.name = "株式会社" + code;
        in.name_kana = "カイシャ";
        return clients.create(in, "account:1")->id;
    }
    store::FileId book(std::int64_t client_id) { return clients.find_client(client_id)->book; }

    struct Someone {
        std::string number;
        std::string last = "山田";
        std::string kana = "ヤマダ";
        bool retired = false;
    };
    void add(std::int64_t client_id, std::vector<Someone> const& people) // in one transaction
    {
        auto transaction = pool.begin(book(client_id));
        std::optional<store::AuditReceipt> receipt;
        for (auto const& someone : people) {
            employees::Ledger ledger;
            ledger.basic.number = someone.number;
            ledger.basic.birth_date = *parse_date("1990-04-01");
            ledger.name.last_name = someone.last;
            ledger.name.first_name = "太郎";
            ledger.name.last_kana = someone.kana;
            ledger.name.first_kana = "タロウ";
            if (someone.retired) {
                ledger.basic.attendance = domain::Attendance::retired;
                ledger.basic.retired_on = parse_date("2020-03-31");
            }
            receipt =
                employees::write_employee(
                    transaction, recorder, ledger, {}, "account:1", "employee.create", clock.now()
                )
                    .receipt;
        }
        transaction.commit(*receipt);
    }
    std::string found(std::string const& text, std::vector<std::int64_t> only = {})
    {
        Asked asked{clock.now()};
        asked.caller.all_clients = only.empty();
        asked.caller.clients = std::move(only);
        std::string all;
        auto const result = search->find(asked.call, {text, 50});
        for (auto const& hit : result->employees)
            all += fmt::format("{}/{} ", hit.client_code, hit.number);
        return all;
    }
    void restart() // the search room only
    {
        search.reset();
        pool.close({store::Kind::index, {}, 1});
    }
};

std::vector<Office::Someone> crowd(int from, int count)
{
    std::vector<Office::Someone> people;
    for (int i = 0; i < count; ++i) people.push_back({fmt::format("{:05}", from + i)});
    return people;
}

} // namespace

TEST_CASE_FIXTURE(
    Office, "people of all clients are found by the beginning of kana, name or number"
)
{
    auto const a = client("A");
    auto const b = client("B");
    add(a, {{"1"}, {"2", "髙橋", "タカハシ"}, {"3", "山﨑", "ヤマザキ"}});
    add(b, {{"21", "山本", "ヤマモト"}});
    CHECK(found("やま") == "A/3 A/1 B/21 ");
    CHECK(found("ﾔﾏﾀﾞ") == "A/1 ");
    CHECK(found("高橋") == "A/2 ");
    CHECK(found("山崎") == "A/3 ");
    CHECK(found("２") == "A/2 B/21 ");
    CHECK(found("ヤマダ　タロ") == "A/1 ");
    CHECK(found("").empty());
    CHECK(found("　").empty());
    CHECK(found("%").empty());
    CHECK(found("佐藤").empty());
}

TEST_CASE_FIXTURE(Office, "who has left comes last, and does not count as a head")
{
    auto const a = client("A");
    add(a, {{"1", "青木", "アオキ", true}, {"2", "青山", "アオヤマ"}});
    CHECK(found("青") == "A/2 A/1 ");
    CHECK(search->head_count(a) == 1);
    CHECK(search->total_head_count() == 1);
    CHECK(clients.read(a)->employees == 1);
}

TEST_CASE_FIXTURE(
    Office, "one's own write is found at once, an import's as soon as the thread is there"
)
{
    auto const a = client("A");
    add(a, {{"1"}});
    CHECK(found("ヤマダ") == "A/1 ");
    add(a, crowd(100, 500));
    search->wait_until_caught_up();
    CHECK(search->head_count(a) == 501);
}

TEST_CASE_FIXTURE(Office, "staff find the people and clients that are theirs, nobody else's")
{
    auto const a = client("A");
    auto const b = client("B");
    add(a, {{"1"}});
    add(b, {{"1"}});
    CHECK(found("ヤマダ", {b}) == "B/1 ");
    CHECK(found("1", {b}) == "B/1 ");
    CHECK(found("ヤマダ", {999}).empty());
    Asked asked{clock.now()};
    asked.caller.all_clients = false;
    CHECK(search->find(asked.call, {"株式会社", {}})->clients.empty());
    CHECK(search->find(asked.call, {"ヤマダ", {}})->employees.empty());
}

TEST_CASE_FIXTURE(Office, "staff find their one Yamada behind thousands of other clients' Yamadas")
{
    auto const a = client("A");
    auto const b = client("B");
    add(a, crowd(0, 2500));
    add(b, {{"00001"}});
    search->wait_until_caught_up();
    CHECK(found("ヤマダ", {b}) == "B/00001 ");
    CHECK(found("山田太郎", {b}) == "B/00001 ");
    CHECK(found("0", {b}) == "B/00001 ");
}

TEST_CASE_FIXTURE(Office, "whoever is taken out of a book is no longer found")
{
    auto const a = client("A");
    add(a, {{"1"}});
    auto transaction = pool.begin(book(a));
    transaction.commit(
        employees::put_back(transaction, recorder, 1, std::nullopt, "account:1", clock.now())
    );
    CHECK(found("ヤマダ").empty());
    CHECK(search->head_count(a) == 0);
}

TEST_CASE_FIXTURE(Office, "the index catches up with what was written while it was away")
{
    auto const a = client("A");
    restart();
    add(a, crowd(0, 70));
    search.emplace(pool, clients);
    search->start();
    search->wait_until_caught_up();
    CHECK(search->head_count(a) == 70);
}

TEST_CASE_FIXTURE(
    Office, "after a stop in good order only books that were touched since are looked at again"
)
{
    auto const a = client("A");
    auto const b = client("B");
    add(a, {{"1"}});
    add(b, {{"1"}});
    search->wait_until_caught_up();
    restart();
    for (auto const id : {a, b}) { // written long before the stop
        auto const file = store::path_of(path, book(id)).string();
        for (auto const* suffix : {"", "-wal"})
            std::filesystem::last_write_time(
                file + suffix,
                std::filesystem::last_write_time(path / "index.db") - std::chrono::minutes{1}
            );
    }
    {
        auto index = pool.batch({store::Kind::index, {}, 1});
        index.exec("DELETE FROM person"); // what is read again can be told from what is not
        index.commit();
    }
    pool.close({store::Kind::index, {}, 1});
    add(a, {{"2"}});
    search.emplace(pool, clients);
    search->start();
    search->wait_until_caught_up();
    CHECK(found("ヤマダ") == "A/2 ");
    CHECK(search->head_count(a) == 2);
}

TEST_CASE_FIXTURE(Office, "a damaged or missing index is made anew from the books")
{
    auto const a = client("A");
    add(a, {{"1"}});
    auto const file = path / "index.db";
    for (bool const missing : {false, true}) {
        restart();
        if (missing)
            std::filesystem::remove(file);
        else
            std::ofstream{file, std::ios::binary} << std::string(40'960, 'x');
        search.emplace(pool, clients);
        search->start();
        search->wait_until_caught_up();
        CHECK(found("ヤマダ") == "A/1 ");
    }
}

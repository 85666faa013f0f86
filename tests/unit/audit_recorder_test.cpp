#include "scratch_folder.hpp"

#include <doctest/doctest.h>

namespace {

struct Chain : TestOffice {
    Key const key = audit::chain_key(test_root(), office);

    void append(int rows)
    {
        for (int i = 0; i < rows; ++i) {
            auto transaction = pool.begin(office);
            transaction.commit(
                recorder.append(transaction, {"account:1", "test.act", "thing:1", R"({"n":1})"})
            );
            clock.advance(std::chrono::seconds{1});
        }
    }
    std::int64_t tamper(store::Sql sql)
    {
        auto transaction = pool.begin(office);
        transaction.exec(sql);
        return audit::first_bad_row(transaction, key);
    }
};

} // namespace

TEST_CASE_FIXTURE(Chain, "an untouched chain holds, and each row names the one before")
{
    append(5);
    auto const read = pool.read(office);
    CHECK(audit::first_bad_row(read, key) == 0);
    CHECK(audit::head_of(read).seq == 5);
}

TEST_CASE_FIXTURE(Chain, "an edited, removed or exchanged row is found and named")
{
    append(5);
    CHECK(tamper("UPDATE audit SET actor = 'account:2' WHERE seq = 3") == 3);
    CHECK(tamper("UPDATE audit SET at = at + 1 WHERE seq = 2") == 2);
    CHECK(tamper("DELETE FROM audit_body WHERE seq = 4") == 0); // an erased body is no damage
    CHECK(tamper("UPDATE audit_body SET body = '{}' WHERE seq = 4") == 4);
    {
        auto transaction = pool.begin(office);
        transaction.exec("DELETE FROM audit_body WHERE seq = 3");
        transaction.exec("DELETE FROM audit WHERE seq = 3");
        CHECK(audit::first_bad_row(transaction, key) == 3);
    }
}

TEST_CASE_FIXTURE(Chain, "another key's chain does not verify")
{
    append(2);
    auto const other = audit::chain_key(test_root(9), office);
    CHECK(audit::first_bad_row(pool.read(office), other) == 1);
}

TEST_CASE_FIXTURE(Chain, "time in the chain never runs back")
{
    append(1);
    auto const before = clock.now();
    clock.set(before - std::chrono::hours{5});
    append(1);
    auto const read = pool.read(office);
    auto const times = read.all<Instant>("SELECT at FROM audit ORDER BY seq");
    CHECK(times.at(1) >= times.at(0));
}

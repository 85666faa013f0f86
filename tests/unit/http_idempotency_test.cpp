#include "asked.hpp"
#include "http/idempotency.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

namespace {

struct Order {
    std::string what;
};
BOOST_DESCRIBE_STRUCT(Order, (), (what))

struct Receipt {
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Receipt, (), (number))

struct Shop : TestOffice {
    std::optional<http::Idempotency> idempotency{std::in_place, pool};
    std::int64_t made = 0;
    std::int64_t account = 1;

    Result<Receipt>
    order(std::string const& key, std::string const& what, char const* operation = "order")
    {
        Asked asked{clock.now()};
        asked.caller.account_id = account;
        if (!key.empty()) asked.header("Idempotency-Key", key);
        return idempotency->once<Receipt>(
            asked.call, operation, Order{what},
            [&]() -> Result<Receipt> {
                if (what == "nothing") return Problem{Fault::invalid, "sold_out"};
                return Receipt{++made};
            }
        );
    }
};

} // namespace

TEST_CASE_FIXTURE(Shop, "the same key makes one thing and gets the same answer")
{
    CHECK(order("key-00001", "tea")->number == 1);
    CHECK(order("key-00001", "tea")->number == 1);
    CHECK(order("key-00002", "tea")->number == 2);
    CHECK(made == 2);
}

TEST_CASE_FIXTURE(Shop, "without a key, or with one that is none, every request counts")
{
    order("", "tea");
    order("", "tea");
    order("short", "tea");
    order("with blanks in it", "tea");
    order(std::string(65, 'k'), "tea");
    CHECK(made == 5);
}

TEST_CASE_FIXTURE(Shop, "the same key for something else is refused")
{
    order("key-00001", "tea");
    CHECK(order("key-00001", "coffee").error().code == "idempotency_key_reused");
    CHECK(order("key-00001", "tea", "refund").error().code == "idempotency_key_reused");
    CHECK(made == 1);
}

TEST_CASE_FIXTURE(Shop, "another person's key is another key")
{
    order("key-00001", "tea");
    account = 2;
    CHECK(order("key-00001", "coffee")->number == 2);
}

TEST_CASE_FIXTURE(Shop, "what was refused may be tried again")
{
    CHECK(order("key-00001", "nothing").error().code == "sold_out");
    CHECK(order("key-00001", "tea")->number == 1);
}

TEST_CASE_FIXTURE(Shop, "answers are kept for a day, over a restart")
{
    order("key-00001", "tea");
    idempotency.emplace(pool);
    clock.advance(std::chrono::hours{23});
    CHECK(order("key-00001", "tea")->number == 1);
    clock.advance(std::chrono::hours{1});
    CHECK(order("key-00001", "tea")->number == 2);
    auto const kept = pool.read(log).one<std::int64_t>("SELECT count(*) FROM idempotency");
    CHECK(kept == 1); // what is too old is gone
}

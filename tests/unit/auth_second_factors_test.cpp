#include "auth/accounts.hpp"
#include "auth/second_factors.hpp"
#include "auth/sign_in_log.hpp"
#include "auth/throttle.hpp"
#include "crypto/totp.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

namespace {

using namespace std::chrono_literals;

struct Enrolment : TestOffice {
    roles::RoleBook roles{pool, recorder, clock};
    auth::Accounts accounts{{pool, recorder, clock, roles}};
    auth::SecondFactors factors{pool, recorder, clock};
    std::int64_t const sato =
        accounts.create_ready({"sato", "佐藤", {"staff"}, false, {}, {}, {}}, {"hash", true}).id;

    Bytes secret() // as the office keeps it
    {
        return pool.read(office)
            .one<Bytes>("SELECT secret FROM totp WHERE account_id = ?1", sato)
            .value();
    }
    std::string code(std::int64_t steps = 0)
    {
        return crypto::totp_code(secret(), crypto::totp_step(clock.now()) + steps);
    }
    std::vector<std::string> enrol()
    {
        REQUIRE(factors.offer_totp(sato, "sato").has_value());
        auto codes = factors.confirm_totp(sato, code());
        REQUIRE(codes.has_value());
        return *codes;
    }
};

std::string device(char const* agent)
{
    net::Request request;
    request.headers.add("User-Agent", agent);
    return auth::device_of(request);
}

} // namespace

TEST_CASE_FIXTURE(Enrolment, "an offered secret counts for nothing until a code of it was given")
{
    auto const offer = factors.offer_totp(sato, "sato");
    REQUIRE(offer.has_value());
    CHECK(offer->secret == crypto::base32(secret()));
    CHECK(offer->qr.size() == offer->qr.front().size());
    CHECK_FALSE(factors.state_of(sato).totp);
    CHECK_FALSE(factors.take(sato, code()));
    CHECK(factors.confirm_totp(sato, "000000").error().fields.at(0).message == "code_wrong");
    CHECK(factors.confirm_totp(sato, code())->size() == 10);
    CHECK(factors.state_of(sato).totp);
    CHECK(factors.offer_totp(sato, "sato").error().code == "second_factor_exists");
    CHECK(factors.confirm_totp(sato, code()).error().code == "second_factor_exists");
}

TEST_CASE_FIXTURE(Enrolment, "a code is taken once, a step early or late, and never one before it")
{
    enrol(); // used this step
    CHECK_FALSE(factors.take(sato, code()));
    CHECK(factors.take(sato, code(1)));
    CHECK_FALSE(factors.take(sato, code(1)));
    clock.advance(60s);
    CHECK_FALSE(factors.take(sato, code(-1))); // the one that was taken early
    CHECK(factors.take(sato, " " + code().substr(0, 3) + " " + code().substr(3) + " "));
    clock.advance(-600s); // the clock is set back: old steps stay used
    CHECK_FALSE(factors.take(sato, code()));
    auth::SecondFactors anew{pool, recorder, clock};
    clock.advance(600s);
    CHECK_FALSE(anew.take(sato, code()));
}

TEST_CASE_FIXTURE(Enrolment, "recovery codes open once each, and new ones end the old")
{
    auto const codes = enrol();
    CHECK(factors.take(sato, codes[0]));
    CHECK_FALSE(factors.take(sato, codes[0]));
    CHECK(factors.state_of(sato).recovery_codes == 9);
    CHECK_FALSE(factors.take(sato, "AAAA-AAAA-AAAA-AAAA"));
    auto const fresh = factors.renew_recovery_codes(sato);
    REQUIRE(fresh.has_value());
    CHECK_FALSE(factors.take(sato, codes[1]));
    CHECK(factors.take(sato, fresh->at(0)));
    factors.remove(sato, "account:9");
    CHECK_FALSE(factors.take(sato, fresh->at(1)));
    CHECK(factors.renew_recovery_codes(sato).error().code == "second_factor_not_offered");
}

TEST_CASE("an address waits after too many failures within the window, and only then")
{
    base::SetClock clock{Instant{1'795'000'000s}};
    auth::Throttle throttle{{3, 5min, 10min}};
    auto const fail = [&] { return throttle.count_failure("192.0.2.1", clock.now()); };
    CHECK_FALSE(fail());
    CHECK_FALSE(fail());
    clock.advance(5min); // those are forgotten
    CHECK_FALSE(fail());
    CHECK_FALSE(fail());
    CHECK(throttle.wait_of("192.0.2.1", clock.now()) == 0s);
    CHECK(fail());
    CHECK(throttle.wait_of("192.0.2.1", clock.now()) == 10min);
    CHECK(throttle.wait_of("192.0.2.2", clock.now()) == 0s);
    clock.advance(10min);
    CHECK(throttle.wait_of("192.0.2.1", clock.now()) == 0s);
}

TEST_CASE("a browser and its system are told as people know them")
{
    CHECK(
        device("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
               "Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0") == "Edge 131 / Windows"
    );
    CHECK(
        device("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0") ==
        "Firefox 128 / Linux"
    );
    CHECK(
        device("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
               "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
        ) == "Safari 18 / iPhone"
    );
    CHECK(device("curl/8.5.0") == "curl/8.5.0");
    CHECK(device("").empty());
    CHECK(device(std::string(500, 'x').c_str()).size() == 60);
}

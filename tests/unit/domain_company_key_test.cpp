#include "domain/text.hpp"

#include <doctest/doctest.h>

TEST_CASE("a company is found by its name without the legal form, wherever that stands")
{
    CHECK(domain::company_key("株式会社髙﨑製作所") == domain::search_key("高崎製作所"));
    CHECK(domain::company_key("㈱髙﨑製作所") == domain::search_key("高崎製作所"));
    CHECK(domain::company_key("（株）髙﨑製作所") == domain::search_key("高崎製作所"));
    CHECK(domain::company_key("濵田建設株式会社") == domain::search_key("浜田建設"));
    CHECK(domain::company_key("医療法人社団 青葉会") == domain::search_key("青葉会"));
    CHECK(domain::company_key("カブシキガイシャ　タカサキ") == domain::search_key("タカサキ"));
    CHECK(domain::company_key("タカサキ") == domain::search_key("タカサキ"));
}

TEST_CASE("a name that is only a legal form, and no name, keep what they are")
{
    CHECK(domain::company_key("株式会社") == "株式会社");
    CHECK(domain::company_key("") == "");
}

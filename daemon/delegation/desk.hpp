#pragma once
// What administrators see and decide of 一時サポート and 連携トークン.
#include "delegation/support.hpp"
#include "delegation/tokens.hpp"
#include "http/route.hpp"

namespace delegation {

struct SupportList {
    std::vector<SupportGrant> grants; // the newest first
};
BOOST_DESCRIBE_STRUCT(SupportList, (), (grants))

struct TokenList {
    std::vector<Token> tokens;
};
BOOST_DESCRIBE_STRUCT(TokenList, (), (tokens))

class Desk {
public:
    struct Parts {
        Support& support;
        Tokens& tokens;
    };
    explicit Desk(Parts parts) : parts_(parts) {}

    http::RoomRoutes routes();
    Result<SupportList> list_support(http::Call& call);
    Result<http::Created<SupportGrant>> request_support(http::Call& call, SupportWish const& wish);
    Result<SupportOpened> approve_support(http::Call& call);
    Result<SupportGrant> refuse_support(http::Call& call);
    Result<SupportGrant> revoke_support(http::Call& call);
    Result<TokenList> list_tokens(http::Call& call);
    Result<http::Created<NewToken>> create_token(http::Call& call, TokenWish const& wish);
    Result<Token> revoke_token(http::Call& call);

private:
    Parts parts_;
};

} // namespace delegation

#include "delegation/desk.hpp"

namespace delegation {

Result<SupportList> Desk::list_support(http::Call&) { return SupportList{parts_.support.list()}; }

Result<http::Created<SupportGrant>> Desk::request_support(http::Call& call, SupportWish const& wish)
{
    TRY(auto grant, parts_.support.request(wish, call.caller));
    return http::Created<SupportGrant>{std::move(grant)};
}

Result<SupportOpened> Desk::approve_support(http::Call& call)
{
    return parts_.support.approve(call.id("support_id"), call.caller);
}

Result<SupportGrant> Desk::refuse_support(http::Call& call)
{
    return parts_.support.refuse(call.id("support_id"), call.caller);
}

Result<SupportGrant> Desk::revoke_support(http::Call& call)
{
    return parts_.support.revoke(call.id("support_id"), call.caller);
}

Result<TokenList> Desk::list_tokens(http::Call&) { return TokenList{parts_.tokens.list()}; }

Result<http::Created<NewToken>> Desk::create_token(http::Call& call, TokenWish const& wish)
{
    TRY(auto token, parts_.tokens.create(wish, call.caller));
    return http::Created<NewToken>{std::move(token)};
}

Result<Token> Desk::revoke_token(http::Call& call)
{
    return parts_.tokens.revoke(call.id("token_id"), call.caller);
}

http::RoomRoutes Desk::routes()
{
    using http::Proof, http::Right, http::Scope, http::Verb, http::on, http::Route;
    constexpr auto office = Scope::office;
    static constexpr Route table[] = {
        {Verb::get, "/api/v1/support-grants", Right::support_view, office, "listSupportGrants",
         on<&Desk::list_support>},
        {Verb::post, "/api/v1/support-grants", Right::support_request, office, "requestSupport",
         on<&Desk::request_support>},
        {Verb::post, "/api/v1/support-grants/{support_id}/approve", Right::support_approve, office,
         "approveSupport", on<&Desk::approve_support>, Proof::fresh},
        {Verb::post, "/api/v1/support-grants/{support_id}/refuse", Right::support_approve, office,
         "refuseSupport", on<&Desk::refuse_support>, Proof::fresh},
        {Verb::post, "/api/v1/support-grants/{support_id}/revoke", Right::support_request, office,
         "revokeSupport", on<&Desk::revoke_support>},
        {Verb::get, "/api/v1/tokens", Right::token_manage, office, "listTokens",
         on<&Desk::list_tokens>},
        {Verb::post, "/api/v1/tokens", Right::token_manage, office, "createToken",
         on<&Desk::create_token>, Proof::fresh},
        {Verb::post, "/api/v1/tokens/{token_id}/revoke", Right::token_manage, office, "revokeToken",
         on<&Desk::revoke_token>},
    };
    return {table, this};
}

} // namespace delegation

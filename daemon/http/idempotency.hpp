#pragma once
// Idempotency-Key: a creating request that is sent twice makes one thing, and gets the same answer.
// Kept for a day in log.db; the same key with another body is refused.
#include "base/log.hpp"
#include "http/call.hpp"
#include "store/json.hpp"
#include "store/pool.hpp"

#include <fmt/format.h>
#include <mutex>

namespace http {

class Idempotency {
public:
    explicit Idempotency(store::Pool& pool) : pool_(pool) {}

    // Runs `create` once for a key; without a key, always.
    template <class Out, class In, class Create>
    Result<Out> once(Call const& call, std::string_view operation, In const& input, Create create)
    {
        auto const key = call.idempotency_key();
        if (!key) return create();
        auto const body = json::to_text(input);
        auto const what = fmt::format("{} {}", operation, call.request.path); // this client's
        std::scoped_lock const one_at_a_time{mutex_};
        TRY(auto const known, answer_of(call, *key, what, body));
        if (known) return json::from_text<Out>(*known);
        TRY(auto made, create());
        try {
            remember(call, *key, what, body, json::to_text(made));
        } catch (store::Error const& error) { // what was asked for is made, and durable
            base::log::warning("http", "answer_not_kept", {{"what", error.what()}});
        }
        return made;
    }

private:
    Result<std::optional<std::string>> answer_of(
        Call const& call,
        std::string const& key,
        std::string_view operation,
        std::string const& body
    );
    void remember(
        Call const& call,
        std::string const& key,
        std::string_view operation,
        std::string const& body,
        std::string const& answer
    );

    store::Pool& pool_;
    std::mutex mutex_;
};

} // namespace http

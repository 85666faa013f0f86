#include "clients/roster.hpp"

#include "domain/text.hpp"

#include <algorithm>
#include <tuple>

namespace clients {

namespace {

store::FileId const office{store::Kind::office, {}, 1};

char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

} // namespace

Typed::Typed(std::string_view as_typed)
    : text(domain::trimmed(as_typed)), key(domain::company_key(text))
{
}

bool RosterRow::starts_with(Typed const& prefix) const
{
    auto const& key = prefix.key;
    if (name_key.starts_with(key) || kana_key.starts_with(key) || name.starts_with(prefix.text))
        return true;
    auto const head = std::string_view{code}.substr(0, key.size());
    return std::equal(head.begin(), head.end(), key.begin(), key.end(), [](char c, char folded) {
        return lower(c) == folded;
    });
}

RosterView::RosterView(std::vector<RosterRow> rows) : rows_(std::move(rows))
{
    for (auto const& row : rows_) {
        by_id_.push_back(&row);
        by_book_.emplace(row.book_id, &row);
    }
    by_code_ = by_id_;
    std::sort(by_code_.begin(), by_code_.end(), [](auto const* a, auto const* b) {
        return a->code < b->code;
    });
    by_kana_ = by_change_ = by_id_;
    std::sort(by_kana_.begin(), by_kana_.end(), [](auto const* a, auto const* b) {
        return std::tie(a->kana_key, a->code) < std::tie(b->kana_key, b->code);
    });
    std::sort(by_change_.begin(), by_change_.end(), [](auto const* a, auto const* b) {
        return std::tie(a->updated_at, a->code) < std::tie(b->updated_at, b->code);
    });
}

RosterRow const* RosterView::find(std::int64_t id) const
{
    auto const found = std::lower_bound(
        by_id_.begin(), by_id_.end(), id,
        [](auto const* row, std::int64_t wanted) { return row->id < wanted; }
    );
    return found != by_id_.end() && (*found)->id == id ? *found : nullptr;
}

RosterRow const* RosterView::find_book(std::string_view book_id) const
{
    auto const found = by_book_.find(book_id);
    return found == by_book_.end() ? nullptr : found->second;
}

std::shared_ptr<RosterView const> Roster::view()
{
    std::scoped_lock const lock{mutex_};
    auto const commits = pool_.commits(office); // asked first: what comes later is read again
    if (newest_ && commits == commits_) return newest_;
    auto rows = pool_.read(office).all<RosterRow>(
        R"(SELECT id, version, code, name, name_kana, name_key, kana_key, state, colour, book_id,
                  epoch, updated_at
             FROM client WHERE state <> 'creating' ORDER BY id)"
    );
    newest_ = std::make_shared<RosterView const>(std::move(rows));
    commits_ = commits;
    return newest_;
}

} // namespace clients

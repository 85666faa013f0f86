#include "search/search.hpp"

#include "base/log.hpp"
#include "domain/text.hpp"

#include <algorithm>
#include <charconv>

namespace search {

namespace {

store::FileId const index_file{store::Kind::index, {}, 1};
store::FileId const office{store::Kind::office, {}, 1};

constexpr std::int64_t rows_at_once = 5000;    // by the thread, in one transaction
constexpr std::int64_t rows_of_a_request = 64; // by the request itself

struct BookRow {
    std::int64_t id = 0;
    std::string book_id;
    std::int64_t epoch = 1;
};
BOOST_DESCRIBE_STRUCT(BookRow, (), (id, book_id, epoch))

struct Person {
    std::int64_t id = 0;
    std::string number;
    std::string name;
    std::string name_kana;
    std::string name_key;
    std::string kana_key;
    std::string attendance;
};
BOOST_DESCRIBE_STRUCT(Person, (), (id, number, name, name_kana, name_key, kana_key, attendance))

struct ChainItem {
    std::int64_t seq = 0;
    std::string object;
};
BOOST_DESCRIBE_STRUCT(ChainItem, (), (seq, object))

std::optional<std::int64_t> employee_in(std::string_view object)
{
    constexpr std::string_view prefix = "employee:";
    if (!object.starts_with(prefix)) return std::nullopt;
    object.remove_prefix(prefix.size());
    std::int64_t id = 0;
    auto const [end, error] = std::from_chars(object.data(), object.data() + object.size(), id);
    if (error != std::errc{} || end != object.data() + object.size()) return std::nullopt;
    return id;
}

void project_person(
    store::Batch& index, store::Reader const& book, std::int64_t client_id, std::int64_t id
)
{
    auto const person = book.one<Person>(
        R"(SELECT id, number, name, name_kana, name_key, kana_key, attendance
             FROM employee WHERE id = ?1)",
        id
    );
    if (!person) {
        index.exec("DELETE FROM person WHERE client_id = ?1 AND employee_id = ?2", client_id, id);
        return;
    }
    index.exec(
        R"(INSERT OR REPLACE INTO person
             (client_id, employee_id, number, name, name_kana, name_key, kana_key, attendance)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8))",
        client_id, id, person->number, person->name, person->name_kana, person->name_key,
        person->kana_key, person->attendance
    );
}

} // namespace

Search::Search(store::Pool& pool) : pool_(pool)
{
    thread_ = std::thread{[this] { thread_loop(); }};
}

Search::~Search()
{
    {
        std::scoped_lock const lock{mutex_};
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Search::start()
{
    try {
        if (!pool_.exists(index_file)) pool_.create(index_file);
        pool_.read(index_file).one<std::int64_t>("SELECT count(*) FROM seen");
    } catch (store::Error const& error) {
        base::log::warning("search", "index_rebuilt", {{"what", error.what()}});
        pool_.close(index_file);
        for (auto const* suffix : {"", "-wal", "-shm"})
            std::filesystem::remove(store::path_of(pool_.folder(), index_file).string() + suffix);
        pool_.create(index_file);
    }
    auto const books = pool_.read(office).all<std::string>(
        "SELECT book_id FROM client WHERE state <> 'creating' ORDER BY id"
    );
    std::scoped_lock const lock{mutex_};
    behind_.insert(behind_.end(), books.begin(), books.end());
    changed_.notify_all();
}

std::optional<std::pair<std::int64_t, store::FileId>> Search::book(std::string const& book_id)
{
    auto const row = pool_.read(office).one<BookRow>(
        "SELECT id, book_id, epoch FROM client WHERE book_id = ?1 AND state <> 'creating'", book_id
    );
    if (!row) return std::nullopt;
    return std::pair{row->id, store::FileId{store::Kind::book, row->book_id, row->epoch}};
}

// Follows the book's chain for up to `rows_max` rows from where index.db stands.
void Search::project(std::string const& book_id, std::int64_t rows_max, bool& more)
{
    more = false;
    auto const known = book(book_id);
    if (!known) return;
    auto const& [client_id, file] = *known;
    std::scoped_lock const one_at_a_time{projecting_};
    auto const read = pool_.read(file);
    auto index = pool_.batch(index_file);
    auto const seen =
        index.one<std::int64_t>("SELECT seq FROM seen WHERE client_id = ?1", client_id).value_or(0);
    auto const items = read.all<ChainItem>(
        "SELECT seq, object FROM audit WHERE seq > ?1 ORDER BY seq LIMIT ?2", seen, rows_max
    );
    if (items.empty()) return;
    std::vector<std::int64_t> changed;
    for (auto const& item : items)
        if (auto const id = employee_in(item.object)) changed.push_back(*id);
    std::sort(changed.begin(), changed.end());
    changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
    for (auto const id : changed) project_person(index, read, client_id, id);
    index.exec(
        R"(INSERT INTO seen (client_id, book_id, seq) VALUES (?1, ?2, ?3)
           ON CONFLICT (client_id) DO UPDATE SET seq = excluded.seq)",
        client_id, book_id, items.back().seq
    );
    index.exec(
        R"(INSERT OR REPLACE INTO head_count (client_id, present)
           SELECT ?1, count(*) FROM person WHERE client_id = ?1 AND attendance <> 'retired')",
        client_id
    );
    index.commit();
    more = static_cast<std::int64_t>(items.size()) == rows_max;
}

void Search::committed(store::FileId const& file)
{
    if (file.kind != store::Kind::book) return;
    bool more = false;
    try {
        project(file.book_id, rows_of_a_request, more);
    } catch (store::Error const& error) { // the change itself is safe: the thread tries again
        base::log::warning("search", "projection_failed", {{"what", error.what()}});
        more = true;
    }
    if (!more) return;
    std::scoped_lock const lock{mutex_};
    behind_.push_back(file.book_id);
    changed_.notify_all();
}

void Search::thread_loop()
{
    for (;;) {
        std::string book_id;
        {
            std::unique_lock lock{mutex_};
            working_ = false;
            changed_.notify_all();
            changed_.wait(lock, [&] { return stopping_ || !behind_.empty(); });
            if (stopping_) return;
            book_id = behind_.front();
            behind_.pop_front();
            working_ = true;
        }
        try {
            bool more = true;
            while (more) {
                project(book_id, rows_at_once, more);
                std::scoped_lock const lock{mutex_};
                if (stopping_) return;
            }
        } catch (store::Error const& error) {
            base::log::error("search", "projection_failed", {{"what", error.what()}});
        }
    }
}

void Search::wait_until_caught_up()
{
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return stopping_ || (behind_.empty() && !working_); });
}

std::int64_t Search::head_count(std::int64_t client_id)
{
    return pool_.read(index_file)
        .one<std::int64_t>("SELECT present FROM head_count WHERE client_id = ?1", client_id)
        .value_or(0);
}

std::int64_t Search::total_head_count()
{
    return pool_.read(index_file)
        .one<std::int64_t>("SELECT coalesce(sum(present), 0) FROM head_count")
        .value_or(0);
}

} // namespace search

#include "search/search.hpp"

#include "base/log.hpp"
#include "domain/text.hpp"

#include <algorithm>
#include <charconv>

namespace search {

namespace {

store::FileId const index_file{store::Kind::index, {}, 1};
constexpr std::int64_t rows_at_once = 500;    // of a book that is far behind; changes wait for it
constexpr std::int64_t rows_of_a_change = 64; // more than that is an import: nobody waits for it

struct Seen {
    std::int64_t client_id = 0;
    std::string book_id;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
};
BOOST_DESCRIBE_STRUCT(Seen, (), (client_id, book_id, epoch, seq))

struct Person {
    std::string number;
    std::string name;
    std::string name_kana;
    std::string name_key;
    std::string kana_key;
    std::string attendance;

    bool retired() const { return attendance == "retired"; }
    friend bool operator==(Person const&, Person const&) = default;
};
BOOST_DESCRIBE_STRUCT(Person, (), (number, name, name_kana, name_key, kana_key, attendance))

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

void count_in(HeadCount& count, std::optional<Person> const& person, int sign)
{
    if (!person) return;
    count.people += sign;
    if (!person->retired()) count.present += sign;
}

// Brings one person up to date and says how that changes the client's head count.
HeadCount project_person(
    store::Batch& index, store::Reader const& book, std::int64_t client_id, std::int64_t id
)
{
    auto const before = index.one<Person>(
        R"(SELECT number, name, name_kana, name_key, kana_key, attendance
             FROM person WHERE client_id = ?1 AND employee_id = ?2)",
        client_id, id
    );
    auto const person = book.one<Person>(
        R"(SELECT number, name, name_kana, name_key, kana_key, attendance
             FROM employee WHERE id = ?1)",
        id
    );
    HeadCount change{client_id, 0, 0};
    count_in(change, before, -1);
    count_in(change, person, 1);
    if (!person)
        index.exec("DELETE FROM person WHERE client_id = ?1 AND employee_id = ?2", client_id, id);
    else if (person != before)
        index.exec(
            R"(INSERT OR REPLACE INTO person
                 (client_id, employee_id, retired, number, name, name_kana, name_key, kana_key,
                  attendance)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9))",
            client_id, id, person->retired(), person->number, person->name, person->name_kana,
            person->name_key, person->kana_key, person->attendance
        );
    return change;
}

// Takes a client's people out, to be read anew.
HeadCount forget(store::Batch& index, std::int64_t client_id)
{
    auto const known = index.one<HeadCount>(
        "SELECT client_id, present, people FROM head_count WHERE client_id = ?1", client_id
    );
    index.exec("DELETE FROM person WHERE client_id = ?1", client_id);
    return {client_id, known ? -known->present : 0, known ? -known->people : 0};
}

} // namespace

Search::Search(store::Pool& pool, clients::Clients& clients) : pool_(pool), clients_(clients)
{
    thread_ = std::thread{[this] { thread_loop(); }};
}

Search::~Search()
{
    wait_for_changes();
    bool settled = false;
    {
        std::scoped_lock const lock{mutex_};
        settled = whole_ && behind_.empty() && !working_;
        stopping_ = true;
    }
    work_.notify_one();
    thread_.join();
    if (!settled) return;
    try {
        auto index = pool_.batch(index_file);
        index.exec("INSERT OR IGNORE INTO settled (id) VALUES (1)");
        index.commit();
    } catch (store::Error const& error) { // the next start looks at every book
        base::log::warning("search", "projection_failed", {{"what", error.what()}});
    }
}

void Search::open_index()
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
}

void Search::start()
{
    auto const file = store::path_of(pool_.folder(), index_file);
    std::error_code none;
    auto const last_written = std::filesystem::last_write_time(file, none);
    open_index();
    bool settled = false;
    {
        auto index = pool_.batch(index_file);
        settled = index.exec("DELETE FROM settled") != 0;
        index.commit();
    }
    if (settled) pool_.close(index_file); // on the disk before the first book is written
    auto const index = pool_.read(index_file);
    std::scoped_lock const lock{mutex_};
    if (settled) settled_at_ = last_written;
    index.each<HeadCount>("SELECT client_id, present, people FROM head_count", [&](auto row) {
        head_counts_[row.client_id] = row;
    });
    for (auto const& [client_id, book] : clients_.all_books()) behind_.push_back(book.book_id);
    whole_ = true;
    work_.notify_one();
}

// Whether the book is as the last stop left it, so that index.db has all of it. Files tell, and
// they are not opened for it. `slack`: clocks of file systems tick coarsely.
bool Search::untouched(std::string const& book_id)
{
    constexpr std::chrono::seconds slack{2};
    auto const roster = clients_.roster();
    auto const* const client = roster->find_book(book_id);
    if (!settled_at_ || !client) return false;
    auto const seen = pool_.read(index_file)
                          .one<Seen>(
                              R"(SELECT client_id, book_id, epoch, seq FROM seen
                                  WHERE client_id = ?1 AND book_id = ?2 AND epoch = ?3)",
                              client->id, book_id, client->epoch
                          );
    if (!seen) return false;
    auto const file = store::path_of(pool_.folder(), client->book()).string();
    for (auto const* suffix : {"", "-wal"}) {
        std::error_code missing;
        auto const written = std::filesystem::last_write_time(file + suffix, missing);
        if (!missing && written > *settled_at_ - slack) return false;
    }
    return true;
}

void Search::count(HeadCount const& change)
{
    std::scoped_lock const lock{mutex_};
    auto& counted = head_counts_[change.client_id];
    counted.present += change.present;
    counted.people += change.people;
}

// Follows the book's chain for up to `rows_max` rows from where index.db stands. The batch is the
// turn: one projection at a time, first come, first served.
bool Search::project(std::string const& book_id, std::int64_t rows_max)
{
    auto const roster = clients_.roster();
    auto const* const client = roster->find_book(book_id);
    if (!client) return false;
    auto index = pool_.batch(index_file);
    auto seen =
        index
            .one<Seen>(
                "SELECT client_id, book_id, epoch, seq FROM seen WHERE client_id = ?1", client->id
            )
            .value_or(Seen{client->id, book_id, client->epoch, 0});
    HeadCount change{client->id, 0, 0};
    if (seen.book_id != book_id || seen.epoch != client->epoch) { // restored: another history
        change = forget(index, client->id);
        seen = {client->id, book_id, client->epoch, 0};
    }
    auto const read = pool_.read(client->book());
    auto const items = read.all<ChainItem>(
        "SELECT seq, object FROM audit WHERE seq > ?1 ORDER BY seq LIMIT ?2", seen.seq, rows_max
    );
    if (items.empty()) return false;
    std::vector<std::int64_t> changed;
    for (auto const& item : items)
        if (auto const id = employee_in(item.object)) changed.push_back(*id);
    std::sort(changed.begin(), changed.end());
    changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
    for (auto const id : changed) {
        auto const of_person = project_person(index, read, client->id, id);
        change.present += of_person.present;
        change.people += of_person.people;
    }
    index.exec(
        R"(INSERT OR REPLACE INTO seen (client_id, book_id, epoch, seq) VALUES (?1, ?2, ?3, ?4))",
        client->id, book_id, client->epoch, items.back().seq
    );
    if (change.people != 0 || change.present != 0)
        index.exec(
            R"(INSERT INTO head_count (client_id, present, people) VALUES (?1, ?2, ?3)
           ON CONFLICT (client_id) DO UPDATE SET present = present + excluded.present,
                                                 people = people + excluded.people)",
            client->id, change.present, change.people
        );
    index.commit();
    count(change);
    return static_cast<std::int64_t>(items.size()) == rows_max;
}

void Search::committed(store::FileId const& file)
{
    if (file.kind != store::Kind::book) return;
    std::scoped_lock const lock{mutex_};
    fresh_.push_back(file.book_id);
    ++told_;
    work_.notify_one();
}

void Search::thread_loop()
{
    std::unique_lock lock{mutex_};
    for (;;) {
        working_ = false;
        done_.notify_all();
        work_.wait(lock, [&] { return stopping_ || !fresh_.empty() || !behind_.empty(); });
        if (stopping_) return;
        working_ = true;
        auto books = std::move(fresh_);
        fresh_.clear();
        auto const told = told_;
        std::string late;
        if (books.empty()) {
            late = std::move(behind_.front());
            behind_.pop_front();
        }
        lock.unlock();
        if (!books.empty())
            follow(std::move(books));
        else
            catch_up(late);
        lock.lock();
        followed_ = told;
    }
}

// What was committed just now: a few rows of each book, many commits together when they come fast.
void Search::follow(std::vector<std::string> books)
{
    std::sort(books.begin(), books.end());
    books.erase(std::unique(books.begin(), books.end()), books.end());
    for (auto const& book_id : books) {
        bool more = true;
        try {
            more = project(book_id, rows_of_a_change);
        } catch (store::Error const& error) { // the change itself is safe: try again
            base::log::warning("search", "projection_failed", {{"what", error.what()}});
        }
        if (!more) continue;
        std::scoped_lock const lock{mutex_};
        behind_.push_back(book_id);
    }
}

void Search::catch_up(std::string const& book_id)
{
    try {
        if (untouched(book_id)) return;
        while (project(book_id, rows_at_once)) {
            std::scoped_lock const lock{mutex_};
            if (fresh_.empty() && !stopping_) continue;
            behind_.push_front(book_id); // somebody waits to see a change of theirs
            return;
        }
    } catch (store::Error const& error) {
        base::log::error("search", "projection_failed", {{"what", error.what()}});
        std::scoped_lock const lock{mutex_};
        whole_ = false;
    }
}

void Search::wait_until_caught_up()
{
    std::unique_lock lock{mutex_};
    done_.wait(lock, [&] { return fresh_.empty() && behind_.empty() && !working_; });
}

void Search::wait_for_changes() const
{
    std::unique_lock lock{mutex_};
    done_.wait(lock, [&, told = told_] { return followed_ >= told; });
}

std::int64_t Search::head_count(std::int64_t client_id) const
{
    wait_for_changes();
    std::scoped_lock const lock{mutex_};
    auto const counted = head_counts_.find(client_id);
    return counted == head_counts_.end() ? 0 : counted->second.present;
}

std::int64_t Search::total_head_count() const
{
    wait_for_changes();
    std::scoped_lock const lock{mutex_};
    std::int64_t total = 0;
    for (auto const& [client_id, counted] : head_counts_) total += counted.present;
    return total;
}

} // namespace search

#pragma once
// Search over all clients, in index.db: a projection of the books that follows their audit chains
// on a thread of its own. Whoever searches waits until the thread has what was committed before, so
// users see their own writes; imports and the catching up after a crash go on meanwhile.
#include "clients/clients.hpp"
#include "http/route.hpp"
#include "store/pool.hpp"

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace search {

struct SearchText {
    std::string text;
    std::optional<std::int64_t> limit;
};
BOOST_DESCRIBE_STRUCT(SearchText, (), (text, limit))

struct FoundClient {
    std::int64_t id = 0;
    std::string code;
    std::string name;
    std::string name_kana;
    std::int64_t colour = 0;
};
BOOST_DESCRIBE_STRUCT(FoundClient, (), (id, code, name, name_kana, colour))

struct FoundEmployee {
    std::int64_t client_id = 0;
    std::int64_t employee_id = 0;
    std::string number;
    std::string name;
    std::string name_kana;
    std::string attendance;
    std::string client_code;
    std::string client_name;
    std::int64_t colour = 0;
};
BOOST_DESCRIBE_STRUCT(
    FoundEmployee,
    (),
    (client_id, employee_id, number, name, name_kana, attendance, client_code, client_name, colour)
)

struct Found {
    std::vector<FoundClient> clients;
    std::vector<FoundEmployee> employees;
};
BOOST_DESCRIBE_STRUCT(Found, (), (clients, employees))

struct HeadCount { // of one client
    std::int64_t client_id = 0;
    std::int64_t present = 0; // 在籍中・休職中
    std::int64_t people = 0;  // and the retired
};
BOOST_DESCRIBE_STRUCT(HeadCount, (), (client_id, present, people))

class Search {
public:
    Search(store::Pool& pool, clients::Clients& clients);
    Search(Search const&) = delete;
    Search& operator=(Search const&) = delete;
    ~Search();

    // Makes index.db anew when it is missing or damaged. The thread catches up with every book
    // while people are served; after a stop in good order it need not open those that nobody has
    // touched.
    void start();
    void committed(store::FileId const& file); // after each commit of a book
    void wait_until_caught_up();

    std::int64_t head_count(std::int64_t client_id) const;
    std::int64_t total_head_count() const;

    http::RoomRoutes routes();
    Result<Found> find(http::Call& call, SearchText const& wanted);

private:
    void open_index();
    void thread_loop();
    void follow(std::vector<std::string> books);
    void catch_up(std::string const& book_id);
    void wait_for_changes() const; // until the index has what was committed before this call
    bool project(std::string const& book_id, std::int64_t rows_max); // true: there is more
    bool untouched(std::string const& book_id);
    void count(HeadCount const& change);
    std::int64_t people_of(std::vector<std::int64_t> const& clients) const;

    store::Pool& pool_;
    clients::Clients& clients_;
    mutable std::mutex mutex_;                                // guards the rest
    std::condition_variable work_;                            // for the thread
    mutable std::condition_variable done_;                    // for those who wait for it
    std::unordered_map<std::int64_t, HeadCount> head_counts_; // as in index.db
    std::vector<std::string> fresh_; // books, once for each commit that is not in the index yet
    std::deque<std::string> behind_; // books with more than a change or two to catch up with
    std::uint64_t told_ = 0;         // commits so far
    std::uint64_t followed_ = 0;     // of them in the index, or their book is in `behind_`
    bool whole_ = false;             // nothing is missing but what `behind_` names
    std::optional<std::filesystem::file_time_type> settled_at_; // the stop before this start
    bool working_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace search

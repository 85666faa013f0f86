#pragma once
// Search over all clients, in index.db: a projection of the books that follows their audit chains.
// A commit of a few people is projected before its answer leaves, so users see their own writes;
// bigger ones (imports) and the catching up after a crash run on a thread.
#include "http/route.hpp"
#include "store/pool.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

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

class Search {
public:
    explicit Search(store::Pool& pool);
    Search(Search const&) = delete;
    Search& operator=(Search const&) = delete;
    ~Search();

    // Makes index.db anew when it is missing or damaged, and catches up with every book on the
    // thread. Called at start; people can be served meanwhile.
    void start();
    void committed(store::FileId const& file); // after each commit of a book
    void wait_until_caught_up();

    std::int64_t head_count(std::int64_t client_id);
    std::int64_t total_head_count();

    http::RoomRoutes routes();
    Result<Found> find(http::Call& call, SearchText const& wanted);

private:
    void thread_loop();
    void project(std::string const& book_id, std::int64_t rows_max, bool& more);
    std::optional<std::pair<std::int64_t, store::FileId>> book(std::string const& book_id);

    store::Pool& pool_;
    std::mutex projecting_; // one projection at a time: index.db has one writer
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::string> behind_; // books that the thread must catch up with
    bool working_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace search

#pragma once
// An office with one client, and the room of imports as a browser and the jobs use it.
#include "client_parts.hpp"
#include "csv/writer.hpp"
#include "employees/ledger_rows.hpp"
#include "imports/imports.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <thread>

template <> struct doctest::StringMaker<std::vector<std::string>> {
    static String convert(std::vector<std::string> const& words)
    {
        std::string all;
        for (auto const& word : words) all += "\n      " + word;
        return all.c_str();
    }
};

namespace test {

using Words = std::vector<std::string>;

// A file of two people.
inline std::string const headings =
    "社員番号,姓,名,姓（カナ）,名（カナ）,生年月日,戸籍上の性別,入社日,部署\r\n";
inline std::string const yamada = "0001,山田,太郎,ヤマダ,タロウ,1990/4/1,男性,2015/4/1,営業部\r\n";
inline std::string const takahashi =
    "0002,髙橋,花子,タカハシ,ハナコ,H7.5.5,女,令和2年4月1日,総務部\r\n";

inline Date day(char const* text) { return parse_date(text).value(); }

class QuietProgress final : public jobs::Progress {
public:
    void step(std::string_view) override {}
    void advance(std::int64_t, std::int64_t) override {}
    bool cancelled() const override { return false; }
};

template <class T> std::string code_of(Result<T> const& result)
{
    return result ? "fine" : result.error().code;
}

inline std::string cp932(std::string_view utf8) { return csv::Encoder{}.encode(utf8).cp932; }

struct ImportRoom : TestOffice {
    documents::BlobStore blobs{{path, [](std::string const& book_id) {
                                    return crypto::derive(test_root(), "blobs " + book_id);
                                }}};
    std::vector<std::string> destroyed; // books whose keys are gone
    clients::Clients clients{[this] {
        auto parts = client_parts(pool, recorder, clock);
        parts.destroy_book_keys = [this](std::string const& id) { destroyed.push_back(id); };
        return parts;
    }()};
    jobs::Jobs jobs{pool, clock, 1};
    imports::Imports room{
        {pool, recorder, clock, blobs, clients, jobs,
         [](std::string const& actor) { return "name of " + actor; }}
    };
    http::Caller caller;
    http::ClientInPath client;
    bool people = true; // or clients
    net::Request request;

    ImportRoom()
    {
        caller.account_id = 3;
        caller.actor = "account:3";
        clients::ClientInput input;
        input.code = "A01";
        input.name = "株式会社山田製作所";
        input.name_kana = "ヤマダセイサクジョ";
        client = clients.find_client(clients.create(input, "test").value().id).value();
    }
    ~ImportRoom() { jobs.stop(); }
    ImportRoom(ImportRoom const&) = delete;
    ImportRoom& operator=(ImportRoom const&) = delete;

    imports::Place place() const
    {
        if (people) return {imports::Kind::employees, client.book, client.id};
        return {imports::Kind::clients, office, 0};
    }
    http::Call& call(std::int64_t import_id = 0, std::int64_t line = 0, std::string query = "")
    {
        request = {};
        request.query = std::move(query);
        import_text_ = std::to_string(import_id);
        line_text_ = std::to_string(line);
        params_ = {{"import_id", import_text_}, {"line", line_text_}};
        call_.emplace(http::Call{
            request, caller, clock.now(), params_, people ? client : http::ClientInPath{}, {}
        });
        return *call_;
    }

    Result<imports::Import> upload(std::string const& bytes, std::string const& name = "a.csv")
    {
        auto& call_here = call();
        std::string encoded;
        for (unsigned char const letter : name) encoded += fmt::format("%{:02x}", letter);
        request.headers.add("X-File-Name", encoded);
        TRY(auto sink, room.start_upload(call_here));
        for (std::size_t i = 0; i < bytes.size(); i += 1000) sink->write(bytes.substr(i, 1000));
        TRY(auto made, room.finish_upload(call_here, *sink));
        return made.body;
    }
    imports::ImportCheck as_suggested(imports::Import const& item)
    {
        imports::ImportCheck wanted;
        for (auto const& column : item.columns)
            wanted.mapping.push_back({column.index, column.field});
        return wanted;
    }
    imports::Import get(std::int64_t id) { return room.get(call(id)).value(); }
    jobs::Job finished(Result<http::Accepted> const& accepted)
    {
        for (;;) {
            auto job = jobs.find(accepted.value().job_id).value();
            if (job.state != jobs::State::waiting && job.state != jobs::State::running) return job;
            std::this_thread::yield();
        }
    }
    // The dry run with the suggested mapping; the import afterwards.
    imports::Import checked(
        std::string const& bytes,
        checks::Blank blank = checks::Blank::keep,
        std::optional<Date> valid_from = {}
    )
    {
        auto const item = upload(bytes).value();
        auto wanted = as_suggested(item);
        wanted.blank = blank;
        wanted.valid_from = valid_from;
        finished(room.check(call(item.id), wanted));
        return get(item.id);
    }
    jobs::Job commit(std::int64_t id) { return finished(room.commit(call(id))); }
    jobs::Job undo(std::int64_t id) { return finished(room.undo(call(id))); }
    imports::Import committed(
        std::string const& bytes,
        checks::Blank blank = checks::Blank::keep,
        std::optional<Date> valid_from = {}
    )
    {
        auto const item = checked(bytes, blank, valid_from);
        commit(item.id);
        return get(item.id);
    }
    std::vector<imports::ImportRow> rows(std::int64_t id, std::string const& show = "all")
    {
        return room.rows(call(id, 0, "show=" + show)).value().rows;
    }
    // "3 error 生年月日=2024/02/30 no_such_day" one a row and fault; "2 add" without.
    std::vector<std::string> told(std::int64_t id, std::string const& show = "all")
    {
        std::vector<std::string> out;
        for (auto const& row : rows(id, show)) {
            auto const head =
                fmt::format("{} {}", row.line, boost::describe::enum_to_string(row.action, ""));
            for (auto const& fault : row.faults)
                out.push_back(fmt::format(
                    "{} {}={} {}", head, fault.heading.value_or(fault.label),
                    fault.value.value_or(""), fault.code
                ));
            if (row.faults.empty()) out.push_back(head);
        }
        return out;
    }
    std::int64_t count(std::string const& what)
    {
        auto const read = pool.read(client.book);
        if (what == "people")
            return read.one<std::int64_t>("SELECT count(*) FROM employee").value();
        return read.one<std::int64_t>("SELECT count(*) FROM audit WHERE action = ?1", what).value();
    }
    employees::Ledger person(std::string const& number)
    {
        auto const read = pool.read(client.book);
        auto const id =
            read.one<std::int64_t>("SELECT id FROM employee WHERE number = ?1", number).value();
        return employees::read_employee(read, id, domain::date_in_japan(clock.now()))->ledger;
    }

private:
    std::string import_text_;
    std::string line_text_;
    std::vector<std::pair<std::string_view, std::string_view>> params_;
    std::optional<http::Call> call_;
};

} // namespace test

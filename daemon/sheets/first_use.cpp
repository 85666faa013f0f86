#include "sheets/first_use.hpp"

#include "base/qr.hpp"
#include "domain/date.hpp"
#include "sheets/canvas.hpp"

#include <fmt/format.h>

namespace sheets {

namespace {

constexpr double left = 56;
constexpr double width = page_width - 2 * left;
constexpr double qr_size = 150;
constexpr double grey = 0.35;
constexpr double pale = 0.94;
constexpr std::chrono::hours japan{9};

std::string day_of(Instant at) // 2026年12月1日（火）
{
    constexpr char const* days[] = {"日", "月", "火", "水", "木", "金", "土"};
    auto const date = domain::date_in_japan(at);
    return fmt::format(
        "{}年{}月{}日（{}）", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        days[std::chrono::weekday{std::chrono::sys_days{date}}.c_encoding()]
    );
}

std::string minute_of(Instant at)
{
    auto const in_japan = at + japan;
    auto const day = std::chrono::floor<std::chrono::days>(in_japan);
    std::chrono::hh_mm_ss const time{in_japan - day};
    return fmt::format("{} {}:{:02}", day_of(at), time.hours().count(), time.minutes().count());
}

void head(Canvas& page, Issue const& issue, FirstUse const& person)
{
    page.text(left, 50, width, issue.office_name, {.size = 11});
    page.text(
        left, 50, width, "発行 " + day_of(issue.issued_at),
        {.size = 9, .grey = grey, .align = Style::Align::right}
    );
    page.line(left, 74, left + width, 74, grey);
    page.text(left, 92, width, "蔵守（くらもり）ご利用案内", {.size = 22, .bold = true});
    double y = 134;
    if (!person.company.empty())
        y += page.text(left, y, width, person.company, {.size = 11, .grey = grey});
    page.text(left, y, width, person.name + "　様", {.size = 17});
}

void card(Canvas& page, Issue const& issue, FirstUse const& person)
{
    constexpr double top = 196;
    constexpr double height = 190;
    constexpr double inside = left + 20;
    constexpr double column = width - qr_size - 50;
    page.box(left, top, width, height, pale, true);
    page.text(inside, top + 16, column, "ログインID", {.size = 10, .grey = grey});
    page.text(inside, top + 31, column, person.login_id, {.size = 17, .spacing = 0.5});
    page.text(inside, top + 74, column, "設定コード", {.size = 10, .grey = grey});
    page.text(inside, top + 89, column, person.code, {.size = 19, .bold = true, .spacing = 0.4});
    page.text(inside, top + 132, column, "設定コードの期限", {.size = 10, .grey = grey});
    page.text(inside, top + 147, column, minute_of(issue.expires_at) + " まで", {.size = 12});
    double const x = left + width - qr_size - 16;
    page.box(x, top + 12, qr_size, qr_size, 1, true);
    page.qr(x, top + 12, qr_size, base::qr_modules(issue.url + "/setup#" + person.code));
    page.text(
        x, top + 166, qr_size, "読み取ると設定の画面が開きます",
        {.size = 8.5, .grey = grey, .align = Style::Align::centre}
    );
}

double steps(Canvas& page, Issue const& issue, double y)
{
    std::string const said[] = {
        "パソコンのブラウザーで次のアドレスを開きます。カメラのある端末では、上のQRコードでも"
        "開けます。\n" +
            issue.url + "/setup",
        "ログインIDと設定コードを入力します。設定コードの大文字と小文字、ハイフンの有無は"
        "どちらでもかまいません。",
        "自分のパスワードを決めます。15文字以上の長い言葉か、文字の種類を混ぜた10文字以上に"
        "してください。決めたパスワードは、事務所の管理者にも分かりません。",
    };
    page.text(left, y, width, "はじめに行うこと", {.size = 14, .bold = true});
    y += 34;
    for (std::size_t i = 0; i < std::size(said); ++i) {
        page.disc(left + 11, y + 10, 11);
        page.text(
            left, y + 2, 22, std::to_string(i + 1),
            {.size = 12, .bold = true, .grey = 1, .align = Style::Align::centre}
        );
        y += page.text(left + 36, y + 1, width - 36, said[i], {.size = 11.5}) + 16;
    }
    return y;
}

void foot(Canvas& page, Issue const& issue, double y)
{
    page.line(left, y, left + width, y, 0.75);
    y += 16;
    for (std::string const& note :
         {std::string{"・設定コードは1回だけ使えます。期限を過ぎたとき、紙をなくしたときは、下記に"
                      "再発行を依頼してください。"},
          std::string{"・この紙は本人だけが使います。設定が済んだら細断してください。"},
          std::string{"・電話やメールで設定コードやパスワードをお尋ねすることはありません。"}})
        y += page.text(left, y, width, note, {.size = 10}) + 4;
    y += 14;
    page.box(left, y, width, 52, 0.75, false);
    page.text(left + 16, y + 9, width - 32, "分からないときの連絡先", {.size = 9, .grey = grey});
    page.text(left + 16, y + 24, width - 32, issue.ask, {.size = 12});
}

} // namespace

std::string first_use_pdf(Issue const& issue, std::vector<FirstUse> const& people)
{
    Canvas page;
    for (auto const& person : people) {
        head(page, issue, person);
        card(page, issue, person);
        auto const y = steps(page, issue, 416);
        foot(page, issue, y + 12);
        page.next_page();
    }
    return page.finish();
}

} // namespace sheets

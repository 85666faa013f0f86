#pragma once
// A PDF of A4 pages, drawn with Cairo and set with Pango: fonts are embedded as subsets, names with
// rare characters (𠮷, 髙) come from whichever installed font has them. In memory only.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sheets {

inline constexpr double page_width = 595.28; // points, 1/72 inch
inline constexpr double page_height = 841.89;

struct Style {
    double size = 11;
    bool bold = false;
    double grey = 0;    // 0 black, 1 white
    double spacing = 0; // between letters, in points
    enum class Align { left, centre, right } align = Align::left;
};

class Canvas {
public:
    Canvas();
    Canvas(Canvas const&) = delete;
    Canvas& operator=(Canvas const&) = delete;
    ~Canvas();

    // Broken into lines at `width`; returns the height. Plain text: nothing in it is markup.
    double text(double x, double y, double width, std::string_view text, Style const& style);
    void line(double x1, double y1, double x2, double y2, double grey);
    void box(double x, double y, double width, double height, double grey, bool filled);
    void disc(double x, double y, double radius);
    // Rows of modules (base/qr.hpp), quiet zone included in `size`.
    void qr(double x, double y, double size, std::vector<std::string> const& rows);
    void next_page();

    std::string finish(); // the file; once

private:
    struct Parts; // Cairo's and Pango's
    std::unique_ptr<Parts> parts_;
};

} // namespace sheets

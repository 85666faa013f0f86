#include "sheets/canvas.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <numbers>
#include <stdexcept>

namespace sheets {

namespace {

// What the packages recommend first; Pango takes the next one for what a font does not have.
constexpr char const* families = "IPAexGothic, Noto Sans CJK JP, sans-serif";
constexpr double quiet_modules = 4;

cairo_status_t append(void* into, unsigned char const* data, unsigned size)
{
    static_cast<std::string*>(into)->append(reinterpret_cast<char const*>(data), size);
    return CAIRO_STATUS_SUCCESS;
}

void expect(cairo_status_t status)
{
    if (status != CAIRO_STATUS_SUCCESS)
        throw std::runtime_error(
            std::string{"the PDF cannot be made: "} + cairo_status_to_string(status)
        );
}

PangoAlignment alignment(Style::Align align)
{
    switch (align) {
    case Style::Align::centre: return PANGO_ALIGN_CENTER;
    case Style::Align::right: return PANGO_ALIGN_RIGHT;
    case Style::Align::left: break;
    }
    return PANGO_ALIGN_LEFT;
}

} // namespace

struct Canvas::Parts {
    struct Unref {
        void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
        void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
        void operator()(PangoContext* context) const { g_object_unref(context); }
        void operator()(PangoFontMap* map) const { g_object_unref(map); }
    };
    std::string bytes;
    std::unique_ptr<cairo_surface_t, Unref> surface{
        cairo_pdf_surface_create_for_stream(&append, &bytes, page_width, page_height)
    };
    std::unique_ptr<cairo_t, Unref> cairo{cairo_create(surface.get())};
    std::unique_ptr<PangoFontMap, Unref> fonts{pango_cairo_font_map_new()}; // threads share none
    std::unique_ptr<PangoContext, Unref> context{pango_font_map_create_context(fonts.get())};
};

Canvas::Canvas() : parts_(std::make_unique<Parts>())
{
    expect(cairo_surface_status(parts_->surface.get()));
    pango_context_set_language(parts_->context.get(), pango_language_from_string("ja"));
}

Canvas::~Canvas()
{
    // While `bytes` is there to be written into.
    if (parts_) cairo_surface_finish(parts_->surface.get());
}

double Canvas::text(double x, double y, double width, std::string_view text, Style const& style)
{
    std::unique_ptr<PangoLayout, decltype(&g_object_unref)> const layout{
        pango_layout_new(parts_->context.get()), &g_object_unref
    };
    std::unique_ptr<PangoFontDescription, decltype(&pango_font_description_free)> const font{
        pango_font_description_new(), &pango_font_description_free
    };
    pango_font_description_set_family_static(font.get(), families);
    pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
    if (style.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(layout.get(), 1.25F);
    pango_layout_set_alignment(layout.get(), alignment(style.align));
    std::unique_ptr<PangoAttrList, decltype(&pango_attr_list_unref)> const attributes{
        pango_attr_list_new(), &pango_attr_list_unref
    };
    pango_attr_list_insert(
        attributes.get(),
        pango_attr_letter_spacing_new(static_cast<int>(style.spacing * PANGO_SCALE))
    );
    pango_layout_set_attributes(layout.get(), attributes.get());
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    cairo_set_source_rgb(parts_->cairo.get(), style.grey, style.grey, style.grey);
    cairo_move_to(parts_->cairo.get(), x, y);
    pango_cairo_show_layout(parts_->cairo.get(), layout.get());
    int height = 0;
    pango_layout_get_size(layout.get(), nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
}

void Canvas::line(double x1, double y1, double x2, double y2, double grey)
{
    cairo_set_source_rgb(parts_->cairo.get(), grey, grey, grey);
    cairo_set_line_width(parts_->cairo.get(), 0.75);
    cairo_move_to(parts_->cairo.get(), x1, y1);
    cairo_line_to(parts_->cairo.get(), x2, y2);
    cairo_stroke(parts_->cairo.get());
}

void Canvas::box(double x, double y, double width, double height, double grey, bool filled)
{
    cairo_set_source_rgb(parts_->cairo.get(), grey, grey, grey);
    cairo_set_line_width(parts_->cairo.get(), 1);
    cairo_rectangle(parts_->cairo.get(), x, y, width, height);
    filled ? cairo_fill(parts_->cairo.get()) : cairo_stroke(parts_->cairo.get());
}

void Canvas::disc(double x, double y, double radius)
{
    cairo_set_source_rgb(parts_->cairo.get(), 0, 0, 0);
    cairo_new_path(parts_->cairo.get()); // text leaves a point that a line would come from
    cairo_arc(parts_->cairo.get(), x, y, radius, 0, 2 * std::numbers::pi);
    cairo_fill(parts_->cairo.get());
}

void Canvas::qr(double x, double y, double size, std::vector<std::string> const& rows)
{
    auto const module = size / (static_cast<double>(rows.size()) + 2 * quiet_modules);
    cairo_set_source_rgb(parts_->cairo.get(), 0, 0, 0);
    for (std::size_t row = 0; row < rows.size(); ++row)
        for (std::size_t column = 0; column < rows[row].size(); ++column)
            if (rows[row][column] == '1')
                cairo_rectangle(
                    parts_->cairo.get(), x + (quiet_modules + static_cast<double>(column)) * module,
                    y + (quiet_modules + static_cast<double>(row)) * module, module, module
                );
    cairo_fill(parts_->cairo.get()); // in one: no hair lines between modules
}

void Canvas::next_page() { cairo_show_page(parts_->cairo.get()); }

std::string Canvas::finish()
{
    expect(cairo_status(parts_->cairo.get()));
    cairo_surface_finish(parts_->surface.get());
    expect(cairo_surface_status(parts_->surface.get()));
    return std::move(parts_->bytes);
}

} // namespace sheets

#include "engine/io/canvas.h"

#include "engine/io/pixel_font.h"

#include <algorithm>
#include <cmath>
#include <png.h>

namespace chainsong {
namespace {

/// How much of pixel `at` the stretch [from, to) covers, 0..1.
double coverOf(int at, double from, double to) {
    return std::clamp(std::min(to, at + 1.0) - std::max(from, double(at)), 0.0, 1.0);
}

std::uint8_t mixedByte(int below, int above, double share) {
    return static_cast<std::uint8_t>(std::lround(below + (above - below) * share));
}

} // namespace

Colour mixed(Colour a, Colour b, double share) {
    return {
        mixedByte(a.red, b.red, share), mixedByte(a.green, b.green, share), mixedByte(a.blue, b.blue, share)};
}

Canvas::Canvas(int width_px, int height_px, Colour ground)
    : m_width(width_px)
    , m_height(height_px)
    , m_rgba(static_cast<std::size_t>(width_px) * static_cast<std::size_t>(height_px) * 4) {
    for (std::size_t i = 0; i < m_rgba.size(); i += 4) {
        m_rgba[i] = ground.red;
        m_rgba[i + 1] = ground.green;
        m_rgba[i + 2] = ground.blue;
        m_rgba[i + 3] = 255;
    }
}

void Canvas::blend(int x, int y, Colour colour, double cover) {
    const double share = cover * colour.alpha / 255;
    std::uint8_t* pixel = &m_rgba[(static_cast<std::size_t>(y) * static_cast<std::size_t>(m_width)
                                      + static_cast<std::size_t>(x))
        * 4];
    pixel[0] = mixedByte(pixel[0], colour.red, share);
    pixel[1] = mixedByte(pixel[1], colour.green, share);
    pixel[2] = mixedByte(pixel[2], colour.blue, share);
}

void Canvas::fill(const Box& given, Colour colour) {
    const Box box{std::max(given.left, 0.0), std::max(given.top, 0.0), std::min(given.right, double(m_width)),
        std::min(given.bottom, double(m_height))};
    if (box.left >= box.right || box.top >= box.bottom) return;
    for (int y = static_cast<int>(box.top); y < box.bottom; ++y)
        for (int x = static_cast<int>(box.left); x < box.right; ++x)
            blend(x, y, colour, coverOf(x, box.left, box.right) * coverOf(y, box.top, box.bottom));
}

void Canvas::fillRounded(const Box& box, Colour colour) {
    constexpr double kCorner = 1.5;
    if (box.right - box.left < 3 * kCorner || box.bottom - box.top < 3 * kCorner) return fill(box, colour);
    fill({box.left + kCorner, box.top, box.right - kCorner, box.top + kCorner}, colour);
    fill({box.left, box.top + kCorner, box.right, box.bottom - kCorner}, colour);
    fill({box.left + kCorner, box.bottom - kCorner, box.right - kCorner, box.bottom}, colour);
    const Colour soft = withAlpha(colour, colour.alpha / 2);
    for (const double left : {box.left, box.right - kCorner})
        for (const double top : {box.top, box.bottom - kCorner})
            fill({left, top, left + kCorner, top + kCorner}, soft);
}

void Canvas::write(std::string_view text, double left, double top, int scale, Colour colour) {
    for (const char character : text) {
        const Glyph glyph = glyphOf(character);
        for (int row = 0; row < kGlyphHeight; ++row)
            for (int column = 0; column < kGlyphWidth; ++column) {
                if ((glyph[static_cast<std::size_t>(row)] >> (kGlyphWidth - 1 - column) & 1) == 0) continue;
                const double x = std::round(left) + column * scale;
                const double y = std::round(top) + row * scale;
                fill({x, y, x + scale, y + scale}, colour);
            }
        left += (kGlyphWidth + 1) * scale;
    }
}

double Canvas::textWidth(std::string_view text, int scale) {
    return text.empty() ? 0 : static_cast<double>(text.size()) * (kGlyphWidth + 1) * scale - scale;
}

std::vector<std::uint8_t> Canvas::png() const {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(m_width);
    image.height = static_cast<png_uint_32>(m_height);
    image.format = PNG_FORMAT_RGBA;
    std::vector<std::uint8_t> bytes(PNG_IMAGE_PNG_SIZE_MAX(image));
    png_alloc_size_t size = bytes.size();
    if (!png_image_write_to_memory(&image, bytes.data(), &size, 0, m_rgba.data(), 0, nullptr)) return {};
    bytes.resize(size);
    return bytes;
}

} // namespace chainsong

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace chainsong {

/// Red, green, blue and opacity, 0..255.
struct Colour {
    std::uint8_t red = 0, green = 0, blue = 0, alpha = 255;
};
constexpr Colour withAlpha(Colour colour, int alpha) {
    return {colour.red, colour.green, colour.blue, static_cast<std::uint8_t>(alpha)};
}
/// `share` of b in a mix of a and b, 0..1; opaque.
Colour mixed(Colour a, Colour b, double share);

/// A rectangle in pixels; edges may lie between pixels and outside the canvas.
struct Box {
    double left = 0, top = 0, right = 0, bottom = 0;
};

/// An opaque picture in memory with the few things a piano roll is drawn of.
class Canvas {
public:
    Canvas(int width_px, int height_px, Colour ground);
    int width() const { return m_width; }
    int height() const { return m_height; }

    /// Edges between pixels are smoothed.
    void fill(const Box& box, Colour colour);
    /// The same with its four corner pixels softened.
    void fillRounded(const Box& box, Colour colour);
    /// Text in the pixel font with the upper left corner at (left, top), each dot `scale` pixels large.
    void write(std::string_view text, double left, double top, int scale, Colour colour);
    static double textWidth(std::string_view text, int scale);

    /// PNG, always the same bytes for the same picture; empty if memory runs out.
    std::vector<std::uint8_t> png() const;

private:
    void blend(int x, int y, Colour colour, double cover);

    int m_width, m_height;
    std::vector<std::uint8_t> m_rgba;
};

} // namespace chainsong

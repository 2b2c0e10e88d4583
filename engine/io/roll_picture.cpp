#include "engine/io/roll_picture.h"

#include "engine/base/atomic_file.h"
#include "engine/io/canvas.h"
#include "engine/io/pixel_font.h"
#include "engine/music/instruments.h"
#include "engine/music/tempo_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace chainsong {
namespace {

/// Colours that the colour-blind tell apart (Okabe and Ito 2008), those first that stand out on both grounds.
constexpr std::array<Colour, 8> kTrackColours{{
    {0x00, 0x72, 0xB2},
    {0xD5, 0x5E, 0x00},
    {0x00, 0x9E, 0x73},
    {0xCC, 0x79, 0xA7},
    {0xE6, 0x9F, 0x00},
    {0x56, 0xB4, 0xE9},
    {0x8C, 0x6B, 0x4F},
    {0x7A, 0x7A, 0x7A},
}};

struct Palette {
    Colour ground, row, black_row, beat, bar, octave, text, faint_text, white_key, black_key;
};
constexpr Palette kLight{{0xFF, 0xFF, 0xFF}, {0xFB, 0xFB, 0xFA}, {0xF1, 0xF2, 0xF4}, {0xE4, 0xE6, 0xEA},
    {0xB9, 0xBE, 0xC7}, {0xD5, 0xD8, 0xDE}, {0x2B, 0x2F, 0x36}, {0x7B, 0x82, 0x8E}, {0xFF, 0xFF, 0xFF},
    {0x3A, 0x3E, 0x46}};
constexpr Palette kDark{{0x1B, 0x1D, 0x21}, {0x26, 0x29, 0x2E}, {0x20, 0x22, 0x27}, {0x33, 0x37, 0x3E},
    {0x5A, 0x60, 0x6B}, {0x40, 0x45, 0x4E}, {0xE8, 0xEA, 0xED}, {0x9A, 0xA1, 0xAC}, {0xD9, 0xDC, 0xE0},
    {0x10, 0x11, 0x13}};

constexpr double kKeyboardWidth = 56;
constexpr double kMargin = 14;
constexpr double kLegendHeight = 38;
constexpr double kHighestDrumRow = 9;
constexpr double kDrumGap = 12;

bool isBlackKey(int key) {
    constexpr std::array<bool, 12> kBlack{
        false, true, false, true, false, false, true, false, true, false, true, false};
    return kBlack[static_cast<std::size_t>(key % 12)];
}

/// Draws one picture; its members are where things stand.
class RollPainter {
public:
    RollPainter(const Score& score, const RollPictureStyle& style)
        : m_score(score)
        , m_metres(score.metres)
        , m_colours(style.is_dark ? kDark : kLight)
        , m_canvas(
              std::clamp(style.width_px, 320, 8000), std::clamp(style.height_px, 240, 8000), m_colours.ground)
        , m_is_dark(style.is_dark) {
        m_num_bars = std::max(numBars(score), 1);
        m_end = m_metres.barStart(m_num_bars);
        chooseKeys();
        m_left = kMargin + kKeyboardWidth;
        m_right = m_canvas.width() - kMargin;
        m_top = hasTitle() ? 62 : 36;
        const double num_drum_rows = static_cast<double>(m_drum_keys.size());
        m_drum_row = std::min(kHighestDrumRow, 0.35 * m_canvas.height() / std::max(num_drum_rows, 1.0));
        const double drum_height = m_drum_keys.empty() ? 0 : num_drum_rows * m_drum_row + kDrumGap;
        m_bottom = m_canvas.height() - kLegendHeight - drum_height - 4;
        m_row = (m_bottom - m_top) / (m_highest - m_lowest + 1);
        m_drum_top = m_bottom + kDrumGap;
    }

    std::vector<std::uint8_t> png() {
        paintRows();
        paintBars();
        paintNotes();
        paintKeyboard();
        paintTitle();
        paintLegend();
        return m_canvas.png();
    }

private:
    bool hasTitle() const { return !m_score.title.empty() && canWrite(m_score.title); }
    double x(Tick at) const {
        return m_left + (m_right - m_left) * static_cast<double>(at.value) / static_cast<double>(m_end.value);
    }
    double y(int key) const { return m_top + (m_highest - key) * m_row; }
    Colour trackColour(std::size_t track) const {
        const Colour colour = kTrackColours[track % kTrackColours.size()];
        return m_is_dark ? mixed(colour, {0xFF, 0xFF, 0xFF}, 0.18) : colour;
    }

    void chooseKeys() {
        int lowest = 128, highest = -1;
        std::set<int> drum_keys;
        for (const Track& track : m_score.tracks)
            for (const Note& note : track.notes) {
                if (track.is_drums) {
                    drum_keys.insert(note.key);
                    continue;
                }
                lowest = std::min<int>(lowest, note.key);
                highest = std::max<int>(highest, note.key);
            }
        m_drum_keys.assign(drum_keys.rbegin(), drum_keys.rend());
        if (highest < 0) lowest = highest = 60;
        lowest -= 2;
        highest += 2;
        while (highest - lowest < 24) { // two octaves at least, or few notes look like walls
            --lowest;
            ++highest;
        }
        m_lowest = std::max(lowest, 0);
        m_highest = std::min(highest, 127);
    }

    double drumY(int key) const {
        const auto at = std::find(m_drum_keys.begin(), m_drum_keys.end(), key) - m_drum_keys.begin();
        return m_drum_top + static_cast<double>(at) * m_drum_row;
    }
    double drumBottom() const { return m_drum_top + static_cast<double>(m_drum_keys.size()) * m_drum_row; }

    void paintRows() {
        for (int key = m_lowest; key <= m_highest; ++key) {
            m_canvas.fill({m_left, y(key), m_right, y(key) + m_row},
                isBlackKey(key) ? m_colours.black_row : m_colours.row);
            if (key % 12 == 0)
                m_canvas.fill({m_left, y(key) + m_row - 1, m_right, y(key) + m_row}, m_colours.octave);
        }
        for (std::size_t i = 0; i < m_drum_keys.size(); ++i) {
            const double top = m_drum_top + static_cast<double>(i) * m_drum_row;
            m_canvas.fill(
                {m_left, top, m_right, top + m_drum_row}, i % 2 ? m_colours.black_row : m_colours.row);
        }
    }

    void paintLine(double at, double width, Colour colour) {
        const double left = std::round(at);
        m_canvas.fill({left, m_top, left + width, m_bottom}, colour);
        if (!m_drum_keys.empty()) m_canvas.fill({left, m_drum_top, left + width, drumBottom()}, colour);
    }

    /// Bars between two numbers so that neither lines nor numbers crowd.
    int barStride(double least_distance) const {
        const double bar = (m_right - m_left) / m_num_bars;
        for (const int stride : {1, 2, 4, 5, 8, 10, 20, 50})
            if (bar * stride >= least_distance) return stride;
        return static_cast<int>(std::ceil(least_distance / bar / 100)) * 100;
    }

    void paintBars() {
        const int line_stride = barStride(8);
        for (int bar = 0; bar < m_num_bars; bar += line_stride) {
            const Tick start = m_metres.barStart(bar);
            const Tick beat = m_metres.metreOfBar(bar).beatLength();
            if (line_stride == 1 && x(beat) - x({0}) >= 6)
                for (Tick at = start + beat; at < m_metres.barStart(bar + 1); at = at + beat)
                    paintLine(x(at), 1, m_colours.beat);
            paintLine(x(start), 1, m_colours.bar);
        }
        paintLine(m_right - 1, 1, m_colours.bar);
        const int number_stride = barStride(34);
        for (int bar = 0; bar < m_num_bars; bar += number_stride) {
            const std::string number = std::to_string(bar + 1);
            const double left = x(m_metres.barStart(bar)) + 3;
            if (left + Canvas::textWidth(number, 2) <= m_right)
                m_canvas.write(number, left, m_top - 20, 2, m_colours.faint_text);
        }
    }

    void paintNotes() {
        for (std::size_t t = 0; t < m_score.tracks.size(); ++t) {
            const Track& track = m_score.tracks[t];
            for (const Note& note : track.notes) {
                const double top =
                    track.is_drums ? drumY(note.key) + 1 : y(note.key) + std::min(m_row * 0.08, 1.0);
                const double bottom = track.is_drums ? drumY(note.key) + m_drum_row - 1
                                                     : y(note.key) + m_row - std::min(m_row * 0.08, 1.0);
                const double left = x(note.start) + 0.5;
                const double right = track.is_drums ? left + std::clamp(x(note.end()) - left, 2.0, 6.0)
                                                    : std::max(x(note.end()) - 0.5, left + 1.5);
                const double softness = 0.55 * (1 - note.velocity_127 / 127.0);
                const Colour colour = mixed(trackColour(t), m_colours.ground, softness);
                m_canvas.fillRounded({left, top, right, bottom}, mixed(trackColour(t), m_colours.text, 0.45));
                if (right - left > 3 && bottom - top > 3)
                    m_canvas.fillRounded({left + 1, top + 1, right - 1, bottom - 1}, colour);
            }
        }
    }

    void paintKeyboard() {
        const double left = kMargin, right = m_left - 2;
        m_canvas.fill({left, m_top, right, m_bottom}, m_colours.white_key);
        for (int key = m_lowest; key <= m_highest; ++key) {
            if (isBlackKey(key))
                m_canvas.fill(
                    {left, y(key), left + (right - left) * 0.6, y(key) + m_row}, m_colours.black_key);
            const bool is_between_whites = key % 12 == 0 || key % 12 == 5;
            if (is_between_whites)
                m_canvas.fill({left, y(key) + m_row - 1, right, y(key) + m_row}, m_colours.bar);
            if (key % 12 == 0) {
                const int scale = 1;
                const std::string name = noteName(key);
                m_canvas.write(name, right - Canvas::textWidth(name, scale) - 4,
                    y(key) + m_row / 2 - kGlyphHeight * scale / 2.0, scale, kLight.text);
            }
        }
        m_canvas.fill({left, m_top, left + 1, m_bottom}, m_colours.bar);
        m_canvas.fill({left, m_top, right, m_top + 1}, m_colours.bar);
        m_canvas.fill({left, m_bottom - 1, right, m_bottom}, m_colours.bar);
        if (!m_drum_keys.empty())
            m_canvas.write("DRUMS", m_left - 6 - Canvas::textWidth("DRUMS", 1),
                (m_drum_top + drumBottom()) / 2 - kGlyphHeight / 2.0, 1, m_colours.faint_text);
    }

    void paintTitle() {
        if (!hasTitle()) return;
        std::string title = m_score.title;
        while (Canvas::textWidth(title, 2) > m_right - kMargin) title.pop_back();
        m_canvas.write(title, kMargin, 12, 2, m_colours.text);
    }

    static std::string legendName(const Track& track) {
        std::string name = track.name;
        if (name.empty() || !canWrite(name))
            name = track.is_drums ? kDrumsName : instrumentName(track.program);
        if (name.size() > 24) name = name.substr(0, 22) + "..";
        return name;
    }

    double legendWidth(int scale) const {
        double width = 0;
        for (const Track& track : m_score.tracks) width += 46 + Canvas::textWidth(legendName(track), scale);
        return width;
    }

    void paintLegend() {
        const int scale = legendWidth(2) <= m_right - m_left ? 2 : 1; // many voices: small letters
        const double top = m_canvas.height() - kLegendHeight + 12;
        const double text_top = top + 7 - kGlyphHeight * scale / 2.0;
        double left = m_left;
        for (std::size_t t = 0; t < m_score.tracks.size(); ++t) {
            const std::string name = legendName(m_score.tracks[t]);
            const double width = 46 + Canvas::textWidth(name, scale);
            const bool is_last = t + 1 == m_score.tracks.size();
            if (left + width - 26 > m_right - (is_last ? 0 : 60)) {
                const std::string more = "+" + std::to_string(m_score.tracks.size() - t);
                m_canvas.write(more, left, text_top, scale, m_colours.faint_text);
                return;
            }
            m_canvas.fillRounded({left, top, left + 14, top + 14}, trackColour(t));
            m_canvas.write(name, left + 20, text_top, scale, m_colours.text);
            left += width;
        }
    }

    const Score& m_score;
    MetreMap m_metres;
    Palette m_colours;
    Canvas m_canvas;
    bool m_is_dark;
    int m_num_bars = 1;
    Tick m_end;
    int m_lowest = 48, m_highest = 72;
    std::vector<int> m_drum_keys; // from the top row down
    double m_left = 0, m_right = 0, m_top = 0, m_bottom = 0, m_row = 1, m_drum_top = 0,
           m_drum_row = kHighestDrumRow;
};

} // namespace

std::vector<std::uint8_t> rollPicture(const Score& score, const RollPictureStyle& style) {
    return RollPainter(score, style).png();
}

Status writeRollPicture(const Score& score, const std::string& path, const RollPictureStyle& style) {
    const std::vector<std::uint8_t> bytes = rollPicture(score, style);
    if (bytes.empty()) return Error{"the picture cannot be made: not enough memory", path};
    return writeFileAtomically(path, bytes);
}

} // namespace chainsong

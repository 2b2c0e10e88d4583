#include "engine/model/muse/captions.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace chainsong {
namespace {

using Words = std::pair<std::string_view, std::string_view>;

/// Tags and instruments of the corpus as a Chinese speaker says them.
constexpr std::array kChinese = std::to_array<Words>({ { "waltz", "圆舞曲" }, { "reel", "里尔舞曲" }, { "jig", "吉格舞曲" }, { "hornpipe", "号笛舞曲" },
    { "polka", "波尔卡" }, { "march", "进行曲" }, { "mazurka", "玛祖卡" }, { "minuet", "小步舞曲" }, { "chorale", "众赞歌" }, { "hymn", "赞美诗" },
    { "air", "歌调" }, { "ragtime", "拉格泰姆" }, { "lullaby", "摇篮曲" }, { "nocturne", "夜曲" }, { "polonaise", "波兰舞曲" }, { "prelude", "前奏曲" },
    { "etude", "练习曲" }, { "sonata", "奏鸣曲" }, { "fugue", "赋格" }, { "song", "歌曲" }, { "art song", "艺术歌曲" }, { "folk", "民谣" },
    { "dance", "舞曲" }, { "irish", "爱尔兰" }, { "scottish", "苏格兰" }, { "english", "英国" }, { "american", "美国" }, { "german", "德国" },
    { "french", "法国" }, { "baroque", "巴洛克" }, { "classical", "古典" }, { "romantic", "浪漫" }, { "jazz", "爵士" }, { "sacred", "宗教" },
    { "string quartet", "弦乐四重奏" }, { "rock", "摇滚" }, { "metal", "金属" }, { "funk", "放克" }, { "slow", "慢" }, { "fast", "快" },
    { "traditional", "传统" }, { "bach", "巴赫" }, { "piano", "钢琴" }, { "violin", "小提琴" }, { "cello", "大提琴" }, { "viola", "中提琴" },
    { "flute", "长笛" }, { "voice", "人声" }, { "guitar", "吉他" }, { "organ", "管风琴" }, { "drums", "鼓" }, { "trumpet", "小号" },
    { "clarinet", "单簧管" }, { "oboe", "双簧管" }, { "harpsichord", "羽管键琴" }, { "contrabass", "低音提琴" } });

std::string_view chineseOf(std::string_view word)
{
    for (const auto& [english, chinese] : kChinese)
        if (english == word) return chinese;
    return {};
}

/// Words that say nothing about how a piece sounds.
bool isStyle(std::string_view tag)
{
    constexpr auto kNot = std::to_array<std::string_view>(
        { "four voices", "with chords", "mixed", "synthetic", "lead sheet", "instrumental", "modal", "printed", "18th century", "piano", "violin",
            "cello", "viola", "flute", "guitar", "organ", "trumpet", "oboe", "clarinet", "bassoon", "voice", "drums", "harpsichord", "slow", "fast" });
    return std::find(kNot.begin(), kNot.end(), tag) == kNot.end();
}

bool happens(Rng& rng, double chance) { return rng.uniform() < chance; }

template <class T>
void shuffle(std::vector<T>& values, Rng& rng)
{
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[rng.below(i)]);
}

}  // namespace

std::string captionOf(const CorpusPiece& piece, const PieceFrame& frame, Rng& rng)
{
    if (happens(rng, 0.3)) return {};
    const bool is_chinese = happens(rng, 0.4);
    std::vector<std::string> phrases;
    const auto say = [&](std::string_view english, std::string_view chinese, double chance) {
        if (!happens(rng, chance)) return;
        if (is_chinese && !chinese.empty()) phrases.emplace_back(chinese);
        if (!is_chinese) phrases.emplace_back(english);
    };
    std::vector<std::string> tags = piece.tags;
    shuffle(tags, rng);
    for (std::size_t i = 0; i < std::min<std::size_t>(tags.size(), 3); ++i) say(tags[i], chineseOf(tags[i]), 0.7);
    for (const Part& part : frame.parts) {
        const std::string name = partName(part);
        say((happens(rng, 0.5) ? "for " : "") + name, chineseOf(name), 0.4);
    }
    const BarFrame& first = frame.bars.front();
    const bool is_minor = first.key.mode == Mode::kMinor;
    say("in " + keyName(first.key), is_minor ? "小调" : "大调", 0.3);
    say("in " + metreName(first.metre), metreName(first.metre) + "拍", 0.3);
    if (frame.tempo_bpm < 80) say(happens(rng, 0.5) ? "slow" : "calm", "慢", 0.4);
    if (frame.tempo_bpm > 130) say(happens(rng, 0.5) ? "fast" : "lively", "快", 0.4);
    if (!piece.tempo_word.empty()) say(piece.tempo_word, {}, 0.4);
    shuffle(phrases, rng);

    std::string caption = is_chinese ? (happens(rng, 0.5) ? "一首" : "") : (happens(rng, 0.5) ? "a " : "");
    for (const std::string& phrase : phrases) {
        if (!is_chinese && !caption.empty() && caption.back() != ' ') caption += happens(rng, 0.2) ? ", " : " ";
        caption += phrase;
    }
    return caption;
}

std::vector<Chip> styleChipsOf(const CorpusPiece& piece)
{
    std::vector<Chip> chips;
    for (const std::string& tag : piece.tags)
        if (isStyle(tag)) chips.push_back({ "style", tag, 1, ChipSource::kGrammar, 1, {} });
    return chips;
}

std::vector<Chip> chipsOf(const CorpusPiece& piece, const EventPiece& events, Rng& rng)
{
    std::vector<Chip> chips;
    const auto add = [&](const char* name, const std::string& value) { chips.push_back({ name, value, 1, ChipSource::kGrammar, 1, {} }); };
    std::vector<Chip> styles = styleChipsOf(piece);
    shuffle(styles, rng);
    if (!styles.empty() && happens(rng, 0.75)) chips.push_back(styles[0]);
    if (styles.size() > 1 && happens(rng, 0.25)) chips.push_back(styles[1]);
    if (happens(rng, 0.5)) {
        double quarters = 0;
        for (const BarFrame& bar : events.frame.bars) quarters += static_cast<double>(bar.numSteps()) / kStepsPerQuarter;
        const auto notes = static_cast<double>(events.events.size() - events.frame.bars.size());
        add("density", densityWord(notes / std::max(1.0, quarters * static_cast<double>(events.frame.parts.size()))));
    }
    return chips;
}

std::string densityWord(double notes_per_quarter_and_part)
{
    return notes_per_quarter_and_part < 1.0 ? "low" : notes_per_quarter_and_part < 2.2 ? "medium" : "high";
}

}  // namespace chainsong

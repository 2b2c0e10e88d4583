#include "engine/base/text.h"
#include "engine/model/prompt/parser.h"
#include "tests/prompt/expectation.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace chainsong {
namespace {

void expectReadAs(const std::vector<PromptCase>& cases) {
    for (const PromptCase& one : cases)
        EXPECT_EQ(asText(parsePrompt(one.prompt)), inOrder(one.expected)) << one.prompt;
}

TEST(MinimalPairs, OneWordMakesAllTheDifference) {
    expectReadAs({{"drums", "instruments=drums"}, {"no drums", "without=drums"},
        {"without drums", "without=drums"}, {"don't use drums", "without=drums"},
        {"no drums, just piano", "instruments=piano; without=drums"},
        {"no drums or bass", "without=drums,electric bass"},
        {"no drums, bass or organ", "without=drums,electric bass,organ"},
        {"piano but no drums and cello", "instruments=piano; without=cello,drums"}, {"in three", "metre=3/4"},
        {"in three minutes", "seconds=180"}, {"in three movements", "unknown=three"},
        {"in three parts", "voices=3"}, {"in six", "metre=6/8"}, {"in six bars", "bars=6"},
        {"in A minor", "key=A minor"}, {"in a minor key", "mode=minor"}, {"a minor work", "mode=minor"},
        {"a waltz in a minor", "style=waltz; key=A minor; metre=3/4"}, {"in G", "key=G major"},
        {"G", "unknown=G"}, {"fast", "tempo_range=132..168"}, {"very fast", "tempo_range=176..220"},
        {"not too fast", "tempo_range=92..112"}, {"fast at 90 bpm", "tempo_bpm=90"},
        {"tempo 96", "tempo_bpm=96"}, {"96 bars", "bars=96"}, {"96 seconds", "seconds=96"},
        {"two violins", "instruments=violin,violin"}, {"violin duet", "instruments=violin,violin"},
        {"violin and piano duet", "instruments=violin,piano"}, {"two voices", "voices=2"},
        {"three-four time", "metre=3/4"}, {"three four-bar phrases", "bars=4; unknown=three"},
        {"soprano, alto, tenor and bass", "instruments=voice,voice,voice,voice"},
        {"guitar and bass", "instruments=guitar,electric bass"},
        {"jazz piano and bass", "style=jazz; instruments=piano,acoustic bass"}});
}

TEST(MinimalPairs, OneCharacterMakesAllTheDifference) {
    expectReadAs({{"鼓", "instruments=drums"}, {"不要鼓", "without=drums"}, {"没有鼓", "without=drums"},
        {"不要鼓，用钢琴", "instruments=piano; without=drums"},
        {"不要鼓和贝斯", "without=drums,electric bass"}, {"三拍子", "metre=3/4"}, {"三分钟", "seconds=180"},
        {"三声部", "voices=3"}, {"三小节", "bars=3"}, {"四三拍", "metre=3/4"}, {"三四拍", "metre=3/4"},
        {"四分之三拍", "metre=3/4"}, {"3/4拍", "metre=3/4"}, {"六八拍", "metre=6/8"}, {"八六拍", "metre=6/8"},
        {"八分之六拍", "metre=6/8"}, {"四四拍", "metre=4/4"}, {"十二八拍", "metre=12/8"},
        {"四十三拍", "tempo_bpm=43"}, {"九十拍", "tempo_bpm=90"}, {"每分钟九十拍", "tempo_bpm=90"},
        {"快", "tempo_range=132..168"}, {"不要太快", "tempo_range=92..112"}, {"快板", "tempo_range=120..152"},
        {"小快板", "tempo_range=104..120"}, {"欢快", "mood=happy"}, {"慢板", "tempo_range=60..76"},
        {"D小调", "key=D minor"}, {"降D大调", "key=Db major"}, {"bE小调", "key=Eb minor"},
        {"#F小调", "key=F# minor"}, {"♭B大调", "key=Bb major"}, {"小调", "mode=minor"},
        {"C调", "key=C major"}, {"c小调", "key=C minor"}, {"两把小提琴", "instruments=violin,violin"},
        {"小提琴二重奏", "instruments=violin,violin"}, {"二胡", "instruments=fiddle"},
        {"弦乐四重奏", "instruments=violin,violin,viola,cello"},
        {"钢琴、小提琴和大提琴", "instruments=piano,violin,cello"},
        {"鋼琴圓舞曲", "instruments=piano; style=waltz; metre=3/4"}, {"１６小節", "bars=16"},
        {"一分半钟", "seconds=90"}, {"半分钟", "seconds=30"}, {"1分30秒", "seconds=90"}});
}

TEST(MinimalPairs, TellAWishFromWhatIsSaidBesideIt) {
    expectReadAs({{"leave out the violin, viola and cello", "without=cello,viola,violin"},
        {"leave out the violin, viola and cello are fine", "instruments=viola,cello; without=violin"},
        {"I play the violin", "instruments=violin"},
        {"I play the violin, write for clarinet", "instruments=clarinet"},
        {"piano, I mean organ", "instruments=organ"}, {"piano and organ", "instruments=piano,organ"},
        {"grade 3 trumpet", "instruments=trumpet"}, {"3 trumpets", "instruments=trumpet,trumpet,trumpet"},
        {"below 140 bpm", "tempo_range=20..140"}, {"tempo at least 100", "tempo_range=100..300"},
        {"punk, 140", "style=punk; tempo_bpm=140"}, {"punk, 16 bars, G", "style=punk; bars=16; key=G major"},
        {"a cello duet", "instruments=cello,cello"},
        {"a duet for cello and flute", "instruments=cello,flute"},
        {"钢琴，鼓就不要了", "instruments=piano; without=drums"},
        {"不要鼓，钢琴和长笛", "instruments=piano,flute; without=drums"},
        {"不要鼓、钢琴和长笛", "without=drums,flute,piano"}, {"二十来小节", "bars=20"},
        {"二十小节", "bars=20"}, {"不要快板，要慢板", "tempo_range=60..76"},
        {"速度不能超过140", "tempo_range=20..140"}});
}

TEST(MinimalPairs, HoldInGerman) {
    expectReadAs({{"ohne Schlagzeug", "without=drums"}, {"mit Schlagzeug", "instruments=drums"},
        {"in d-Moll", "key=D minor"}, {"in D-Dur", "key=D major"}, {"b-Moll", "key=Bb minor"},
        {"h-Moll", "key=B minor"}, {"Fis-Dur", "key=F# major"}, {"As-Dur", "key=Ab major"},
        {"sechzehn Takte", "bars=16"}, {"vierundzwanzig Takte", "bars=24"},
        {"im Dreivierteltakt", "metre=3/4"}, {"3/4-Takt", "metre=3/4"}, {"vierstimmig", "voices=4"},
        {"sehr langsam", "tempo_range=40..56"}, {"nicht zu schnell", "tempo_range=92..112"},
        {"Viertel = 96", "tempo_bpm=96"}, {"zwei Geigen", "instruments=violin,violin"},
        {"für Blockflöte und Harfe", "instruments=recorder,harp"}, {"hundertzwanzig bpm", "tempo_bpm=120"}});
}

TEST(Spellings, OfKeysAreAllUnderstood) {
    for (const char* prompt : {"B flat major", "B-flat major", "Bb major", "B♭ major", "B-Dur", "降B大调",
             "bB大调", "♭B大调", "b flat major", "key: Bb", "in the key of Bb"})
        EXPECT_EQ(asText(parsePrompt(prompt)), "key=Bb major") << prompt;
    for (const char* prompt : {"F sharp minor", "F# minor", "F#m", "f-sharp minor", "fis-Moll", "升F小调",
             "#f小调", "F♯ minor", "f#小调", "升f 小调", "F#min"})
        EXPECT_EQ(asText(parsePrompt(prompt)), "key=F# minor") << prompt;
}

TEST(Spellings, OfTemposAreAllUnderstood) {
    for (const char* prompt : {"96 bpm", "96bpm", "BPM 96", "bpm=96", "tempo 96", "tempo: 96", "at 96",
             "a quarter = 96", "quarter note = 96", "♩=96", "♩ = 96", "crotchet = 96", "half note = 48",
             "eighth = 192", "96 beats per minute", "速度96", "速度是96", "每分钟96拍", "96拍每分钟",
             "每分钟九十六拍", "四分音符=96", "９６ＢＰＭ", "Tempo 96", "about 96 bpm", "ninety-six bpm",
             "dotted quarter = 64", "一分钟96拍"})
        EXPECT_EQ(asText(parsePrompt(prompt)), "tempo_bpm=96") << prompt;
    for (const char* prompt :
        {"60-76 bpm", "60–76 bpm", "between 60 and 76 bpm", "from 60 to 76 bpm", "60 to 76 bpm",
            "tempo between 60 and 76", "tempo 60-76", "每分钟60到76拍", "速度在60到76之间", "60~76bpm"})
        EXPECT_EQ(asText(parsePrompt(prompt)), "tempo_range=60..76") << prompt;
}

TEST(Spellings, WithOneSlipAreMendedAndLessSure) {
    const ParsedPrompt parsed = parsePrompt("a walts for voilin and chello");
    EXPECT_EQ(asText(parsed), "instruments=violin,cello; metre=3/4; style=waltz");
    EXPECT_LT(findChip(parsed.chips, "style")->confidence, 1);
    EXPECT_LT(findChip(parsed.chips, "instruments")->confidence, 1);
}

TEST(Evidence, IsTheStretchOfTextThatSaysIt) {
    const ParsedPrompt parsed = parsePrompt("写一首D小调的华尔兹, 16 bars, tempo 96, no drums");
    const std::u32string text = decodeUtf8(parsed.prompt);
    const auto evidence = [&](const char* name) {
        const TextSpan span = findChip(parsed.chips, name)->evidence;
        return encodeUtf8(std::u32string_view(text).substr(
            static_cast<std::size_t>(span.first), static_cast<std::size_t>(span.past_last - span.first)));
    };
    EXPECT_EQ(evidence("key"), "D小调");
    EXPECT_EQ(evidence("style"), "华尔兹");
    EXPECT_EQ(evidence("bars"), "16 bars");
    EXPECT_EQ(evidence("tempo_bpm"), "tempo 96");
    EXPECT_EQ(evidence("without"), "no drums");
}

TEST(Contradictions, LetTheLastOneCountAndSaySo) {
    const ParsedPrompt parsed = parsePrompt("in 3/4, 4/4");
    EXPECT_EQ(asText(parsed), "metre=4/4");
    ASSERT_EQ(parsed.notices.size(), 1u);
    EXPECT_NE(parsed.notices[0].find("3/4"), std::string::npos);
    EXPECT_NE(parsed.notices[0].find("4/4"), std::string::npos);
    for (const char* prompt :
        {"D minor, no, E major", "8 bars 16 bars", "slow and fast", "90 bpm, 100 bpm", "钢琴，不要钢琴"})
        EXPECT_EQ(parsePrompt(prompt).notices.size(), 1u) << prompt;
    for (const char* prompt :
        {"a waltz in 5/4", "D minor, in D minor", "slow, 60 bpm", "16 bars, 16小节", "D minor, a minor key"})
        EXPECT_TRUE(parsePrompt(prompt).notices.empty()) << prompt;
}

TEST(Numbers, OutsideTheirRangeAreClampedAndSaidSo) {
    expectReadAs({{"0 bars", "bars=1"}, {"1000000000 bars", "bars=512"}, {"10^9 bars", "bars=512"},
        {"-5 bars", "bars=1"}, {"1e308 bpm", "tempo_bpm=300"}, {"5 bpm", "tempo_bpm=20"},
        {"99999 seconds", "seconds=3600"}, {"0 seconds", "seconds=1"}, {"40 voices", "voices=8"},
        {"1000 violins", "instruments=violin,violin,violin,violin,violin,violin,violin,violin"}});
    for (const char* prompt :
        {"0 bars", "10^9 bars", "1e308 bpm", "99999 seconds", "40 voices", "1000 violins", "3/7", "99/4"})
        EXPECT_EQ(parsePrompt(prompt).notices.size(), 1u) << prompt;
}

TEST(Implications, AreLessSureThanWords) {
    const ParsedPrompt parsed = parsePrompt("a short waltz");
    EXPECT_LT(findChip(parsed.chips, "metre")->confidence, findChip(parsed.chips, "style")->confidence);
    EXPECT_LT(findChip(parsed.chips, "bars")->confidence, 1);
    EXPECT_EQ(findChip(parsePrompt("a short waltz, 20 bars").chips, "bars")->value, ChipValue(20.0));
    EXPECT_EQ(findChip(parsePrompt("a waltz in 5/4").chips, "metre")->value, ChipValue(std::string("5/4")));
}

TEST(EditedChips, TakeThePlaceOfTheTexts) {
    const auto parsed = parsePrompt("a sad, dark waltz in D minor").chips;
    Chip mood{"mood", std::string("happy"), 1, ChipSource::kUser, 1, {}};
    const auto chips = merged(parsed, {mood});
    EXPECT_EQ(*findChip(chips, "mood"), mood);
    EXPECT_EQ(
        std::count_if(chips.begin(), chips.end(), [](const Chip& chip) { return chip.name == "mood"; }), 1);
    EXPECT_NE(findChip(chips, "key"), nullptr);
}

TEST(Labels, AreShortAndReadable) {
    const auto label = [](const char* prompt) { return chipLabel(parsePrompt(prompt).chips.at(0)); };
    EXPECT_EQ(label("between 60 and 76 bpm"), "tempo 60–76 BPM");
    EXPECT_EQ(label("piano and cello"), "instruments piano, cello");
    EXPECT_EQ(label("16 bars"), "16 bars");
    EXPECT_EQ(label("1 bar"), "1 bar");
    EXPECT_EQ(label("no drums"), "without drums");
    EXPECT_EQ(label("D minor"), "D minor");
    EXPECT_EQ(label("sparse"), "low density");
}

} // namespace
} // namespace chainsong

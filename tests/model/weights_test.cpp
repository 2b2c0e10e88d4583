#include "engine/model/muse/weights.h"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <limits>

namespace chainsong {
namespace {

constexpr const char* kWords = R"("__metadata__":{"architecture":"muse 3"})";

std::vector<std::uint8_t> file(const std::string& header, const std::vector<float>& values, std::uint64_t claimed = 0)
{
    const std::uint64_t size = claimed ? claimed : header.size();
    std::vector<std::uint8_t> bytes(8 + header.size() + values.size() * 4);
    std::memcpy(bytes.data(), &size, 8);
    std::memcpy(bytes.data() + 8, header.data(), header.size());
    if (!values.empty()) std::memcpy(bytes.data() + 8 + header.size(), values.data(), values.size() * 4);
    return bytes;
}
std::string array(const std::string& name, const std::string& shape, const std::string& offsets)
{
    return ",\"" + name + "\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
}

TEST(Weights, what_is_written_is_read_back)
{
    const auto path = std::filesystem::temp_directory_path() / "chainsong_weights_test.safetensors";
    Weights weights { { { "architecture", "muse 3" }, { "training_data", "songs" } }, { { "a", { 2, 2 }, { 1.5f, -2.25f, 0.0f, 65504.0f } }, { "b", { 1 }, { 6e-8f } } } };
    ASSERT_TRUE(writeWeights(path.string(), weights, WeightsPrecision::kFloat32));
    const auto exact = readWeights(path.string());
    ASSERT_TRUE(exact) << sentence(exact.error());
    EXPECT_EQ(exact->arrays, weights.arrays);
    ASSERT_TRUE(writeWeights(path.string(), weights, WeightsPrecision::kFloat16));
    const auto half = readWeights(path.string());
    ASSERT_TRUE(half);
    EXPECT_EQ(half->arrays[0], weights.arrays[0]) << "these values are halves already";
    EXPECT_NEAR(half->arrays[1].values[0], 6e-8f, 3e-8f) << "half's smallest step";
    std::filesystem::remove(path);
}

TEST(Weights, every_hostile_file_gets_a_sentence)
{
    const std::string good = array("a", "[2]", "[0,8]");
    struct Case {
        const char* name;
        std::vector<std::uint8_t> bytes;
    };
    const std::vector<Case> cases {
        { "empty", {} },
        { "header 2^64", file("{" + std::string(kWords) + "}", {}, ~std::uint64_t(0)) },
        { "overlap", file("{" + std::string(kWords) + array("a", "[2]", "[0,8]") + array("b", "[2]", "[4,12]") + "}", { 1, 2, 3 }) },
        { "hole", file("{" + std::string(kWords) + array("a", "[1]", "[0,4]") + array("b", "[1]", "[8,12]") + "}", { 1, 2, 3 }) },
        { "shape product overflow", file("{" + std::string(kWords) + array("a", "[4294967296,4294967296]", "[0,8]") + "}", { 1, 2 }) },
        { "negative size", file("{" + std::string(kWords) + array("a", "[-2]", "[0,8]") + "}", { 1, 2 }) },
        { "size 2.5", file("{" + std::string(kWords) + array("a", "[2.5]", "[0,8]") + "}", { 1, 2 }) },
        { "NaN", file("{" + std::string(kWords) + good + "}", { 1, std::numeric_limits<float>::quiet_NaN() }) },
        { "infinity", file("{" + std::string(kWords) + good + "}", { 1, std::numeric_limits<float>::infinity() }) },
        { "trailing bytes", file("{" + std::string(kWords) + good + "}", { 1, 2, 3 }) },
        { "truncated", file("{" + std::string(kWords) + good + "}", { 1 }) },
        { "deep nesting", file(std::string(5000, '[') + std::string(5000, ']'), {}) },
        { "name twice", file("{" + std::string(kWords) + good + good + "}", { 1, 2 }) },
        { "foreign", file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", { 1, 2 }) },
        { "newer version", file(R"({"__metadata__":{"architecture":"muse 99"})" + good + "}", { 1, 2 }) },
        { "older version", file(R"({"__metadata__":{"architecture":"muse 2"})" + good + "}", { 1, 2 }) },
        { "type of its own", file("{" + std::string(kWords) + R"(,"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}})", { 1, 2 }) },
    };
    for (const Case& c : cases) {
        const auto weights = parseWeights(c.bytes, "w.safetensors");
        ASSERT_FALSE(weights) << c.name;
        EXPECT_EQ(weights.error().where, "w.safetensors") << c.name;
        EXPECT_GT(weights.error().what.size(), 15u) << c.name;
    }
    EXPECT_TRUE(parseWeights(file("{" + std::string(kWords) + good + "}", { 1, 2 }), "w")) << "and the sound one is read";
}

}  // namespace
}  // namespace chainsong

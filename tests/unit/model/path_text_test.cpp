#include "model/path_text.h"

#include <gtest/gtest.h>

#include <random>

#include "model/utf8.h"

namespace sluice {
namespace {

TEST(PathText, LeavesOrdinaryNamesAlone) {
  for (const char* path : {"/home/me/notes/a b.md", "caf\xc3\xa9/100%.md", "50% off.md",
                           "[draft] <x> `y`.md", "\xe6\x97\xa5\xe6\x9c\xac.md", "%zz", "%"}) {
    EXPECT_EQ(path_text(path), path);
  }
}

TEST(PathText, KnowsWhatItLeavesAlone) {
  // At each place of texts that are shorter and longer than what is looked at at once.
  for (const std::size_t size : {1U, 63U, 64U, 65U, 200U}) {
    const std::string plain(size, 'x');
    EXPECT_TRUE(is_path_text(plain));
    for (std::size_t at = 0; at < size; ++at) {
      for (const char c : {'\n', '\0', '\x1f', '\x7f', '%', '\xff'}) {
        std::string text = plain;
        text[at] = c;
        EXPECT_FALSE(is_path_text(text)) << at;
      }
    }
  }
}

TEST(PathText, EncodesWhatIsNoUtf8AndWhatHides) {
  EXPECT_EQ(path_text("bad\xff\xfe.md"), "bad%FF%FE.md");
  EXPECT_EQ(path_text("a\nb\x1b\x7f"), "a%0Ab%1B%7F");
  EXPECT_EQ(path_text("x\xc2\x9by\xe2\x80\xaez"), "x%C2%9By%E2%80%AEz");
  EXPECT_EQ(path_text("cut\xe2\x80"), "cut%E2%80");
  EXPECT_EQ(path_text("a%20b"), "a%2520b");
}

// Bytes that make trouble, in random order.
std::string random_path(std::mt19937& random) {
  static const std::string kPieces[] = {"a",    "/",    "%",    "2",        "0",           "F",
                                        "\xff", "\xc3", "\xa9", "\xe2\x80", "\xae",        "\n",
                                        "\x1b", " ",    "<",    "\xc2\x85", "\xed\xa0\x80"};
  std::string path;
  for (std::size_t size = random() % 12; size > 0; --size) {
    path += kPieces[random() % std::size(kPieces)];
  }
  return path;
}

TEST(PathText, IsUtf8WithoutAnythingHiddenAndCanBeReadBack) {
  std::mt19937 random(20);
  for (int i = 0; i < 100'000; ++i) {
    const std::string path = random_path(random);
    const std::string text = path_text(path);
    ASSERT_TRUE(is_utf8(text)) << i;
    for (std::size_t at = 0; at < text.size(); at += utf8_step(text.substr(at)).size) {
      ASSERT_FALSE(hidden_character(std::string_view(text).substr(at))) << text;
    }
    ASSERT_EQ(path_from_text(text), path) << text;
  }
}

}  // namespace
}  // namespace sluice

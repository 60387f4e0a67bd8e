#include <gtest/gtest.h>

#include <sluice/utf8.hpp>

namespace sluice {
namespace {

TEST(Utf8, RoundTripsEveryKindOfCharacter) {
  for (const char32_t code : {U'a', U'\u007F', U'\u0080', U'\u07FF', U'\u0800', U'\uD7FF',
                              U'\uE000', U'\uFFFD', U'\U00010000', U'\U0010FFFF'}) {
    std::string text;
    append_utf8(text, code);
    const Utf8Char character = utf8_at(text, 0);
    EXPECT_TRUE(character.valid);
    EXPECT_EQ(character.code, code);
    EXPECT_EQ(character.length, text.size());
  }
}

TEST(Utf8, RefusesWhatIsNone) {
  for (const std::string text :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
        "\xF4\x90\x80\x80", "\xF5", "\xFF", "\xE2\x82"}) {
    EXPECT_FALSE(is_valid_utf8(text));
    EXPECT_EQ(find_invalid_utf8("abcdefghijk" + text), 11u);
    EXPECT_FALSE(utf8_at(text, 0).valid);
  }
  EXPECT_EQ(utf8_at("\xE2\x82", 0).length, 2u);
  EXPECT_EQ(utf8_at("\xE2\x82"
                    "a",
                    0)
                .length,
            2u);
}

TEST(Utf8, FindsWhatIsNoneAfterAnyNumberOfCharacters) {
  for (const std::string character : {"a", "\xC3\xA9", "\xE3\x81\x82", "\xF0\x9F\x98\x80"}) {
    std::string text;
    for (int i = 0; i < 70; ++i) {
      EXPECT_TRUE(is_valid_utf8(text));
      for (const std::string none : {"\xED\xA0\x80", "\xE0\x80\x80", "\xC3", "\xE3\x81", "\x80"}) {
        EXPECT_EQ(find_invalid_utf8(text + none), text.size());
        EXPECT_EQ(find_invalid_utf8(text + none + "abc"), text.size());
      }
      text += character;
    }
  }
}

TEST(Utf8, SurrogatesBecomeTheReplacement) {
  std::string text;
  append_utf8(text, 0xD800);
  append_utf8(text, 0x110000);
  EXPECT_EQ(text, "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Utf8, WhatIsNoneIsReplacedInValidText) {
  EXPECT_EQ(valid_utf8("a\xFF\xC3\xA9\xE2\x82"), "a\xEF\xBF\xBD\xC3\xA9\xEF\xBF\xBD");
  EXPECT_EQ(valid_utf8("plain"), "plain");
}

TEST(Utf8, CutsBetweenCharacters) {
  const std::string text = "a\xF0\x9F\x98\x80";
  EXPECT_EQ(utf8_cut(text, 0), 0u);
  for (const std::size_t limit : {1u, 2u, 3u, 4u}) EXPECT_EQ(utf8_cut(text, limit), 1u);
  EXPECT_EQ(utf8_cut(text, 5), 5u);
  EXPECT_EQ(utf8_cut(text, 100), 5u);
}

}  // namespace
}  // namespace sluice

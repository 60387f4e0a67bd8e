#include <gtest/gtest.h>

#include <markdown/yaml_entry.hpp>
#include <random>
#include <string>

namespace sluice::markdown_plugin {
namespace {

// The shortcut must say what the parser says, whatever it is given.
TEST(YamlEntry, IsTheSameWithoutTheParser) {
  const std::vector<std::string> pieces = {
      "a",  "B", "7",  "2024-03-01", " ",  "  ", ":", ": ",   "#",    " #",  "-",   "- ",    "\"",
      "'",  ",", "[",  "]",          "{",  "}",  "&", "*",    "!",    "|",   ">",   "%",     "@",
      "`",  "~", "\\", "null",       "?",  "=",  "<", "true", "é",    "…",   "(",   ")",     ".",
      "\t", "_", "/",  "yes",        "0x", "1e", "^", "$",    "Null", "---", "...", "\u00A0"};
  std::mt19937 random(20240301);
  const auto any = [&] { return pieces[random() % pieces.size()]; };
  std::size_t simple = 0;
  for (int round = 0; round < 100'000; ++round) {
    std::string text = random() % 4 == 0 ? any() + any() : "title";
    text += random() % 8 == 0 ? any() : ": ";
    const bool quoted = random() % 3 == 0;
    if (quoted) text += '"';
    for (std::size_t i = random() % 6; i > 0; --i) text += any();
    if (quoted) text += '"';
    text += '\n';
    const std::optional<YamlEntry> shortcut = read_simple_entry(text);
    if (!shortcut) continue;
    ++simple;
    const YamlEntry parsed = read_yaml_entry(text);
    ASSERT_EQ(parsed.kind, shortcut->kind) << text;
    ASSERT_EQ(parsed.name, shortcut->name) << text;
    ASSERT_EQ(parsed.value, shortcut->value) << text;
  }
  EXPECT_GT(simple, 10'000u);
}

TEST(YamlEntry, SimpleOnesAreReadWithoutTheParser) {
  for (const std::string text :
       {"title: A note\n", "url: http://x/y?z=1\n", "date: 2024-03-01\n", "a: \"b: #c\"\n"}) {
    EXPECT_TRUE(read_simple_entry(text)) << text;
  }
  for (const std::string text : {"title: a: b\n", "a: b #c\n", "a: null\n", "a:\n", "a: [b]\n",
                                 "a: \"b\\n\"\n", "a: b\n c\n"}) {
    EXPECT_FALSE(read_simple_entry(text)) << text;
  }
}

}  // namespace
}  // namespace sluice::markdown_plugin

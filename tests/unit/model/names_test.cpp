// Document names: the rules one by one, then properties over random stems.
#include "model/names.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>

#include "platform/sha256.h"

namespace sluice {
namespace {

TEST(DocumentName, KeepsLettersDigitsUnderscoresAndHyphens) {
  EXPECT_EQ(document_name("My_note-2"), "My_note-2");
  EXPECT_EQ(document_name("Übersicht"), "Übersicht");
  EXPECT_EQ(document_name("日本語"), "日本語");
}

TEST(DocumentName, ReplacesEachRunOfOthersByOneHyphen) {
  EXPECT_EQ(document_name("a  (b)!?c"), "a-b-c");
  EXPECT_EQ(document_name("a.tar"), "a-tar");
  EXPECT_EQ(document_name("a - b"), "a---b");
}

TEST(MirrorFolder, IsThatOfTheSourcePartByPart) {
  const auto folder = [](std::string_view key) { return mirror_folder("/home/me/kb", key); };
  EXPECT_EQ(folder("a.md"), "");
  EXPECT_EQ(folder("docs/fr/a.md"), "docs/fr");
  EXPECT_EQ(folder("/home/me/docs/a.md"), "docs");
  EXPECT_EQ(folder("/home/me/a.md"), "");
  EXPECT_EQ(folder("/home/melissa/a.md"), "home/melissa");
  EXPECT_EQ(folder("/srv/a (1)/CON/a.md"), "srv/a-1/CON-");
  EXPECT_EQ(folder("images/IMAGES/a.md"), "images_/IMAGES_");
  EXPECT_EQ(folder("https://example.org/a/b.html?x=/y/z"), "example-org/a");
  EXPECT_EQ(folder("https://example.org/"), "example-org");
  EXPECT_EQ(mirror_folder("/kb", "/srv/a.md"), "srv");
}

TEST(MirrorFolder, IsNoLongerThanAPathMayBe) {
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "folder-" + std::to_string(i) + "/";
  const std::string one = mirror_folder("/kb", "/" + deep + "a/x.md");
  const std::string other = mirror_folder("/kb", "/" + deep + "b/x.md");
  EXPECT_LE(one.size(), kMaxFolderBytes + 32);
  EXPECT_TRUE(is_document_name(one + "/x"));
  EXPECT_NE(one, other);
}

TEST(MirrorFolder, MakesNamesThatAreDocumentNames) {
  for (const char* name : {"a", "a/b", "srv/a-1/CON-/x", "images_/images"}) {
    EXPECT_TRUE(is_document_name(name)) << name;
  }
  for (const char* name : {"", "/a", "a/", "a//b", "a/../b", "images/a", "a.b/c", "a/Images/c"}) {
    EXPECT_FALSE(is_document_name(name)) << name;
  }
}

TEST(DocumentName, IsTrimmed) {
  EXPECT_EQ(document_name(" (a) "), "a");
}

TEST(DocumentName, IsDocumentWhenNothingIsLeft) {
  EXPECT_EQ(document_name(""), "document");
  EXPECT_EQ(document_name("-- !! --"), "document");
  EXPECT_EQ(document_name("\xF0\x9F\x98\x80"), "document");
}

TEST(DocumentName, IsNormalized) {
  EXPECT_EQ(document_name("e\xCC\x81t\xC3\xA9"), "été");
  EXPECT_EQ(document_name("ﬁle①"), "file1");
  EXPECT_EQ(document_name("ｆｕｌｌ"), "full");
}

TEST(DocumentName, KeepsTheMarksThatScriptsNeed) {
  EXPECT_EQ(document_name("हिन्दी"), "हिन्दी");
  EXPECT_EQ(document_name("ภาษาไทย"), "ภาษาไทย");
}

TEST(DocumentName, DropsAMarkWithoutALetter) {
  EXPECT_EQ(document_name("\xCC\x81"
                          "a"),
            "a");
  EXPECT_EQ(document_name("a-\xCC\x81"
                          "b"),
            "a--b");
}

TEST(DocumentName, DropsInvisibleCharacters) {
  EXPECT_EQ(document_name("a\xE2\x80\x8B"
                          "b"),
            "a-b");
  EXPECT_EQ(document_name("\xE3\x85\xA4"), "document");  // a Hangul filler, which is a letter
}

TEST(DocumentName, ReplacesBytesThatAreNotUtf8) {
  EXPECT_EQ(document_name("a\xFF\xFE"
                          "b"),
            "a-b");
  EXPECT_EQ(document_name("a\xED\xA0\x80"), "a");  // half a surrogate pair
  EXPECT_EQ(document_name("a\nb\tc"), "a-b-c");
}

TEST(DocumentName, EscapesDeviceNamesOfWindows) {
  for (const char* stem : {"con", "PRN", "Aux", "nul", "COM1", "com9", "lpt0", "COM¹", "ＣＯＮ"}) {
    EXPECT_TRUE(document_name(stem).ends_with('-')) << stem;
  }
  EXPECT_EQ(document_name("NUL"), "NUL-");
  EXPECT_EQ(document_name("(con)"), "con-");
}

TEST(DocumentName, LeavesNamesThatOnlyLookLikeDevices) {
  for (const char* stem : {"console", "com10", "com", "lptx", "nul1"}) {
    EXPECT_EQ(document_name(stem), stem);
  }
}

TEST(DocumentName, OfTheGreatestLengthIsNotCut) {
  const std::string stem(kMaxNameBytes, 'a');
  EXPECT_EQ(document_name(stem), stem);
}

TEST(DocumentName, IsCutWithAHashOfTheWhole) {
  const std::string stem(250, 'a');
  const std::string hash = platform::to_hex(platform::sha256(stem)).substr(0, 8);
  EXPECT_EQ(document_name(stem), std::string(111, 'a') + "-" + hash);
  EXPECT_NE(document_name(stem), document_name(stem + "b"));
}

TEST(DocumentName, IsCutAfterNormalization) {
  std::string stem;
  for (int i = 0; i < 40; ++i) stem += "\xEF\xB7\xBA";  // one character that NFKC makes eighteen
  EXPECT_LE(document_name(stem).size(), kMaxNameBytes);
}

TEST(DocumentName, IsCutBetweenLettersWithTheirMarks) {
  std::string stem;
  for (int i = 0; i < 40; ++i) stem += "कि";  // six bytes: a letter and a mark
  const std::string name = document_name(stem);
  EXPECT_EQ(name.size(), 108U + 9U);
  EXPECT_TRUE(name.starts_with(stem.substr(0, 108) + "-"));
}

TEST(DocumentName, OfOneLetterWithHundredsOfMarksIsCutAllTheSame) {
  std::string stem = "x";
  for (int i = 0; i < 500; ++i) stem += "\xCC\x96";
  const std::string name = document_name(stem);
  EXPECT_LE(name.size(), kMaxNameBytes);
  EXPECT_EQ(document_name(name), name);
}

std::string random_stem(std::mt19937& random, bool utf8) {
  std::string stem;
  const auto size = random() % 200;
  while (stem.size() < size) {
    if (!utf8) {
      stem += static_cast<char>(random());
      continue;
    }
    static constexpr char32_t kTops[] = {0x80, 0x800, 0x3000, 0x10000, 0x110000};
    auto c = static_cast<char32_t>(random() % kTops[random() % 5]);
    if (c >= 0xD800 && c < 0xE000) c = U'-';
    if (c < 0x80) {
      stem += static_cast<char>(c);
    } else if (c < 0x800) {
      stem += static_cast<char>(0xC0 | c >> 6);
      stem += static_cast<char>(0x80 | (c & 63));
    } else if (c < 0x10000) {
      stem += static_cast<char>(0xE0 | c >> 12);
      stem += static_cast<char>(0x80 | (c >> 6 & 63));
      stem += static_cast<char>(0x80 | (c & 63));
    } else {
      stem += static_cast<char>(0xF0 | c >> 18);
      stem += static_cast<char>(0x80 | (c >> 12 & 63));
      stem += static_cast<char>(0x80 | (c >> 6 & 63));
      stem += static_cast<char>(0x80 | (c & 63));
    }
  }
  return stem;
}

class RandomStems : public ::testing::TestWithParam<bool> {};

TEST_P(RandomStems, GiveStableNamesOfAllowedSize) {
  std::mt19937 random(20260131);
  for (int i = 0; i < 20'000; ++i) {
    const std::string stem = random_stem(random, GetParam());
    const std::string name = document_name(stem);
    ASSERT_FALSE(name.empty());
    ASSERT_LE(name.size(), kMaxNameBytes);
    ASSERT_EQ(document_name(name), name) << "of the stem " << ::testing::PrintToString(stem);
    ASSERT_EQ(name.find_first_of("/\\. :*?\"<>|\n"), std::string::npos);
    ASSERT_NE(name.front(), '-');
  }
}

TEST_P(RandomStems, GiveStableKeys) {
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const std::string key = name_key(random_stem(random, GetParam()));
    ASSERT_EQ(name_key(key), key);
  }
}

INSTANTIATE_TEST_SUITE_P(Utf8AndBytes, RandomStems, ::testing::Bool());

TEST(NameKey, IsOneForNamesThatDifferInCase) {
  EXPECT_EQ(name_key("Note"), name_key("nOTE"));
  EXPECT_EQ(name_key("Straße"), name_key("STRASSE"));
  EXPECT_EQ(name_key("Привет"), name_key("ПРИВЕТ"));
}

TEST(NameKey, IsOneForNamesThatDifferInNormalization) {
  EXPECT_EQ(name_key("\xC3\xA9"), name_key("e\xCC\x81"));
}

TEST(NameKey, TellsOtherNamesApart) {
  EXPECT_NE(name_key("note"), name_key("note-1"));
  EXPECT_NE(name_key("e"), name_key("é"));
}

TEST(Extension, IsWhatFollowsTheLastDot) {
  EXPECT_EQ(extension_of("a.tar.GZ"), "gz");
  EXPECT_EQ(stem_of("a.tar.GZ"), "a.tar");
}

TEST(Extension, IsEmptyForHiddenAndBareNames) {
  for (const char* name : {".profile", "README", "a.", ""}) {
    EXPECT_EQ(extension_of(name), "") << name;
    EXPECT_EQ(stem_of(name), name);
  }
}

TEST(Extension, BelongsToTheStemUnlessPlain) {
  for (const char* name : {"a.b c", "a.é", "a.0123456789abcdefg", "v1.2-rc"}) {
    EXPECT_EQ(extension_of(name), "") << name;
    EXPECT_EQ(stem_of(name), name);
  }
  EXPECT_EQ(extension_of("a.0123456789abcdef"), "0123456789abcdef");
}

TEST(SuffixedName, EndsInTheHashOfThePathKey) {
  const std::string hash = platform::to_hex(platform::sha256("notes/a.md"));
  EXPECT_EQ(suffixed_name("a", "notes/a.md", 8), "a-" + hash.substr(0, 8));
  EXPECT_EQ(suffixed_name("a", "notes/a.md", 12), "a-" + hash.substr(0, 12));
}

TEST(SuffixedName, IsCutToFit) {
  for (const std::size_t digits : {8U, 64U}) {
    const std::string name = suffixed_name(std::string(kMaxNameBytes, 'a'), "key", digits);
    EXPECT_EQ(name.size(), kMaxNameBytes);
    EXPECT_EQ(document_name(name), name);
  }
}

}  // namespace
}  // namespace sluice

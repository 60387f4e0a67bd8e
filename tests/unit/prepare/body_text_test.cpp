// A body comes out the same however its bytes were cut.
#include "prepare/body_text.h"

#include <gtest/gtest.h>

#include "kit/temp_dir.h"
#include "model/utf8.h"

namespace sluice::prepare {
namespace {

class BodyTextTest : public ::testing::Test {
 protected:
  // The text of `bytes`, put in pieces of `piece` bytes.
  std::string text_of(std::string_view bytes, std::size_t piece) {
    {
      StagedWriter out(files_, dir_, "t" + std::to_string(++count_), hash_);
      BodyText body(out);
      for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
        body.put(bytes.substr(0, piece));
      }
      body.end();
      replaced_ = body.replaced();
      out.finish();
    }
    return tree_.read("t" + std::to_string(count_));
  }
  void expect(std::string_view bytes, const std::string& text, std::uint64_t replaced = 0) {
    for (const std::size_t piece : {1, 2, 3, 5, 1000}) {
      EXPECT_EQ(text_of(bytes, piece), text) << piece;
      EXPECT_EQ(replaced_, replaced) << piece;
    }
  }

  test::TempDir tree_;
  platform::Files files_;
  platform::Dir dir_ = *files_.open_dir(tree_.path());
  platform::Sha256 hash_;
  int count_ = 0;
  std::uint64_t replaced_ = 0;
};

TEST_F(BodyTextTest, LineEndsAreLf) {
  expect("a\r\nb\rc\r\r\nd\n\r\ne", "a\nb\nc\n\nd\n\ne\n");
}

TEST_F(BodyTextTest, EndsWithOneNewlineAndBeginsWithText) {
  expect("\r\n\n a\n\n\n", " a\n");
  expect("a", "a\n");
  expect("", "");
  expect("\n\n", "");
}

TEST_F(BodyTextTest, KeepsSoundUtf8) {
  const std::string text = "\xC3\xA4 \xE4\xB8\xAD \xF0\x9F\x98\x80 end, and some plain text behind";
  expect(text, text + "\n");
}

TEST_F(BodyTextTest, ReplacesWhatIsBroken) {
  const std::string r(kReplacement);
  expect("a\xFFz", "a" + r + "z\n", 1);
  expect("\xE4\xB8", r + "\n", 1);
  expect("\xE4\xB8z", r + "z\n", 1);
  expect("\xC0\xAF", r + r + "\n", 2);          // overlong
  expect("\xED\xA0\x80", r + r + r + "\n", 3);  // a surrogate
  expect("\xF4\x90\x80\x80", r + r + r + r + "\n", 4);
  expect(std::string_view("a\0b", 3), "ab\n");
}

TEST_F(BodyTextTest, AByteOrderMarkGoesOnlyAtTheBeginning) {
  EXPECT_EQ(text_of("\xEF\xBB\xBF"
                    "a\xEF\xBB\xBF",
                    1000),
            "a\xEF\xBB\xBF\n");
}

TEST(Utf8Test, PlainPrefixStopsAtWhatNeedsCare) {
  EXPECT_EQ(plain_ascii_prefix("0123456789abcdef\r"), 16U);
  EXPECT_EQ(plain_ascii_prefix("0123456\r9"), 7U);
  EXPECT_EQ(plain_ascii_prefix(std::string_view("01\0", 3)), 2U);
  EXPECT_EQ(plain_ascii_prefix("\x7F\x01\xC3\xA4"), 2U);
}

}  // namespace
}  // namespace sluice::prepare

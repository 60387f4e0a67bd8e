// What options leave out is counted once for each text, and said with the option that keeps it.
#include <gmock/gmock.h>

#include <sluice/left_out.hpp>
#include <sluice/testing.hpp>
#include <string>

#include "unit/sdk/code_converter.h"

namespace sluice {
namespace {

using ::testing::HasSubstr;

LeftOut footers() {
  return {"footer is", "footers are", "footers"};
}

TEST(LeftOut, SaysNothingOfNothing) {
  LeftOut left = footers();
  left.add(" \n\t");
  EXPECT_EQ(left.count(), 0u);
  EXPECT_EQ(left.message("deck"), "");
}

TEST(LeftOut, CountsATextThatRepeatsOnce) {
  LeftOut left = footers();
  left.add("Mill Ltd.");
  left.add(" Mill\nLtd. ");
  EXPECT_EQ(left.message("deck"),
            "1 footer is left out (to keep it, set [plugin.deck] footers = true): \"Mill Ltd.\"");
}

TEST(LeftOut, QuotesTheFirstOnesAndTheirBeginnings) {
  LeftOut left = footers();
  for (const char c : {'a', 'b', 'c', 'd'}) left.add(std::string(100, c));
  EXPECT_EQ(left.message("deck"),
            "4 footers are left out (to keep them, set [plugin.deck] footers = true): \"" +
                std::string(60, 'a') + "...\" \"" + std::string(60, 'b') + "...\" \"" +
                std::string(60, 'c') + "...\" ...");
}

TEST(LeftOut, NamesNoOptionThatNobodyCanSet) {
  LeftOut left = footers();
  left.add_unread();
  EXPECT_EQ(left.message(""), "1 footer is left out");
  LeftOut without("part is", "parts are", "");
  without.add_unread();
  without.add_unread();
  EXPECT_EQ(without.message("deck"), "2 parts are left out");
}

TEST(TextLeftOuts, AreNotesOfTheDocument) {
  RecordingJob job("source", "a.txt", "text/plain");
  CodeConverter converter([](Job& raw) {
    raw.write("x\n");
    TextLeftOuts left;
    left.hidden.add("secret");
    left.comments.add_unread();
    left.tell(raw, "letter");
  });
  EXPECT_EQ(job.run(converter), Outcome::kOk);
  ASSERT_EQ(job.warnings().size(), 2u);
  for (const auto& warning : job.warnings()) {
    EXPECT_EQ(warning.code, "left-out");
    EXPECT_EQ(warning.severity, Severity::kNote);
  }
  EXPECT_THAT(job.warnings()[0].message,
              HasSubstr("[plugin.letter] hidden_text = true): \"secret\""));
}

TEST(TextLeftOuts, AreWhyADocumentIsEmpty) {
  TextLeftOuts left;
  EXPECT_EQ(left.why_empty("there is no text", "letter"), "there is no text");
  left.margins.add("Mill Ltd.");
  EXPECT_EQ(
      left.why_empty("there is no text", "letter"),
      "there is no other text: 1 header or footer is left out (to keep it, set [plugin.letter] "
      "headers_footers = true): \"Mill Ltd.\"");
}

}  // namespace
}  // namespace sluice

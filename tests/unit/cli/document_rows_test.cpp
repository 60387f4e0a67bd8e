// The rows of `sluice list`.
#include "cli/document_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>
#include <sstream>

#include "platform/error.h"

namespace sluice::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::int64_t kFirstOfNovember = 1793491200;  // 2026-11-01T00:00:00Z
constexpr std::int64_t kDay = 24 * 3600;

std::vector<DocumentRow> rows() {
  return {{.id = 1,
           .name = "alpha",
           .path = "/docs/old/alpha.pdf",
           .type = "pdf",
           .media_type = "application/pdf",
           .converter = "pdf",
           .state = "ok",
           .size = 3000,
           .added = kFirstOfNovember - 1},
          {.id = 2,
           .name = "beta",
           .path = "/docs/beta.docx",
           .type = "docx",
           .converter = "docx",
           .state = "partial",
           .size = 20 << 20,
           .added = kFirstOfNovember},
          {.path = "/docs/gamma.pdf",
           .type = "pdf",
           .converter = "pdf",
           .state = "failed",
           .updated = kFirstOfNovember + kDay}};
}

Io io() {
  return {.in = std::cin,
          .out = std::cout,
          .err = std::cerr,
          .env = [](const std::string&) { return std::optional<std::string>(); },
          .working_directory = "",
          .interrupted = {}};
}

// The paths of what a filter leaves.
std::vector<std::string> left(const std::string& conditions) {
  RowFilter filter;
  filter.add(conditions);
  std::vector<std::string> paths;
  for (const DocumentRow& row : rows()) {
    if (filter.matches(row)) paths.push_back(row.path.substr(row.path.rfind('/') + 1));
  }
  return paths;
}

std::string filter_refusal(const std::string& conditions) {
  try {
    RowFilter().add(conditions);
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
    return std::string(error.what()) + " | " + error.next();
  }
  return "";
}

TEST(RowFilter, ComparesTexts) {
  EXPECT_THAT(left("type=pdf"), ElementsAre("alpha.pdf", "gamma.pdf"));
  EXPECT_THAT(left("type!=pdf"), ElementsAre("beta.docx"));
  EXPECT_THAT(left("type=application/*"), ElementsAre("alpha.pdf"));
  EXPECT_THAT(left("name=*eta"), ElementsAre("beta.docx"));
  EXPECT_THAT(left("state=failed"), ElementsAre("gamma.pdf"));
  EXPECT_THAT(left("converter=PDF"), ElementsAre());
}

TEST(RowFilter, TakesAPathApart) {
  EXPECT_THAT(left("path=/docs/*"), ElementsAre("beta.docx", "gamma.pdf"));
  EXPECT_THAT(left("path=/docs/**"), ElementsAre("alpha.pdf", "beta.docx", "gamma.pdf"));
  EXPECT_THAT(left("path=**/old/*"), ElementsAre("alpha.pdf"));
}

TEST(RowFilter, ComparesSizes) {
  EXPECT_THAT(left("size>=20MiB"), ElementsAre("beta.docx"));
  EXPECT_THAT(left("size=3000,state!=failed"), ElementsAre("alpha.pdf"));
  EXPECT_THAT(left("size<3000B,state!=failed"), ElementsAre());
}

TEST(RowFilter, ADateIsTheWholeDay) {
  EXPECT_THAT(left("added=2026-11-01"), ElementsAre("beta.docx"));
  EXPECT_THAT(left("added>=2026-11-01"), ElementsAre("beta.docx"));
  EXPECT_THAT(left("added>2026-11-01"), ElementsAre());
  EXPECT_THAT(left("added<=2026-10-31,state=ok"), ElementsAre("alpha.pdf"));
}

TEST(RowFilter, AllConditionsMustHold) {
  EXPECT_THAT(left("type=pdf,state=ok"), ElementsAre("alpha.pdf"));
  RowFilter filter;
  filter.add("type=pdf");
  filter.add("state=failed");
  EXPECT_FALSE(filter.matches(rows()[0]));
  EXPECT_TRUE(filter.matches(rows()[2]));
}

TEST(RowFilter, OnlyAQuestionForTheStateBringsFailures) {
  RowFilter filter;
  filter.add("type=pdf");
  EXPECT_FALSE(filter.wants_failures());
  filter.add("state!=ok");
  EXPECT_TRUE(filter.wants_failures());
}

TEST(RowFilter, SaysWhatIsWrong) {
  EXPECT_THAT(filter_refusal("typ=pdf"), HasSubstr("did you mean \"type\"?"));
  EXPECT_THAT(filter_refusal("pdf"), HasSubstr("give FIELD=VALUE"));
  EXPECT_THAT(filter_refusal("type=pdf,"), HasSubstr("give FIELD=VALUE"));
  EXPECT_THAT(filter_refusal(""), HasSubstr("give FIELD=VALUE"));
  EXPECT_THAT(filter_refusal("name>a"), HasSubstr("= and !="));
  EXPECT_THAT(filter_refusal("added>yesterday"), HasSubstr("give a day"));
  EXPECT_THAT(filter_refusal("added>2026-02-30"), HasSubstr("give a day"));
  EXPECT_THAT(filter_refusal("added>2026-02-03x"), HasSubstr("give a day"));
  EXPECT_THAT(filter_refusal("size>big"), HasSubstr("give a size"));
  EXPECT_THAT(filter_refusal("name=[a"), HasSubstr("close its ["));
  EXPECT_THAT(filter_refusal("size!3"), HasSubstr("use =, !="));
}

std::vector<std::string> sorted(const std::string& by, bool is_reversed = false) {
  std::vector<DocumentRow> all = rows();
  sort_rows(all, by, is_reversed);
  std::vector<std::string> paths;
  for (const DocumentRow& row : all) paths.push_back(row.path.substr(row.path.rfind('/') + 1));
  return paths;
}

TEST(DocumentRows, TheLargestAndTheNewestComeFirst) {
  EXPECT_THAT(sorted("size"), ElementsAre("beta.docx", "alpha.pdf", "gamma.pdf"));
  EXPECT_THAT(sorted("added"), ElementsAre("beta.docx", "alpha.pdf", "gamma.pdf"));
  EXPECT_THAT(sorted("path"), ElementsAre("beta.docx", "gamma.pdf", "alpha.pdf"));
  EXPECT_THAT(sorted("path", true), ElementsAre("alpha.pdf", "gamma.pdf", "beta.docx"));
  EXPECT_THROW(sorted("colour"), Error);
  EXPECT_THROW(sorted("remark"), Error);
}

TEST(DocumentRows, UnknownColumnsAreRefused) {
  EXPECT_THAT(columns_of("name,size"), ElementsAre("name", "size"));
  EXPECT_THROW(columns_of("name,sizes"), Error);
  EXPECT_THROW(columns_of(""), Error);
  EXPECT_THROW(columns_of("name,"), Error);
}

std::string shown(const RowLayout& layout) {
  const Paint paint(When::kNever, false, io());
  RowTable table(layout);
  for (const DocumentRow& row : rows()) table.add(row);
  return table.text(paint);
}

TEST(DocumentRows, AreATable) {
  EXPECT_EQ(shown({.columns = {"path", "size", "state"}, .has_heading = true}),
            "PATH                 SIZE      STATE\n"
            "/docs/old/alpha.pdf  2.9 KiB   ok\n"
            "/docs/beta.docx      20.0 MiB  partial\n"
            "/docs/gamma.pdf                failed\n");
}

TEST(DocumentRows, FitTheTerminal) {
  for (const std::size_t width : {30U, 40U, 80U, 200U}) {
    std::istringstream text(shown({.columns = {"name", "path", "added"},
                                   .width = width,
                                   .now = kFirstOfNovember + 5 * kDay}));
    for (std::string line; std::getline(text, line);) {
      EXPECT_LE(display_width(line), width) << line;
    }
  }
  EXPECT_THAT(shown({.columns = {"path", "added"}, .width = 24, .now = kFirstOfNovember + 3600}),
              HasSubstr("/docs/...ha.pdf  1 h ago\n"));
}

TEST(DocumentRows, NothingIsPrintedForNothing) {
  const Paint paint(When::kNever, false, io());
  EXPECT_EQ(RowTable({.columns = {"name"}, .has_heading = true}).text(paint), "");
}

TEST(HumanAge, IsRoundedDown) {
  constexpr std::int64_t kNow = kFirstOfNovember;
  EXPECT_EQ(human_age(kNow - 59, kNow), "just now");
  EXPECT_EQ(human_age(kNow - 60, kNow), "1 min ago");
  EXPECT_EQ(human_age(kNow - 3600, kNow), "1 h ago");
  EXPECT_EQ(human_age(kNow - kDay + 1, kNow), "23 h ago");
  EXPECT_EQ(human_age(kNow - kDay, kNow), "yesterday");
  EXPECT_EQ(human_age(kNow - 2 * kDay, kNow), "2 days ago");
  EXPECT_EQ(human_age(kNow - 31 * kDay, kNow), "2026-10-01");
  EXPECT_EQ(human_age(kNow + 3600, kNow), "2026-11-01");
}

}  // namespace
}  // namespace sluice::cli

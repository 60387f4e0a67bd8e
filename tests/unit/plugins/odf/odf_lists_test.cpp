// Lists: their levels, numbers, and how they go on.
#include "unit/plugins/odf/odf_run.h"

namespace sluice::odf {
namespace {

std::string level(int number, const std::string& attributes) {
  return "<text:list-level-style-number text:level='" + std::to_string(number) + "' " + attributes +
         "/>";
}

const std::string kNumbers =
    "<text:list-style style:name='N'>" + level(1, "style:num-format='1' style:num-suffix='.'") +
    level(2, "style:num-format='a' style:num-suffix=')'") +
    level(3, "style:num-format='1' text:display-levels='3'") + "</text:list-style>";
const std::string kBullets =
    "<text:list-style style:name='B'><text:list-level-style-bullet text:level='1' "
    "text:bullet-char='-'/></text:list-style>";

std::string item(const std::string& content) {
  return "<text:list-item>" + content + "</text:list-item>";
}
std::string p(const std::string& content) {
  return "<text:p>" + content + "</text:p>";
}
std::string list(const std::string& items, const std::string& attributes = "text:style-name='N'") {
  return "<text:list " + attributes + ">" + items + "</text:list>";
}

TEST(OdfLists, NumbersOfAllLevels) {
  EXPECT_EQ(
      text(list(item(p("a") + list(item(p("b") + list(item(p("c")), "")) + item(p("d")), "")) +
                item(p("e"))),
           kNumbers),
      "1. a\n   - a) b\n     - 1.a.1 c\n   - b) d\n2. e\n");
}

TEST(OdfLists, GoOnWhereTheyAreContinued) {
  const std::string styles = kNumbers + kBullets;
  EXPECT_EQ(text(list(item(p("a")), "text:style-name='N' xml:id='l1'") + p("x") +
                     list(item(p("b")), "text:style-name='N' text:continue-numbering='true'") +
                     p("y") + list(item(p("c"))) + p("z") +
                     list(item(p("d")), "text:style-name='N' text:continue-list='l1'"),
                 styles),
            "1. a\n\nx\n\n2. b\n\ny\n\n1. c\n\nz\n\n2. d\n");
}

TEST(OdfLists, BeginWhereTheyAreTold) {
  EXPECT_EQ(text(list("<text:list-item text:start-value='7'><text:p>a</text:p></text:list-item>" +
                      item(p("b"))),
                 kNumbers),
            "7. a\n8. b\n");
}

// Writers begin a new list, with empty items around, to go on one level deeper.
TEST(OdfLists, NestByLevelAcrossElements) {
  EXPECT_EQ(text(list(item(p("a")), "text:style-name='B'") +
                     list(item(list(item(p("b")), "")), "text:style-name='N'") +
                     list(item(p("c")), "text:style-name='B'"),
                 kNumbers + kBullets),
            "- a\n  - a) b\n- c\n");
}

TEST(OdfLists, HoldSeveralBlocks) {
  EXPECT_EQ(text(list(item(p("a") + p("more")) +
                      "<text:list-header><text:p>h</text:p></text:list-header>" + item(p("b"))),
                 kNumbers),
            "1. a\n\n   more\n\n   h\n2. b\n");
}

TEST(OdfLists, OfHeadingsAreTheirNumbers) {
  EXPECT_EQ(text(list(item("<text:h text:outline-level='1'>One</text:h>" +
                           list(item("<text:h text:outline-level='2'>Sub</text:h>"), "")) +
                      item("<text:h text:outline-level='1'>Two</text:h>")),
                 kNumbers),
            "# 1. One\n\n## a) Sub\n\n# 2. Two\n");
}

TEST(OdfLists, OutlineNumbersHeadings) {
  Parts parts;
  parts.body =
      "<text:h text:outline-level='1'>One</text:h><text:h text:outline-level='2'>Sub</text:h>"
      "<text:h text:outline-level='2' text:is-list-header='true'>Bare</text:h>"
      "<text:h text:outline-level='1'>Two</text:h>";
  parts.common =
      "<office:styles><text:outline-style style:name='Outline'>"
      "<text:outline-level-style text:level='1' style:num-format='1'/>"
      "<text:outline-level-style text:level='2' style:num-format='1' text:display-levels='2'/>"
      "</text:outline-style></office:styles>";
  EXPECT_EQ(text(parts), "# 1 One\n\n## 1.1 Sub\n\n## Bare\n\n# 2 Two\n");
}

}  // namespace
}  // namespace sluice::odf

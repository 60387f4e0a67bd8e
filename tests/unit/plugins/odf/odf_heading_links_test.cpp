// SPDX-License-Identifier: Apache-2.0
//
// Links to headings: whatever stands in one, they lead to the anchor of what was written.
#include <random>

#include "kit/markdown_anchors.h"
#include "odf_run.h"

namespace sluice::odf {
namespace {

using test::Anchors;

constexpr const char* kStyles =
    "<style:style style:name='B' style:family='text'><style:text-properties "
    "fo:font-weight='bold'/></style:style>"
    "<style:style style:name='H' style:family='text'><style:text-properties "
    "text:display='none'/></style:style>"
    "<style:style style:name='S' style:family='text'><style:text-properties "
    "style:text-position='super 58%'/></style:style>";

std::string document_with(const std::string& heading, const std::string& options) {
  const std::string changes =
      "<text:tracked-changes><text:changed-region text:id='c1'><text:insertion/>"
      "</text:changed-region><text:changed-region text:id='c2'><text:deletion><text:p>gone</text:p>"
      "</text:deletion></text:changed-region></text:tracked-changes>";
  Parts parts;
  parts.body = changes +
               "<text:p><text:a xlink:href='#x'>go</text:a> before<text:note><text:note-body>"
               "<text:p>first</text:p></text:note-body></text:note></text:p>"
               "<text:h text:outline-level='1'>One</text:h>"
               "<text:h text:outline-level='1'><text:bookmark text:name='x'/>" +
               heading + "</text:h><text:p>Text.</text:p>";
  parts.styles = kStyles;
  parts.files = {{"Pictures/a.png", "\x89PNG\r\n\x1a\n picture"}};
  return run_text(parts, options)->render("a");
}

std::vector<std::string> pieces() {
  return {"word ",
          "1.2.",
          "<text:span text:style-name='B'>bold</text:span>",
          "<text:span text:style-name='H'>hidden</text:span>",
          "<text:span text:style-name='S'>2</text:span>",
          "ß &amp; &lt;é",
          "<text:s text:c='3'/>",
          "<text:tab/>",
          "<text:line-break/>",
          "<text:soft-page-break/>",
          "<text:note><text:note-citation>9</text:note-citation><text:note-body><text:p>note"
          "</text:p></text:note-body></text:note>",
          "<office:annotation><text:p>comment</text:p></office:annotation>",
          "<text:a xlink:href='#x'>itself</text:a>",
          "<text:bookmark-ref text:ref-name='x'>ref</text:bookmark-ref>",
          "<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text>"
          "</text:ruby>",
          "<text:hidden-text text:string-value='v' text:is-hidden='true'>h</text:hidden-text>",
          "<text:date>2024-03-01</text:date>",
          "<text:change-start text:change-id='c1'/>new<text:change-end text:change-id='c1'/>",
          "<text:change text:change-id='c2'/>",
          "<draw:frame><draw:image xlink:href='Pictures/a.png'/></draw:frame>",
          "<draw:frame><draw:object><math:math><math:mi>x</math:mi></math:math></draw:object>"
          "</draw:frame>"};
}

void expect_link_to_heading(const std::string& heading, const std::string& options) {
  const std::string markdown = document_with(heading, options);
  const Anchors anchors(markdown);
  ASSERT_EQ(anchors.there.size(), 2U) << heading << '\n' << markdown;
  ASSERT_FALSE(anchors.asked.empty()) << heading << '\n' << markdown;
  EXPECT_EQ(anchors.asked[0], anchors.there[1]) << heading << '\n' << markdown;
}

TEST(OdfHeadingLinks, LeadToAnyMixture) {
  const std::vector<std::string> all = pieces();
  for (const std::string& piece : all) expect_link_to_heading("A " + piece + " b", kTextDefaults);
  std::mt19937 random(7);
  for (const std::string changes : {"accept", "reject", "all"}) {
    std::string options = with(kTextDefaults, "tracked_changes", '"' + changes + '"');
    if (changes == "all") options = with(with(options, "comments", "true"), "hidden_text", "true");
    for (int round = 0; round < 150 && !::testing::Test::HasFailure(); ++round) {
      std::string heading = "Word";
      for (auto i = random() % 6; i > 0; --i) heading += all[random() % all.size()];
      expect_link_to_heading(heading + "end", options);
    }
  }
}

TEST(OdfHeadingLinks, TakeNothingTwice) {
  Parts parts;
  parts.body =
      "<text:h text:outline-level='1'>A <draw:frame><draw:image xlink:href='Pictures/a.png'/>"
      "</draw:frame></text:h>";
  parts.files = {{"Pictures/a.png", "\x89PNG\r\n\x1a\n picture"}};
  EXPECT_EQ(run_text(parts)->assets().size(), 1U);
}

// Links from other documents lead to the same headings.
TEST(OdfHeadingLinks, BookmarksAreNamed) {
  Parts parts;
  parts.body =
      "<text:h text:outline-level='1'><text:bookmark-start text:name='in'/>The <text:bookmark "
      "text:name='__RefHeading__1'/>Gates</text:h><text:p><text:bookmark text:name='below'/>x"
      "</text:p>";
  EXPECT_EQ(run_text(parts)->anchors(),
            (std::map<std::string, std::string>{{"in", "the-gates"}, {"below", "the-gates"}}));
}

}  // namespace
}  // namespace sluice::odf

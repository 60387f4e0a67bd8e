// SPDX-License-Identifier: Apache-2.0
//
// Links to headings: whatever stands in a heading, they lead to the anchor of what was written.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "html_run.h"
#include "kit/markdown_anchors.h"

namespace sluice::test {
namespace {

std::string chapter(const std::string& heading) {
  return "<p><a href='#x'>go</a></p><h1>One</h1><p>Text.</p><h2 id='x'>" + heading +
         "</h2><p>Text.</p>";
}

class HeadingLinks : public ::testing::TestWithParam<const char*> {};

TEST_P(HeadingLinks, LeadToTheHeadingThatIsWritten) {
  const std::string markdown = markdown_of(chapter(GetParam()));
  const Anchors anchors(markdown);
  ASSERT_EQ(anchors.there.size(), 2U) << markdown;
  ASSERT_FALSE(anchors.asked.empty()) << markdown;
  EXPECT_EQ(anchors.asked[0], anchors.there[1]) << markdown;
}

INSTANTIATE_TEST_SUITE_P(
    All, HeadingLinks,
    ::testing::Values("4.3.1.&nbsp;Installing more", "Soft&shy;ware", "A<br>B", "&nbsp;Edges&nbsp;",
                      "H<sub>2</sub>O and x<sup>2</sup>", "Use <code>a_b()</code> well",
                      "See<span hidden>nothing</span> it",
                      "See <span style='display:none'>not</span> it",
                      "<img src='data:image/png;base64,iVBORw0KGgo=' alt='Logo'> Name",
                      "<a href='#x'>Itself</a>", "Name <a class='headerlink' href='#x'>¶</a>",
                      "<a href='#x'>›</a> 1 Name", "Name <a href='#y'>†</a>",
                      "<button>Copy</button>Name", "The <abbr title='World Wide Web'>WWW</abbr>",
                      "He said <q>so</q>", "<ruby>漢<rp>(</rp><rt>kan</rt></ruby>字", "Straße ÄÖ É",
                      "&#128;uro", "C&#x2B;&#x2B; *really*", "<math><mi>x</mi></math> axis",
                      "A <script>var x;</script>B", "x<!-- y -->z", "<div>One</div><div>Two</div>",
                      "a_b_c &amp; d", "<noscript>No</noscript>Yes", "<label>Name</label>here"));

// Any of these pieces beside any other.
TEST(HeadingLinksTest, LeadToAnyMixture) {
  const std::vector<std::string> pieces = {"word ",
                                           "&nbsp;",
                                           "1.2.",
                                           "&shy;",
                                           "<b>bold</b>",
                                           "<i> it</i>",
                                           "<code>co de</code>",
                                           "<br>",
                                           "<a href='#x'>#</a>",
                                           "<a href='#x'>»</a>",
                                           "<a href='https://example.org/'>link</a>",
                                           "<span hidden>hidden</span>",
                                           "\n  ",
                                           "_",
                                           "ß",
                                           "<sup>2</sup>",
                                           "<button>b</button>",
                                           "<input value='v'>",
                                           "<svg><title>t</title></svg>",
                                           "&lt;tag&gt;",
                                           "<label>l</label>",
                                           "¶",
                                           "<div>d</div>",
                                           "<img src='data:image/png;base64,iVBORw0KGgo=' alt='i'>",
                                           "<i></i>",
                                           "<img>"};
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string heading = "Word";
    for (auto i = random() % 6; i > 0; --i) heading += pieces[random() % pieces.size()];
    const std::string markdown = markdown_of(chapter(heading + "end"));
    const Anchors anchors(markdown);
    ASSERT_EQ(anchors.there.size(), 2U) << heading << '\n' << markdown;
    ASSERT_FALSE(anchors.asked.empty()) << markdown;
    ASSERT_EQ(anchors.asked[0], anchors.there[1]) << heading << '\n' << markdown;
  }
}

TEST(HeadingLinksTest, SignsThatLeadToTheirOwnHeadingAreLeftOut) {
  EXPECT_EQ(
      markdown_of("<section id='s'><h2><a href='#s' title='Link here'>›</a> 1 Name</h2></section>"),
      "## 1 Name\n");
  EXPECT_EQ(markdown_of("<h2><a id='n'></a>Name <a href='page.html#n'>⚓</a></h2>"), "## Name\n");
  // A sign that leads elsewhere is a call of something.
  EXPECT_NE(markdown_of("<h2>Name <a href='#note'>†</a></h2><h2 id='note'>† Note</h2>").find("†]("),
            std::string::npos);
}

}  // namespace
}  // namespace sluice::test

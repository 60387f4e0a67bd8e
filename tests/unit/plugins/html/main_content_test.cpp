// SPDX-License-Identifier: Apache-2.0
//
// What the option main_content keeps and leaves out.
#include <gtest/gtest.h>

#include <string>

#include "unit/plugins/html/html_run.h"

namespace sluice {
namespace {

using test::markdown_of;

std::string article() {
  std::string text;
  for (int i = 0; i < 8; ++i) {
    text +=
        "<p>This is a paragraph of the article, with commas, and with enough words to count as "
        "running text, number " +
        std::to_string(i) + ".</p>";
  }
  return text;
}

std::string page() {
  return "<body><div class='menu'><ul><li><a href='/a'>Home</a><li><a href='/b'>News</a></ul></div>"
         "<div id='content'><h1>Title</h1>" +
         article() +
         "</div><div class='sidebar'><p>Subscribe now, friend, it is free.</p></div></body>";
}

TEST(HtmlMainContent, AutoLeavesOutMenusWhereTheArticleIsPlain) {
  const std::string markdown = markdown_of(page(), "auto");
  EXPECT_NE(markdown.find("number 7."), std::string::npos);
  EXPECT_EQ(markdown.find("News"), std::string::npos);
  EXPECT_EQ(markdown.find("Subscribe"), std::string::npos);
}

TEST(HtmlMainContent, NeverKeepsThePage) {
  const std::string markdown = markdown_of(page(), "never");
  EXPECT_NE(markdown.find("News"), std::string::npos);
  EXPECT_NE(markdown.find("Subscribe"), std::string::npos);
}

TEST(HtmlMainContent, AutoKeepsAPageThatIsNoArticle) {
  const std::string cards =
      "<div><h2>One</h2><p>First card.</p></div><div><h2>Two</h2><p>Second card.</p></div>"
      "<div><h2>Three</h2><form><p>Third, in a form.</p></form></div>";
  const std::string markdown = markdown_of(cards, "auto");
  for (const char* text : {"First card", "Second card", "Third, in a form"}) {
    EXPECT_NE(markdown.find(text), std::string::npos) << text;
  }
}

TEST(HtmlMainContent, ShortBoxesTaskListsAndRowsOfPicturesBelongToTheArticle) {
  const std::string markdown = markdown_of(
      "<body><header id='title-block-header'><h1>Title</h1><p>Ada, the author</p></header>" +
          article() +
          "<div class='sourceCode'><pre><code>f();</code></pre></div>"
          "<ul><li><input type='checkbox'>open<li><label><input type='checkbox' checked>done"
          "</label></ul>"
          "<div><img src='http://x.example/1.png'><img src='http://x.example/2.png'></div>"
          "<div>brief</div></body>",
      "auto");
  for (const char* text :
       {"Ada, the author", "f();", "- [ ] open", "- [x] done", "1.png", "2.png", "brief"}) {
    EXPECT_NE(markdown.find(text), std::string::npos) << text << " in " << markdown;
  }
}

TEST(HtmlMainContent, AutoLeavesOutNavigationEvenWhenInDoubt) {
  const std::string markdown =
      markdown_of("<nav><a href='/a'>Home</a></nav><p>Short.</p><p>Shorter.</p>", "auto");
  EXPECT_EQ(markdown, "Short.\n\nShorter.\n");
}

TEST(HtmlMainContent, TableCellsAreNotCleanedAway) {
  const std::string markdown = markdown_of(
      "<div id=content>" + article() +
          "<table><tr><th>Key</th><th>Value</th></tr><tr><td>Type</td><td><div>TEXT</div></td></tr>"
          "</table></div>",
      "always");
  EXPECT_NE(markdown.find("| Type | TEXT |"), std::string::npos);
}

}  // namespace
}  // namespace sluice

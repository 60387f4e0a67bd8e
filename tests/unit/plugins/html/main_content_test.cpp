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

// --- what auto never leaves out ---

void expect_kept(const std::string& page, std::initializer_list<const char*> texts) {
  const std::string markdown = markdown_of(page, "auto");
  for (const char* text : texts) {
    EXPECT_NE(markdown.find(text), std::string::npos) << text << " in " << markdown.substr(0, 2000);
  }
}

TEST(HtmlMainContentKeeps, HeadlineAndBylineBesideTheArticle) {
  expect_kept(
      "<title>News</title><nav><a href='/'>Home</a></nav><div class=page><div class=head>"
      "<h1>Flood closes the gates</h1><p>By Ann Smith</p></div><div class=article-body>" +
          article() + "</div></div>",
      {"# Flood closes the gates", "By Ann Smith", "number 7."});
  expect_kept("<header class='site-header'><a href='/'>Site</a><h1>Headline</h1></header><main>" +
                  article() + "</main>",
              {"# Headline", "number 7."});
}

TEST(HtmlMainContentKeeps, SectionsAroundTheLongestOne) {
  std::string page = "<div class=refentry><div class=titlepage><h1>CREATE</h1></div>";
  for (const char* name : {"Synopsis", "Description", "Notes", "Compatibility"}) {
    page +=
        "<div class=refsect1><h2>" + std::string(name) + "</h2><p>About " + name + ".</p></div>";
  }
  page += "<div class=refsect1><h2>Parameters</h2><dl><dt>x</dt><dd>" + article() +
          "</dd></dl></div><div class=refsect1><h2>See Also</h2><a href=a.html>ALTER</a>, "
          "<a href=b.html>DROP</a></div></div>";
  expect_kept(page, {"# CREATE", "## Synopsis", "About Synopsis", "## Notes", "About Compatibility",
                     "**x**", "## See Also", "[ALTER](a.html)"});
}

TEST(HtmlMainContentKeeps, BoxesInTheTextWhateverTheirName) {
  for (const char* name :
       {"sidebar", "note", "banner", "widget", "header", "footer", "promo-box-text"}) {
    expect_kept("<div class=chapter><h1>Title</h1>" + article() + "<div class='" + name +
                    "'><p>Words in a box, which is part of the text of this page.</p></div>" +
                    article() + "</div>",
                {name == std::string("promo-box-text") ? "number 7." : "Words in a box"});
  }
}

TEST(HtmlMainContentKeeps, SectionsNamedAfterTheirHeadings) {
  for (const char* name :
       {"comments", "menu", "related", "share", "cookies", "sponsors", "footer"}) {
    expect_kept("<h1>Guide</h1><section id=intro><h2>Intro</h2>" + article() +
                    "</section><section id='" + name + "'><h2>On " + name +
                    "</h2><p>What there is to say.</p></section>",
                {"On ", "What there is to say."});
  }
}

TEST(HtmlMainContentKeeps, TablesListingsAndDefinitionsOutsideOfTheArticle) {
  expect_kept("<div id=content>" + article() +
                  "</div><div><h2>Data</h2><table><tr><th>k<th>v<tr><td>1<td>2</table></div>"
                  "<div><pre>listing();</pre></div><div><dl><dt>term<dd>meaning</dl></div>",
              {"## Data", "| 1 | 2 |", "listing();", "**term**", "meaning"});
}

TEST(HtmlMainContentKeeps, ListsOfLinksInTheText) {
  std::string links;
  for (int i = 0; i < 15; ++i)
    links += "<li><a href=n.html>Note number " + std::to_string(i) + "</a>";
  expect_kept("<h1>Notes</h1><p>Short intro.</p><ul>" + links + "</ul><div>" + article() + "</div>",
              {"# Notes", "Short intro.", "Note number 14"});
}

TEST(HtmlMainContentKeeps, APageThatIsAllNavigation) {
  expect_kept(
      "<ul class='nav navbar-nav'><li class=dropdown><a href='#'>Section</a>"
      "<ul class=dropdown-menu role=menu><li>This is <a href=/home>Home</a></ul></ul>",
      {"Section", "This is", "Home"});
}

TEST(HtmlMainContentKeeps, AllPartsThatAreMarkedMain) {
  expect_kept(
      "<div role=main><p>Feed, with teasers, and more teasers.</p></div><article role=main>"
      "<h1>Story</h1>" +
          article() + "</article>",
      {"Feed", "# Story", "number 7."});
}

// --- what it leaves out ---

TEST(HtmlMainContent, AutoLeavesOutFurnitureByItsNames) {
  for (const char* box :
       {"<div class='site-navigation'><a href=/a>GONE</a></div>",
        "<div id=breadcrumbs><a href=/>GONE</a></div>",
        "<footer><p>GONE, all rights reserved</p></footer>",
        "<div class='cookieConsent'>GONE</div>",
        "<div class=share-buttons><a href=/s>GONE</a></div>", "<aside><a href=/x>GONE</a></aside>",
        "<div class='advert'><p>GONE, and buy it now.</p></div>", "<form><input name=q>GONE</form>",
        "<ul><li><a href=/1>GONE</a><li><a href=/2>GONE</a></ul>",
        "<div id=disqus_thread>GONE</div>", "<a class=skip-link href='#content'>GONE</a>",
        "<div class=comments><p>GONE, says a reader.</p></div>", "<div role=search>GONE</div>",
        "<div class='newsletter-signup'><p>GONE, every week.</p></div>"}) {
    const std::string page =
        std::string("<body>") + box + "<div id=content><h1>T</h1>" + article() + "</div>" + box;
    const std::string markdown = markdown_of(page, "auto");
    EXPECT_EQ(markdown.find("GONE"), std::string::npos) << box;
    EXPECT_NE(markdown.find("number 7."), std::string::npos) << box;
  }
}

TEST(HtmlMainContent, SaysWhatIsLeftOut) {
  test::HtmlRun run(page(), "auto");
  run.run();
  ASSERT_EQ(run.job->warnings().size(), 1u);
  EXPECT_EQ(run.job->warnings()[0].message,
            "left out 3 blocks, 8 words around the page's text; to keep them, set "
            "[plugin.html] main_content = \"never\"");
  test::HtmlRun whole(page(), "never");
  whole.run();
  EXPECT_TRUE(whole.job->warnings().empty());
}

// An article may be lists of sentences, and the comments below it are longer.
TEST(HtmlMainContent, ItemsOfAnArticleCountAsItsParagraphs) {
  std::string items;
  for (int i = 0; i < 20; ++i) {
    items +=
        "<li>A sentence about the change, which is <a href=x>fixed</a>, and what it means "
        "for everybody who uses it.</li>";
  }
  const std::string page =
      "<body><article><h1>News</h1><div class=entry><h2>One</h2><ul>" + items +
      "</ul><h2>Two</h2><ul>" + items + "</ul></div></article><ol class=list><li><div><p>" +
      std::string(300, 'c') + ", a comment, of a reader, who asks, and asks.</p></div></li></ol>";
  const std::string markdown = markdown_of(page, "always");
  EXPECT_NE(markdown.find("A sentence about the change"), std::string::npos);
  EXPECT_NE(markdown.find("## Two"), std::string::npos);
  EXPECT_EQ(markdown.find("a comment"), std::string::npos);
}

// A box around one paragraph is that paragraph, so the article is what holds all of them.
TEST(HtmlMainContent, ABoxAroundAParagraphIsNoArticle) {
  const std::string words = ", some words, of a text, that goes on, and on.";
  const std::string page = "<article><h1>Head</h1><div><p>" + std::string(300, 'a') + words +
                           "</p></div><h2>Part</h2><p>short</p><div>" + std::string(300, 'b') +
                           words + "</div></article>";
  const std::string markdown = markdown_of(page, "always");
  EXPECT_NE(markdown.find("short"), std::string::npos);
  EXPECT_NE(markdown.find(std::string(300, 'b')), std::string::npos);
}

}  // namespace
}  // namespace sluice

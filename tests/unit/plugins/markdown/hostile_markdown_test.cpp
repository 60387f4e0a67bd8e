// Inputs that are slow or deep where a converter is careless. Each must end within the test's time.
#include <gtest/gtest.h>

#include <sluice/url.hpp>

#include "markdown/destinations.hpp"
#include "unit/plugins/markdown/markdown_run.h"

namespace sluice::markdown_plugin {
namespace {

std::string repeat(const std::string& piece, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}

TEST(HostileMarkdown, EndsAndStaysAsItIs) {
  constexpr int kMany = 20'000;
  for (const std::string& source : {
           repeat("> ", 500) + "x",
           repeat("![", kMany),
           repeat("![a](", kMany),
           repeat("[a](<", kMany),
           repeat("<img src=\"", kMany),
           repeat("<!-- ", kMany),
           "<div>\n" + repeat("<script>", kMany),
           repeat("<img src='m.png' ", kMany),
           repeat("`\\", kMany),
           repeat("![a](b\\(.png) &amp; `", kMany),
           "---\na: [" + repeat("[,", kMany) + "\n---\n",
           repeat("*a_ ", kMany),
       }) {
    Sample run(source);
    const std::string published = run.markdown();
    // Front matter that cannot be read stays, as a code block.
    EXPECT_NE(published.find(source.substr(4, 20)), std::string::npos);
    if (source[0] != '-') {
      EXPECT_EQ(published, source);
    }
  }
}

TEST(HostileMarkdown, ListsOnlySomeOfManyMissingImages) {
  std::string source;
  for (int i = 0; i < 1000; ++i) source += "![a](" + std::to_string(i) + ".png)\n";
  Sample run(source);
  EXPECT_EQ(run.markdown(), source);
  EXPECT_EQ(run.job.warnings().size(), 21u);
}

// Everything in which Markdown can hold a destination, with every way to write a script: none is
// left that this very parser would follow.
TEST(HostileMarkdown, NoScriptIsLeftToFollow) {
  const std::vector<std::string> urls = {"javascript:alert(1)",
                                         "JavaScript:alert(1)",
                                         "javascript\\:alert(1)",
                                         "&#106;avascript:alert(1)",
                                         "java&#9;script:alert(1)",
                                         "java&NewLine;script:alert(1)",
                                         "javascript&colon;alert(1)",
                                         "javascript&#58;alert(1)",
                                         "&#x6A;avascript&#x3A;alert(1)",
                                         "vbscript:x",
                                         "data:text/html,x",
                                         "DATA:text/html;base64,eA==",
                                         "&#1;javascript:alert(1)",
                                         "view-source:javascript:alert(1)",
                                         "data:image/svg+xml,<svg/onload=alert(1)>"};
  const std::vector<std::pair<std::string, std::string>> places = {
      {"[x](", ")\n"},
      {"[x](<", ">)\n"},
      {"[x](", " \"title\")\n"},
      {"text [a *b*](", ") and [b](https://e.org)\n"},
      {"<", ">\n"},
      {"[x]\n\n[x]: ", "\n"},
      {"[x]: <", ">\n\n[x] [x][] [y][x]\n"},
      {"> - [x](", ")\n"},
      {"| a |\n| - |\n| [x](", ") |\n"},
      {"![x](", ")\n"},
      {"[![x](a.png)](", ")\n"},
      {"<a href=\"", "\">x</a>\n"},
      {"<a href='", "'>x</a>\n"},
      {"text <a title=\"t\" HREF=", ">x</a>\n"},
      {"<div>\n<a href=\"", "\">x</a>\n</div>\n"},
      {"<form action=\"", "\"><iframe src=\"a\"></iframe></form>\n"},
      {"<img src=\"", "\">\n"},
  };
  for (const std::string& url : urls) {
    for (const auto& [before, after] : places) {
      const std::string source = before + url + after;
      for (const char* options : {R"({"images": true, "front_matter": "metadata"})",
                                  R"({"images": false, "front_matter": "metadata"})"}) {
        Sample run(source, options);
        const std::string written = run.markdown();
        const Findings left = find_destinations(written);
        EXPECT_TRUE(left.scripts.empty()) << source << "\n" << written;
        EXPECT_EQ(left.unplaced_scripts, 0U) << source << "\n" << written;
        for (const Destination& image : left.images) {
          EXPECT_FALSE(runs_script(image.value(written))) << source << "\n" << written;
        }
      }
    }
  }
}

TEST(HostileMarkdown, AScriptOverSeveralLinesIsKeptAsCode) {
  const std::string source = "<a href=\"java\nscript:alert(1)\">x</a>\n\nMore.\n";
  Sample run(source);
  EXPECT_TRUE(find_destinations(run.markdown()).scripts.empty()) << run.markdown();
  EXPECT_NE(run.markdown().find("More."), std::string::npos);
}

TEST(HostileMarkdown, ScriptsAreCounted) {
  const std::string link = "[x](javascript:alert(1))\n";
  for (const auto& [source, message] :
       {std::pair(link, "1 link would run a script and leads nowhere now"),
        std::pair(link + link, "2 links would run a script and lead nowhere now")}) {
    Sample run(source);
    run.markdown();
    ASSERT_EQ(run.job.warnings().size(), 1U);
    EXPECT_EQ(run.job.warnings()[0].message, message);
  }
}

TEST(HostileMarkdown, WhatOnlyTalksOfScriptsStays) {
  for (const std::string source :
       {"Write `javascript:alert(1)` or [x](https://e.org/javascript:a).\n",
        "    [x](javascript:alert(1))\n", "```\n[x](javascript:alert(1))\n```\n",
        "\\[x](javascript:alert(1)) & more\n"}) {
    Sample run(source);
    EXPECT_EQ(run.markdown(), source);
  }
}

}  // namespace
}  // namespace sluice::markdown_plugin

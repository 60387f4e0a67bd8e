// SPDX-License-Identifier: Apache-2.0
//
// The front matter of a page.
#include <gtest/gtest.h>

#include "unit/plugins/html/html_run.h"

namespace sluice {
namespace {

using test::HtmlRun;

std::map<std::string, std::string> metadata_of(const std::string& page) {
  HtmlRun run(page + "<p>text</p>");
  EXPECT_EQ(run.run(), Outcome::kOk);
  return run.job->metadata();
}

TEST(HtmlMetadata, OpenGraphTitleBeatsTheTitleElement) {
  const auto facts =
      metadata_of("<title>A | Site</title><meta property='og:title' content='A &amp; B'>");
  EXPECT_EQ(facts.at("title"), "A & B");
}

TEST(HtmlMetadata, HeadingTellsTheTitleFromTheSite) {
  const auto facts = metadata_of("<title>A long story | Site</title><h1>A long story</h1>");
  EXPECT_EQ(facts.at("title"), "A long story");
}

TEST(HtmlMetadata, TitleElementAlone) {
  EXPECT_EQ(metadata_of("<title> A\n page </title>").at("title"), "A page");
}

TEST(HtmlMetadata, AuthorDateLanguageDescription) {
  const auto facts = metadata_of(
      "<html lang='de-AT'><meta name=author content='N. N.'><meta "
      "property='article:published_time' "
      "content='2024-03-01T10:00:00Z'><meta name=description content='About it'>");
  EXPECT_EQ(facts.at("author"), "N. N.");
  EXPECT_EQ(facts.at("created"), "2024-03-01T10:00:00Z");
  EXPECT_EQ(facts.at("language"), "de-AT");
  EXPECT_EQ(facts.at("description"), "About it");
}

TEST(HtmlMetadata, EveryAuthorIsNamedOnce) {
  const auto facts = metadata_of(
      "<meta name=author content='Ada'><meta name=author content='Bob'>"
      "<meta name=author content='Ada'><meta name=description content='a'>"
      "<meta name=description content='b'>");
  EXPECT_EQ(facts.at("author"), "Ada, Bob");
  EXPECT_EQ(facts.at("description"), "a");
}

TEST(HtmlMetadata, DatesThatAreNotIsoAreLeftOut) {
  EXPECT_EQ(metadata_of("<meta name=date content='03/01/2024'>").count("created"), 0u);
}

TEST(HtmlMetadata, TimeElementGivesTheDate) {
  EXPECT_EQ(metadata_of("<time datetime='2020-02-02'>2 Feb</time>").at("created"), "2020-02-02");
}

}  // namespace
}  // namespace sluice

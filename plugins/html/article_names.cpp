// SPDX-License-Identifier: Apache-2.0
#include "article_names.hpp"

#include <algorithm>
#include <string>

#include "words.hpp"

namespace sluice::html {
namespace {

constexpr int kPoints = 25;  // Readability's, for a class and for an id

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view w) { return text.find(w) != std::string_view::npos; });
}

bool sounds_like_content(std::string_view name) {
  return contains_any(name, {"article", "body", "content", "entry", "main", "page", "post", "text",
                             "blog", "story"});
}
bool sounds_like_margin(std::string_view name) {
  return contains_any(
      name, {"-ad-",   "banner",   "combx",      "comment", "com-",       "contact", "footer",
             "gdpr",   "masthead", "media",      "meta",    "outbrain",   "promo",   "related",
             "scroll", "share",    "shoutbox",   "sidebar", "skyscraper", "sponsor", "shopping",
             "tags",   "widget",   "newsletter", "hidden"});
}
bool sounds_like_chrome(std::string_view name) {
  return contains_any(
      name, {"-ad-",         "banner",   "breadcrumb",  "combx",      "comment", "community",
             "cover-wrap",   "disqus",   "editsection", "extra",      "footer",  "gdpr",
             "header",       "legends",  "menu",        "related",    "remark",  "replies",
             "rss",          "shoutbox", "sidebar",     "skyscraper", "social",  "sponsor",
             "supplemental", "ad-break", "agegate",     "pagination", "pager",   "popup"});
}
bool may_still_be_content(std::string_view name) {
  return contains_any(name, {"and", "article", "body", "column", "content", "main", "shadow",
                             "mathjax", "title-block"});
}

}  // namespace

bool is_navigation(const Dom& dom, NodeId i) {
  const std::string_view role = dom.attribute(i, Attr::kRole);
  return dom[i].tag == Tag::kNav || role == "navigation" || role == "menu" || role == "menubar" ||
         role == "search" || role == "alertdialog" || role == "dialog";
}

ArticleNames::ArticleNames(const Dom& dom) : dom_(dom), names_(dom.size()) {
  for (NodeId i = 1; i < dom.size(); ++i) {
    if (dom[i].tag != Tag::kText && dom[i].attributes != 0) names_[i] = classify(i);
  }
}

int ArticleNames::weight(NodeId id) const {
  int weight = 0;
  if ((names_[id] & kContent) != 0) weight += kPoints;
  if ((names_[id] & kMargin) != 0) weight -= kPoints;
  if ((names_[id] & kContentId) != 0) weight += kPoints;
  if ((names_[id] & kMarginId) != 0) weight -= kPoints;
  return weight;
}

std::uint8_t ArticleNames::classify(NodeId i) {
  const std::string_view id = dom_.attribute(i, Attr::kId);
  unsigned name = names_in(dom_.attribute(i, Attr::kClass));
  if (!id.empty()) {
    const unsigned in_id = names_in(id);
    if ((in_id & kContent) != 0) name |= kContentId;
    if ((in_id & kMargin) != 0) name |= kMarginId;
    name |= in_id & (kChrome | kShare | kSpared);
  }
  if ((name & kSpared) != 0) name &= ~unsigned{kChrome};
  const std::string_view role = dom_.attribute(i, Attr::kRole);
  if (is_navigation(dom_, i) || role == "complementary" || role == "alert") name |= kChrome;
  return static_cast<std::uint8_t>(name);
}

unsigned ArticleNames::names_in(std::string_view words) {
  if (words.empty()) return 0;
  const auto [known, added] = known_.try_emplace(words, 0);
  if (!added) return known->second;
  const std::string text = lower(words);
  unsigned name = 0;
  if (sounds_like_content(text)) name |= kContent;
  if (sounds_like_margin(text)) name |= kMargin;
  if (sounds_like_chrome(text)) name |= kChrome;
  if (may_still_be_content(text)) name |= kSpared;
  if (text.find("share") != std::string::npos) name |= kShare;
  return known->second = name;
}

}  // namespace sluice::html

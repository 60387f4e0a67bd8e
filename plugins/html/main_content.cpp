// SPDX-License-Identifier: Apache-2.0
#include "main_content.hpp"

#include <algorithm>

#include "article_finder.hpp"
#include "layout.hpp"
#include "page_furniture.hpp"

namespace sluice::html {
namespace {

constexpr std::size_t kMaxScoredNodes = 2'000'000;  // larger pages are data, and kept whole
// Where less stays than that, and less than a quarter of the page, it was all navigation.
constexpr std::uint32_t kTooLittle = 140;

std::uint32_t words_in(std::string_view text) {
  std::uint32_t words = 0;
  bool blank = true;
  for (const char c : text) {
    const bool now = static_cast<unsigned char>(c) <= ' ';
    if (blank && !now) ++words;
    blank = now;
  }
  return words;
}

DroppedBlocks count(const Dom& dom, const std::vector<std::uint8_t>& marks) {
  DroppedBlocks out;
  NodeId block = kRootNode;
  for (NodeId i = 1; i < dom.size(); ++i) {
    if ((marks[i] & kHidden) != 0) {
      i = dom[i].end - 1;
      continue;
    }
    if ((marks[i] & kDropped) == 0) continue;
    for (NodeId k = i; k < dom[i].end; ++k) {
      if ((marks[k] & kHidden) != 0) {
        k = dom[k].end - 1;
        continue;
      }
      if (is_block(dom[k].tag)) block = k;
      if (dom[k].tag != Tag::kText || (marks[k] & kHasContent) == 0) continue;
      out.words += words_in(dom.text(k));
      if (block != kRootNode || out.blocks == 0) ++out.blocks;
      block = kRootNode;
    }
    i = dom[i].end - 1;
  }
  return out;
}

// The elements that the text is in: what the page itself marks, and the best guess.
std::vector<NodeId> text_of(const Dom& dom, const std::vector<NodeId>& guess) {
  std::vector<NodeId> roots = guess;
  for (NodeId i = 1; i < dom.size(); ++i) {
    const bool marked = dom[i].tag == Tag::kMain || dom.attribute(i, Attr::kRole) == "main";
    if (marked) roots.push_back(i);
  }
  std::sort(roots.begin(), roots.end());
  // What stands in another is of that.
  std::vector<NodeId> outermost;
  for (const NodeId root : roots) {
    if (outermost.empty() || root >= dom[outermost.back()].end) outermost.push_back(root);
  }
  return outermost;
}

void keep_text(const Dom& dom, std::vector<std::uint8_t>& marks) {
  const std::vector<std::uint8_t> all = marks;
  const std::vector<NodeId> text = text_of(dom, ArticleFinder(dom, all).find().roots);
  PageFurniture(dom, all, text).drop(marks);
  TextSums sums(dom);
  sums.sum_up(marks);
  const std::uint32_t kept = sums[kRootNode].text;
  sums.sum_up(all);
  if (kept < kTooLittle && kept * 4 < sums[kRootNode].text) marks = all;
}

}  // namespace

DroppedBlocks drop_boilerplate(const Dom& dom, MainContent mode, std::vector<std::uint8_t>& marks) {
  if (mode == MainContent::kNever || dom.size() > kMaxScoredNodes) return {};
  if (mode == MainContent::kAuto) {
    keep_text(dom, marks);
    return count(dom, marks);
  }
  ArticleFinder::Article article = ArticleFinder(dom, marks).find();
  if (article.text > 0) marks = std::move(article.marks);
  for (NodeId i = 1; i < dom.size(); ++i) {
    if (is_navigation(dom, i)) marks[i] |= kDropped;
  }
  return count(dom, marks);
}

}  // namespace sluice::html

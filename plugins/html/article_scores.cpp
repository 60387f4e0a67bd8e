// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "article_finder.hpp"
#include "layout.hpp"

namespace sluice::html {
namespace {

constexpr std::uint32_t kShortParagraph = 25;  // Readability's: less is a label
constexpr double kNearlyAsGood = 0.75;         // Readability's, for candidates beside the best
constexpr double kLinkedItem = 0.33;           // of an item: more is a teaser
constexpr int kMaxLevels = 5;                  // how far up a paragraph's vote reaches

}  // namespace

bool ArticleScores::is_paragraph(NodeId i) const {
  switch (dom_[i].tag) {
    case Tag::kP:
    case Tag::kTd:
    case Tag::kPre:
      return true;
    case Tag::kDiv:
    case Tag::kSection:
    case Tag::kLi:
      return (base_[i] & kHasBlock) == 0;
    default:
      return false;
  }
}

double ArticleScores::first_score(NodeId i) const {
  double score = (weigh_names_ ? names_.weight(i) : 0);
  switch (dom_[i].tag) {
    case Tag::kDiv:
      return score + 5;
    case Tag::kPre:
    case Tag::kTd:
    case Tag::kBlockquote:
      return score + 3;
    case Tag::kAddress:
    case Tag::kOl:
    case Tag::kUl:
    case Tag::kDl:
    case Tag::kDd:
    case Tag::kDt:
    case Tag::kLi:
    case Tag::kForm:
      return score - 3;
    case Tag::kTh:
      return score - 5;
    default:
      return is_heading(dom_[i].tag) ? score - 5 : score;
  }
}

void ArticleScores::vote(NodeId i, double points) {
  if (scored_[i] == 0) {
    scored_[i] = 1;
    scores_[i] = first_score(i);
  }
  scores_[i] += points;
}

void ArticleScores::score(const std::vector<std::uint8_t>& marks, const TextSums& sums,
                          bool weigh_names) {
  weigh_names_ = weigh_names;
  scores_.assign(dom_.size(), 0);
  scored_.assign(dom_.size(), 0);
  for (NodeId i = 1; i < dom_.size(); ++i) {
    if ((marks[i] & (kHidden | kDropped)) != 0) {
      i = dom_[i].end - 1;
      continue;
    }
    if (!is_paragraph(i) || sums[i].text < kShortParagraph) continue;
    // Items of an article are sentences; those of menus and teasers are links.
    if (dom_[i].tag == Tag::kLi && sums[i].link_density() > kLinkedItem) continue;
    const double points = 2.0 + sums[i].commas + std::min(sums[i].text / 100, 3u);
    NodeId ancestor = dom_[i].parent;
    // A box around one paragraph is that paragraph.
    const bool is_wrapped = dom_[i].tag == Tag::kP && dom_[ancestor].tag == Tag::kDiv &&
                            sums[ancestor].text == sums[i].text;
    if (is_wrapped) ancestor = dom_[ancestor].parent;
    for (int level = 0; level < kMaxLevels && ancestor != kRootNode; ++level) {
      vote(ancestor, level == 0 ? points : level == 1 ? points / 2 : points / (level * 3));
      ancestor = dom_[ancestor].parent;
    }
  }
  for (NodeId i = 1; i < dom_.size(); ++i) scores_[i] *= 1 - sums[i].link_density();
}

NodeId ArticleScores::body() const {
  const NodeId body = dom_.find(Tag::kBody);
  return body == kRootNode ? kRootNode : body;
}

NodeId ArticleScores::best(const std::vector<std::uint8_t>& marks, const TextSums& sums) const {
  Top top{};
  for (NodeId i = 1; i < dom_.size(); ++i) {
    if (scored_[i] == 0 || (marks[i] & (kHidden | kDropped)) != 0) continue;
    for (std::size_t k = 0; k < top.size(); ++k) {
      if (top[k] != kRootNode && scores_[i] <= scores_[top[k]]) continue;
      std::copy_backward(top.begin() + static_cast<std::ptrdiff_t>(k), top.end() - 1, top.end());
      top[k] = i;
      break;
    }
  }
  if (top[0] == kRootNode) return body();
  return climb(common_ancestor(top), sums);
}

// Where several candidates are nearly as good, what holds three of them is the article.
NodeId ArticleScores::common_ancestor(const Top& top) const {
  for (NodeId node = dom_[top[0]].parent; node != kRootNode; node = dom_[node].parent) {
    if (dom_[node].tag == Tag::kBody) break;
    int held = 0;
    for (const NodeId other : top) {
      const bool near = other != top[0] && other != kRootNode &&
                        scores_[other] >= scores_[top[0]] * kNearlyAsGood;
      if (near && other > node && other < dom_[node].end) ++held;
    }
    if (held >= 3) return node;
  }
  return top[0];
}

// An ancestor that scores more was cut in two by its markup; an only child stands for its parent.
NodeId ArticleScores::climb(NodeId top, const TextSums& sums) const {
  const double least = scores_[top] / 3;
  double last = scores_[top];
  for (NodeId node = dom_[top].parent; node != kRootNode; node = dom_[node].parent) {
    if (dom_[node].tag == Tag::kBody) break;
    if (scored_[node] == 0) continue;
    if (scores_[node] < least) break;
    if (scores_[node] > last) {
      top = node;
      break;
    }
    last = scores_[node];
  }
  NodeId parent = dom_[top].parent;
  while (parent != kRootNode && dom_[parent].tag != Tag::kBody &&
         sums[parent].text == sums[top].text) {
    top = parent;
    parent = dom_[top].parent;
  }
  return top;
}

}  // namespace sluice::html

// SPDX-License-Identifier: Apache-2.0
#include "article_finder.hpp"

#include <algorithm>
#include <string>

#include "layout.hpp"

namespace sluice::html {
namespace {

constexpr std::uint32_t kEnoughText = 500;  // Readability's: less, and a milder attempt is made
constexpr double kSiblingShare = 0.2;       // Readability's, of the best score
constexpr std::uint32_t kLongSibling = 80;  // and of a paragraph beside the best

}  // namespace

const std::uint8_t ArticleFinder::kGone = kHidden | kDropped;

void ArticleFinder::drop(NodeId i) {
  marks_[i] |= kDropped;
}

ArticleFinder::Article ArticleFinder::find() {
  Article best;
  for (const Strictness strictness :
       {Strictness{}, Strictness{.strip_chrome = false},
        Strictness{.strip_chrome = false, .weigh_names = false},
        Strictness{.strip_chrome = false, .weigh_names = false, .clean = false}}) {
    Article article = attempt(strictness);
    const bool enough = article.text >= kEnoughText;
    if (article.text > best.text) best = std::move(article);
    if (enough) break;
  }
  return best;
}

ArticleFinder::Article ArticleFinder::attempt(Strictness strictness) {
  strictness_ = strictness;
  marks_ = base_;
  if (strictness.strip_chrome) strip_chrome();
  sums_.sum_up(marks_);
  scores_.score(marks_, sums_, strictness.weigh_names);
  Article article;
  article.roots = with_siblings(scores_.best(marks_, sums_));
  if (strictness.clean) {
    for (const NodeId root : article.roots) clean(root);
    sums_.sum_up(marks_);
  }
  for (const NodeId root : article.roots) article.text += sums_[root].text;
  keep_only(dom_, article.roots, marks_);
  article.marks = std::move(marks_);
  return article;
}

void ArticleFinder::strip_chrome() {
  NodeId protected_until = 0;  // tables and code hold names of their own meaning
  for (NodeId i = 1; i < dom_.size(); ++i) {
    const Tag tag = dom_[i].tag;
    if ((tag == Tag::kTable || tag == Tag::kPre) && protected_until <= i) {
      if (!names_.is_chrome(i)) protected_until = dom_[i].end;
    }
    const bool may = i >= protected_until && tag != Tag::kBody && tag != Tag::kHtml &&
                     tag != Tag::kA && tag != Tag::kMain && tag != Tag::kArticle;
    if (may && names_.is_chrome(i)) drop(i);
  }
}

std::vector<NodeId> ArticleFinder::with_siblings(NodeId top) const {
  const NodeId parent = dom_[top].parent;
  if (top == kRootNode || parent == kRootNode) return {top};
  std::vector<NodeId> roots;
  const double least = std::max(10.0, scores_[top] * kSiblingShare);
  for (NodeId i = parent + 1; i < dom_[parent].end; i = dom_[i].end) {
    if (i == top || (!gone(i) && belongs(i, top, least))) roots.push_back(i);
  }
  return roots;
}

bool ArticleFinder::belongs(NodeId i, NodeId top, double least) const {
  if (dom_[i].tag == Tag::kText) return false;
  const std::string_view classes = dom_.attribute(top, Attr::kClass);
  const bool same = !classes.empty() && dom_.attribute(i, Attr::kClass) == classes;
  const double bonus = same ? scores_[top] * kSiblingShare : 0;
  if (scores_.has_votes(i) && scores_[i] + bonus >= least) return true;
  if (dom_[i].tag != Tag::kP) return false;
  const double density = sums_[i].link_density();
  if (sums_[i].text > kLongSibling) return density < 0.25;
  if (sums_[i].text == 0 || density > 0) return false;
  const std::string text = dom_.inner_text(i);
  return text.find(". ") != std::string::npos || text.ends_with('.');
}

void ArticleFinder::clean(NodeId root) {
  for (NodeId i = root + 1; i < dom_[root].end; ++i) {
    if ((base_[i] & kDataTable) != 0 && !gone(i)) {
      i = dom_[i].end - 1;  // short cells are what tables are made of
    } else if (gone(i) || is_waste(i)) {
      drop(i);
      i = dom_[i].end - 1;
    }
  }
}

bool ArticleFinder::is_waste(NodeId i) const {
  switch (dom_[i].tag) {
    case Tag::kFooter:
    case Tag::kAside:
    case Tag::kNav:
      return true;
    case Tag::kForm:
    case Tag::kFieldset:
    case Tag::kUl:
    case Tag::kDiv:
    case Tag::kSection:
      break;
    case Tag::kTable:
      if ((base_[i] & kDataTable) != 0) return false;
      break;
    case Tag::kH1:
    case Tag::kH2:
      return weight(i) < 0;
    default:
      return names_.is_share(i) && sums_[i].text < kEnoughText;
  }
  if (names_.is_share(i) && sums_[i].text < kEnoughText) return true;
  if (weight(i) < 0) return true;
  const bool sentences = sums_[i].commas >= 10;
  return !sentences && looks_like_margin(i);
}

bool ArticleFinder::looks_like_margin(NodeId i) const {
  const Sums& sums = sums_[i];
  const Tag tag = dom_[i].tag;
  const bool list = tag == Tag::kUl || (sums.text > 0 && sums.listed > sums.text * 0.9);
  const int w = weight(i);
  const double density = sums.link_density();
  const std::uint32_t items = sums.items > 100 ? sums.items - 100 : 0;
  if (!list && items > sums.paragraphs) return true;
  if (sums.inputs > sums.paragraphs / 3) return true;
  if (!list && w < 25 && density > 0.2) return true;
  return w >= 25 ? density > 0.5 : list && density > 0.8 && sums.images == 0 && sums.text > 200;
}

void keep_only(const Dom& dom, const std::vector<NodeId>& roots, std::vector<std::uint8_t>& marks) {
  if (roots.size() == 1 && roots[0] == kRootNode) return;
  std::vector<std::uint8_t> above(dom.size());
  for (const NodeId root : roots) {
    for (NodeId i = dom[root].parent; i != kRootNode && above[i] == 0; i = dom[i].parent) {
      above[i] = 1;
    }
  }
  std::size_t next = 0;
  for (NodeId i = 1; i < dom.size();) {
    if (next < roots.size() && roots[next] == i) {
      ++next;
      i = dom[i].end;
    } else if (above[i] != 0) {
      ++i;
    } else {
      marks[i] |= kDropped;
      i = dom[i].end;
    }
  }
}

}  // namespace sluice::html

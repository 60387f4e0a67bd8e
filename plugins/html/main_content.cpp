// SPDX-License-Identifier: Apache-2.0
#include "main_content.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>

#include "layout.hpp"
#include "words.hpp"

namespace sluice::html {
namespace {

constexpr std::size_t kMaxScoredNodes = 2'000'000;  // larger pages are data, and kept whole
constexpr std::uint32_t kShortParagraph = 25;
constexpr std::uint32_t kEnoughText = 500;  // less than that, and a milder attempt is made
constexpr std::uint32_t kArticle = 1000;    // a text that can stand for its page
constexpr double kNearlyAll = 0.9;
constexpr double kPlainlyMost = 0.5;  // of the page's running text, for kAuto

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

bool is_navigation(const Dom& dom, NodeId i) {
  const std::string_view role = dom.attribute(i, Attr::kRole);
  return dom[i].tag == Tag::kNav || role == "navigation" || role == "menu" || role == "menubar" ||
         role == "search" || role == "alertdialog" || role == "dialog";
}

// What lies below a node.
struct Sums {
  std::uint32_t text = 0;    // characters, blanks collapsed
  std::uint32_t linked = 0;  // of them, within links
  std::uint32_t listed = 0;  // within lists
  std::uint32_t commas = 0;
  std::uint32_t paragraphs = 0;
  std::uint32_t images = 0;
  std::uint32_t items = 0;
  std::uint32_t inputs = 0;

  void add(const Sums& other) {
    text += other.text;
    linked += other.linked;
    listed += other.listed;
    commas += other.commas;
    paragraphs += other.paragraphs;
    images += other.images;
    items += other.items;
    inputs += other.inputs;
  }
  double link_density() const { return text == 0 ? 0 : static_cast<double>(linked) / text; }
};

bool is_wide_comma(std::string_view at) {
  return at.starts_with("，") || at.starts_with("、") || at.starts_with("،");
}

Sums sums_of_text(std::string_view text) {
  Sums sums;
  bool blank = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c <= ' ') {
      blank = sums.text > 0;
      continue;
    }
    if ((c & 0xC0) != 0x80) {
      sums.text += blank ? 2 : 1;
      blank = false;
    }
    if (c == ',' || (c >= 0xD8 && is_wide_comma(text.substr(i, 3)))) ++sums.commas;
  }
  return sums;
}

// How hard an attempt tries to throw things away.
struct Strictness {
  bool strip_chrome = true;
  bool weigh_names = true;
  bool clean = true;
};

class Extractor {
 public:
  Extractor(const Dom& dom, const std::vector<std::uint8_t>& marks) : dom_(dom), base_(marks) {
    names_.resize(dom.size());
    for (NodeId i = 1; i < dom.size(); ++i) {
      if (dom[i].attributes == 0) continue;
      names_[i] = classify(i);
    }
  }

  // The marks with kDropped on what is not main content, and how much text stays.
  struct Result {
    std::vector<std::uint8_t> marks;
    std::uint32_t text = 0;
    std::uint32_t running_text = 0;  // outside of links
  };

  Result best() {
    Result best;
    for (const Strictness strictness :
         {Strictness{true, true, true}, Strictness{false, true, true},
          Strictness{false, false, true}, Strictness{false, false, false}}) {
      Result result = attempt(strictness);
      const bool enough = result.text >= kEnoughText;
      if (result.text > best.text) best = std::move(result);
      if (enough) break;
    }
    return best;
  }

  // Text outside of links that the page shows.
  std::uint32_t running_text() {
    marks_ = base_;
    sum_up();
    return running(kRootNode);
  }

  // What the page itself marks as its main part, if that holds most of its running text; else the
  // whole page.
  std::vector<std::uint8_t> marked_main() {
    const std::uint32_t all = running_text();
    for (NodeId i = 1; i < dom_.size(); ++i) {
      const bool main = dom_[i].tag == Tag::kMain || dom_.attribute(i, Attr::kRole) == "main";
      if (!main || running(i) < kPlainlyMost * all) continue;
      keep_only({i});
      break;
    }
    return std::move(marks_);
  }

 private:
  enum Name : std::uint8_t {
    kContentName = 1,
    kMarginName = 2,
    kChromeName = 4,
    kShareName = 8,
    kContentId = 16,
    kMarginId = 32,
    kSpared = 64,  // a name of chrome, but also one of content
  };

  std::uint8_t classify(NodeId i) {
    const std::string_view id = dom_.attribute(i, Attr::kId);
    unsigned name = names_in(dom_.attribute(i, Attr::kClass));
    if (!id.empty()) {
      const unsigned in_id = names_in(id);
      if ((in_id & kContentName) != 0) name |= kContentId;
      if ((in_id & kMarginName) != 0) name |= kMarginId;
      name |= in_id & (kChromeName | kShareName | kSpared);
    }
    if ((name & kSpared) != 0) name &= ~unsigned{kChromeName};
    const std::string_view role = dom_.attribute(i, Attr::kRole);
    if (is_navigation(dom_, i) || role == "complementary" || role == "alert") name |= kChromeName;
    return static_cast<std::uint8_t>(name);
  }

  // What the words in a class or an id say. Pages repeat their classes, so each is read once.
  unsigned names_in(std::string_view words) {
    if (words.empty()) return 0;
    const auto [known, added] = known_.try_emplace(words, 0);
    if (!added) return known->second;
    const std::string text = lower(words);
    unsigned name = 0;
    if (sounds_like_content(text)) name |= kContentName;
    if (sounds_like_margin(text)) name |= kMarginName;
    if (sounds_like_chrome(text)) name |= kChromeName;
    if (may_still_be_content(text)) name |= kSpared;
    if (text.find("share") != std::string::npos) name |= kShareName;
    return known->second = name;
  }

  int weight(NodeId i) const {
    if (!strictness_.weigh_names) return 0;
    int weight = 0;
    if ((names_[i] & kContentName) != 0) weight += 25;
    if ((names_[i] & kMarginName) != 0) weight -= 25;
    if ((names_[i] & kContentId) != 0) weight += 25;
    if ((names_[i] & kMarginId) != 0) weight -= 25;
    return weight;
  }

  std::uint32_t running(NodeId i) const { return sums_[i].text - sums_[i].linked; }
  bool gone(NodeId i) const { return (marks_[i] & (kHidden | kDropped)) != 0; }
  void drop(NodeId i) { marks_[i] |= kDropped; }

  Result attempt(Strictness strictness) {
    strictness_ = strictness;
    marks_ = base_;
    if (strictness.strip_chrome) strip_chrome();
    sum_up();
    score();
    std::vector<NodeId> roots = with_siblings(choose_top());
    if (strictness.clean) {
      for (const NodeId root : roots) clean(root);
      sum_up();
    }
    Result result;
    for (const NodeId root : roots) {
      result.text += sums_[root].text;
      result.running_text += running(root);
    }
    keep_only(roots);
    result.marks = std::move(marks_);
    return result;
  }

  void strip_chrome() {
    NodeId protected_until = 0;  // tables and code hold names of their own meaning
    for (NodeId i = 1; i < dom_.size(); ++i) {
      const Tag tag = dom_[i].tag;
      if ((tag == Tag::kTable || tag == Tag::kPre) && protected_until <= i) {
        if ((names_[i] & kChromeName) == 0) protected_until = dom_[i].end;
      }
      const bool may = i >= protected_until && tag != Tag::kBody && tag != Tag::kHtml &&
                       tag != Tag::kA && tag != Tag::kMain && tag != Tag::kArticle;
      if (may && (names_[i] & kChromeName) != 0) drop(i);
    }
  }

  void sum_up() {
    sums_.assign(dom_.size(), {});
    for (NodeId i = static_cast<NodeId>(dom_.size()); i-- > 1;) {
      if (gone(i)) {
        sums_[i] = {};
        continue;
      }
      sum_own(i);
      sums_[dom_[i].parent].add(sums_[i]);
    }
  }

  void sum_own(NodeId i) {
    Sums& sums = sums_[i];
    switch (dom_[i].tag) {
      case Tag::kText:
        sums = sums_of_text(dom_.text(i));
        break;
      case Tag::kA:
        // A link within the page is half a link.
        sums.linked = dom_.attribute(i, Attr::kHref).starts_with("#") ? sums.text / 3 : sums.text;
        break;
      case Tag::kUl:
      case Tag::kOl:
        sums.listed = sums.text;
        break;
      case Tag::kP:
        ++sums.paragraphs;
        break;
      case Tag::kImg:
        ++sums.images;
        break;
      case Tag::kLi:
        ++sums.items;
        break;
      case Tag::kInput:
        if (dom_.attribute(i, Attr::kType) != "checkbox" || !is_in_item(i)) ++sums.inputs;
        break;
      default:
        break;
    }
  }

  // The box of a task, which belongs to a list.
  bool is_in_item(NodeId box) const {
    NodeId i = dom_[box].parent;
    while (dom_[i].tag == Tag::kLabel || dom_[i].tag == Tag::kP) i = dom_[i].parent;
    return dom_[i].tag == Tag::kLi;
  }

  // Whether text stands here, rather than boxes.
  bool is_paragraph(NodeId i) const {
    switch (dom_[i].tag) {
      case Tag::kP:
      case Tag::kTd:
      case Tag::kPre:
        return true;
      case Tag::kDiv:
      case Tag::kSection:
        return (base_[i] & kHasBlock) == 0;
      default:
        return false;
    }
  }

  double first_score(NodeId i) const {
    double score = weight(i);
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

  void vote(NodeId i, double points) {
    if (scored_[i] == 0) {
      scored_[i] = 1;
      scores_[i] = first_score(i);
    }
    scores_[i] += points;
  }

  void score() {
    scores_.assign(dom_.size(), 0);
    scored_.assign(dom_.size(), 0);
    for (NodeId i = 1; i < dom_.size(); ++i) {
      if (gone(i)) {
        i = dom_[i].end - 1;
        continue;
      }
      const Sums& sums = sums_[i];
      if (!is_paragraph(i) || sums.text < kShortParagraph) continue;
      const double points = 2.0 + sums.commas + std::min(sums.text / 100, 3u);
      NodeId ancestor = dom_[i].parent;
      for (int level = 0; level < 5 && ancestor != kRootNode; ++level) {
        vote(ancestor, level == 0 ? points : level == 1 ? points / 2 : points / (level * 3));
        ancestor = dom_[ancestor].parent;
      }
    }
    for (NodeId i = 1; i < dom_.size(); ++i) scores_[i] *= 1 - sums_[i].link_density();
  }

  NodeId body() const {
    const NodeId body = dom_.find(Tag::kBody);
    return body == kRootNode ? kRootNode : body;
  }

  NodeId choose_top() const {
    std::array<NodeId, 5> top{};
    for (NodeId i = 1; i < dom_.size(); ++i) {
      if (scored_[i] == 0 || gone(i)) continue;
      for (std::size_t k = 0; k < top.size(); ++k) {
        if (top[k] != kRootNode && scores_[i] <= scores_[top[k]]) continue;
        std::copy_backward(top.begin() + static_cast<std::ptrdiff_t>(k), top.end() - 1, top.end());
        top[k] = i;
        break;
      }
    }
    if (top[0] == kRootNode) return body();
    return climb(common_ancestor(top));
  }

  // Where several candidates are nearly as good, what holds three of them is the article.
  NodeId common_ancestor(const std::array<NodeId, 5>& top) const {
    for (NodeId node = dom_[top[0]].parent; node != kRootNode; node = dom_[node].parent) {
      if (dom_[node].tag == Tag::kBody) break;
      int held = 0;
      for (const NodeId other : top) {
        const bool near =
            other != top[0] && other != kRootNode && scores_[other] >= scores_[top[0]] * 0.75;
        if (near && other > node && other < dom_[node].end) ++held;
      }
      if (held >= 3) return node;
    }
    return top[0];
  }

  // An ancestor that scores more was cut in two by its markup; an only child stands for its parent.
  NodeId climb(NodeId top) const {
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
           sums_[parent].text == sums_[top].text) {
      top = parent;
      parent = dom_[top].parent;
    }
    return top;
  }

  // The top candidate and those beside it that belong to it.
  std::vector<NodeId> with_siblings(NodeId top) const {
    const NodeId parent = dom_[top].parent;
    if (top == kRootNode || parent == kRootNode) return {top};
    std::vector<NodeId> roots;
    const double least = std::max(10.0, scores_[top] * 0.2);
    const std::string_view classes = dom_.attribute(top, Attr::kClass);
    for (NodeId i = parent + 1; i < dom_[parent].end; i = dom_[i].end) {
      if (i == top || (!gone(i) && belongs(i, top, least, classes))) roots.push_back(i);
    }
    return roots;
  }

  bool belongs(NodeId i, NodeId top, double least, std::string_view classes) const {
    if (dom_[i].tag == Tag::kText) return false;
    const bool same = !classes.empty() && dom_.attribute(i, Attr::kClass) == classes;
    const double bonus = same ? scores_[top] * 0.2 : 0;
    if (scored_[i] != 0 && scores_[i] + bonus >= least) return true;
    if (dom_[i].tag != Tag::kP) return false;
    const double density = sums_[i].link_density();
    if (sums_[i].text > 80) return density < 0.25;
    if (sums_[i].text == 0 || density > 0) return false;
    const std::string text = dom_.inner_text(i);
    return text.find(". ") != std::string::npos || text.ends_with('.');
  }

  // Drops, within the article, what is not part of it.
  void clean(NodeId root) {
    for (NodeId i = root + 1; i < dom_[root].end; ++i) {
      if ((base_[i] & kDataTable) != 0 && !gone(i)) {
        i = dom_[i].end - 1;  // short cells are what tables are made of
      } else if (gone(i) || is_waste(i)) {
        drop(i);
        i = dom_[i].end - 1;
      }
    }
  }

  bool is_waste(NodeId i) const {
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
        return (names_[i] & kShareName) != 0 && sums_[i].text < kEnoughText;
    }
    if ((names_[i] & kShareName) != 0 && sums_[i].text < kEnoughText) return true;
    if (weight(i) < 0) return true;
    const bool sentences = sums_[i].commas >= 10;
    return !sentences && looks_like_margin(i);
  }

  bool looks_like_margin(NodeId i) const {
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

  // Drops all that is neither below a root nor above one.
  void keep_only(const std::vector<NodeId>& roots) {
    if (roots.size() == 1 && roots[0] == kRootNode) return;
    std::vector<std::uint8_t> above(dom_.size());
    for (const NodeId root : roots) {
      for (NodeId i = dom_[root].parent; i != kRootNode && above[i] == 0; i = dom_[i].parent) {
        above[i] = 1;
      }
    }
    std::size_t next = 0;
    for (NodeId i = 1; i < dom_.size();) {
      if (next < roots.size() && roots[next] == i) {
        ++next;
        i = dom_[i].end;
      } else if (above[i] != 0) {
        ++i;
      } else {
        drop(i);
        i = dom_[i].end;
      }
    }
  }

  const Dom& dom_;
  const std::vector<std::uint8_t>& base_;
  Strictness strictness_;
  std::vector<std::uint8_t> names_;
  std::unordered_map<std::string_view, unsigned> known_;
  std::vector<std::uint8_t> marks_;
  std::vector<Sums> sums_;
  std::vector<double> scores_;
  std::vector<std::uint8_t> scored_;
};

// What no reader of a page looks for.
void drop_navigation(const Dom& dom, std::vector<std::uint8_t>& marks) {
  for (NodeId i = 1; i < dom.size(); ++i) {
    if (is_navigation(dom, i)) marks[i] |= kDropped;
  }
}

}  // namespace

void drop_boilerplate(const Dom& dom, MainContent mode, std::vector<std::uint8_t>& marks) {
  if (mode == MainContent::kNever || dom.size() > kMaxScoredNodes) return;
  Extractor extractor(dom, marks);
  Extractor::Result result = extractor.best();
  const std::uint32_t all = extractor.running_text();
  const double share = all == 0 ? 0 : static_cast<double>(result.running_text) / all;
  const bool plainly = share > kNearlyAll || (share > kPlainlyMost && result.text > kArticle);
  if (result.text > 0 && (mode == MainContent::kAlways || plainly)) {
    marks = std::move(result.marks);
  } else {
    marks = extractor.marked_main();
  }
  drop_navigation(dom, marks);
}

}  // namespace sluice::html

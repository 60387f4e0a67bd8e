// SPDX-License-Identifier: Apache-2.0
#include "page_furniture.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "article_names.hpp"
#include "layout.hpp"
#include "words.hpp"

namespace sluice::html {
namespace {

// How much running text (characters) a box may hold and still be what its name says. Adverts and
// notices of cookies run to a few paragraphs; a row of buttons has a sentence at most. Without
// these bounds, a chapter in `<div class="related">` would go.
constexpr std::uint32_t kLabels = 200;
constexpr std::uint32_t kButtons = 500;
constexpr std::uint32_t kNotice = 1500;
constexpr double kMostlyLinks = 0.5;
// A menu may have a line under each link.
constexpr double kMenuLinks = 0.33;
constexpr std::uint32_t kLongParagraph = 80;  // longer than a label or a slogan
constexpr NodeId kMaxSiblings = 200;          // looked through for a paragraph; more is no menu
constexpr NodeId kNearHeading = 12;           // nodes between an anchor and its heading

bool has_role(const Dom& dom, NodeId id, std::initializer_list<std::string_view> roles) {
  const std::string_view role = dom.attribute(id, Attr::kRole);
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool is_listing(Tag tag) {
  return tag == Tag::kPre || tag == Tag::kListing || tag == Tag::kXmp;
}

bool is_box(Tag tag) {
  switch (tag) {
    case Tag::kDiv:
    case Tag::kSection:
    case Tag::kAside:
    case Tag::kArticle:
    case Tag::kHeader:
    case Tag::kFooter:
    case Tag::kForm:
    case Tag::kFieldset:
    case Tag::kUl:
    case Tag::kOl:
    case Tag::kP:
    case Tag::kTable:
    case Tag::kFigure:
    case Tag::kSpan:
    case Tag::kOther:
      return true;
    default:
      return false;
  }
}

}  // namespace

PageFurniture::PageFurniture(const Dom& dom, const std::vector<std::uint8_t>& marks,
                             const std::vector<NodeId>& text)
    : dom_(dom),
      base_(marks),
      text_(text),
      sums_(dom),
      data_before_(dom.size() + 1),
      headings_before_(dom.size() + 1) {
  sums_.sum_up(marks);
  for (const NodeId root : text) running_ += sums_[root].running();
  for (NodeId i = 0; i < dom.size(); ++i) {
    const bool data =
        (marks[i] & kDataTable) != 0 || is_listing(dom[i].tag) || dom[i].tag == Tag::kDt;
    data_before_[i + 1] = data_before_[i] + (data ? 1 : 0);
    headings_before_[i + 1] = headings_before_[i] + (is_heading(dom[i].tag) ? 1 : 0);
    const bool headline = dom[i].tag == Tag::kH1 && sums_[i].text > 0 && headline_ == kRootNode;
    // A linked one is the site's name.
    if (headline && sums_[i].link_density() < kMostlyLinks) headline_ = i;
  }
}

void PageFurniture::drop(std::vector<std::uint8_t>& marks) const {
  for (NodeId i = 1; i < dom_.size(); ++i) {
    const Tag tag = dom_[i].tag;
    if (tag == Tag::kText || tag == Tag::kHtml || tag == Tag::kBody || tag == Tag::kHead) continue;
    if ((marks[i] & kHidden) != 0) {
      i = dom_[i].end - 1;
      continue;
    }
    const Place place = place_of(i);
    if (place == Place::kAround) continue;
    if (is_furniture(i, place)) {
      marks[i] |= kDropped;
      i = dom_[i].end - 1;
    } else if (is_listing(tag) || (base_[i] & kDataTable) != 0) {
      i = dom_[i].end - 1;  // the names in them are their own
    }
  }
}

PageFurniture::Place PageFurniture::place_of(NodeId id) const {
  const auto next = std::upper_bound(text_.begin(), text_.end(), id);
  if (next != text_.begin() && id < dom_[*std::prev(next)].end) return Place::kInside;
  return next != text_.end() && *next < dom_[id].end ? Place::kAround : Place::kOutside;
}

bool PageFurniture::is_furniture(NodeId id, Place place) const {
  if (is_navigation(dom_, id)) return true;
  if (holds_headline(id)) return false;
  return is_furniture_by_tag(id, place) || is_furniture_by_name(id, place) || is_form(id) ||
         (place == Place::kOutside && is_stray_link_list(id));
}

bool PageFurniture::holds_headline(NodeId id) const {
  return headline_ != kRootNode && id <= headline_ && headline_ < dom_[id].end;
}

bool PageFurniture::is_furniture_by_tag(NodeId id, Place place) const {
  const Tag tag = dom_[id].tag;
  const Sums& sums = sums_[id];
  const bool beside = tag == Tag::kFooter || tag == Tag::kAside || tag == Tag::kHeader ||
                      has_role(dom_, id, {"contentinfo", "complementary", "banner"});
  if (!beside || holds_data(id)) return false;
  if (place == Place::kInside) return sums.link_density() > kMostlyLinks;
  return sums.running() <= running_ / 2;
}

bool PageFurniture::is_furniture_by_name(NodeId id, Place place) const {
  if (dom_[id].attributes == 0) return false;
  // A link by itself, beside the text, is one to skip to it.
  const bool link = dom_[id].tag == Tag::kA && place == Place::kOutside;
  if (!link && !is_box(dom_[id].tag)) return false;
  const unsigned names = furniture_of(id);
  if (names == 0) return false;
  const Sums& sums = sums_[id];
  if ((names & kDiscusses) != 0) return true;
  if ((names & kLeadsOn) != 0 && (sums.link_density() > kMenuLinks || sums.running() <= kLabels)) {
    return true;
  }
  if ((names & kShares) != 0 && sums.running() <= kButtons) return true;
  if (holds_data(id)) return false;
  if ((names & (kAdvertises | kAsks)) != 0 && sums.running() <= kNotice) return true;
  if ((names & kEdges) == 0 || place != Place::kOutside || stands_in_text(id)) return false;
  return sums.running() <= running_ / 2;
}

unsigned PageFurniture::furniture_of(NodeId id) const {
  const auto in = [this](std::string_view words) -> unsigned {
    if (words.empty()) return 0;
    const auto [known, added] = known_.try_emplace(words, 0);
    if (added) known->second = furniture_in(words);
    return known->second;
  };
  const unsigned by_class = in(dom_.attribute(id, Attr::kClass));
  const unsigned by_id = in(dom_.attribute(id, Attr::kId));
  return by_id != 0 && !is_anchor_of_heading(id) ? by_class | by_id : by_class;
}

// `<section id="comments"><h2>Comments</h2>`: manuals make ids of their headings.
bool PageFurniture::is_anchor_of_heading(NodeId id) const {
  const NodeId end = std::min(dom_[id].end, id + kNearHeading);
  for (NodeId i = id; i < end; ++i) {
    if (is_heading(dom_[i].tag)) return sums_[id].inputs == 0;
  }
  return false;
}

// Search, log-in; not what wraps a whole page.
bool PageFurniture::is_form(NodeId id) const {
  const Tag tag = dom_[id].tag;
  if (tag != Tag::kForm && tag != Tag::kFieldset) return false;
  return sums_[id].inputs > 0 && sums_[id].running() <= kLabels && !holds_data(id);
}

// Links beside no heading or paragraph: they lead on, but from nowhere in the text.
bool PageFurniture::is_stray_link_list(NodeId id) const {
  const Tag tag = dom_[id].tag;
  if (tag != Tag::kUl && tag != Tag::kOl && tag != Tag::kDiv && tag != Tag::kTable) return false;
  const Sums& sums = sums_[id];
  if (sums.link_density() <= kMostlyLinks || sums.paragraphs > 0) return false;
  return !holds_data(id) && !holds_heading(id) && !stands_in_text(id);
}

bool PageFurniture::stands_in_text(NodeId id) const {
  const NodeId parent = dom_[id].parent;
  NodeId looked_at = 0;
  for (NodeId i = parent + 1; i < dom_[parent].end; i = dom_[i].end) {
    if (++looked_at > kMaxSiblings) return true;
    if (is_text(i)) return true;
  }
  return false;
}

// DocBook's paragraphs are `<div class="para">`, so a box without boxes counts, if it is long.
bool PageFurniture::is_text(NodeId id) const {
  if (sums_[id].text == 0) return false;
  const Tag tag = dom_[id].tag;
  if (is_heading(tag) || tag == Tag::kP) return true;
  return tag == Tag::kDiv && (base_[id] & kHasBlock) == 0 && sums_[id].text >= kLongParagraph &&
         sums_[id].link_density() < kMenuLinks;
}

}  // namespace sluice::html

// SPDX-License-Identifier: Apache-2.0
#include "hidden_text.hpp"

#include <algorithm>
#include <sluice/blanks.hpp>
#include <string>
#include <string_view>
#include <unordered_set>

#include "layout.hpp"

namespace sluice::html {
namespace {

// What a sample of it needs, and more: hidden parts may be whole applications.
constexpr std::size_t kMaxTextBytes = 4096;

// Programs that draw formulas hide one of their forms: the drawn one, or the one to be read aloud.
bool is_form_of_formula(const Dom& dom, NodeId id) {
  const std::string_view name = dom.attribute(id, Attr::kClass);
  for (const std::string_view part : {"katex", "mjx", "MJX", "MathJax", "mwe-math"}) {
    if (name.find(part) != std::string_view::npos) return true;
  }
  return std::any_of(&dom[id], &dom[id] + (dom[id].end - id),
                     [](const Node& node) { return node.tag == Tag::kMath; });
}

class HiddenText {
 public:
  HiddenText(const Dom& dom, const std::vector<std::uint8_t>& marks) : dom_(dom), marks_(marks) {}

  void count(LeftOut& left) {
    for (NodeId i = 1; i < dom_.size(); ++i) {
      const bool is_hidden = (marks_[i] & kHidden) != 0;
      if (!is_hidden && (marks_[i] & kDropped) == 0) continue;
      if (is_hidden && hides_itself(dom_, i) && !is_invisible(dom_[i].tag) &&
          !is_form_of_formula(dom_, i)) {
        if (const std::string text = text_of(i); sluice::has_word(text)) left.add(text);
      }
      i = dom_[i].end - 1;
    }
  }

 private:
  // What it says, if the page does not show all of it.
  std::string text_of(NodeId hidden) {
    std::string text;
    bool is_shown = true;
    for (NodeId i = hidden + 1; i < dom_[hidden].end && text.size() < kMaxTextBytes; ++i) {
      if (is_invisible(dom_[i].tag)) {
        i = dom_[i].end - 1;
      } else if (dom_[i].tag == Tag::kText) {
        const std::string_view piece = trimmed(dom_.text(i));
        if (piece.empty()) continue;
        is_shown = is_shown && is_shown_elsewhere(piece);
        text.append(piece).append(" ");
      }
    }
    return is_shown ? std::string() : text;
  }

  bool is_shown_elsewhere(std::string_view piece) {
    if (!has_shown_) {
      has_shown_ = true;
      for (NodeId i = 1; i < dom_.size(); ++i) {
        if ((marks_[i] & kHidden) != 0) {
          i = dom_[i].end - 1;
        } else if (dom_[i].tag == Tag::kText) {
          shown_.insert(trimmed(dom_.text(i)));
        }
      }
    }
    return shown_.contains(piece);
  }

  const Dom& dom_;
  const std::vector<std::uint8_t>& marks_;
  std::unordered_set<std::string_view> shown_;  // pieces of text
  bool has_shown_ = false;                      // whether it is filled
};

}  // namespace

LeftOut hidden_elements() {
  return {"hidden element is", "hidden elements are", ""};
}

void count_hidden_text(const Dom& dom, const std::vector<std::uint8_t>& marks, LeftOut& left) {
  HiddenText(dom, marks).count(left);
}

void tell_hidden_text(const Dom& dom, const std::vector<std::uint8_t>& marks, Job& job) {
  LeftOut hidden = hidden_elements();
  count_hidden_text(dom, marks, hidden);
  hidden.tell(job, {});
}

}  // namespace sluice::html

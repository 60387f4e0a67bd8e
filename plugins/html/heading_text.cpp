// SPDX-License-Identifier: Apache-2.0
#include "heading_text.hpp"

#include "form_values.hpp"
#include "layout.hpp"
#include "links.hpp"
#include "mathml.hpp"
#include "text.hpp"
#include "words.hpp"

namespace sluice::html {
namespace {

// Text with its blanks collapsed to one, and none at its edges.
class Line {
 public:
  void add(std::string_view text) {
    for (const char c : text) {
      if (is_blank(c)) {
        blank();
        continue;
      }
      if (blank_ && !text_.empty()) text_ += ' ';
      blank_ = false;
      text_ += c;
    }
  }
  void blank() { blank_ = true; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  bool blank_ = false;
};

constexpr std::string_view kPicture = "\uFFFC";

bool is_never_text(Tag tag) {
  return tag == Tag::kButton || tag == Tag::kNoscript;
}

// What has blanks around it.
bool stands_apart(Tag tag) {
  return is_block(tag) || tag == Tag::kBr || tag == Tag::kLabel || tag == Tag::kOption ||
         tag == Tag::kOptgroup;
}

}  // namespace

std::string heading_text(const Dom& dom, const std::vector<std::uint8_t>& marks, NodeId heading,
                         const std::function<std::string(NodeId)>& note_label) {
  Line line;
  std::string buffer;
  std::vector<NodeId> ends;  // of the elements around that stand apart
  for (NodeId i = heading + 1; i < dom[heading].end;) {
    for (; !ends.empty() && ends.back() <= i; ends.pop_back()) line.blank();
    const Tag tag = dom[i].tag;
    bool into = true;
    if (tag == Tag::kText) {
      line.add(plain(dom.text(i), buffer));
    } else if ((marks[i] & (kHidden | kDropped)) != 0 || is_never_text(tag) ||
               is_drawn_formula(dom, i)) {
      into = false;
    } else if (is_control(tag)) {
      line.blank();
      line.add(form_value(dom, i));
      line.blank();
      into = false;
    } else if (tag == Tag::kImg) {
      if (!image_address(dom, i).empty()) line.add(kPicture);
      into = false;
    } else if (tag == Tag::kMath) {
      line.add(tex_that_is_shown(dom, i));
      into = false;
    } else if (tag == Tag::kA) {
      const std::string label = note_label(i);
      line.add(label);
      into = label.empty() && !is_permalink(dom, i, heading);
    } else if (stands_apart(tag)) {
      line.blank();
      ends.push_back(dom[i].end);
    }
    i = into ? i + 1 : dom[i].end;
  }
  return line.take();
}

}  // namespace sluice::html

// SPDX-License-Identifier: Apache-2.0
#include "lists.hpp"

#include <sluice/list_number.hpp>
#include <string>

#include "numbers.hpp"

namespace sluice::html {
namespace {

// What stands before an item whose number is no digits, which Markdown can only say as text; empty
// if it is. Numbers beyond what a list of letters or Roman numerals can have are digits again.
std::string item_label(std::int64_t number, char style) {
  std::string label;
  if ((style == 'a' || style == 'A') && number > 0 && number < 1'000'000) {
    for (; number > 0; number = (number - 1) / 26) {
      label.insert(label.begin(), static_cast<char>('a' + (number - 1) % 26));
    }
  } else if ((style == 'i' || style == 'I') && number > 0 && number < 4000) {
    label = list_number(number, "lowerRoman");
  } else {
    return style == 'a' || style == 'A' || style == 'i' || style == 'I'
               ? std::to_string(number) + ". "
               : std::string();
  }
  if (style < 'a') {
    for (char& c : label) c = static_cast<char>(c - 'a' + 'A');
  }
  return label + ". ";
}

// How an `<ol>` counts: as its attribute `type` says, or else its style (CSS Counter Styles 6).
char number_style(const Dom& dom, NodeId list) {
  const std::string_view type = dom.attribute(list, Attr::kType);
  if (type.size() == 1) return type.front();
  std::string_view style = dom.attribute(list, Attr::kStyle);
  const std::size_t at = style.find("list-style");
  if (at == std::string_view::npos) return '1';
  style = style.substr(at, style.find(';', at) - at);
  struct Name {
    std::string_view name;
    char type;
  };
  for (const Name known :
       {Name{"lower-alpha", 'a'}, Name{"lower-latin", 'a'}, Name{"upper-alpha", 'A'},
        Name{"upper-latin", 'A'}, Name{"lower-roman", 'i'}, Name{"upper-roman", 'I'}}) {
    if (style.find(known.name) != std::string_view::npos) return known.type;
  }
  return '1';
}

}  // namespace

void Lists::open_item(NodeId i) {
  List& list = lists_.back();
  if (list.item_open || !has_content(i)) return;
  begin_item(list, list.next, Task::kNone);
}

void Lists::begin_item(List& list, std::int64_t number, Task task) {
  if (list.item_open) out_.end_item();
  out_.begin_item({number, task});
  const std::string label = list.ordered ? item_label(number, list.style) : std::string();
  if (!label.empty()) out_.text(label);
  label_waits_ = !label.empty();
  list.item_open = true;
  list.next = number + list.step;
}

Step Lists::enter_list(NodeId i) {
  reset_breaks();
  if (!has_content(i)) return kPast;
  List list{dom_[i].tag == Tag::kOl, 1, 1};
  bool loose = false;
  std::int64_t items = 0;
  for (NodeId child = i + 1; child < dom_[i].end; child = dom_[child].end) {
    if (dom_[child].tag != Tag::kLi) continue;
    ++items;
    loose = loose || has_paragraphs(child);
  }
  if (list.ordered) list.style = number_style(dom_, i);
  const bool reversed = list.ordered && dom_.has(i, Attr::kReversed);
  list.next = number_of(attribute(i, Attr::kStart), reversed ? items : 1);
  list.step = reversed ? -1 : 1;
  if (is_list_of_notes(i)) return kInto;
  lists_.push_back(list);
  const bool numbers = list.ordered && item_label(1, list.style).empty();
  out_.begin_list({numbers ? ListKind::kOrdered : ListKind::kBullet,
                   loose ? ListSpacing::kLoose : ListSpacing::kTight});
  return into_and(Undo::kList);
}

bool Lists::is_list_of_notes(NodeId list) const {
  bool notes = false;
  for (NodeId child = list + 1; child < dom_[list].end; child = dom_[child].end) {
    if (dom_[child].tag != Tag::kLi) continue;
    if (note_label(child).empty()) return false;
    notes = true;
  }
  return notes;
}

bool Lists::has_paragraphs(NodeId item) const {
  int paragraphs = 0;
  for (NodeId child = item + 1; child < dom_[item].end; child = dom_[child].end) {
    if (dom_[child].tag == Tag::kP && has_content(child)) ++paragraphs;
  }
  return paragraphs > 1;
}

void Lists::leave_list() {
  if (lists_.back().item_open) out_.end_item();
  lists_.pop_back();
  out_.end_list();
}

Step Lists::enter_item(NodeId i) {
  reset_breaks();
  const Task task = task_of(i);
  if (!has_content(i) && task == Task::kNone) return kPast;
  if (lists_.empty()) {  // an item without a list is a paragraph
    out_.end_paragraph();
    return into_and(Undo::kBlock);
  }
  List& list = lists_.back();
  begin_item(list, number_of(attribute(i, Attr::kValue), list.next), task);
  return into_and(Undo::kItem);
}

Task Lists::task_of(NodeId item) {
  for (NodeId i = item + 1; i < ahead_of(item); ++i) {
    if (dom_[i].tag == Tag::kText ? has_content(i) : dom_[i].tag == Tag::kUl) break;
    if (dom_[i].tag != Tag::kInput || attribute(i, Attr::kType) != "checkbox") continue;
    task_box_ = i;
    return dom_.has(i, Attr::kChecked) ? Task::kDone : Task::kOpen;
  }
  return Task::kNone;
}

}  // namespace sluice::html

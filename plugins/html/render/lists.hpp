// SPDX-License-Identifier: Apache-2.0
//
// The lists that are open, and their items.
#pragma once

#include <cstdint>
#include <vector>

#include "part.hpp"

namespace sluice::html {

class Lists : private Part {
 public:
  explicit Lists(Written& written) : Part(written) {}

  bool empty() const { return lists_.empty(); }
  Step enter_list(NodeId i);
  void leave_list();
  Step enter_item(NodeId i);
  // For what stands in a list but in no item (HTML forbids it, pages do it): it goes into the item
  // before it, or into one of its own.
  void open_item(NodeId i);
  // Whether an item's label is written, and nothing of the item yet.
  bool label_waits() const { return label_waits_; }
  void set_label_waits(bool waits) { label_waits_ = waits; }
  // Whether a box says whether the item is done, and nothing else.
  bool is_task_box(NodeId input) const { return input == task_box_; }

 private:
  struct List {
    bool ordered;
    std::int64_t next;
    std::int64_t step;
    char style = '1';  // of the numbers, as the attribute `type` says it (HTML 4.4.5)
    bool item_open = false;
  };

  void begin_item(List& list, std::int64_t number, Task task);
  // Whether all items are footnotes, which are no list any more.
  bool is_list_of_notes(NodeId list) const;
  // Whether an item has two or more paragraphs as children.
  bool has_paragraphs(NodeId item) const;
  Task task_of(NodeId item);

  std::vector<List> lists_;
  bool label_waits_ = false;
  NodeId task_box_ = kRootNode;  // of the last item that is a task
};

}  // namespace sluice::html

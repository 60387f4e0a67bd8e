// SPDX-License-Identifier: Apache-2.0
//
// The walk behind write_markdown: one loop over the nodes, and a stack of what must be undone when
// each ends. What has a state of its own (lists, tables, notes, links, formulas, pictures) is a
// part.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "../looks.hpp"
#include "forms.hpp"
#include "formulas.hpp"
#include "link_state.hpp"
#include "lists.hpp"
#include "notes.hpp"
#include "part.hpp"
#include "pictures.hpp"
#include "tables.hpp"

namespace sluice::html {

class Renderer : private Part {
 public:
  explicit Renderer(Written& written)
      : Part(written),
        lists_(written),
        tables_(written),
        notes_(written),
        links_(written),
        forms_(written),
        formulas_(written),
        pictures_(written) {}

  void run();

 private:
  struct Open {
    NodeId node;
    Undo undo;
    Style style = Style::kStrong;
  };

  void close_until(NodeId i);
  bool descend(NodeId i, Undo undo, Style style = Style::kStrong);
  bool follow(Step step, NodeId i);
  void leave(const Open& last);

  // Whether the walk goes into an element.
  bool enter(NodeId i);
  void text(NodeId i);
  // Whether what comes stands in a list but in no item.
  bool at_list_level() const;

  bool enter_heading(NodeId i);
  bool enter_bold_block(NodeId i);
  bool enter_quote(NodeId i);
  // One `<br>` is a line break; two or more are how old pages divide paragraphs.
  bool line_break();
  bool rule(NodeId i);
  bool page_break(NodeId i);
  bool pre(NodeId i);

  bool enter_inline(NodeId i);
  bool enter_style(NodeId i, Style style);
  // What the style sheets and its own style say of an element.
  Look look_of(NodeId i) const;
  bool enter_span(NodeId i);
  // A heading is bold as it is.
  bool enter_strong(NodeId i);
  bool enter_emphasis(NodeId i);
  bool enter_code(NodeId i);
  bool enter_link(NodeId i);
  // The first time, an abbreviation is followed by what it stands for.
  void expand(NodeId i);

  Lists lists_;
  Tables tables_;
  Notes notes_;
  LinkState links_;
  Forms forms_;
  Formulas formulas_;
  Pictures pictures_;
  std::vector<Open> open_;
  std::set<std::string> expanded_;
  std::string buffer_;
  std::uint32_t visited_ = 0;
  int code_ = 0;
  NodeId heading_ = kRootNode;  // the one that is open; the root for none
};

}  // namespace sluice::html

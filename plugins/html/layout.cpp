// SPDX-License-Identifier: Apache-2.0
#include "layout.hpp"

#include <algorithm>
#include <string>

#include "form_values.hpp"

namespace sluice::html {
namespace {

constexpr std::size_t kLongCell = 1000;  // more text than that is a page's column, not a cell

struct Table {
  NodeId node = 0;
  std::uint32_t rows = 0;
  std::uint32_t columns = 0;    // of the widest row
  std::uint32_t in_row = 0;     // cells of the current row
  bool headers = false;         // th, thead, caption, summary
  bool holds_sections = false;  // headings, rules, forms: parts of a page
  bool holds_quotes = false;    // so do layouts; of headers, only data
  std::size_t cell_text = 0;    // in the current cell
  std::size_t longest_cell = 0;
};

bool has_text(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f\xC2\xA0") != std::string_view::npos;
}

// Whether `style` declares display:none or visibility:hidden.
bool hides(std::string_view style) {
  if (style.find("none") == std::string_view::npos &&
      style.find("hidden") == std::string_view::npos) {
    return false;
  }
  std::string flat;
  for (const char c : style) {
    if (c != ' ') flat += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  const auto declares = [&](std::string_view declaration) {
    const std::size_t at = flat.find(declaration);
    return at != std::string::npos && (at == 0 || flat[at - 1] == ';');
  };
  return declares("display:none") || declares("visibility:hidden");
}

bool is_content(Tag tag) {
  switch (tag) {
    case Tag::kImg:
    case Tag::kHr:
    case Tag::kIframe:
    case Tag::kFrame:
    case Tag::kVideo:
    case Tag::kAudio:
    case Tag::kEmbed:
    case Tag::kObject:
    case Tag::kMath:
      return true;
    default:
      return false;
  }
}

bool is_data(const Dom& dom, const Table& table) {
  const std::string_view role = dom.attribute(table.node, Attr::kRole);
  if (role == "presentation" || role == "none") return false;
  if (table.holds_sections || table.longest_cell > kLongCell) return false;
  if (table.rows * table.columns <= 1) return false;
  if (table.headers || role == "table" || role == "grid") return true;
  return table.rows > 1 && table.columns > 1 && !table.holds_quotes;
}

class Layout {
 public:
  Layout(const Dom& dom, Hidden hidden) : dom_(dom), hidden_(hidden), marks_(dom.size()) {}

  std::vector<std::uint8_t> run() {
    for (NodeId i = 1; i < dom_.size(); ++i) {
      while (!tables_.empty() && dom_[tables_.back().node].end <= i) close_table();
      visit(i);
    }
    while (!tables_.empty()) close_table();
    for (NodeId i = static_cast<NodeId>(dom_.size()); i-- > 1;) inherit(i);
    return std::move(marks_);
  }

 private:
  // A drawing is not text, but one that only frames a picture (the cover of a book) is that
  // picture.
  bool frames_picture(NodeId svg) const {
    for (NodeId i = svg + 1; i < dom_[svg].end; ++i) {
      const Tag tag = dom_[i].tag;
      if (tag == Tag::kDrawingNote) i = dom_[i].end - 1;
      if (tag == Tag::kText && has_text(dom_.text(i))) return false;
      if (tag == Tag::kImg) return true;
    }
    return false;
  }

  void visit(NodeId i) {
    const Tag tag = dom_[i].tag;
    if (tag == Tag::kText) {
      if (!tables_.empty()) tables_.back().cell_text += dom_[i].length;
      if (has_text(dom_.text(i))) marks_[i] |= kHasContent;
      return;
    }
    const bool tex = tag == Tag::kScript;  // only scripts of TeX are left
    const bool filled_in = is_control(tag) && !form_value(dom_, i).empty();
    const bool shown = tex || filled_in || (tag == Tag::kSvg && frames_picture(i));
    if ((is_invisible(tag) && !shown) || (hidden_ == Hidden::kSkip && hides_itself(dom_, i))) {
      marks_[i] |= kHidden;
    }
    if (is_content(tag) || tex || filled_in) marks_[i] |= kHasContent;
    if (tag == Tag::kTable) {
      tables_.clear();  // a table that holds another is layout
      tables_.push_back({i});
      tables_.back().headers = dom_.has(i, Attr::kSummary);
    } else if (!tables_.empty()) {
      visit_in_table(tables_.back(), tag);
    }
  }

  void visit_in_table(Table& table, Tag tag) {
    switch (tag) {
      case Tag::kTr:
        ++table.rows;
        table.in_row = 0;
        break;
      case Tag::kTh:
      case Tag::kTd:
        table.headers = table.headers || tag == Tag::kTh;
        table.columns = std::max(table.columns, ++table.in_row);
        table.longest_cell = std::max(table.longest_cell, table.cell_text);
        table.cell_text = 0;
        break;
      case Tag::kCaption:
      case Tag::kThead:
        table.headers = true;
        break;
      case Tag::kH1:
      case Tag::kH2:
      case Tag::kH3:
      case Tag::kHr:
      case Tag::kForm:
      case Tag::kArticle:
        table.holds_sections = true;
        break;
      case Tag::kBlockquote:
        table.holds_quotes = true;
        break;
      default:
        break;
    }
  }

  void close_table() {
    Table& table = tables_.back();
    table.longest_cell = std::max(table.longest_cell, table.cell_text);
    if (is_data(dom_, table)) marks_[table.node] |= kDataTable;
    tables_.pop_back();
  }

  // Passes up what a parent must know of its child.
  void inherit(NodeId i) {
    if ((marks_[i] & kHidden) != 0) return;
    const NodeId parent = dom_[i].parent;
    const unsigned up = marks_[i] & (kHasContent | kHasBlock);
    marks_[parent] = static_cast<std::uint8_t>(marks_[parent] | up);
    if (is_block(dom_[i].tag)) marks_[parent] |= kHasBlock;
  }

  const Dom& dom_;
  const Hidden hidden_;
  std::vector<std::uint8_t> marks_;
  std::vector<Table> tables_;
};

}  // namespace

bool hides_itself(const Dom& dom, NodeId id) {
  if (dom.has(id, Attr::kHidden)) return true;
  if (hides(dom.attribute(id, Attr::kStyle))) return dom[id].tag != Tag::kMath;
  // Images that stand in for a drawn formula are marked so, and are all there is of it; captions
  // are, where they repeat what stands for a picture, but they are there to be seen.
  return dom.attribute(id, Attr::kAriaHidden) == "true" && dom[id].tag != Tag::kFigcaption &&
         dom.attribute(id, Attr::kClass).find("fallback-image") == std::string_view::npos;
}

bool is_page_break(const Dom& dom, NodeId id) {
  return dom.attribute(id, Attr::kEpubType) == "pagebreak" ||
         dom.attribute(id, Attr::kRole) == "doc-pagebreak";
}

std::vector<std::uint8_t> mark_layout(const Dom& dom, Hidden hidden) {
  return Layout(dom, hidden).run();
}

}  // namespace sluice::html

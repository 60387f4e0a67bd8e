// SPDX-License-Identifier: Apache-2.0
#include "docx/table_grid.hpp"

#include <algorithm>
#include <map>
#include <sluice/xml.hpp>
#include <utility>

#include "docx/elements.hpp"
#include "docx/paragraphs.hpp"

namespace sluice::docx {
namespace {

constexpr int kMaxWidth = 1000;

std::uint32_t count_of(XmlNode node, int least) {
  return static_cast<std::uint32_t>(
      std::clamp(node.attribute("w:val").as_int(least), least, kMaxWidth));
}

bool is_gone(XmlNode row, Changes changes) {
  const XmlNode properties = row.child("w:trPr");
  if (changes == Changes::kAccept && properties.child("w:del")) return true;
  return changes == Changes::kReject && properties.child("w:ins");
}

Align align_of(XmlNode cell) {
  const std::string_view align = value_of(cell.child("w:p").child("w:pPr").child("w:jc"));
  if (align == "right" || align == "end") return Align::kRight;
  return align == "center" ? Align::kCenter : Align::kNone;
}

class GridReader {
 public:
  explicit GridReader(Changes changes) : changes_(changes) {}

  Walk enter(XmlNode node) {
    const Element element = element_of(node);
    switch (element) {
      case Element::kRow:
        if (is_gone(node, changes_)) return Walk::kOver;
        begin_row(node);
        return Walk::kInto;
      case Element::kCell:
        if (!grid.rows.empty()) add_cell(node);
        return Walk::kOver;
      case Element::kInserted:
      case Element::kMovedTo:
        return shows_inserted(changes_) ? Walk::kInto : Walk::kOver;
      case Element::kDeleted:
      case Element::kMovedFrom:
        return shows_deleted(changes_) ? Walk::kInto : Walk::kOver;
      case Element::kParagraph:
      case Element::kTable:
      case Element::kIgnored:
        return Walk::kOver;
      default:
        return Walk::kInto;
    }
  }

  Grid grid;

 private:
  void begin_row(XmlNode node) {
    GridRow row;
    row.node = node;
    if (const XmlNode before = node.child("w:trPr").child("w:gridBefore")) {
      row.before = count_of(before, 0);
    }
    column_ = row.before;
    above_ = std::exchange(merging_, {});
    grid.rows.push_back(std::move(row));
  }

  void add_cell(XmlNode node) {
    const XmlNode properties = node.child("w:tcPr");
    const XmlNode merge = properties.child("w:vMerge");
    GridCell cell;
    cell.node = node;
    if (const XmlNode span = properties.child("w:gridSpan")) cell.span = count_of(span, 1);
    cell.align = align_of(node);
    std::vector<GridCell>& cells = grid.rows.back().cells;
    // w:hMerge is what Word wrote before gridSpan.
    const XmlNode joined = properties.child("w:hMerge");
    if (joined && value_of(joined) != "restart" && !cells.empty()) {
      cells.back().span += cell.span;
      column_ += cell.span;
      return;
    }
    const Place here{grid.rows.size() - 1, cells.size()};
    if (merge && value_of(merge) == "restart") {
      merging_.emplace(column_, here);
    } else if (const auto over = above_.find(column_); merge && over != above_.end()) {
      ++grid.rows[over->second.row].cells[over->second.cell].rows;
      merging_.insert(*over);
      cell.rows = 0;
    } else if (merge) {
      merging_.emplace(column_, here);  // goes on from nothing: it begins here
    }
    cells.push_back(cell);
    column_ += cell.span;
  }

  struct Place {
    std::size_t row;
    std::size_t cell;
  };
  Changes changes_;
  std::uint32_t column_ = 0;
  // By their first column, the cells that go on into the row above this one, and into this one.
  std::map<std::uint32_t, Place> above_;
  std::map<std::uint32_t, Place> merging_;
};

// A single column divides nothing: a box around a remark, a title page held in place.
bool is_frame(const Grid& grid) {
  return std::all_of(grid.rows.begin(), grid.rows.end(),
                     [](const GridRow& row) { return row.cells.size() == 1 && row.before == 0; });
}

struct CellContent {
  bool is_filled = false;
  bool has_heading = false;
};

CellContent content_of(XmlNode cell, Changes changes, const Styles& styles,
                       const Numbering& numbering) {
  CellContent content;
  for (const XmlNode block : cell.children()) {
    if (named(block, "w:tbl")) content.is_filled = true;
    if (!named(block, "w:p") || !first_content(block, changes).found) continue;
    content.is_filled = true;
    const Role role = shape_of(block, styles, numbering).role;
    content.has_heading = content.has_heading || role == Role::kHeading || role == Role::kTitle;
  }
  return content;
}

// A heading within a table is the heading of what follows, not a cell of data, if no row has more
// than one cell with something in it, or there is but one row: then the table holds things in
// place.
bool is_layout(const Grid& grid, Changes changes, const Styles& styles,
               const Numbering& numbering) {
  constexpr std::size_t kMaxRows = 20;
  if (grid.rows.size() > kMaxRows) return false;
  bool has_heading = false;
  for (const GridRow& row : grid.rows) {
    std::size_t filled = 0;
    for (const GridCell& cell : row.cells) {
      const CellContent content = content_of(cell.node, changes, styles, numbering);
      filled += content.is_filled ? 1 : 0;
      has_heading = has_heading || content.has_heading;
    }
    if (filled > 1 && grid.rows.size() > 1) return false;
  }
  return has_heading;
}

}  // namespace

Grid read_grid(XmlNode table, Changes changes, const Styles& styles, const Numbering& numbering) {
  GridReader reader(changes);
  walk_xml(
      table, [&reader](XmlNode node) { return reader.enter(node); }, [](XmlNode) {});
  Grid grid = std::move(reader.grid);
  grid.is_frame = is_frame(grid) || is_layout(grid, changes, styles, numbering);
  // A column's numbers tell its alignment, not its titles.
  if (grid.rows.size() > 1) {
    std::vector<GridCell>& titles = grid.rows.front().cells;
    const std::vector<GridCell>& last = grid.rows.back().cells;
    for (std::size_t i = 0; i < titles.size(); ++i) {
      titles[i].align = titles.size() == last.size() ? last[i].align : Align::kNone;
    }
  }
  return grid;
}

}  // namespace sluice::docx

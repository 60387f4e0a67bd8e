// SPDX-License-Identifier: Apache-2.0
#include "tables.hpp"

#include <sluice/url.hpp>
#include <string_view>

#include "../habits/code_tables.hpp"
#include "../text.hpp"
#include "numbers.hpp"

namespace sluice::html {
namespace {

constexpr std::int64_t kMaxSpan = 65534;

std::uint32_t span_of(std::string_view text) {
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(number_of(text, 1), 1, kMaxSpan));
}
// A row span of 0 reaches to the table's end (HTML 4.9.11).
std::uint32_t row_span_of(std::string_view text) {
  return number_of(text, 1) == 0 ? static_cast<std::uint32_t>(kMaxSpan) : span_of(text);
}

}  // namespace

Step Tables::enter_table(NodeId i) {
  reset_breaks();
  if (!has_content(i)) return kPast;
  out_.end_paragraph();
  if (!in_cell() && is_code_table(i)) return kPast;
  if (!is_data(i)) return into_and(Undo::kBlock);
  tables_.emplace_back();
  return into_and(Undo::kTable);
}

bool Tables::is_code_table(NodeId i) {
  const auto code = code_of_table(dom_, i);
  if (!code) return false;
  NodeId pre = i;
  for (NodeId k = i + 1; k < dom_[i].end; ++k) {
    if (dom_[k].tag == Tag::kPre && !is_gutter(dom_, k)) pre = k;
  }
  const std::string_view language = code_language(dom_, pre);
  out_.code_block(*code, language.empty() ? code_language(dom_, i) : language);
  return true;
}

void Tables::leave_table() {
  if (tables_.back().begun) out_.end_table();
  tables_.pop_back();
  out_.end_paragraph();
}

NodeId Tables::data_table_of(NodeId i) const {
  NodeId node = dom_[i].parent;
  while (node != kRootNode && dom_[node].tag != Tag::kTable) node = dom_[node].parent;
  return node != kRootNode && is_data(node) && !tables_.empty() ? node : kRootNode;
}

Step Tables::enter_row(NodeId i) {
  if (!has_content(i)) return kPast;
  if (data_table_of(i) == kRootNode) {
    out_.end_paragraph();
    return into_and(Undo::kBlock);
  }
  if (!tables_.back().begun) out_.begin_table();
  tables_.back().begun = true;
  out_.begin_row();
  return into_and(Undo::kRow);
}

Step Tables::enter_cell(NodeId i) {
  reset_breaks();
  if (data_table_of(i) == kRootNode) {
    // Cells of layout stand beside each other, unless they hold blocks.
    if (has_block(i)) {
      out_.end_paragraph();
      return into_and(Undo::kBlock);
    }
    out_.text(" ");
    return into_and(Undo::kBlank);
  }
  CellOptions options;
  options.column_span = span_of(attribute(i, Attr::kColspan));
  options.row_span = row_span_of(attribute(i, Attr::kRowspan));
  options.align = align_of(i);
  out_.begin_cell(options);
  const std::string sum = sum_in(i);
  if (!sum.empty()) {
    out_.text(sum);
    out_.end_cell();
    return kPast;
  }
  tables_.back().in_cell = true;
  return into_and(Undo::kCell);
}

// Filings to authorities set the currency of a sum in a line or a box of its own: `$<br>449`.
std::string Tables::sum_in(NodeId cell) const {
  constexpr NodeId kMaxNodes = 12;
  constexpr std::string_view kNumber = "0123456789.,()-%";
  if (dom_[cell].end > cell + kMaxNodes || dom_.find(Tag::kA, cell) != kRootNode ||
      (dom_.find(Tag::kBr, cell) == kRootNode && !has_block(cell))) {
    return {};
  }
  const std::string text = dom_.inner_text(cell);
  for (const std::string_view sign : {"$", "€", "£", "¥", "US$", "CHF"}) {
    if (!text.starts_with(sign) || text.substr(sign.size(), 1) != " ") continue;
    const std::string number = text.substr(sign.size() + 1);
    const bool is_number = number.find_first_of("0123456789") != std::string::npos &&
                           number.find_first_not_of(kNumber) == std::string::npos;
    return is_number ? std::string(sign) + number : std::string();
  }
  return {};
}

Align Tables::align_of(NodeId cell) const {
  const std::string_view style = attribute(cell, Attr::kStyle);
  const std::string_view align = attribute(cell, Attr::kAlign);
  const auto says = [&](std::string_view value) {
    if (equal_ignoring_ascii_case(align, value)) return true;
    std::size_t at = style.find("text-align:");
    if (at == std::string_view::npos) return false;
    at = style.find_first_not_of(' ', at + 11);
    return at != std::string_view::npos && style.substr(at).starts_with(value);
  };
  if (says("right")) return Align::kRight;
  if (says("center")) return Align::kCenter;
  return says("left") ? Align::kLeft : Align::kNone;
}

void Tables::leave_cell() {
  out_.end_cell();
  tables_.back().in_cell = false;
}

}  // namespace sluice::html

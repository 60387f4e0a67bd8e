// SPDX-License-Identifier: Apache-2.0
//
// What modifiers make of a run and of a paragraph, as properties of WordprocessingML.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "doc/properties.hpp"

namespace sluice::doc {

// A property that may be on, off, or left to the style; or turned around against it.
enum class Toggle : std::uint8_t { kUnset, kOff, kOn, kAsStyle, kAgainstStyle };

struct RunLooks {
  Toggle bold = Toggle::kUnset;
  Toggle italic = Toggle::kUnset;
  Toggle strike = Toggle::kUnset;
  Toggle double_strike = Toggle::kUnset;
  Toggle hidden = Toggle::kUnset;
  std::optional<std::uint16_t> style;
  std::uint8_t underline = 0;  // sprmCKul
  std::uint8_t highlight = 0;  // sprmCHighlight
  std::uint8_t raised = 0;     // 1: superscript, 2: subscript
  std::optional<std::uint16_t> font;
  std::optional<std::uint16_t> language;
  bool is_special = false;  // its characters stand for other things
  bool is_inserted = false;
  bool is_deleted = false;
  std::uint16_t author = 0;              // of the change
  std::optional<std::uint32_t> picture;  // its place in the data stream
  bool is_other_data = false;  // what stands there is none: a form field, an embedded object
  char32_t symbol = 0;         // in a font of symbols
  std::uint16_t symbol_font = 0;
};

// 2.6.1
RunLooks run_looks(std::string_view list, RunLooks from = {});

struct TableShape {
  std::vector<std::int16_t> edges;  // of the cells of a row, one more than there are
  enum class Merge : std::uint8_t { kNone, kFirst, kMore };
  std::vector<Merge> across;
  std::vector<Merge> down;
};

struct ParagraphLooks {
  std::uint16_t style = 0;
  std::optional<std::uint8_t> level;  // of its list
  std::optional<std::uint16_t> list;  // 0: none, whatever the style says
  std::optional<std::uint8_t> outline;
  std::uint32_t depth = 0;  // of tables; 0: in none
  bool ends_row = false;
  bool ends_inner_cell = false;
  bool ends_inner_row = false;
  bool page_break_before = false;
  bool is_header_row = false;
  std::optional<std::int16_t> left, right, first;  // indents
  TableShape shape;
};

// 2.6.2, 2.6.3. `data`: the data stream, where long lists stand.
ParagraphLooks paragraph_looks(std::uint16_t style, std::string_view list, std::string_view data,
                               ParagraphLooks from = {});

// `<w:rPr>...</w:rPr>`, or nothing. `bold_style` and `italic_style`: whether the paragraph's style
// is so.
struct StyleLooks {
  bool bold = false;
  bool italic = false;
};
std::string run_xml(const RunLooks& looks, StyleLooks style, const std::vector<std::string>& fonts);
// What stands within `<w:pPr>`, but for the style.
std::string paragraph_xml(const ParagraphLooks& looks);

}  // namespace sluice::doc

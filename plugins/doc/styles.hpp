// SPDX-License-Identifier: Apache-2.0
//
// The style sheet ([MS-DOC] 2.9.271) as a part of WordprocessingML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "doc/looks.hpp"

namespace sluice::doc {

class StyleSheet {
 public:
  // `sheet`: the bytes of Table::kStyles. `fonts`: names, escaped.
  StyleSheet(std::string_view sheet, const std::vector<std::string>& fonts);

  const std::string& xml() const { return xml_; }
  // Of paragraphs with that style, if their runs say nothing.
  StyleLooks looks(std::uint16_t style) const {
    return style < looks_.size() ? looks_[style] : StyleLooks();
  }

 private:
  struct Style;
  void add(std::size_t index, const Style& style, const std::vector<std::string>& fonts);

  std::string xml_;
  std::vector<StyleLooks> looks_;
};

// Names of fonts (2.9.286), escaped for XML, by their numbers.
std::vector<std::string> font_names(std::string_view table);

}  // namespace sluice::doc

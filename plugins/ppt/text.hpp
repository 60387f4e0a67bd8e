// SPDX-License-Identifier: Apache-2.0
//
// A text of a presentation ([MS-PPT] 2.9): characters, and runs that say how they and their
// paragraphs look; as the body of a shape in DrawingML.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::ppt {

// 2.13.33
enum class TextKind : std::uint8_t {
  kTitle = 0,
  kBody = 1,
  kNotes = 2,
  kOther = 4,
  kCenterBody = 5,
  kCenterTitle = 6,
  kHalfBody = 7,
  kQuarterBody = 8,
};

struct LinkRange {
  std::size_t begin = 0;  // characters
  std::size_t end = 0;
  std::uint32_t link = 0;
};

struct Text {
  TextKind kind = TextKind::kOther;
  std::u16string characters;
  std::string_view style;  // the record TextStyle
  std::vector<LinkRange> links;

  bool is_title() const { return kind == TextKind::kTitle || kind == TextKind::kCenterTitle; }
  bool is_blank() const;
};

// The texts in a run of records: each begins with its header. Records that belong to none, such as
// the reference to an outline's text, are left to the caller.
std::vector<Text> read_texts(std::string_view records);

// The relationship of a link, by its number; empty if it leads nowhere.
using LinkIds = std::function<std::string(std::uint32_t)>;

// `<p:txBody>...</p:txBody>`.
std::string text_xml(const Text& text, const LinkIds& links, std::string_view element = "p:txBody");

}  // namespace sluice::ppt

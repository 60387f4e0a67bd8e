// SPDX-License-Identifier: Apache-2.0
//
// A recognized page as text, from the converter that recognizes to the one that asked. A line each:
//
//   sluice-page 1 WIDTH HEIGHT CONFIDENCE doubtful|sure cut|whole
//   word X0 Y0 X1 Y1 BASELINE SIZE DEGREES joined|parted plain|bold TEXT
//   rule X0 Y0 X1 Y1 across|down
//
// Points, as in PageContent; the boxes of turned words in their own frame. A word of face 1 is
// bold.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "content.hpp"

namespace sluice::pdf {

struct RecognizedText {
  PageContent content;  // words, directions, rules, width, height
  float confidence = 0;
  bool is_doubtful = false;  // less sure than the user wants it
  bool is_cut = false;       // a part is missing: its time was up
};

std::string page_text(const RecognizedText& page);
// Nothing if it is not such a text. Every number is checked: it comes from another process.
std::optional<RecognizedText> parse_page_text(std::string_view text);

}  // namespace sluice::pdf

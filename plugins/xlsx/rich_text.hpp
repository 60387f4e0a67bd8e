// SPDX-License-Identifier: Apache-2.0
//
// Which characters of a string item (ECMA-376, part 1, 18.4.8: `si`, `is`, a comment's `text`) are
// its text: those of `t`, plain or in runs, but not the phonetic ones.
#pragma once

#include <string_view>

namespace sluice::xlsx {

class RichText {
 public:
  void reset() { *this = RichText(); }
  void start(std::string_view name) {
    if (name == "x:rPh") ++phonetic_;
    if (name == "x:t") in_text_ = phonetic_ == 0;
  }
  void end(std::string_view name) {
    if (name == "x:rPh" && phonetic_ > 0) --phonetic_;
    if (name == "x:t") in_text_ = false;
  }
  bool in_text() const { return in_text_; }

 private:
  unsigned phonetic_ = 0;
  bool in_text_ = false;
};

}  // namespace sluice::xlsx

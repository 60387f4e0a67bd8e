// SPDX-License-Identifier: Apache-2.0
//
// Formulas, in all the ways in which pages hold them.
#pragma once

#include <string_view>

#include "part.hpp"

namespace sluice::html {

class Formulas : private Part {
 public:
  explicit Formulas(Written& written) : Part(written) {}

  void write(std::string_view tex, MathLayout layout);
  void write_math(NodeId i);
  void write_tex_script(NodeId i);
  // `<span class="math">\(x\)</span>`, which a script of the page would draw. False for anything
  // else.
  bool write_tex_element(NodeId i);
  // Text with formulas between the signs that the page's scripts look for.
  void write_text_with_tex(std::string_view text);
  // The image that stands for a formula where MathML is not shown. False for anything else.
  bool write_fallback_image(NodeId img);

 private:
  bool written_before_ = false;  // the formula that an image may stand for
};

}  // namespace sluice::html

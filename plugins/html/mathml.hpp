// SPDX-License-Identifier: Apache-2.0
//
// Presentation MathML to TeX (MathML Core and MathML 3, chapter 3).
#pragma once

#include <string>

#include "dom.hpp"

namespace sluice::html {

// The formula of a `<math>` as TeX for math mode, without dollars; empty if it shows nothing.
// Annotations are left out. What MathML says wrongly (a fraction of one part) comes out as what is
// there.
std::string tex_of(const Dom& dom, NodeId math);
// The same from the TeX that a `<math>` keeps beside its elements (`alttext`, `<annotation>`),
// where there is some.
std::string tex_that_is_shown(const Dom& dom, NodeId math);
// Whether an element is what MathJax and KaTeX have drawn for the eye, beside the TeX that they
// keep.
bool is_drawn_formula(const Dom& dom, NodeId node);

}  // namespace sluice::html

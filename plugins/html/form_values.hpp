// SPDX-License-Identifier: Apache-2.0
//
// What the controls of a form show a reader (HTML 4.10): what was filled in, chosen or ticked.
#pragma once

#include <string>

#include "dom.hpp"

namespace sluice::html {

// Whether an element may have a value: an input, a text area, a menu.
bool is_control(Tag tag);

// The value of an input, a text area or a menu: a text, which may have lines, or a box for a
// choice, ticked or not (U+2612, U+2610). Empty: nothing is filled in, the control shows no value
// (buttons, passwords, hidden data, sliders), or it is a box without words beside it (a switch of
// the page's own menu).
std::string form_value(const Dom& dom, NodeId control);

}  // namespace sluice::html

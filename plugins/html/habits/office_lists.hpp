// SPDX-License-Identifier: Apache-2.0
//
// Lists as word processors write them into HTML: Word and Outlook as paragraphs with signs of their
// own, Google Docs as one flat list a level. They become lists as HTML has them.
#pragma once

#include "../parser/tree.hpp"

namespace sluice::html {

// `<p style="mso-list:l0 level2 lfo1">`, its sign in `<span style="mso-list:Ignore">`.
void nest_word_lists(parser::Tree& tree);
// `<ul class="lst-kix_abc-1">` behind `<ul class="lst-kix_abc-0">` is the list in its last item.
void nest_google_lists(parser::Tree& tree);

}  // namespace sluice::html

// SPDX-License-Identifier: Apache-2.0
//
// Text of fonts that say nothing of Unicode, where codes are numbers of glyphs. Some number their
// glyphs by Unicode, most copies of TrueType fonts by the order of Macintosh's ("D" is 39). Which
// of both it is shows in the text of a page: one of them reads like language.
#pragma once

#include "content.hpp"

namespace sluice::pdf {

// How such codes of a document are read; the choice of one page helps the next.
enum class CodeReading { kUndecided, kAsUnicode, kAsMacintoshOrder };

// Replaces the unknown codes of a page by characters.
void read_unknown_codes(PageContent& page, CodeReading& reading);

// Whether most of a page's text means nothing: lost characters, or letters without vowels as no
// language has them.
bool is_unreadable(const PageContent& page);

}  // namespace sluice::pdf

// SPDX-License-Identifier: Apache-2.0
//
// Whether a tagged document's paragraphs are its lines: then its tags say nothing of paragraphs.
#pragma once

#include "../story.hpp"

namespace sluice::pdf {

// Some programs tag each line as a paragraph. It shows where many sentences go on in the next line,
// in small letters, in another paragraph.
bool are_lines_tagged(const Story& story);

// Whether a role is of running text.
inline bool is_paragraph(Role role) {
  return role == Role::kParagraph || role == Role::kQuote || role == Role::kNote;
}

}  // namespace sluice::pdf

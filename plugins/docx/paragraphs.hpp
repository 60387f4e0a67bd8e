// SPDX-License-Identifier: Apache-2.0
//
// What a paragraph is, before a word of it is written: from its properties, its style, and a look
// at its first content.
#pragma once

#include <cstdint>
#include <sluice/xml.hpp>
#include <string>
#include <string_view>

#include "docx/elements.hpp"
#include "docx/numbering.hpp"
#include "docx/settings.hpp"
#include "docx/styles.hpp"

namespace sluice::docx {

struct ParagraphShape {
  Role role = Role::kNone;
  int level = 0;              // of headings and contents, from 1
  NumberReference numbering;  // number 0: none
  Indent indent;
  const ParagraphStyle* style = nullptr;
  XmlNode properties;
};

ParagraphShape shape_of(XmlNode paragraph, const Styles& styles, const Numbering& numbering);

// The first thing in a paragraph that a reader sees.
struct FirstContent {
  bool found = false;
  XmlNode run;            // null for a formula
  std::string_view text;  // if it is text
};
FirstContent first_content(XmlNode paragraph, Changes changes);

// Whether a paragraph's mark is deleted (or, where changes are rejected, inserted): its text goes
// on in the next paragraph (17.13.5.15).
bool joins_next(XmlNode paragraph_properties, Changes changes);

// Whether all text of a paragraph is set in a typewriter's font, and there is some.
bool is_all_monospaced(XmlNode paragraph, const Styles& styles);

// Whether what an element of tracked changes (w:ins, w:del, w:moveFrom, w:moveTo) holds is shown.
bool shows_inserted(Changes changes);
bool shows_deleted(Changes changes);
// Whether nothing below `node` is shown: what is changed away, the reading of a word beside it,
// what stands for something else.
bool is_hidden_branch(XmlNode node, Element element, Changes changes);

// The text of a paragraph without what is deleted, hidden in fields, or no text.
std::string plain_text(XmlNode paragraph, Changes changes);

}  // namespace sluice::docx

// SPDX-License-Identifier: Apache-2.0
//
// The element names that the walk over a document distinguishes, so that it can switch on them.
#pragma once

#include <cstdint>
#include <sluice/xml.hpp>
#include <string_view>

namespace sluice::docx {

enum class Element : std::uint8_t {
  kOther,  // transparent: what is in it counts
  kText,   // no element at all
  kIgnored,
  kParagraph,
  kRun,
  kRunText,
  kDeletedText,
  kTab,
  kBreak,
  kCarriageReturn,
  kNonBreakingHyphen,
  kSymbol,
  kRenderedPageBreak,
  kFootnoteReference,
  kEndnoteReference,
  kCommentReference,
  kDrawing,
  kPicture,
  kObject,
  kFieldCharacter,
  kInstruction,
  kSimpleField,
  kHyperlink,
  kBookmark,
  kInserted,
  kDeleted,
  kMovedFrom,
  kMovedTo,
  kTable,
  kRow,
  kCell,
  kStructuredTag,
  kRubyText,
  kRubyBase,
  kAlternateContent,
  kChoice,
  kFallback,
  kMath,
  kMathParagraph,
  kAlternateChunk,
  kSubdocument,
};

// What `node` is; its names have the prefixes of office_namespaces().
Element element_of(XmlNode node);

// An on-off element's value (ECMA-376, part 1, 17.17.4): on where it stands without one.
bool is_on(XmlNode node);

// The value of attribute w:val, or empty.
inline std::string_view value_of(XmlNode node) {
  return node.attribute("w:val").value();
}

}  // namespace sluice::docx

// SPDX-License-Identifier: Apache-2.0
//
// The control words that the reader of a document's text knows.
#pragma once

#include <cstdint>
#include <string_view>

namespace sluice::rtf {

enum class Word : std::uint8_t {
  kUnknown,
  // the document
  kAnsiCodePage,
  kMac,
  kPc,
  kPca,
  kDefaultFont,
  kFonts,
  kStyles,
  kLists,
  kListOverrides,
  kInfo,
  // how text looks
  kPlain,
  kBold,
  kItalic,
  kStrike,
  kUnderline,
  kNoUnderline,
  kSuper,
  kSub,
  kNoSuperSub,
  kHidden,
  kDeleted,
  kInserted,
  kHighlight,
  kFont,
  kCharacterStyle,
  // paragraphs
  kParagraphDefaults,
  kParagraphStyle,
  kListNumber,
  kListLevel,
  kOutlineLevel,
  kLeft,
  kRight,
  kInTable,
  kItap,
  kAlignLeft,
  kAlignCenter,
  kAlignRight,
  kBorderBelow,
  kOtherBorder,
  kBorderLine,
  kParagraph,
  kPage,
  kSection,
  kListText,
  kOldNumber,
  // tables
  kRowDefaults,
  kCellEdge,
  kRowLeft,
  kMergeFirst,
  kMerged,
  kDownFirst,
  kDown,
  kCell,
  kRow,
  kNestedCell,
  kNestedRow,
  kNestedProperties,
  // what stands in a line
  kTab,
  kLine,
  kCharacter,
  kUnicode,
  kFallback,
  kNoteMark,
  kPicture,
  kField,
  kInstruction,
  kResult,
  kBookmark,
  kNote,
  kEndnoteMark,
  kComment,
  kCommentAuthor,
  kMath,
  kMathParagraph,
  kUnicodePair,
  // groups of their own
  kHeader,
  kFooter,
  kShapePicture,
  kPlainPicture,
  kShape,
  kShapeName,
  kShapeValue,
  kShapeText,
  kBoxText,
  kObject,
  kObjectClass,
  kObjectData,
  kObjectResult,
  kTransparent,
  kSkipped,  // a group whose text is none of the document's
};

// What `name` says, and for kCharacter the character that it stands for.
struct Meaning {
  Word word = Word::kUnknown;
  char32_t character = 0;
};
Meaning meaning_of(std::string_view name);

}  // namespace sluice::rtf

// SPDX-License-Identifier: Apache-2.0
//
// What styles.xml says that matters to Markdown: for each style, with all it inherits, whether it
// makes headings, list items, quotes, code or captions, and how it makes text look.
#pragma once

#include <cstdint>
#include <sluice/xml.hpp>
#include <string>
#include <string_view>
#include <unordered_map>

#include "docx/looks.hpp"

namespace sluice::docx {

enum class Role : std::uint8_t {
  kNone,
  kTitle,
  kSubtitle,
  kHeading,
  kQuote,
  kCode,
  kCaption,
  kContents,         // an entry of a table of contents
  kContentsHeading,  // its title, which looks like a heading and is none of the outline
  kListContinued,
  kRule,  // a horizontal line, where there is no text
};

// A reference into numbering.xml. `number` 0: none, or taken away; -1: not stated.
struct NumberReference {
  std::int32_t number = -1;
  std::int32_t level = -1;  // -1: not stated
};

struct Indent {
  static constexpr std::int32_t kUnset = INT32_MIN;
  std::int32_t left = kUnset;  // twentieths of a point
  std::int32_t right = kUnset;
};

// A paragraph style with what it inherits.
struct ParagraphStyle {
  std::string_view id;
  Role role = Role::kNone;
  int level = 0;  // of a heading or an entry of the contents, from 1
  NumberReference numbering;
  Indent indent;
  RunLook look;
};

// Reads the outline level, 1 to 9, of a w:pPr; 0 if it is body text, -1 if it does not say.
int outline_level(XmlNode paragraph_properties);
NumberReference numbering_of(XmlNode paragraph_properties);
Indent indent_of(XmlNode paragraph_properties);

class Styles {
 public:
  // `part`: styles.xml, or a part without root. Takes it over: the views of styles point into it.
  explicit Styles(XmlPart part);

  // The style of this id, or the default paragraph style; never null. Valid as long as this.
  const ParagraphStyle& paragraph(std::string_view id) const;
  const ParagraphStyle& default_paragraph() const { return default_paragraph_; }
  // The look that a character style gives; nothing for one that is not there.
  const RunLook& character(std::string_view id) const;
  // What makes text code rather than a document that is set in a typewriter's font throughout.
  bool is_typewritten() const { return typewritten_; }
  // What all text has where nothing else is stated (docDefaults).
  const RunLook& defaults() const { return defaults_; }

 private:
  struct Raw {
    XmlNode node;
    bool resolved = false;
    ParagraphStyle style;
  };
  void resolve(Raw& raw);
  void apply(const Raw& raw, ParagraphStyle& style) const;

  XmlPart part_;
  std::unordered_map<std::string_view, Raw> styles_;
  ParagraphStyle default_paragraph_;
  RunLook none_;
  RunLook defaults_;
  bool typewritten_ = false;
};

}  // namespace sluice::docx

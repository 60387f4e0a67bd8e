// SPDX-License-Identifier: Apache-2.0
//
// An HTML document as a compact tree: nodes in one array in document order (a node's descendants
// are the nodes after it, up to its `end`), text in one string. Everything walks it with loops.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::html {

// clang-format off
enum class Tag : std::uint8_t {
  kText, kRoot, kOther,
  kA, kAbbr, kAddress, kAnnotation, kArticle, kAside, kAudio, kB, kBase, kBlockquote, kBody, kBr,
  kButton, kCanvas, kCaption, kCase, kCenter, kCite, kCode, kCol, kColgroup, kDd, kDel, kDefault, kDetails, kDfn, kDialog,
  kDiv, kDl, kDrawingNote, kDt, kEm, kEmbed, kFieldset, kFigcaption, kFigure, kFooter, kForm, kFrame, kH1, kH2,
  kH3, kH4, kH5, kH6, kHead, kHeader, kHgroup, kHr, kHtml, kI, kIframe, kImg, kInput, kIns, kKbd,
  kLabel, kLegend, kLi, kLink, kListing, kMain, kMark, kMath, kMenu, kMeta, kNav, kNoframes, kNoscript, kObject, kOl,
  kOptgroup, kOption, kP, kPicture, kPre, kQ, kRp, kRt, kS, kSamp, kScript, kSearch, kSection, kSelect, kSmall,
  kSource, kSpan, kStrike, kStrong, kStyle, kSub, kSummary, kSup, kSvg, kTable, kTbody, kTd,
  kTemplate, kTextarea, kTfoot, kTh, kThead, kTime, kTitle, kTr, kTt, kU, kUl, kVar, kVideo, kXmp,
  // MathML
  kAnnotationXml, kMaction, kMenclose, kMfenced, kMfrac, kMi, kMmultiscripts, kMn, kMnone, kMo, kMover,
  kMphantom, kMprescripts, kMroot, kMrow, kMs, kMspace, kMsqrt, kMsub, kMsubsup, kMsup, kMtable, kMtd,
  kMtext, kMtr, kMunder, kMunderover, kSemantics,
};
enum class Attr : std::uint8_t {
  kAlign, kAlt, kAltText, kAriaHidden, kChecked, kClass, kColspan, kContent, kData, kDataLazySrc,
  kClose, kDataLang, kDataLineNumber, kDataOriginal, kDataSrc, kDataSrcset, kDatetime, kDisplay, kEncoding, kEpubType,
  kHeight, kHidden, kHref, kHttpEquiv, kId, kItemprop, kLang, kLineThickness, kMathVariant, kMedia, kMultiple, kName,
  kNotation, kOpen, kProperty, kRel, kReversed, kRole,
  kRowspan, kSelected, kSeparators, kShadowRootMode, kSlot, kSrc, kSrcset, kStart, kStyle, kSummary, kTitle, kType, kValue, kWidth,
  kXlinkHref, kOther,
};
// clang-format on

// The signs that a page's scripts look for in its text, to draw what stands between as formulas.
enum class TexSigns : std::uint8_t {
  kNone,
  kBrackets,  // \( \), \[ \], $$ $$, environments
  kDollars,   // and $ $
};

using NodeId = std::uint32_t;
inline constexpr NodeId kRootNode = 0;

struct Node {
  Tag tag = Tag::kRoot;
  std::uint8_t attributes = 0;  // how many, from `begin` in Dom's attributes
  NodeId parent = 0;
  NodeId end = 0;            // one past the last descendant
  std::uint32_t begin = 0;   // of the text (kText), else of the attributes
  std::uint32_t length = 0;  // of the text
};

class Dom {
 public:
  struct Attribute {
    Attr name;
    std::uint32_t begin;  // of the value, in the Dom's text
    std::uint32_t length;
  };

  // No tree grows beyond this: 24 bytes a node.
  static constexpr std::size_t kMaxNodes = 8'000'000;

  Dom() { nodes_.push_back({}); }

  std::size_t size() const { return nodes_.size(); }
  const Node& operator[](NodeId id) const { return nodes_[id]; }
  std::string_view text(NodeId id) const {
    return std::string_view(text_).substr(nodes_[id].begin, nodes_[id].length);
  }
  // The value of an attribute; empty if there is none (see has).
  std::string_view attribute(NodeId id, Attr name) const;
  bool has(NodeId id, Attr name) const;
  // The text of a node and its descendants, blanks collapsed; scripts and styles left out.
  std::string inner_text(NodeId id) const;
  // The first descendant of `from` with this tag; kRootNode if there is none.
  NodeId find(Tag tag, NodeId from = kRootNode) const;
  // Of all that is held, which may be more than is shown.
  std::size_t text_size() const { return text_.size(); }

  // --- building, in document order: either all text is appended, or all lies in one ---
  NodeId add_element(Tag tag, NodeId parent);
  void add_attribute(Attr name, std::string_view value);  // to the element added last
  void add_text(std::string_view text, NodeId parent);
  // The same for a text that lies in the one that adopt() will take, at `begin`.
  void add_attribute(Attr name, std::size_t begin, std::size_t length);
  void add_text(std::size_t begin, std::size_t length, NodeId parent);
  void adopt(std::string text) { text_ = std::move(text); }
  // The same for attributes, which elements share by their places.
  NodeId add_element(Tag tag, NodeId parent, std::size_t first_attribute, std::size_t attributes);
  void adopt(std::vector<Attribute> attributes) { attributes_ = std::move(attributes); }
  void reserve(std::size_t nodes) { nodes_.reserve(nodes); }
  // Makes another element of one, for a document that says elsewhere what it is.
  void retag(NodeId id, Tag tag) { nodes_[id].tag = tag; }
  void close(NodeId id) { nodes_[id].end = static_cast<NodeId>(nodes_.size()); }
  // Sets every `end` that was left open.
  void finish();

  bool truncated = false;  // kMaxNodes was reached
  std::string css;         // what stood in style elements
  TexSigns tex_signs = TexSigns::kNone;

 private:
  std::vector<Node> nodes_;
  std::vector<Attribute> attributes_;
  std::string text_;
};

// What a name is a name of: HTML and XHTML with prefixes, or by the element it stands in.
enum class Vocabulary : std::uint8_t { kHtml, kMathml, kSvg };

Tag tag_of(Vocabulary vocabulary, std::string_view name);
Attr attr_of(std::string_view name);

// How a browser lays an element out by default.
bool is_block(Tag tag);
bool is_heading(Tag tag);
// h1 for 1, and so on; REQUIRES: 1 to 6.
inline Tag heading_tag(int level) {
  return static_cast<Tag>(static_cast<int>(Tag::kH1) + level - 1);
}
// Whether its content is never text of the page.
bool is_invisible(Tag tag);

}  // namespace sluice::html

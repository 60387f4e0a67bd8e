// SPDX-License-Identifier: Apache-2.0
#include "docx/elements.hpp"

#include <array>
#include <cstddef>

namespace sluice::docx {
namespace {

struct Spelling {
  std::string_view name;
  Element element = Element::kOther;
};

constexpr auto kEntries = std::to_array<Spelling>({
    {"w:p", Element::kParagraph},
    {"w:r", Element::kRun},
    {"w:t", Element::kRunText},
    {"w:delText", Element::kDeletedText},
    {"w:tab", Element::kTab},
    {"w:ptab", Element::kTab},
    {"w:br", Element::kBreak},
    {"w:cr", Element::kCarriageReturn},
    {"w:noBreakHyphen", Element::kNonBreakingHyphen},
    {"w:sym", Element::kSymbol},
    {"w:lastRenderedPageBreak", Element::kRenderedPageBreak},
    {"w:footnoteReference", Element::kFootnoteReference},
    {"w:endnoteReference", Element::kEndnoteReference},
    {"w:commentReference", Element::kCommentReference},
    {"w:drawing", Element::kDrawing},
    {"w:pict", Element::kPicture},
    {"w:object", Element::kObject},
    {"w:fldChar", Element::kFieldCharacter},
    {"w:instrText", Element::kInstruction},
    {"w:fldSimple", Element::kSimpleField},
    {"w:hyperlink", Element::kHyperlink},
    {"w:bookmarkStart", Element::kBookmark},
    {"w:ins", Element::kInserted},
    {"w:del", Element::kDeleted},
    {"w:moveFrom", Element::kMovedFrom},
    {"w:moveTo", Element::kMovedTo},
    {"w:tbl", Element::kTable},
    {"w:tr", Element::kRow},
    {"w:tc", Element::kCell},
    {"w:sdt", Element::kStructuredTag},
    {"w:rt", Element::kRubyText},
    {"w:rubyBase", Element::kRubyBase},
    {"mc:AlternateContent", Element::kAlternateContent},
    {"mc:Choice", Element::kChoice},
    {"mc:Fallback", Element::kFallback},
    {"m:oMath", Element::kMath},
    {"m:oMathPara", Element::kMathParagraph},
    {"w:altChunk", Element::kAlternateChunk},
    {"w:subDoc", Element::kSubdocument},
    {"w:pPr", Element::kIgnored},
    {"w:rPr", Element::kIgnored},
    {"w:sectPr", Element::kIgnored},
    {"w:tblPr", Element::kIgnored},
    {"w:tblGrid", Element::kIgnored},
    {"w:trPr", Element::kIgnored},
    {"w:tcPr", Element::kIgnored},
    {"w:tblPrEx", Element::kIgnored},
    {"w:sdtPr", Element::kIgnored},
    {"w:sdtEndPr", Element::kIgnored},
    {"w:smartTagPr", Element::kIgnored},
    {"w:customXmlPr", Element::kIgnored},
    {"w:rubyPr", Element::kIgnored},
    {"w:fldData", Element::kIgnored},
    {"w:ffData", Element::kIgnored},
    {"w:delInstrText", Element::kIgnored},
    {"w:softHyphen", Element::kIgnored},
    {"w:footnoteRef", Element::kIgnored},
    {"w:endnoteRef", Element::kIgnored},
    {"w:annotationRef", Element::kIgnored},
});

constexpr std::size_t kSlots = 256;

constexpr std::size_t slot_of(std::string_view name) {
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return (hash ^ hash >> 16) % kSlots;
}

// Open addressing, at most a quarter full.
constexpr std::array<Spelling, kSlots> make_table() {
  std::array<Spelling, kSlots> table{};
  for (const Spelling& entry : kEntries) {
    std::size_t slot = slot_of(entry.name);
    while (!table[slot].name.empty()) slot = (slot + 1) % kSlots;
    table[slot] = entry;
  }
  return table;
}
constexpr auto kTable = make_table();

}  // namespace

Element element_of(XmlNode node) {
  if (!node.is_element()) return Element::kText;
  const std::string_view name = node.name();
  for (std::size_t slot = slot_of(name); !kTable[slot].name.empty(); slot = (slot + 1) % kSlots) {
    if (kTable[slot].name == name) return kTable[slot].element;
  }
  return Element::kOther;
}

bool is_on(XmlNode node) {
  if (!node) return false;
  const std::string_view value = value_of(node);
  return value != "0" && value != "false" && value != "off" && value != "none" && value != "nil";
}

}  // namespace sluice::docx

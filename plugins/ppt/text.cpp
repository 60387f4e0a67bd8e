// SPDX-License-Identifier: Apache-2.0
#include "ppt/text.hpp"

#include <algorithm>
#include <array>
#include <sluice/little_endian.hpp>
#include <sluice/office_art.hpp>

#include "office_xml/xml_text.hpp"
#include "ppt/stream.hpp"

namespace sluice::ppt {
namespace {

constexpr char16_t kParagraphEnd = 0x0D;
constexpr char16_t kLineBreak = 0x0B;
constexpr char16_t kNothing = 0x01;  // as other control characters, never written

enum class Bullet : std::uint8_t { kUnset, kOff, kOn };

struct ParagraphRun {
  std::size_t end = 0;
  std::uint16_t level = 0;
  Bullet bullet = Bullet::kUnset;
};

struct CharacterRun {
  std::size_t end = 0;
  bool bold = false;
  bool italic = false;
  std::int16_t raised = 0;
};

bool has(std::uint32_t mask, unsigned bit) {
  return (mask >> bit & 1U) != 0;
}

// 2.9.20: fields that are there have a bit in the mask.
ParagraphRun read_paragraph(FieldReader& fields) {
  ParagraphRun run;
  run.end = fields.u32();
  run.level = fields.u16();
  const std::uint32_t mask = fields.u32();
  constexpr std::uint32_t kBulletFlags = 0xF;
  if ((mask & kBulletFlags) != 0) {
    const std::uint16_t flags = fields.u16();
    if (has(mask, 0)) run.bullet = (flags & 1U) != 0 ? Bullet::kOn : Bullet::kOff;
  }
  if (has(mask, 7)) fields.skip(2);
  if (has(mask, 4)) fields.skip(2);
  if (has(mask, 6)) fields.skip(2);
  if (has(mask, 5)) fields.skip(4);
  for (const unsigned bit : {11U, 12U, 13U, 14U, 8U, 10U, 15U}) {
    if (has(mask, bit)) fields.skip(2);
  }
  if (has(mask, 20)) fields.skip(std::size_t{fields.u16()} * 4);
  if (has(mask, 16)) fields.skip(2);
  constexpr std::uint32_t kWrapFlags = 0xE0000;
  if ((mask & kWrapFlags) != 0) fields.skip(2);
  if (has(mask, 21)) fields.skip(2);
  return run;
}

// 2.9.14
CharacterRun read_characters(FieldReader& fields) {
  CharacterRun run;
  run.end = fields.u32();
  const std::uint32_t mask = fields.u32();
  constexpr std::uint32_t kFlags = 0x3EB7;
  if ((mask & kFlags) != 0) {
    const std::uint16_t flags = fields.u16();
    run.bold = (flags & 1U) != 0;
    run.italic = (flags & 2U) != 0;
  }
  for (const unsigned bit : {16U, 21U, 22U, 23U, 17U}) {
    if (has(mask, bit)) fields.skip(2);
  }
  if (has(mask, 18)) fields.skip(4);
  if (has(mask, 19)) run.raised = static_cast<std::int16_t>(fields.u16());
  return run;
}

// 2.9.44: runs of paragraphs, then of characters; both cover the text and its last end.
struct TextStyle {
  std::vector<ParagraphRun> paragraphs;
  std::vector<CharacterRun> characters;

  TextStyle(std::string_view record, std::size_t size) {
    FieldReader fields(record);
    for (std::size_t at = 0; at <= size && fields.left() > 0;) {
      ParagraphRun run = read_paragraph(fields);
      if (!fields.ok() || run.end == 0) return;
      run.end = at += std::min(run.end, size + 1);
      paragraphs.push_back(run);
    }
    for (std::size_t at = 0; at <= size && fields.left() > 0;) {
      CharacterRun run = read_characters(fields);
      if (!fields.ok() || run.end == 0) return;
      run.end = at += std::min(run.end, size + 1);
      characters.push_back(run);
    }
  }

  template <class Run>
  static Run at(const std::vector<Run>& runs, std::size_t place) {
    const auto run =
        std::upper_bound(runs.begin(), runs.end(), place,
                         [](std::size_t wanted, const Run& one) { return wanted < one.end; });
    return run == runs.end() ? Run() : *run;
  }
};

std::string utf8(std::u16string_view text) {
  std::string wide;
  for (const char16_t unit : text) {
    wide += static_cast<char>(unit & 0xFF);
    wide += static_cast<char>(unit >> 8);
  }
  return utf8_of_utf16le(wide);
}

// Writes paragraphs of one text.
class TextXml {
 public:
  TextXml(const Text& text, const LinkIds& links)
      : text_(text), links_(links), style_(text.style, text.characters.size()) {
    for (const ParagraphRun& run : style_.paragraphs) ends_.push_back(run.end);
    for (const CharacterRun& run : style_.characters) ends_.push_back(run.end);
    for (const LinkRange& link : text.links) {
      ends_.push_back(link.begin);
      ends_.push_back(link.end);
    }
    std::sort(ends_.begin(), ends_.end());
  }

  std::string write() {
    std::string out;
    const std::u16string& all = text_.characters;
    for (std::size_t at = 0; at <= all.size();) {
      const std::size_t end = std::min(all.find(kParagraphEnd, at), all.size());
      if (at < all.size() || at == 0) out += paragraph(at, end);
      at = end + 1;
    }
    return out;
  }

 private:
  std::string paragraph(std::size_t begin, std::size_t end) {
    const ParagraphRun looks = TextStyle::at(style_.paragraphs, begin);
    std::string out = "<a:p><a:pPr lvl=\"" + std::to_string(std::min<int>(looks.level, 8)) + "\">";
    out += has_bullet(looks) ? "<a:buChar char=\"o\"/>" : "<a:buNone/>";
    out += "</a:pPr>";
    while (begin < end) {
      const auto change = std::upper_bound(ends_.begin(), ends_.end(), begin);
      const std::size_t until = change == ends_.end() ? end : std::min(end, *change);
      runs(begin, until, out);
      begin = until;
    }
    return out + "</a:p>";
  }

  // Nearly every master gives the paragraphs of bodies bullets.
  bool has_bullet(const ParagraphRun& looks) const {
    if (looks.bullet != Bullet::kUnset) return looks.bullet == Bullet::kOn;
    return text_.kind == TextKind::kBody || text_.kind == TextKind::kHalfBody ||
           text_.kind == TextKind::kQuarterBody;
  }

  // Characters of the same looks; lines end within them.
  void runs(std::size_t begin, std::size_t end, std::string& out) {
    const std::string properties = run_properties(begin);
    const std::u16string_view all = std::u16string_view(text_.characters).substr(0, end);
    while (begin < end) {
      const std::size_t line = std::min(all.find(kLineBreak, begin), end);
      const std::u16string_view piece = all.substr(begin, line - begin);
      if (!piece.empty()) {
        out += "<a:r>" + properties + "<a:t>";
        office_xml::append_escaped(out, utf8(piece));
        out += "</a:t></a:r>";
      }
      if (line < end) out += "<a:br/>";
      begin = line + 1;
    }
  }

  std::string run_properties(std::size_t at) const {
    const CharacterRun looks = TextStyle::at(style_.characters, at);
    std::string out = "<a:rPr";
    // Titles are headings, whatever they look like.
    if (looks.bold && !text_.is_title()) out += " b=\"1\"";
    if (looks.italic) out += " i=\"1\"";
    if (looks.raised != 0) out += " baseline=\"" + std::to_string(looks.raised * 1000) + "\"";
    out += ">";
    for (const LinkRange& link : text_.links) {
      if (at < link.begin || at >= link.end) continue;
      const std::string id = links_(link.link);
      if (!id.empty()) out += "<a:hlinkClick r:id=\"" + id + "\"/>";
      break;
    }
    return out + "</a:rPr>";
  }

  const Text& text_;
  const LinkIds& links_;
  TextStyle style_;
  std::vector<std::size_t> ends_;  // where something changes
};

void append_characters(const ArtRecord& record, std::u16string& to) {
  const bool is_wide = record.type == kWideText;
  for (std::size_t at = 0; at + (is_wide ? 1 : 0) < record.body.size(); at += is_wide ? 2 : 1) {
    to += is_wide ? static_cast<char16_t>(little_u16(record.body, at))
                  : static_cast<char16_t>(little_u8(record.body, at));
  }
}

// A place in a text that PowerPoint fills in when it shows the slide (2.9.49 to 2.9.54): the file
// has an asterisk there.
bool is_field(std::uint16_t type) {
  constexpr std::array kFields = {kSlideNumber, kDate,       kGenericDate,
                                  kHeaderText,  kFooterText, kDateOfPicture};
  return std::find(kFields.begin(), kFields.end(), type) != kFields.end();
}

}  // namespace

bool Text::is_blank() const {
  return std::all_of(characters.begin(), characters.end(),
                     [](char16_t unit) { return unit <= u' ' || unit == 0xA0; });
}

std::vector<Text> read_texts(std::string_view bytes) {
  std::vector<Text> texts;
  std::uint32_t link = 0;
  constexpr std::size_t kMaxLinks = 1'000;  // of a text: each is looked at for each run
  ArtRecords records(bytes);
  while (records.next()) {
    const ArtRecord& record = records.record();
    if (record.type == kTextHeader) {
      texts.emplace_back().kind = static_cast<TextKind>(little_u32(record.body, 0));
    }
    if (texts.empty()) continue;
    Text& text = texts.back();
    if (record.type == kWideText || record.type == kNarrowText) {
      append_characters(record, text.characters);
    } else if (is_field(record.type)) {
      const std::size_t place = little_u32(record.body, 0);
      if (place < text.characters.size()) text.characters[place] = kNothing;
    } else if (record.type == kTextStyle) {
      text.style = record.body;
    } else if (record.type == kInteraction) {
      const auto facts = child_of(record.body, kInteractionFacts);
      link = facts ? little_u32(facts->body, 4) : 0;
    } else if (record.type == kLinkRange && text.links.size() < kMaxLinks) {
      text.links.push_back({little_u32(record.body, 0), little_u32(record.body, 4), link});
    }
  }
  return texts;
}

std::string text_xml(const Text& text, const LinkIds& links, std::string_view element) {
  const std::string name(element);
  return "<" + name + ">" + TextXml(text, links).write() + "</" + name + ">";
}

}  // namespace sluice::ppt

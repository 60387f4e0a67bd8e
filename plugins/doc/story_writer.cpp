// SPDX-License-Identifier: Apache-2.0
#include "doc/story_writer.hpp"

#include <algorithm>
#include <sluice/little_endian.hpp>
#include <sluice/utf8.hpp>
#include <utility>

#include "doc/form_fields.hpp"
#include "doc/tables.hpp"
#include "office_xml/xml_text.hpp"

namespace sluice::doc {
namespace {

// 2.4.1, 2.4.3: characters that are no text.
constexpr char32_t kPicture = 0x01;
constexpr char32_t kCellEnd = 0x07;
constexpr char32_t kDrawn = 0x08;
constexpr char32_t kLineBreak = 0x0B;
constexpr char32_t kPageBreak = 0x0C;
constexpr char32_t kParagraphEnd = 0x0D;
constexpr char32_t kColumnBreak = 0x0E;
constexpr char32_t kFieldBegin = 0x13;
constexpr char32_t kFieldMiddle = 0x14;
constexpr char32_t kFieldEnd = 0x15;
constexpr char32_t kHardHyphen = 0x1E;
constexpr char32_t kSoftHyphen = 0x1F;
constexpr char32_t kSymbol = 0x28;

class StoryWriter {
 public:
  StoryWriter(Document& document, std::string& out, bool with_boxes)
      : document_(document), tables_(out), with_boxes_(with_boxes) {}

  void write(const StoryRange& range) {
    for (const Piece& piece : document_.pieces.within(range)) write(piece);
    // The text ends without a mark where it was cut off.
    if (!paragraph_.empty() || !text_.empty()) end_paragraph({}, false);
    tables_.finish();
  }

 private:
  void write(const Piece& piece) {
    const std::size_t unit = piece.is_wide ? 2 : 1;
    std::uint32_t place = piece.begin;
    while (place < piece.end) {
      document_.job.check_cancelled();
      const std::uint32_t offset =
          piece.offset + static_cast<std::uint32_t>((place - piece.begin) * unit);
      const PropertyRun& run = document_.characters.at(offset);
      looks_ = run_looks(run.list);
      style_ = document_.styles.looks(document_.paragraphs.at(offset).style);
      if (!piece.list.empty()) looks_ = run_looks(piece.list, looks_);
      const std::uint64_t left = run.end > offset ? (run.end - offset + unit - 1) / unit : 1;
      const std::uint32_t end = static_cast<std::uint32_t>(
          std::min<std::uint64_t>(piece.end, std::uint64_t{place} + left));
      write_run(piece, place, end);
      place = end;
    }
  }

  // Characters of the same looks.
  void write_run(const Piece& piece, std::uint32_t place, std::uint32_t end) {
    for (; place < end; ++place) {
      const std::uint32_t in_piece = place - piece.begin;
      place_ = place;
      if (has_anchor(place)) write_anchors();
      if (!piece.is_wide) {
        narrow_character(document_.streams.main[piece.offset + in_piece], piece.offset + in_piece,
                         piece);
        continue;
      }
      const std::size_t at = piece.offset + std::size_t{in_piece} * 2;
      const char32_t unit = little_u16(document_.streams.main, at);
      const bool is_high = unit >= 0xD800 && unit < 0xDC00;
      const char32_t low =
          is_high && place + 1 < piece.end ? little_u16(document_.streams.main, at + 2) : 0;
      if (low >= 0xDC00 && low < 0xE000) {
        ++place;
        append_utf8(text_, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
      } else {
        character(unit, static_cast<std::uint32_t>(at), piece);
      }
    }
    flush_bytes();
    flush_text();
  }

  // Of a code page, some of which have characters of two bytes: kept until another kind comes.
  void narrow_character(char byte, std::uint32_t offset, const Piece& piece) {
    const auto value = static_cast<unsigned char>(byte);
    const bool is_mark = value < 0x20 || (looks_.is_special && value < 0x80);
    if (!is_mark) {
      bytes_ += byte;
      return;
    }
    flush_bytes();
    character(value, offset, piece);
  }

  void flush_bytes() {
    if (bytes_.empty()) return;
    text_ += document_.code_page.utf8(bytes_);
    bytes_.clear();
  }

  void character(char32_t c, std::uint32_t offset, const Piece& piece) {
    switch (c) {
      case kParagraphEnd:
      case kCellEnd:
        return end_paragraph(paragraph_at(offset, piece), c == kCellEnd);
      case kPageBreak:
        flush_text();
        paragraph_ += "<w:r><w:br w:type=\"page\"/></w:r>";
        // A section ends with its last paragraph.
        return end_paragraph(paragraph_at(offset, piece), false);
      case kLineBreak:
        return element("<w:br/>");
      case kColumnBreak:
        return element("<w:br w:type=\"column\"/>");
      case '\t':
        return element("<w:tab/>");
      case kHardHyphen:
        return element("<w:noBreakHyphen/>");
      case kSoftHyphen:
        return;
      case kFieldBegin:
        field("begin");  // with the text before it, which is none of its code
        fields_.push_back(Field::kCode);
        instruction_.clear();
        return;
      case kFieldMiddle:
        field("separate");
        if (!fields_.empty()) fields_.back() = Field::kResult;
        return write_object();
      case kFieldEnd:
        field("end");
        if (!fields_.empty()) fields_.pop_back();
        text_ += std::exchange(form_, {});
        return;
      default:
        break;
    }
    if (looks_.is_special && special(c)) return;
    if (c >= 0x20) append_utf8(text_, c);
  }

  ParagraphLooks paragraph_at(std::uint32_t offset, const Piece& piece) {
    const PropertyRun& run = document_.paragraphs.at(offset);
    ParagraphLooks looks = paragraph_looks(run.style, run.list, document_.streams.data);
    if (piece.list.empty()) return looks;
    const std::uint16_t style = looks.style;
    return paragraph_looks(style, piece.list, document_.streams.data, std::move(looks));
  }

  // A character that stands for something else. False if it is none that is known.
  bool special(char32_t c) {
    if (c == kPicture) {
      const bool is_picture = looks_.picture && !looks_.is_other_data;
      if (is_picture) element(document_.pictures.inline_xml(*looks_.picture));
      const bool is_form = looks_.picture && looks_.is_other_data && is_in_code() &&
                           instruction_.find("FORM") != std::string::npos;
      if (is_form) form_ = form_text(document_.streams.data, *looks_.picture);
      return true;
    }
    if (c == kDrawn) {
      const auto shape = document_.anchors.shapes.find(place_);
      if (shape != document_.anchors.shapes.end()) write_shape(shape->second);
      return true;
    }
    if (c == kSymbol && looks_.symbol != 0) {
      write_symbol();
      return true;
    }
    // Calls of notes, which write_anchors writes, and numbers of pages and lines.
    return c < 0x20;
  }

  // The middle of a field that embeds an object has the object's number.
  void write_object() {
    if (!looks_.picture || instruction_.find("EMBED") == std::string::npos) return;
    element(document_.objects.xml(*looks_.picture));
  }

  void write_symbol() {
    const bool has_font = looks_.symbol_font < document_.fonts.size();
    std::string symbol = "<w:sym w:font=\"" +
                         (has_font ? document_.fonts[looks_.symbol_font] : std::string()) +
                         "\" w:char=\"";
    constexpr const char* kDigits = "0123456789ABCDEF";
    for (int shift = 12; shift >= 0; shift -= 4) symbol += kDigits[looks_.symbol >> shift & 0xF];
    element(symbol + "\"/>");
  }

  void write_shape(std::uint32_t number) {
    const std::string picture = document_.pictures.shape_xml(number);
    if (!picture.empty()) return element(picture);
    const auto box = document_.anchors.boxes.find(number);
    if (box == document_.anchors.boxes.end() || !with_boxes_) return;
    if (!document_.boxes.insert(number).second) return;
    std::string content;
    write_story(document_, box->second, content, false);
    element("<w:pict><w:txbxContent>" + content + "</w:txbxContent></w:pict>");
  }

  bool has_anchor(std::uint32_t place) const {
    return document_.anchors.calls.contains(place) || document_.anchors.bookmarks.contains(place);
  }

  void write_anchors() {
    flush_bytes();
    flush_text();
    const auto [begin, end] = document_.anchors.bookmarks.equal_range(place_);
    for (auto mark = begin; mark != end; ++mark) {
      paragraph_ += "<w:bookmarkStart";
      office_xml::append_attribute(paragraph_, "w:name", mark->second);
      paragraph_ += "/>";
    }
    const auto call = document_.anchors.calls.find(place_);
    if (call != document_.anchors.calls.end()) paragraph_ += "<w:r>" + call->second + "</w:r>";
  }

  bool is_in_code() const { return !fields_.empty() && fields_.back() == Field::kCode; }

  void field(const char* kind) {
    element(std::string("<w:fldChar w:fldCharType=\"") + kind + "\"/>");
  }

  void element(const std::string& xml) {
    flush_text();
    if (!xml.empty()) append_run(xml);
  }

  void flush_text() {
    if (text_.empty()) return;
    if (is_in_code()) instruction_ += text_;
    const char* name = is_in_code() ? "instrText" : looks_.is_deleted ? "delText" : "t";
    std::string xml = std::string("<w:") + name + " xml:space=\"preserve\">";
    office_xml::append_escaped(xml, text_);
    xml += std::string("</w:") + name + ">";
    text_.clear();
    append_run(xml);
  }

  void append_run(const std::string& content) {
    const bool is_change = looks_.is_inserted || looks_.is_deleted;
    const char* change = looks_.is_deleted ? "del" : "ins";
    if (is_change) {
      paragraph_ += std::string("<w:") + change + " w:author=\"" +
                    (looks_.author < document_.authors.size() ? document_.authors[looks_.author]
                                                              : std::string()) +
                    "\">";
    }
    paragraph_ += "<w:r>" + run_xml(looks_, style_, document_.fonts) + content + "</w:r>";
    if (is_change) paragraph_ += std::string("</w:") + change + ">";
  }

  void end_paragraph(const ParagraphLooks& looks, bool ends_cell) {
    flush_bytes();
    flush_text();
    std::string xml = "<w:p><w:pPr><w:pStyle w:val=\"s" + std::to_string(looks.style) + "\"/>" +
                      paragraph_xml(looks) + "</w:pPr>" + paragraph_ + "</w:p>";
    paragraph_.clear();
    tables_.paragraph(xml, looks, ends_cell);
  }

  enum class Field : std::uint8_t { kCode, kResult };

  Document& document_;
  Tables tables_;
  bool with_boxes_;
  RunLooks looks_;
  StyleLooks style_;  // of the paragraph
  std::uint32_t place_ = 0;
  std::string bytes_;      // characters in the code page
  std::string text_;       // of the present run
  std::string paragraph_;  // its runs so far
  std::vector<Field> fields_;
  std::string instruction_;  // of the field that was begun last
  std::string form_;         // what the field that is open shows as a part of a form
};

}  // namespace

void write_story(Document& document, const StoryRange& range, std::string& out, bool with_boxes) {
  StoryWriter(document, out, with_boxes).write(range);
}

}  // namespace sluice::doc

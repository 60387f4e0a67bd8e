// SPDX-License-Identifier: Apache-2.0
#include "odf/block_writer.hpp"

#include <algorithm>
#include <array>
#include <sluice/blanks.hpp>
#include <sluice/chart.hpp>
#include <utility>

#include "odf/elements.hpp"
#include "odf/inline_writer.hpp"
#include "odf/objects.hpp"

namespace sluice::odf {
namespace {

// Of a table and all tables within it; repeated ones count.
constexpr std::size_t kMaxCells = 200'000;
constexpr unsigned kMaxRepeated = 1'000;  // of one row or cell in a text

// Holds declarations, settings and forms, and nothing that is shown.
constexpr std::array<std::string_view, 14> kSilentBlocks = {
    "office:forms",
    "text:sequence-decls",
    "text:variable-decls",
    "text:user-field-decls",
    "text:dde-connection-decls",
    "text:alphabetical-index-auto-mark-file",
    "office:scripts",
    "text:section-source",
    "office:dde-source",
    "svg:title",
    "svg:desc",
    "presentation:notes",
    "office:event-listeners",
    "table:named-expressions"};

bool is_index(std::string_view name) {
  return name == "text:table-of-content" || name == "text:illustration-index" ||
         name == "text:table-index" || name == "text:object-index" || name == "text:user-index" ||
         name == "text:alphabetical-index" || name == "text:bibliography";
}

// Whether all that a list holds are headings: their numbers, not items.
bool holds_headings(XmlNode list) {
  bool found = false;
  bool other = false;
  walk_xml(
      list,
      [&](XmlNode node) {
        if (named(node, "text:h")) {
          found = true;
          return Walk::kOver;
        }
        if (named(node, "text:p") || named(node, "table:table")) {
          other = other || has_content(node);
          return Walk::kOver;
        }
        return Walk::kInto;
      },
      [](XmlNode) {});
  return found && !other;
}

int clamped_level(int level) {
  return std::clamp(level, 1, 6);
}

}  // namespace

void BlockWriter::write(XmlNode parent) {
  blocks(parent);
  close();
  lists_.close_below(-1);
}

void BlockWriter::blocks(XmlNode parent) {
  for (const XmlNode node : parent.children()) {
    if (node.is_element()) block(node);
  }
}

void BlockWriter::block(XmlNode node) {
  const std::string_view name = node.name();
  context_.job.check_cancelled();
  const bool is_listed = name == "text:list" || name == "text:numbered-paragraph";
  if (!is_listed && name != "text:soft-page-break" && !name.starts_with("text:change")) {
    lists_.close_below(item_level_);
  }
  if (name == "text:p") return paragraph(node);
  if (name == "text:h") {
    return heading(node, clamped_level(node.attribute("text:outline-level").as_int(1)),
                   context_.anchors.number_of(node));
  }
  if (name == "text:list") {
    close();
    return list(node, {}, nullptr, 0);
  }
  if (name == "text:numbered-paragraph") return numbered_paragraph(node);
  if (name == "table:table") return table(node);
  if (name == "text:tracked-changes") return context_.changes.read(node);
  if (name == "text:section") return section(node);
  if (is_index(name)) return index(node);
  if (name == "text:soft-page-break") return context_.begin_page();
  if (name.starts_with("text:change")) {
    return InlineWriter(context_, asides_).change(node);
  }
  if (name.starts_with("draw:") || name.starts_with("dr3d:")) return shape(node);
  if (std::find(kSilentBlocks.begin(), kSilentBlocks.end(), name) != kSilentBlocks.end()) return;
  blocks(node);
}

// --- paragraphs ---

void BlockWriter::mark_page() {
  if (!context_.is_page_due || context_.nesting > 0 || !lists_.is_empty()) return;
  context_.is_page_due = false;
  if (!context_.settings.page_markers) return;
  close();
  out_.comment("page " + std::to_string(context_.page));
}

void BlockWriter::open(Open what) {
  if (open_ == what) return;
  if (open_ == Open::kCode) {
    if (!is_blank(code_)) out_.code_block(code_);
    code_.clear();
  }
  if (open_ == Open::kQuote) out_.end_quote();
  open_ = what;
  if (open_ == Open::kQuote) out_.begin_quote();
}

void BlockWriter::code(const std::string& line) {
  if (open_ == Open::kCode) code_ += '\n';
  open(Open::kCode);
  code_ += line;
}

void BlockWriter::paragraph(XmlNode node) {
  const ParagraphStyle& style = context_.styles.paragraph(value_of(node, "text:style-name"));
  if (style.begins_page && out_.has_content()) context_.begin_page();
  if (style.role == Role::kTitle || style.heading != 0) {
    const int level = style.role == Role::kTitle ? 1 : clamped_level(style.heading);
    if (!plain_text(node).empty()) return heading(node, level, {});
  }
  if (style.look.hidden == Toggle::kOn && !context_.settings.hidden_text) {
    return context_.left_out.hidden.add(plain_text(node));
  }
  // An item in such a font is a piece of code, not a block of it.
  const bool is_block = style.named_code || lists_.is_empty();
  if (style.role == Role::kCode && is_block && context_.rejected == 0 &&
      !node.child("draw:frame")) {
    mark_page();
    return code(InlineWriter::code_of(node));
  }
  if (style.role == Role::kRule && !has_content(node)) {
    close();
    return out_.thematic_break();
  }
  const bool is_empty = !has_content(node);
  if (is_empty && open_ != Open::kNothing) return;  // room within a quote
  if (!is_empty) mark_page();
  open(style.role == Role::kQuote ? Open::kQuote : Open::kNothing);
  TextLook look = style.look;
  if (style.role == Role::kCode) look.monospaced = Toggle::kOn;
  // A quote is set in italics as a whole; that is what the quote says.
  if (style.role == Role::kQuote) look.italic = Toggle::kUnset;
  InlineWriter(context_, asides_).write(node, look);
  out_.end_paragraph();
  asides();
}

void BlockWriter::heading(XmlNode node, int level, const std::string& number) {
  const ParagraphStyle& style = context_.styles.paragraph(value_of(node, "text:style-name"));
  if (!named(node, "text:p") && style.begins_page && out_.has_content()) {
    context_.begin_page();
  }
  if (style.look.hidden == Toggle::kOn && !context_.settings.hidden_text) {
    return context_.left_out.hidden.add(plain_text(node));
  }
  mark_page();
  close();
  if (!plain_text(node).empty()) {
    out_.begin_heading(level);
    if (!number.empty()) out_.text(number + " ");
    InlineWriter(context_, asides_).write_heading(node, TextLook());
    out_.end_heading();
  } else {
    InlineWriter(context_, asides_).write(node, TextLook());
    out_.end_paragraph();
  }
  asides();
}

// --- lists ---

void BlockWriter::numbered_paragraph(XmlNode node) {
  const std::string_view name = value_of(node, "text:style-name");
  if (context_.styles.list(name) == nullptr || node.child("text:h")) return blocks(node);
  const int level = std::clamp(node.attribute("text:level").as_int(1), 1, kListLevels) - 1;
  const std::string_view id = value_of(node, "text:list-id");
  Counters counters = context_.lists.begin(name, true, id);
  item(node, name, counters, level);
  context_.lists.end(name, id, counters);
}

// A list within an item has the style of the one around it, unless it has its own, and goes on with
// its counters. Writers often begin a new list, with empty items around, to go on one level deeper:
// so the levels of items decide how lists nest, not the elements alone.
void BlockWriter::list(XmlNode node, std::string_view style_name, Counters* outer, int level) {
  if (outer == nullptr && holds_headings(node)) return blocks(node);
  const std::string_view own = value_of(node, "text:style-name");
  const bool is_same = outer != nullptr && (own.empty() || own == style_name);
  if (!own.empty()) style_name = own;
  level = std::min(level, kListLevels - 1);
  if (is_same) return list_items(node, style_name, *outer, level);
  const bool continues = value_of(node, "text:continue-numbering") == "true";
  Counters counters =
      context_.lists.begin(style_name, continues, value_of(node, "text:continue-list"));
  list_items(node, style_name, counters, level);
  context_.lists.end(style_name, value_of(node, "xml:id"), counters);
}

void BlockWriter::list_items(XmlNode node, std::string_view style_name, Counters& counters,
                             int level) {
  for (const XmlNode child : node.children()) {
    if (named(child, "text:list-item") || named(child, "text:list-header")) {
      item(child, style_name, counters, level);
    }
  }
}

void BlockWriter::item_content(XmlNode node, std::string_view style_name, Counters& counters,
                               int level) {
  const int around = std::exchange(item_level_, level);
  for (const XmlNode child : node.children()) {
    if (!child.is_element() || named(child, "text:number")) continue;
    if (named(child, "text:list")) {
      close();
      list(child, style_name, &counters, level + 1);
    } else {
      block(child);
    }
  }
  close();
  item_level_ = around;
}

void BlockWriter::item(XmlNode node, std::string_view style_name, Counters& counters, int level) {
  // One that only holds a deeper list is room in front of it.
  const XmlNode first = node.find_child([](XmlNode child) { return child.is_element(); });
  const bool is_room = named(first, "text:list") && !first.next_sibling();
  // A header goes on with the item before it, if there is one of its level.
  const bool is_header =
      named(node, "text:list-header") && !lists_.is_empty() && lists_.level() >= level;
  if (is_room || is_header) return item_content(node, style_name, counters, level);
  Label label;
  const ListStyle* const style = context_.styles.list(style_name);
  if (style != nullptr && !named(node, "text:list-header")) {
    const auto at = static_cast<std::size_t>(level);
    if (const XmlAttribute start = node.attribute("text:start-value")) {
      counters.restart(at, start.as_llong(1));
    }
    counters.advance(*style, at);
    label = counters.label(*style, at);
  }
  close();
  lists_.begin_item(label, style_name, level);
  if (label.kind == Label::Kind::kLiteral) {
    const std::string text(trimmed(label.text));
    if (!text.empty()) out_.text(text + " ");
  }
  item_content(node, style_name, counters, level);
}

// --- tables ---

void BlockWriter::table(XmlNode node) {
  close();
  mark_page();
  ++context_.nesting;
  TableOptions options;
  options.spans = context_.settings.merged_cells;
  out_.begin_table(options);
  if (context_.tables++ == 0) context_.cells = 0;
  const bool had_room = context_.cells <= kMaxCells;
  rows(node);
  --context_.tables;
  out_.end_table();
  --context_.nesting;
  if (had_room && context_.cells > kMaxCells) {
    context_.defects.add("a table has more than " + std::to_string(kMaxCells) + " cells");
  }
}

void BlockWriter::rows(XmlNode parent) {
  for (const XmlNode node : parent.children()) {
    const std::string_view name = node.name();
    if (name == "table:table-row") {
      const unsigned repeated = node.attribute("table:number-rows-repeated").as_uint(1);
      const unsigned times = std::clamp(repeated, 1U, kMaxRepeated);
      for (unsigned i = 0; i < times && context_.cells <= kMaxCells; ++i) {
        out_.begin_row();
        cells(node);
        out_.end_row();
      }
    } else if (name == "table:table-header-rows" || name == "table:table-rows" ||
               name == "table:table-row-group") {
      rows(node);
    } else if (name == "text:soft-page-break") {
      context_.begin_page();
    }
  }
}

void BlockWriter::cells(XmlNode row) {
  for (const XmlNode cell : row.children()) {
    if (!named(cell, "table:table-cell")) continue;  // covered ones are counted by the writer
    const unsigned repeated = cell.attribute("table:number-columns-repeated").as_uint(1);
    const unsigned times = std::clamp(repeated, 1U, kMaxRepeated);
    for (unsigned i = 0; i < times && context_.cells <= kMaxCells; ++i) {
      ++context_.cells;
      CellOptions options;
      options.column_span = std::max(1U, cell.attribute("table:number-columns-spanned").as_uint(1));
      options.row_span = std::max(1U, cell.attribute("table:number-rows-spanned").as_uint(1));
      out_.begin_cell(options);
      BlockWriter(context_).write(cell);
      out_.end_cell();
    }
  }
}

// --- sections and indexes ---

void BlockWriter::section(XmlNode node) {
  const bool is_hidden = value_of(node, "text:display") == "none";
  if (is_hidden && !context_.settings.hidden_text) {
    return context_.left_out.hidden.add(plain_text(node));
  }
  blocks(node);
}

// A table of contents is a list of links, without page numbers.
void BlockWriter::index(XmlNode node) {
  close();
  const XmlNode body = node.child("text:index-body");
  for (const XmlNode title : body.children("text:index-title")) blocks(title);
  close();
  if (named(node, "text:bibliography") || named(node, "text:alphabetical-index")) {
    for (const XmlNode entry : body.children()) {
      if (entry.is_element() && !named(entry, "text:index-title")) block(entry);
    }
    return;
  }
  index_entries(body);
}

void BlockWriter::index_entries(XmlNode body) {
  ++context_.nesting;
  bool is_open = false;
  for (const XmlNode entry : body.children("text:p")) {
    if (!has_content(entry)) continue;
    if (!is_open) out_.begin_list();
    is_open = true;
    out_.begin_item();
    // The tab before the page's number ends what is of interest.
    XmlNode target = entry.child("text:a");
    std::string text = plain_text(entry);
    const std::string digits = "0123456789ivxlcdmIVXLCDM";
    const bool has_tab =
        static_cast<bool>(entry.child("text:tab")) || static_cast<bool>(target.child("text:tab"));
    if (has_tab) {
      const std::size_t end = text.find_last_not_of(digits);
      if (end != std::string::npos && text[end] == ' ') text.resize(end);
    }
    const std::string fragment = target
                                     ? context_.anchors.fragment_of(value_of(target, "xlink:href"))
                                     : context_.anchors.fragment_of(text + "|outline");
    if (!fragment.empty()) out_.begin_link("#" + fragment);
    out_.text(text);
    if (!fragment.empty()) out_.end_link();
    out_.end_item();
  }
  if (is_open) out_.end_list();
  --context_.nesting;
}

// --- what stands beside the text ---

void BlockWriter::asides() {
  while (!asides_.empty()) {
    const std::vector<XmlNode> now = std::exchange(asides_, {});
    for (const XmlNode node : now) shape(node);
  }
}

void BlockWriter::shape(XmlNode node) {
  const std::string_view name = node.name();
  if (name == "draw:a" || name == "draw:g") {
    for (const XmlNode child : node.children()) {
      if (child.is_element()) block(child);
    }
    return;
  }
  if (name == "draw:frame") {
    if (const XmlNode box = node.child("draw:text-box")) {
      ++context_.nesting;
      close();
      BlockWriter(context_).write(box);
      --context_.nesting;
      return;
    }
    if (const XmlNode inner = node.child("table:table")) return table(inner);
    return chart_or_picture(node);
  }
  if (name == "draw:control") {
    close();
    out_.text(context_.text_of_control(node));
    return out_.end_paragraph();
  }
  // The paragraphs of a drawn shape.
  if (!has_content(node)) return;
  ++context_.nesting;
  close();
  BlockWriter(context_).write(node);
  --context_.nesting;
}

void BlockWriter::chart_or_picture(XmlNode frame) {
  close();
  if (const XmlNode embedded = frame.child("draw:object")) {
    const Object found = object_of(embedded, context_.document);
    if (found.chart && !found.chart->rows.empty()) return write_chart(out_, *found.chart);
    if (found.chart) {
      const auto asset =
          context_.images.asset_of(value_of(frame.child("draw:image"), "xlink:href"));
      if (asset) out_.image(*asset, found.chart->title);
      return out_.end_paragraph();
    }
  }
  InlineWriter(context_, asides_).frame(frame);
  out_.end_paragraph();
  asides();
}

// --- notes ---

void BlockWriter::write_notes() {
  Notes::Note note;
  // A note in a repeated cell is written as often as the cell: all notes together are one table.
  if (context_.tables++ == 0) context_.cells = 0;
  while (context_.notes.next(note)) {
    context_.job.check_cancelled();
    out_.begin_footnote(note.label);
    ++context_.nesting;
    if (note.is_comment) {
      const std::string author = one_line(note.node.child_value("dc:creator"));
      if (!author.empty()) {
        out_.begin_style(Style::kStrong);
        out_.text(author);
        out_.end_style(Style::kStrong);
        out_.text(": ");
      }
      for (const XmlNode part : note.node.children()) {
        if (named(part, "text:p") || named(part, "text:list")) block(part);
      }
      close();
      lists_.close_below(-1);
    } else {
      BlockWriter(context_).write(note.node);
    }
    --context_.nesting;
    out_.end_footnote();
  }
  --context_.tables;
}

}  // namespace sluice::odf

// SPDX-License-Identifier: Apache-2.0
#include "markup/asciidoc/reader.hpp"

#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>

namespace sluice::markup::asciidoc {
namespace {

constexpr auto kAdmonitions =
    std::to_array<std::string_view>({"note", "tip", "important", "warning", "caution"});

bool is_admonition(std::string_view style) {
  return std::find(kAdmonitions.begin(), kAdmonitions.end(), style) != kAdmonitions.end();
}

// "NOTE: text"
std::string_view admonition_of(std::string_view line) {
  for (const std::string_view kind : kAdmonitions) {
    const std::string sign = ascii_upper(kind) + ": ";
    if (line.starts_with(sign)) return kind;
  }
  return {};
}

bool is_thematic_break(std::string_view line) {
  return line == "'''" || line == "---" || line == "***" || line == "- - -" || line == "* * *" ||
         (line.size() > 3 && line.find_first_not_of('\'') == std::string_view::npos);
}

Places places_of(const Lines& lines, Job& job) {
  Attributes here;
  const Places none;
  HeadingReader<Text> headings(job, here, none);
  return find_places(lines, here, [&](std::string_view title) {
    return headings.read([&](Text& to) { to.write(title); });
  });
}

}  // namespace

Reader::Reader(Output& to, std::string_view source)
    : to_(to),
      out_(to.out),
      lines_(kept_lines(lines_of(source), to)),
      places_(places_of(lines_, to.job)),
      text_(to, attributes_, places_) {}

void Reader::read() {
  std::size_t at = 0;
  while (at < lines_.size() && (lines_[at].empty() || lines_[at].starts_with("//"))) ++at;
  at = header(at);
  blocks(Lines(lines_.begin() + static_cast<std::ptrdiff_t>(at), lines_.end()), 0);
  text_.write_notes();
}

// The document's title, and the lines below it until a blank one.
std::size_t Reader::header(std::size_t at) {
  // Attributes may stand before the title, too.
  std::size_t first = at;
  while (first < lines_.size() && (lines_[first].empty() || read_attribute(lines_[first]))) ++first;
  std::string_view title;
  if (first >= lines_.size()) return at;
  std::size_t next = first + 1;
  if (heading_level(lines_[first], title) != 1) {
    const bool is_underlined =
        next < lines_.size() && underlined_level(lines_[first], lines_[next]) == 1;
    if (!is_underlined) return at;
    title = lines_[first];
    ++next;
    // Asciidoctor reads a document with such a title as its predecessor did.
    attributes_.apply({.name = "compat-mode", .value = ""});
  }
  for (std::size_t i = at; i < first; ++i) {
    if (const auto entry = read_attribute(lines_[i])) attributes_.apply(*entry);
  }
  bool is_author = true;
  for (; next < lines_.size() && !lines_[next].empty(); ++next) {
    const std::string_view line = lines_[next];
    if (line.starts_with("//")) continue;
    if (const auto entry = read_attribute(line)) {
      attributes_.apply(*entry);
      const bool is_metadata = entry->name == "author" || entry->name == "description" ||
                               entry->name == "keywords" || entry->name == "date";
      if (is_metadata && !entry->value.empty())
        to_.job.set_metadata(entry->name, one_line(entry->value));
      if (entry->name == "lang" && !entry->value.empty())
        to_.job.set_metadata("language", one_line(entry->value));
      continue;
    }
    if (is_attribute_line(line) || line[0] == '=' || line[0] == ':') break;
    if (is_author) author_lines(line);
    is_author = false;
  }
  to_.job.set_metadata("title", one_line(plain_title(title, attributes_)));
  out_.begin_heading(1);
  text_.write(title);
  out_.end_heading();
  return next;
}

// "Jane Doe <jane@e.org>; John Roe"
void Reader::author_lines(std::string_view line) {
  std::string authors;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(';'), line.size());
    const std::string_view one = line.substr(0, end);
    authors.append(authors.empty() ? "" : ", ").append(trimmed(one.substr(0, one.find('<'))));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  std::replace(authors.begin(), authors.end(), '_', ' ');
  if (!authors.empty()) to_.job.set_metadata("author", one_line(attributes_.replaced(authors)));
}

void Reader::blocks(const Lines& lines, int depth) {
  const std::vector<std::size_t> ends = find_block_ends(lines);
  const Block in{lines, ends, depth};
  std::size_t at = 0;
  while (at < lines.size()) {
    BlockAttributes attributes;
    at = metadata(in, at, attributes);
    if (at < lines.size()) at = block(in, at, attributes);
  }
}

// Past blank lines, remarks, attributes of the document, and those of the next block, which are
// read.
std::size_t Reader::metadata(const Block& in, std::size_t at, BlockAttributes& block) {
  for (; at < in.lines.size(); ++at) {
    to_.step();
    const std::string_view line = in.lines[at];
    if (line.empty() || is_remark(line)) continue;
    if (const auto entry = read_attribute(line)) {
      attributes_.apply(*entry);
    } else if (is_attribute_line(line)) {
      read_block_attributes(line, attributes_, block);
    } else if (is_title_line(line) && read_list_mark(line).kind == MarkKind::kNone) {
      block.title = line.substr(1);
    } else {
      break;
    }
  }
  return at;
}

// Reads the block at `at`, and returns where the next one begins.
std::size_t Reader::block(const Block& in, std::size_t at, BlockAttributes& block) {
  const std::string_view line = in.lines[at];
  if (in.depth > kMaxDepth) return paragraph(in, at, block);
  if (const std::size_t next = section(in, at); next > at) return next;
  if (is_thematic_break(line)) {
    out_.thematic_break();
    return at + 1;
  }
  if (line.starts_with("<<<") && line.find_first_not_of('<') == std::string_view::npos)
    return at + 1;
  if (is_delimiter(line) && in.ends[at] < in.lines.size()) return delimited(in, at, block);
  if (const std::size_t next = block_macro(in, at, block); next > at) return next;
  if (read_list_mark(line).kind != MarkKind::kNone) {
    title_of(block);
    return list(in, at, block);
  }
  if (line[0] == ' ' && block.style != "normal") return literal(in, at);
  if (line.starts_with("> ") || line == ">") {
    // A quote of Markdown.
    std::size_t end = at;
    Lines inner;
    for (; end < in.lines.size() && in.lines[end].starts_with('>'); ++end)
      inner.push_back(in.lines[end].substr(in.lines[end].starts_with("> ") ? 2 : 1));
    quote(inner, in.depth, block);
    return end;
  }
  return paragraph(in, at, block);
}

std::size_t Reader::section(const Block& in, std::size_t at) {
  std::string_view title;
  std::size_t next = at + 1;
  int level = heading_level(in.lines[at], title);
  // Within blocks and items there are no sections: such a line begins a block below a line of text.
  if (level == 0 && in.depth == 0 && next < in.lines.size()) {
    level = underlined_level(in.lines[at], in.lines[next]);
    title = in.lines[at];
    ++next;
  }
  if (level == 0) return at;
  out_.begin_heading(level);
  text_.write(title);
  out_.end_heading();
  return next;
}

// "name::target[content]"
std::size_t Reader::block_macro(const Block& in, std::size_t at, const BlockAttributes& block) {
  const std::string_view line = in.lines[at];
  const std::size_t colons = line.find("::");
  const std::size_t open = line.find('[');
  if (colons == std::string_view::npos || open == std::string_view::npos || open < colons ||
      !line.ends_with(']'))
    return at;
  const std::string_view name = line.substr(0, colons);
  const std::string_view target = line.substr(colons + 2, open - colons - 2);
  const std::string_view content = line.substr(open + 1, line.size() - open - 2);
  if (name == "image") {
    image(target, content);
    out_.end_paragraph();
    if (!block.title.empty()) title_of(block);
  } else if (name == "video" || name == "audio") {
    const std::string address = attributes_.replaced(target);
    title_of(block);
    out_.begin_link(address);
    out_.text(address);
    out_.end_link();
    out_.end_paragraph();
  } else if (name == "toc") {
    // Made of the headings, which are here.
  } else if (name == "stem" || name == "latexmath") {
    formula({content}, block);
  } else {
    return at;
  }
  return at + 1;
}

void Reader::image(std::string_view target, std::string_view content) {
  BlockAttributes attributes;
  read_block_attributes("[" + std::string(content) + "]", attributes_, attributes);
  const std::string_view alt =
      attributes.value("alt").empty() ? attributes.positional_at(0) : attributes.value("alt");
  to_.image(
      image_address(attributes_.value("imagesdir").value_or(""), attributes_.replaced(target)),
      alt);
}

void Reader::title_of(const BlockAttributes& block) {
  if (block.title.empty()) return;
  out_.begin_style(Style::kStrong);
  text_.write(block.title);
  out_.end_style(Style::kStrong);
  out_.end_paragraph();
}

std::size_t Reader::delimited(const Block& in, std::size_t at, BlockAttributes& block) {
  const std::string_view line = in.lines[at];
  const std::size_t end = in.ends[at];
  const Lines inner(in.lines.begin() + static_cast<std::ptrdiff_t>(at + 1),
                    in.lines.begin() + static_cast<std::ptrdiff_t>(end));
  const char kind = line[0];
  if (line.starts_with("```")) {
    title_of(block);
    code(inner, trimmed(line.substr(3)));
  } else if (kind == '|' || kind == ',' || kind == ':' || kind == '!') {
    title_of(block);
    table(inner, line, in.depth, block);
  } else if (kind == '/') {
    // A remark.
  } else if (line == "--" && !block.style.empty()) {
    styled(inner, in.depth, block);
  } else if (kind == '-' && line != "--") {
    title_of(block);
    code(inner, block.style == "source" || block.style.empty() ? block.positional_at(1) : "");
  } else if (kind == '.') {
    const bool is_source = block.style == "source";
    title_of(block);
    code(inner, is_source ? block.positional_at(1) : "");
  } else {
    compound(inner, kind, in.depth, block);
  }
  return end + 1;
}

// Blocks that hold blocks.
void Reader::compound(const Lines& inner, char kind, int depth, const BlockAttributes& block) {
  if (kind == '+') {
    if (block.style == "stem" || block.style == "latexmath" || block.style == "asciimath")
      return formula(inner, block);
    return to_.left_out("++++");
  }
  if (is_admonition(block.style)) return admonition(block.style, inner, depth, block);
  if (kind == '_') {
    if (block.style == "verse") return styled(inner, depth, block);
    return quote(inner, depth, block);
  }
  if (kind == '*') {
    if (block.title.empty()) {
      out_.begin_quote();
    } else {
      begin_admonition(out_, attributes_.replaced(block.title));
    }
    blocks(inner, depth + 1);
    return out_.end_quote();
  }
  title_of(block);
  blocks(inner, depth + 1);
}

// A paragraph, or what stands between two lines "--", with a style in front.
void Reader::styled(const Lines& inner, int depth, const BlockAttributes& block) {
  const std::string& style = block.style;
  if (style == "source" || style == "listing" || style == "literal") {
    title_of(block);
    return code(inner, style == "source" ? block.positional_at(1) : "");
  }
  if (is_admonition(style)) return admonition(style, inner, depth, block);
  if (style == "quote") return quote(inner, depth, block);
  if (style == "stem" || style == "latexmath" || style == "asciimath") return formula(inner, block);
  if (style == "pass") return to_.left_out("[pass]");
  title_of(block);
  if (style == "verse") return verse(inner);
  blocks(inner, depth + 1);
}

void Reader::code(const Lines& inner, std::string_view language) {
  std::string text;
  for (const std::string_view line : inner) text.append(line).append("\n");
  out_.code_block(text, language);
}

void Reader::formula(const Lines& inner, const BlockAttributes& block) {
  const std::string text = joined(inner, 0, inner.size());
  const bool is_tex =
      block.style == "latexmath" ||
      (block.style != "asciimath" && attributes_.value("stem").value_or("") == "latexmath");
  if (!is_tex) return out_.code_block(text, "asciimath");
  out_.math(trimmed(text), MathLayout::kDisplay);
  out_.end_paragraph();
}

void Reader::quote(const Lines& inner, int depth, const BlockAttributes& block) {
  title_of(block);
  out_.begin_quote();
  blocks(inner, depth + 1);
  const std::string_view who =
      block.value("attribution").empty() ? block.positional_at(1) : block.value("attribution");
  const std::string_view where =
      block.value("citetitle").empty() ? block.positional_at(2) : block.value("citetitle");
  if (!who.empty() || !where.empty()) {
    const std::string divider = who.empty() || where.empty() ? "" : ", ";
    text_.write_paragraph("— " + std::string(who) + divider + std::string(where));
  }
  out_.end_quote();
}

void Reader::verse(const Lines& inner) {
  for (const std::string_view line : inner) {
    text_.write(line);
    out_.line_break();
  }
  out_.end_paragraph();
}

void Reader::admonition(std::string_view kind, const Lines& inner, int depth,
                        const BlockAttributes& block) {
  begin_admonition(out_, ascii_upper(kind[0]) + std::string(kind.substr(1)));
  title_of(block);
  blocks(inner, depth + 1);
  out_.end_quote();
}

void Reader::table(const Lines& inner, std::string_view delimiter, int depth,
                   const BlockAttributes& block) {
  const Table table = read_table(inner, delimiter, block);
  out_.begin_table();
  if (table.is_cut) to_.left_out("repeated cells");
  // Without a head of its own, Markdown's first row is one.
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    to_.step();
    out_.begin_row();
    for (const Cell& one : table.rows[r]) {
      const Column of = one.column < table.columns.size() ? table.columns[one.column] : Column{};
      out_.begin_cell({.column_span = one.columns, .row_span = one.rows, .align = of.align});
      cell(one, of, r == 0, depth);
      out_.end_cell();
    }
    out_.end_row();
  }
  out_.end_table();
}

void Reader::cell(const Cell& cell, const Column& column, bool is_head, int depth) {
  const char style = cell.style != 0 ? cell.style : is_head ? '\0' : column.style;
  if (style == 'a') return blocks(lines_of(cell.text), depth + 2);
  if (style == 'l' || style == 'm') return cell.text.empty() ? void() : out_.code(cell.text);
  const bool is_strong = style == 's' || (style == 'h' && !is_head);
  if (is_strong) out_.begin_style(Style::kStrong);
  if (style == 'e') out_.begin_style(Style::kEmphasis);
  std::string_view text = cell.text;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\n\n"), text.size());
    text_.write(text.substr(0, end));
    text.remove_prefix(std::min(end + 2, text.size()));
    if (!text.empty()) out_.end_paragraph();
  }
  if (style == 'e') out_.end_style(Style::kEmphasis);
  if (is_strong) out_.end_style(Style::kStrong);
}

// Indented lines are text as it is.
std::size_t Reader::literal(const Block& in, std::size_t at) {
  std::size_t end = at;
  while (end < in.lines.size() && !in.lines[end].empty() && !ends_paragraph(in.lines, end)) ++end;
  const std::size_t indent = least_indent(in.lines, at, end);
  code(without_indent(in.lines, at, std::max(end, at + 1), indent), {});
  return std::max(end, at + 1);
}

bool Reader::ends_paragraph(const Lines& lines, std::size_t at) const {
  const std::string_view line = lines[at];
  return line.empty() || is_attribute_line(line) || is_delimiter(line) ||
         (is_continuation(line) && open_items_ > 0);
}

// Whether each line end is a break.
bool Reader::keeps_lines() const {
  return attributes_.has("hardbreaks") || attributes_.has("hardbreaks-option");
}

std::size_t Reader::paragraph(const Block& in, std::size_t at, const BlockAttributes& block) {
  std::size_t end = at + 1;
  while (end < in.lines.size() && !ends_paragraph(in.lines, end) &&
         (open_items_ == 0 || read_list_mark(in.lines[end]).kind == MarkKind::kNone))
    ++end;
  Lines inner;
  for (std::size_t i = at; i < end; ++i) {
    if (!is_remark(in.lines[i])) inner.push_back(in.lines[i]);
  }
  const bool has_style = block.style == "source" || block.style == "listing" ||
                         block.style == "literal" || block.style == "quote" ||
                         block.style == "verse" || block.style == "stem" ||
                         block.style == "latexmath" || block.style == "asciimath" ||
                         block.style == "pass" || is_admonition(block.style);
  if (has_style && in.depth <= kMaxDepth) {
    // What it holds is a paragraph again, and not the same once more.
    styled(inner, in.depth, block);
    return end;
  }
  title_of(block);
  std::string text = joined(inner, 0, inner.size());
  const std::string_view kind = admonition_of(text);
  if (!kind.empty()) {
    begin_admonition(out_, ascii_upper(kind[0]) + std::string(kind.substr(1)));
    text.erase(0, kind.size() + 2);
  }
  text_.write_paragraph(trimmed(text), block.has_option("hardbreaks") || keeps_lines());
  if (!kind.empty()) out_.end_quote();
  return end;
}

}  // namespace sluice::markup::asciidoc

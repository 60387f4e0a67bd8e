// SPDX-License-Identifier: Apache-2.0
//
// reStructuredText (https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html), with the
// directives of docutils and those of Sphinx that documents use most.
#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/utf8.hpp>

#include "markup/converters.hpp"
#include "markup/grid_table.hpp"
#include "markup/rst_lines.hpp"
#include "markup/rst_text.hpp"
#include "markup/source.hpp"

namespace sluice::markup {
namespace {

// It has a function for each kind of block and directive, and some functions for what they share.
class RstReader {
 public:
  RstReader(Output& to, std::string_view text)
      : to_(to), out_(to.out), lines_(lines_of(text)), text_(to, names_) {}

  void read() {
    names_ = find_rst_names(lines_);
    find_rst_places(lines_, to_.job, names_);
    blocks(lines_, 0);
    for (std::size_t i = 0; i < notes_.size(); ++i) {
      const auto note = notes_[i];
      out_.begin_footnote(note.first);
      blocks(note.second, 1);
      out_.end_footnote();
    }
    name_anchors(names_.ids, to_.job);
  }

 private:
  void blocks(const Lines& lines, int depth) {
    const std::size_t last_border = last_simple_border(lines);
    std::size_t at = 0;
    while (at < lines.size()) {
      to_.step();
      if (lines[at].empty()) {
        ++at;
        continue;
      }
      const std::size_t next = depth > kMaxDepth ? at : block(lines, at, depth, last_border);
      at = next > at ? next : paragraph(lines, at, depth);
    }
  }

  // `last_border`: the last line that may end a simple table.
  std::size_t block(const Lines& lines, std::size_t at, int depth, std::size_t last_border) {
    const std::string_view line = lines[at];
    if (line[0] == ' ') return quote(lines, at, depth);
    if (const std::size_t next = title(lines, at, depth); next > at) return next;
    if (line.starts_with("..") && (line.size() == 2 || line[2] == ' '))
      return explicit_markup(lines, at, depth);
    if (line.starts_with("__ ")) return at + 1;  // an anonymous target
    if (is_grid_border(line)) {
      const std::size_t next = grid_table(lines, at, depth);
      if (next > at) return next;
    }
    if (at < last_border && is_simple_border(line)) {
      const std::size_t next = simple_table(lines, at, depth);
      if (next > at) return next;
    }
    if (line.starts_with(">>> ")) return doctest(lines, at);
    if (line == "|" || line.starts_with("| ")) return line_block(lines, at);
    if (field_size(line) > 0) return fields(lines, at, depth);
    Item item;
    if (read_item(line, item) && is_list(lines, at, item)) return list(lines, at, depth);
    return definitions(lines, at, depth);
  }

  std::size_t quote(const Lines& lines, std::size_t at, int depth) {
    std::size_t end = body_end(lines, at, 1);
    const Lines inner = without_indent(lines, at, end, least_indent(lines, at, end));
    out_.begin_quote();
    blocks(inner, depth + 1);
    out_.end_quote();
    return end;
  }

  std::size_t title(const Lines& lines, std::size_t at, int depth) {
    RstTitle found;
    if (depth == 0 && read_title(lines, at, found)) {
      heading(found.character, found.has_over, found.text);
      return found.next;
    }
    const bool alone =
        (at == 0 || lines[at - 1].empty()) && (at + 1 >= lines.size() || lines[at + 1].empty());
    if (line_character(lines[at]) == 0 || lines[at].size() < 4 || !alone) return at;
    out_.thematic_break();
    return at + 1;
  }

  void heading(char character, bool over, std::string_view text) {
    const std::pair<char, bool> style(character, over);
    auto found = std::find(levels_.begin(), levels_.end(), style);
    if (found == levels_.end()) {
      levels_.push_back(style);
      found = levels_.end() - 1;
    }
    const int level = static_cast<int>(found - levels_.begin()) + 1;
    if (level == 1 && !has_title_) {
      has_title_ = true;
      to_.job.set_metadata("title", one_line(text));
    }
    out_.begin_heading(std::min(level, 6));
    text_.write(text);
    out_.end_heading();
  }

  std::size_t doctest(const Lines& lines, std::size_t at) {
    std::size_t end = at;
    while (end < lines.size() && !lines[end].empty()) ++end;
    out_.code_block(joined(lines, at, end), "python");
    return end;
  }

  std::size_t line_block(const Lines& lines, std::size_t at) {
    for (; at < lines.size() && (lines[at].starts_with("| ") || lines[at] == "|" ||
                                 (!lines[at].empty() && lines[at][0] == ' '));
         ++at) {
      text_.write(trimmed(lines[at].substr(lines[at][0] == '|' ? 1 : 0)));
      out_.line_break();
    }
    out_.end_paragraph();
    return at;
  }

  // At the top, fields are the document's properties; anywhere else, a list.
  std::size_t fields(const Lines& lines, std::size_t at, int depth) {
    const bool is_docinfo = depth == 0 && !has_docinfo_ && (!out_.has_content() || has_title_);
    has_docinfo_ = has_docinfo_ || depth == 0;
    bool open = false;
    while (at < lines.size()) {
      const std::size_t size = field_size(lines[at]);
      if (size == 0) break;
      const std::string name(lines[at].substr(1, size - 2));
      const std::size_t end = body_end(lines, at, 1);
      Lines inner = without_indent(lines, at + 1, end, least_indent(lines, at + 1, end));
      inner.insert(inner.begin(), trimmed(lines[at].substr(size)));
      const std::string key = ascii_lower(name);
      if (is_docinfo &&
          (key == "author" || key == "authors" || key == "keywords" || key == "description")) {
        to_.job.set_metadata(key == "authors" ? "author" : key,
                             one_line(joined(inner, 0, inner.size())));
      }
      if (!open) out_.begin_list();
      open = true;
      out_.begin_item();
      out_.begin_style(Style::kStrong);
      text_.write(name);
      out_.end_style(Style::kStrong);
      out_.text(": ");
      blocks(inner, depth + 1);
      out_.end_item();
      at = end;
      while (at < lines.size() && lines[at].empty() && at + 1 < lines.size() &&
             field_size(lines[at + 1]) > 0)
        ++at;
    }
    if (open) out_.end_list();
    return at;
  }

  std::size_t list(const Lines& lines, std::size_t at, int depth) {
    Item first;
    read_item(lines[at], first);
    const bool numbered = first.is_ordered && first.label.empty();
    out_.begin_list({.kind = numbered ? ListKind::kOrdered : ListKind::kBullet});
    std::int64_t number = std::max<std::int64_t>(first.number, 1);
    while (at < lines.size()) {
      Item item;
      if (!read_item(lines[at], item) || item.kind != first.kind ||
          item.is_ordered != first.is_ordered)
        break;
      // Text may begin in the line below its mark.
      const std::size_t end = body_end(lines, at, std::min<std::size_t>(item.content, 2));
      Lines inner = without_indent(lines, at + 1, end, item.content);
      inner.insert(inner.begin(), lines[at].substr(std::min(item.content, lines[at].size())));
      ItemOptions options;
      options.number = item.number > 0 && numbered ? item.number : number;
      number = options.number + 1;
      out_.begin_item(options);
      if (!item.label.empty()) out_.text(item.label + " ");
      blocks(inner, depth + 1);
      out_.end_item();
      at = end;
      while (at < lines.size() && lines[at].empty()) ++at;
    }
    out_.end_list();
    return at;
  }

  // A line with an indented one below it.
  std::size_t definitions(const Lines& lines, std::size_t at, int depth) {
    const auto is_term = [&](std::size_t i) {
      return i + 1 < lines.size() && !lines[i].empty() && lines[i][0] != ' ' &&
             !lines[i + 1].empty() && lines[i + 1][0] == ' ' && !lines[i].ends_with("::") &&
             !lines[i].starts_with("..");
    };
    if (!is_term(at)) return at;
    out_.begin_list();
    while (at < lines.size() && is_term(at)) {
      const std::size_t end = body_end(lines, at, 1);
      out_.begin_item();
      out_.begin_style(Style::kStrong);
      text_.write(lines[at]);
      out_.end_style(Style::kStrong);
      out_.line_break();
      blocks(without_indent(lines, at + 1, end, least_indent(lines, at + 1, end)), depth + 1);
      out_.end_item();
      at = end;
      std::size_t next = at;
      while (next < lines.size() && lines[next].empty()) ++next;
      if (next < lines.size() && is_term(next)) at = next;
    }
    out_.end_list();
    return at;
  }

  std::size_t paragraph(const Lines& lines, std::size_t at, int depth) {
    std::string text;
    const std::size_t begin = at;
    for (; at < lines.size() && !lines[at].empty(); ++at) {
      if (at > begin && lines[at][0] == ' ' && lines[at - 1].ends_with("::")) break;
      text.append(at > begin ? "\n" : "").append(trimmed(lines[at]));
    }
    const bool has_literal = cut_literal_mark(text);
    text_.write(trimmed(text));
    out_.end_paragraph();
    return has_literal && depth <= kMaxDepth ? literal(lines, at) : at;
  }

  // The indented block behind "::".
  std::size_t literal(const Lines& lines, std::size_t at) {
    std::size_t begin = at;
    while (begin < lines.size() && lines[begin].empty()) ++begin;
    if (begin == lines.size() || lines[begin][0] != ' ') return at;
    const std::size_t end = body_end(lines, begin, 1);
    out_.code_block(
        joined(without_indent(lines, begin, end, least_indent(lines, begin, end)), 0, end - begin),
        language_);
    return end;
  }

  std::size_t explicit_markup(const Lines& lines, std::size_t at, int depth) {
    // An empty remark ends what is above it, and takes nothing below it.
    if (lines[at] == ".." && (at + 1 == lines.size() || lines[at + 1].empty())) return at + 1;
    const std::size_t end = body_end(lines, at, 1);
    const std::string_view rest =
        lines[at].size() > 3 ? trimmed(lines[at].substr(3)) : std::string_view();
    if (rest.starts_with('[') && rest.find(']') != std::string_view::npos) {
      std::string label = note_label(rest.substr(1, rest.find(']') - 1), automatic_notes_);
      Lines inner = without_indent(lines, at + 1, end, least_indent(lines, at + 1, end));
      inner.insert(inner.begin(), trimmed(rest.substr(rest.find(']') + 1)));
      notes_.emplace_back(std::move(label), std::move(inner));
      return end;
    }
    if (rest.starts_with('_') || rest.starts_with('|')) return end;
    const std::size_t colons = rest.find("::");
    const bool is_directive =
        colons != std::string_view::npos && colons > 0 &&
        rest.substr(0, colons).find_first_of(" \t") == std::string_view::npos &&
        (colons + 2 == rest.size() || rest[colons + 2] == ' ');
    if (!is_directive) return end;  // a remark
    directive(read_directive(lines, at, end, rest, colons), depth);
    return end;
  }

  void directive(const Directive& found, int depth) {
    const std::string& name = found.name;
    if (name == "code-block" || name == "code" || name == "sourcecode" ||
        name == "parsed-literal" || name == "prompt") {
      const std::string& language = found.argument;
      out_.code_block(joined(found.content, 0, found.content.size()),
                      language == "none" || language == "default" ? "" : language);
    } else if (name == "highlight") {
      language_ = found.argument == "none" ? "" : found.argument;
    } else if (name == "image" || name == "figure") {
      to_.image(found.argument, found.option("alt"));
      out_.end_paragraph();
      blocks(found.content, depth + 1);
    } else if (name == "math") {
      out_.math(trimmed(found.argument + "\n" + joined(found.content, 0, found.content.size())),
                MathLayout::kDisplay);
      out_.end_paragraph();
    } else if (is_admonition(name)) {
      begin_admonition(out_, admonition_title(name));
      text_.write(found.argument);
      const bool goes_on = !found.content.empty() && !found.content.front().empty();
      if (!found.argument.empty() && goes_on) out_.text(" ");
      if (!found.argument.empty() && !goes_on) out_.end_paragraph();
      blocks(found.content, depth + 1);
      out_.end_quote();
    } else if (name == "admonition" || name == "topic" || name == "sidebar") {
      begin_admonition(out_, found.argument);
      blocks(found.content, depth + 1);
      out_.end_quote();
    } else if (name == "rubric") {
      out_.begin_style(Style::kStrong);
      text_.write(found.argument);
      out_.end_style(Style::kStrong);
      out_.end_paragraph();
    } else if (name == "list-table") {
      list_table(found, depth);
    } else if (name == "csv-table") {
      csv_table(found);
    } else if (name == "toctree") {
      contents(found);
    } else if (is_invisible(name)) {
      // Nothing that a reader sees.
    } else if (is_container(name)) {
      if (name == "table" && !found.argument.empty()) caption(found.argument);
      blocks(found.content, depth + 1);
    } else {
      unknown(found, depth);
    }
  }

  // What documents an object (".. function:: f(x)") shows it; all else is counted. Its text stays
  // either way.
  void unknown(const Directive& found, int depth) {
    if (found.content.empty() && found.argument.empty()) return to_.left_out(found.name);
    const bool documents = documents_object(found.name);
    if (documents && !found.argument.empty()) {
      out_.begin_style(Style::kStrong);
      out_.code(found.argument);
      out_.end_style(Style::kStrong);
      out_.end_paragraph();
    } else {
      to_.left_out(found.name);
    }
    if (!is_raw(found.name)) blocks(found.content, depth + 1);
  }

  void contents(const Directive& found) {
    out_.begin_list();
    for (const std::string_view line : found.content) {
      const std::string_view words = trimmed(line);
      if (words.empty() || words == "self") continue;
      const std::size_t open = words.ends_with('>') ? words.rfind('<') : std::string_view::npos;
      out_.begin_item();
      out_.text(open == std::string_view::npos ? words : trimmed(words.substr(0, open)));
      out_.end_item();
    }
    out_.end_list();
  }

  void caption(std::string_view text) {
    out_.begin_style(Style::kStrong);
    text_.write(text);
    out_.end_style(Style::kStrong);
    out_.end_paragraph();
  }

  void list_table(const Directive& found, int depth) {
    if (!found.argument.empty()) caption(found.argument);
    const Lines& lines = found.content;
    out_.begin_table();
    std::size_t at = 0;
    while (at < lines.size()) {
      Item row;
      if (!read_item(lines[at], row)) {
        ++at;
        continue;
      }
      const std::size_t end = body_end(lines, at, 2);
      Lines cells = without_indent(lines, at + 1, end, row.content);
      cells.insert(cells.begin(), lines[at].substr(std::min(row.content, lines[at].size())));
      out_.begin_row();
      for (std::size_t c = 0; c < cells.size();) {
        Item cell;
        if (!read_item(cells[c], cell)) {
          ++c;
          continue;
        }
        const std::size_t cell_end = body_end(cells, c, 2);
        Lines inner = without_indent(cells, c + 1, cell_end, cell.content);
        inner.insert(inner.begin(), cells[c].substr(std::min(cell.content, cells[c].size())));
        out_.begin_cell();
        blocks(inner, depth + 2);
        out_.end_cell();
        c = cell_end;
      }
      out_.end_row();
      at = end;
    }
    out_.end_table();
  }

  void csv_table(const Directive& found) {
    if (!found.argument.empty()) caption(found.argument);
    if (!found.option("file").empty() || !found.option("url").empty())
      return to_.left_out("csv-table");
    out_.begin_table();
    if (const std::string header = found.option("header"); !header.empty()) csv_row(header);
    for (const std::string_view line : found.content) {
      if (!line.empty()) csv_row(line);
    }
    out_.end_table();
  }

  void csv_row(std::string_view line) {
    out_.begin_row();
    for (const std::string& cell : csv_cells(line)) {
      out_.begin_cell();
      text_.write(cell);
      out_.end_cell();
    }
    out_.end_row();
  }

  std::size_t grid_table(const Lines& lines, std::size_t at, int depth) {
    std::size_t end = at;
    while (end < lines.size() && (lines[end].starts_with('+') || lines[end].starts_with('|')))
      ++end;
    const auto table = read_grid(lines, at, end);
    if (!table) return at;
    out_.begin_table();
    for (const GridRow& row : *table) {
      out_.begin_row();
      for (const GridCell& cell : row) {
        out_.begin_cell({.column_span = cell.columns, .row_span = cell.rows});
        blocks(cell.lines, depth + 2);
        out_.end_cell();
      }
      out_.end_row();
    }
    out_.end_table();
    return end;
  }

  std::size_t simple_table(const Lines& lines, std::size_t at, int depth) {
    const auto table = read_simple_table(lines, at);
    if (!table) return at;
    out_.begin_table();
    for (const GridRow& row : table->rows) {
      out_.begin_row();
      for (const GridCell& cell : row) {
        out_.begin_cell({.column_span = cell.columns});
        blocks(cell.lines, depth + 2);
        out_.end_cell();
      }
      out_.end_row();
    }
    out_.end_table();
    return table->end;
  }

  Output& to_;
  MarkdownWriter& out_;
  Lines lines_;
  RstNames names_;
  RstText text_;
  std::vector<std::pair<char, bool>>
      levels_;  // the lines of titles, in the order in which they came
  std::vector<std::pair<std::string, Lines>> notes_;
  std::size_t automatic_notes_ = 0;
  std::string language_;  // of literal blocks
  bool has_title_ = false;
  bool has_docinfo_ = false;
};

}  // namespace

void RstConverter::convert(Job& job) {
  const std::string text = read_source(job);
  Output to(job);
  RstReader(to, text).read();
  to.finish();
}

}  // namespace sluice::markup

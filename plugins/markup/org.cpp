// SPDX-License-Identifier: Apache-2.0
//
// Org files (https://orgmode.org/worg/org-syntax.html).
#include <algorithm>
#include <array>
#include <map>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/heading_anchor.hpp>
#include <sluice/utf8.hpp>

#include "markup/converters.hpp"
#include "markup/org_ends.hpp"
#include "markup/org_text.hpp"
#include "markup/source.hpp"

namespace sluice::markup {
namespace {

constexpr auto kKeywords =
    std::to_array<std::string_view>({"TODO", "DONE", "NEXT", "WAITING", "CANCELLED"});

// The title of a heading, without its keyword, priority and tags.
std::string_view title_of(std::string_view title) {
  title = trimmed(title);
  for (const std::string_view keyword : kKeywords) {
    if (title.starts_with(keyword) && title.substr(keyword.size()).starts_with(' ')) {
      title = trimmed(title.substr(keyword.size()));
    }
  }
  if (title.starts_with("[#") && title.size() > 4 && title[3] == ']')
    title = trimmed(title.substr(4));
  // Tags at the end, as in ":a:b:".
  const std::size_t blank = title.rfind(' ');
  if (title.ends_with(':') && blank != std::string_view::npos && title[blank + 1] == ':' &&
      title.size() > blank + 2) {
    title = trimmed(title.substr(0, blank));
  }
  return title;
}

// The value of "#+KEY: value" (the key in lower case), or an empty key.
std::pair<std::string, std::string_view> keyword_of(std::string_view line) {
  line = trimmed(line);
  if (!line.starts_with("#+")) return {};
  const std::size_t colon = line.find(':');
  const std::size_t blank = std::min(line.find(' '), line.size());
  if (colon == std::string_view::npos || colon > blank) return {};
  return {ascii_lower(line.substr(2, colon - 2)), trimmed(line.substr(colon + 1))};
}

// "src python" of "#+BEGIN_SRC python -n", in lower case; empty for other lines.
std::string block_of(std::string_view line, std::string_view& arguments) {
  line = trimmed(line);
  if (!starts_with_ignoring_ascii_case(line, "#+begin_")) return {};
  const std::size_t end = std::min(line.find(' '), line.size());
  arguments = trimmed(line.substr(end));
  return ascii_lower(line.substr(8, end - 8));
}

struct Mark {
  std::size_t indent = 0;   // of the mark
  std::size_t content = 0;  // where the item's text begins
  bool is_ordered = false;
  std::int64_t number = 1;
};

bool read_mark(std::string_view line, Mark& mark) {
  mark.indent = indent_of(line);
  const std::string_view rest = line.substr(mark.indent);
  if (rest.empty()) return false;
  std::size_t size = 0;
  if (rest[0] == '-' || rest[0] == '+' || (rest[0] == '*' && mark.indent > 0)) {
    size = 1;
    mark.is_ordered = false;
  } else {
    while (size < rest.size() && size < 9 && is_ascii_digit(static_cast<unsigned char>(rest[size])))
      ++size;
    if (size == 0 || size >= rest.size() || (rest[size] != '.' && rest[size] != ')')) return false;
    mark.number = std::stoll(std::string(rest.substr(0, size)));
    ++size;
    mark.is_ordered = true;
  }
  if (size < rest.size() && rest[size] != ' ') return false;
  mark.content = mark.indent + size + 1;
  return true;
}

// It has a function for each kind of block, and some functions for what they share.
class OrgReader {
 public:
  OrgReader(Output& to, std::string_view text)
      : to_(to), out_(to.out), lines_(lines_of(text)), text_(to) {}

  void read() {
    find_notes();
    find_places();
    blocks(lines_, 0);
    write_notes();
  }

 private:
  // Definitions of footnotes stand anywhere, and are written at the end.
  void find_notes() {
    for (const std::string_view line : lines_) {
      if (!line.starts_with("[fn:")) continue;
      const std::size_t end = line.find(']');
      if (end != std::string_view::npos)
        text_.notes.emplace(line.substr(4, end - 4), std::string_view());
    }
  }

  // Where links within the file lead: "#id" and "*Title".
  void find_places() {
    HeadingReader<OrgText> headings(to_.job);
    HeadingAnchors anchors;
    PlaceNames ids;
    std::string fragment;
    for (const std::string_view line : lines_) {
      const std::size_t stars = std::min(line.find_first_not_of('*'), line.size());
      if (stars > 0 && stars < line.size() && line[stars] == ' ') {
        const std::string_view title = title_of(line.substr(stars));
        fragment = "#" + anchors.add(headings.read([&](OrgText& to) {
          to.notes = text_.notes;
          to.inline_text(title);
        }));
        text_.places.emplace("*" + std::string(title), fragment);
      } else if (constexpr std::string_view kId = ":CUSTOM_ID:";
                 trimmed(line).starts_with(kId) && !fragment.empty()) {
        std::string id(trimmed(trimmed(line).substr(kId.size())));
        text_.places.emplace("#" + id, fragment);
        ids.emplace(std::move(id), fragment);
      }
    }
    name_anchors(ids, to_.job);
  }

  void write_notes() {
    for (std::size_t i = 0; i < text_.written_notes.size(); ++i) {
      const auto [label, text] = text_.written_notes[i];
      out_.begin_footnote(label);
      text_.inline_text(text);
      out_.end_paragraph();
      out_.end_footnote();
    }
  }

  void blocks(const Lines& lines, int depth) {
    const OrgEnds ends(lines);
    std::size_t at = 0;
    while (at < lines.size()) {
      to_.step();
      if (lines[at].empty()) {
        ++at;
        continue;
      }
      const std::size_t next = depth > kMaxDepth ? at : block(lines, ends, at, depth);
      at = next > at ? next : paragraph(lines, at);
    }
  }

  // Reads the block at `at`, if it is anything but a paragraph, and returns where the next one
  // begins.
  std::size_t block(const Lines& lines, const OrgEnds& ends, std::size_t at, int depth) {
    const std::string_view line = lines[at];
    const std::string_view words = trimmed(line);
    if (const std::size_t next = heading(lines, at); next > at) return next;
    if (const std::size_t next = named_block(lines, ends, at, depth); next > at) return next;
    if (words.starts_with("#+")) {
      keyword(line);
      return at + 1;
    }
    if (words == "#" || words.starts_with("# ")) return at + 1;
    if (words.size() > 2 && words.front() == ':' && words.back() == ':' &&
        words.find(' ') == std::string_view::npos) {
      return drawer(ends, at);
    }
    if (words == ":" || words.starts_with(": ")) return fixed(lines, at);
    if (words.starts_with('|')) return table(lines, at);
    if (words.size() >= 5 && words.find_first_not_of('-') == std::string_view::npos) {
      out_.thematic_break();
      return at + 1;
    }
    if (line.starts_with("[fn:") && line.find(']') != std::string_view::npos)
      return note(lines, at);
    if (words.starts_with("\\begin{") || words.starts_with("\\[")) return formula(lines, ends, at);
    for (const std::string_view planned : {"SCHEDULED:", "DEADLINE:", "CLOSED:", "CLOCK:"}) {
      if (words.starts_with(planned)) return at + 1;
    }
    Mark mark;
    if (read_mark(line, mark)) return list(lines, at, depth);
    return at;
  }

  std::size_t heading(const Lines& lines, std::size_t at) {
    const std::string_view line = lines[at];
    const std::size_t stars = std::min(line.find_first_not_of('*'), line.size());
    if (stars == 0 || stars >= line.size() || line[stars] != ' ') return at;
    if (trimmed(line.substr(stars)).starts_with("COMMENT ")) return section_end(lines, at, stars);
    const std::string_view title = title_of(line.substr(stars));
    out_.begin_heading(static_cast<int>(std::min<std::size_t>(stars, 6)));
    text_.inline_text(title);
    out_.end_heading();
    return at + 1;
  }

  static std::size_t section_end(const Lines& lines, std::size_t at, std::size_t stars) {
    for (++at; at < lines.size(); ++at) {
      const std::size_t others = std::min(lines[at].find_first_not_of('*'), lines[at].size());
      if (others > 0 && others <= stars && others < lines[at].size() && lines[at][others] == ' ')
        break;
    }
    return at;
  }

  void keyword(std::string_view line) {
    const auto [key, value] = keyword_of(line);
    if (value.empty()) return;
    if (key == "title" || key == "author" || key == "description" || key == "keywords") {
      to_.job.set_metadata(key, one_line(value));
    } else if (key == "language") {
      to_.job.set_metadata("language", value);
    } else if (key == "include") {
      to_.left_out("#+INCLUDE");
    }
  }

  std::size_t named_block(const Lines& lines, const OrgEnds& ends, std::size_t at, int depth) {
    std::string_view arguments;
    const std::string kind = block_of(lines[at], arguments);
    if (kind.empty()) return at;
    const std::size_t end = ends.block(kind, at + 1);
    if (end == OrgEnds::npos) return at;
    const Lines inner = without_indent(lines, at + 1, end, least_indent(lines, at + 1, end));
    if (kind == "src" || kind == "example") {
      std::string code;
      for (const std::string_view line : inner) {
        // A comma protects what would be a heading or a keyword.
        const bool is_protected = line.starts_with(",*") || line.starts_with(",#+");
        code.append(is_protected ? line.substr(1) : line) += '\n';
      }
      out_.code_block(
          code, kind == "src" ? arguments.substr(0, arguments.find(' ')) : std::string_view());
    } else if (kind == "quote") {
      out_.begin_quote();
      blocks(inner, depth + 1);
      out_.end_quote();
    } else if (kind == "verse") {
      for (const std::string_view line : inner) {
        text_.inline_text(line);
        out_.line_break();
      }
      out_.end_paragraph();
    } else if (kind == "comment") {
    } else if (kind == "export") {
      to_.left_out("#+BEGIN_EXPORT");
    } else if (kind == "note" || kind == "tip" || kind == "warning" || kind == "important" ||
               kind == "caution") {
      begin_admonition(out_, ascii_upper(kind[0]) + kind.substr(1));
      blocks(inner, depth + 1);
      out_.end_quote();
    } else {
      blocks(inner, depth + 1);
    }
    return end + 1;
  }

  static std::size_t drawer(const OrgEnds& ends, std::size_t at) {
    const std::size_t end = ends.drawer(at + 1);
    return end != OrgEnds::npos && end < ends.section(at + 1) ? end + 1 : at + 1;
  }

  std::size_t fixed(const Lines& lines, std::size_t at) {
    std::string code;
    for (; at < lines.size(); ++at) {
      const std::string_view words = trimmed(lines[at]);
      if (words != ":" && !words.starts_with(": ")) break;
      code.append(words.substr(std::min<std::size_t>(2, words.size()))) += '\n';
    }
    out_.code_block(code);
    return at;
  }

  std::size_t table(const Lines& lines, std::size_t at) {
    out_.begin_table();
    for (; at < lines.size() && trimmed(lines[at]).starts_with('|'); ++at) {
      std::string_view row = trimmed(lines[at]).substr(1);
      if (row.starts_with('-')) continue;
      if (row.ends_with('|')) row.remove_suffix(1);
      // A row that only says how wide or where columns are.
      const bool is_cookie = row.find('<') != std::string_view::npos &&
                             row.find_first_not_of("<>lcr0123456789| ") == std::string_view::npos;
      if (is_cookie) continue;
      out_.begin_row();
      while (true) {
        const std::size_t end = std::min(row.find('|'), row.size());
        out_.begin_cell();
        text_.inline_text(trimmed(row.substr(0, end)));
        out_.end_cell();
        if (end == row.size()) break;
        row.remove_prefix(end + 1);
      }
      out_.end_row();
    }
    out_.end_table();
    return at;
  }

  // The text of a note is its paragraph.
  std::size_t note(const Lines& lines, std::size_t at) {
    const std::size_t bracket = lines[at].find(']');
    const std::string label(lines[at].substr(4, bracket - 4));
    std::string text(trimmed(lines[at].substr(bracket + 1)));
    for (++at; at < lines.size() && !lines[at].empty() && !lines[at].starts_with("[fn:") &&
               !lines[at].starts_with("*");
         ++at) {
      text.append("\n").append(lines[at]);
    }
    text_.written_notes.emplace_back(label, std::move(text));
    return at;
  }

  std::size_t formula(const Lines& lines, const OrgEnds& ends, std::size_t at) {
    const std::string_view words = trimmed(lines[at]);
    const bool is_environment = words.starts_with("\\begin{");
    std::size_t end = 0;
    if (is_environment) {
      const std::size_t close = words.find('}');
      if (close == std::string_view::npos) return at;
      end = ends.environment(words.substr(7, close - 7), at);
    } else {
      end = ends.formula(at);
    }
    if (end == OrgEnds::npos) return at;
    if (!is_environment && !trimmed(lines[end]).ends_with("\\]")) return at;
    std::string tex = joined(lines, at, end + 1);
    if (!is_environment) {
      const std::string_view whole = trimmed(tex);
      tex = std::string(whole.substr(2, whole.size() - 4));
    }
    out_.math(trimmed(tex), MathLayout::kDisplay);
    out_.end_paragraph();
    return end + 1;
  }

  std::size_t list(const Lines& lines, std::size_t at, int depth) {
    Mark first;
    read_mark(lines[at], first);
    out_.begin_list({.kind = first.is_ordered ? ListKind::kOrdered : ListKind::kBullet});
    while (at < lines.size()) {
      Mark mark;
      if (!read_mark(lines[at], mark) || mark.indent != first.indent ||
          mark.is_ordered != first.is_ordered)
        break;
      std::size_t end = at + 1;
      int blank = 0;
      for (; end < lines.size(); ++end) {
        // Two blank lines end all lists.
        if (lines[end].empty()) {
          if (++blank == 2) break;
          continue;
        }
        if (indent_of(lines[end]) <= mark.indent) break;
        blank = 0;
      }
      Lines inner = without_indent(lines, at, end, mark.content);
      inner[0] = lines[at].substr(std::min(mark.content, lines[at].size()));
      item(inner, mark, depth);
      at = end;
      while (at < lines.size() && lines[at].empty() && blank < 2) ++at;
      if (blank == 2) break;
    }
    out_.end_list();
    return at;
  }

  void item(Lines& inner, const Mark& mark, int depth) {
    ItemOptions options;
    options.number = mark.number;
    std::string_view text = trimmed(inner[0]);
    for (const auto& [box, task] : {std::pair<std::string_view, Task>{"[ ]", Task::kOpen},
                                    {"[-]", Task::kOpen},
                                    {"[X]", Task::kDone},
                                    {"[x]", Task::kDone}}) {
      if (!text.starts_with(box)) continue;
      options.task = task;
      text = trimmed(text.substr(box.size()));
      break;
    }
    if (text.starts_with("[@") && text.find(']') != std::string_view::npos)
      text = trimmed(text.substr(text.find(']') + 1));
    out_.begin_item(options);
    const std::size_t term = text.find(" :: ");
    if (!mark.is_ordered && (term != std::string_view::npos || text.ends_with(" ::"))) {
      const std::size_t size = term == std::string_view::npos ? text.size() - 3 : term;
      out_.begin_style(Style::kStrong);
      text_.inline_text(text.substr(0, size));
      out_.end_style(Style::kStrong);
      out_.text(": ");
      text = trimmed(text.substr(std::min(size + 4, text.size())));
    }
    inner[0] = text;
    blocks(inner, depth + 1);
    out_.end_item();
  }

  std::size_t paragraph(const Lines& lines, std::size_t at) {
    std::string text;
    const std::size_t begin = at;
    for (; at < lines.size() && !lines[at].empty(); ++at) {
      if (at > begin && begins_block(lines[at])) break;
      text.append(at > begin ? "\n" : "").append(trimmed(lines[at]));
    }
    text_.inline_text(text);
    out_.end_paragraph();
    return at;
  }

  static bool begins_block(std::string_view line) {
    const std::string_view words = trimmed(line);
    Mark mark;
    return words.starts_with('|') || words.starts_with("#+") || words.starts_with("# ") ||
           words.starts_with(": ") || read_mark(line, mark) ||
           (line.starts_with('*') && line.find_first_not_of('*') < line.size() &&
            line[line.find_first_not_of('*')] == ' ');
  }

  Output& to_;
  MarkdownWriter& out_;
  Lines lines_;
  OrgText text_;
};

}  // namespace

void OrgConverter::convert(Job& job) {
  const std::string text = read_source(job);
  Output to(job);
  OrgReader(to, text).read();
  to.finish();
}

Canary OrgConverter::canary() const {
  return {"* caf\xC3\xA9\n- /one/\n", "canary.org", "text/x-org", "# caf\u00E9\n\n- *one*\n"};
}

}  // namespace sluice::markup

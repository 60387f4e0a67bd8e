// SPDX-License-Identifier: Apache-2.0
//
// Lists of AsciiDoc: levels by their marks, blocks that a line "+" attaches to an item.
#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/list_number.hpp>

#include "markup/asciidoc/reader.hpp"

namespace sluice::markup::asciidoc {
namespace {

std::size_t past_blank_lines(const Lines& lines, std::size_t at) {
  while (at < lines.size() && lines[at].empty()) ++at;
  return at;
}

// Whether a line that is attached begins a paragraph of no kind of its own.
bool is_plain(std::string_view line) {
  const bool is_macro = line.find("::") != std::string_view::npos && line.ends_with(']');
  return !is_macro && line[0] != ' ' && line[0] != '>' && line[0] != '\'' && line[0] != ':' &&
         !is_remark(line) && !line.starts_with("<<<");
}

bool has_letters(const BlockAttributes& block) {
  return block.style == "loweralpha" || block.style == "upperalpha" ||
         block.style == "lowerroman" || block.style == "upperroman";
}

std::string label_of(const BlockAttributes& block, std::int64_t number) {
  const bool is_roman = block.style.ends_with("roman");
  const bool is_upper = block.style.starts_with("upper");
  return list_number(number, is_roman   ? is_upper ? "upperRoman" : "lowerRoman"
                             : is_upper ? "upperLetter"
                                        : "lowerLetter") +
         ".";
}

}  // namespace

bool Reader::is_of_outer_list(std::string_view sign) const {
  return std::find(open_lists_.begin(), open_lists_.end(), sign) != open_lists_.end();
}

std::size_t Reader::list(const Block& in, std::size_t at, const BlockAttributes& block) {
  const ListMark first = read_list_mark(in.lines[at]);
  const bool has_numbers =
      (first.kind == MarkKind::kNumber && first.label.empty() && !has_letters(block)) ||
      first.kind == MarkKind::kCallout;
  out_.begin_list({.kind = has_numbers ? ListKind::kOrdered : ListKind::kBullet});
  open_lists_.push_back(first.sign);
  const std::string_view start = block.value("start");
  std::int64_t number =
      is_ascii_number(start) && start.size() < 9 ? std::stoll(std::string(start)) : 1;
  while (at < in.lines.size()) {
    const ListMark mark = read_list_mark(in.lines[at]);
    if (mark.kind != first.kind || mark.sign != first.sign) break;
    at = item(in, at, mark, block, number);
    // Items may stand apart, and remarks between them.
    std::size_t next = at;
    while (next < in.lines.size() && (in.lines[next].empty() || is_remark(in.lines[next]))) ++next;
    const ListMark following = next < in.lines.size() ? read_list_mark(in.lines[next]) : ListMark{};
    if (following.kind == MarkKind::kNone) break;
    at = next;
  }
  open_lists_.pop_back();
  out_.end_list();
  return at;
}

std::size_t Reader::item(const Block& in, std::size_t at, const ListMark& mark,
                         const BlockAttributes& block, std::int64_t& number) {
  to_.step();
  std::string text(in.lines[at].substr(mark.content));
  ItemOptions options;
  if (mark.number > 0) number = mark.number;
  options.number = number++;
  for (const auto& [box, task] : {std::pair<std::string_view, Task>{"[ ] ", Task::kOpen},
                                  {"[x] ", Task::kDone},
                                  {"[*] ", Task::kDone}}) {
    if (mark.kind != MarkKind::kBullet || !text.starts_with(box)) continue;
    options.task = task;
    text.erase(0, box.size());
    break;
  }
  out_.begin_item(options);
  ++open_items_;
  std::size_t next = at + 1;
  if (mark.kind == MarkKind::kTerm) {
    next = terms(in, next, mark, text);
  } else if (!mark.label.empty()) {
    out_.text(std::string(mark.label) + " ");
  } else if (has_letters(block) && mark.kind == MarkKind::kNumber) {
    out_.text(label_of(block, options.number) + " ");
  }
  next = item_text(in, next, text);
  text_.write_paragraph(text, keeps_lines());
  next = in.depth > kMaxDepth ? next : attached(in, next);
  --open_items_;
  out_.end_item();
  return next;
}

// Writes the term of an item and those in the lines from `at` on that share its text, which may
// stand below. Returns where what is left begins.
std::size_t Reader::terms(const Block& in, std::size_t at, const ListMark& mark,
                          std::string& text) {
  out_.begin_style(Style::kStrong);
  text_.write(mark.term);
  // Terms may share what is said of them.
  while (text.empty() && at < in.lines.size()) {
    const ListMark other = read_list_mark(in.lines[at]);
    if (other.kind != MarkKind::kTerm || other.sign != mark.sign) break;
    out_.text(", ");
    text_.write(other.term);
    text = in.lines[at].substr(other.content);
    ++at;
  }
  out_.end_style(Style::kStrong);
  out_.text(": ");
  if (!text.empty()) return at;
  // Its text may stand below, also attached.
  std::size_t below = past_blank_lines(in.lines, at);
  if (below == at && below < in.lines.size() && is_continuation(in.lines[below])) ++below;
  const bool is_text =
      below < in.lines.size() && !is_continuation(in.lines[below]) &&
      !ends_paragraph(in.lines, below) && read_list_mark(in.lines[below]).kind == MarkKind::kNone &&
      !is_title_line(in.lines[below]) &&
      (below == at || !is_continuation(in.lines[below - 1]) || is_plain(in.lines[below]));
  std::string_view title;
  if (is_text && heading_level(in.lines[below], title) == 0) {
    text = trimmed(in.lines[below]);
    at = below + 1;
  }
  return at;
}

// The lines that go on with an item's first paragraph.
std::size_t Reader::item_text(const Block& in, std::size_t at, std::string& text) const {
  for (; at < in.lines.size(); ++at) {
    const std::string_view line = in.lines[at];
    if (is_remark(line)) continue;
    if (ends_paragraph(in.lines, at) || is_continuation(line) || is_title_line(line) ||
        read_list_mark(line).kind != MarkKind::kNone)
      break;
    text.append("\n").append(trimmed(line));
  }
  return at;
}

// What follows an item's text and belongs to it: lists of other marks, blocks behind a "+".
std::size_t Reader::attached(const Block& in, std::size_t at) {
  const Block inner{in.lines, in.ends, in.depth + 1};
  while (at < in.lines.size()) {
    if (is_continuation(in.lines[at])) {
      BlockAttributes block;
      const std::size_t indent = indent_of(in.lines[at]);
      const std::size_t begin = metadata(inner, at + 1, block);
      if (begin >= in.lines.size()) return begin;
      // An item of a list around begins nothing here, even behind a "+".
      const ListMark mark = read_list_mark(in.lines[begin]);
      if (mark.kind != MarkKind::kNone && is_of_outer_list(mark.sign)) return begin;
      // Below an indented "+", lines as far in are no literal ones.
      if (indent > 0 && indent == indent_of(in.lines[begin]) && block.style.empty())
        block.style = "normal";
      at = this->block(inner, begin, block);
      continue;
    }
    // Attributes may stand before a list within.
    BlockAttributes block;
    std::size_t next = past_blank_lines(in.lines, at);
    if (next < in.lines.size() && is_continuation(in.lines[next]) && next == at + 1 &&
        open_lists_.size() > 1)
      return next;  // of the item around
    const bool is_apart = next > at;
    if (next >= in.lines.size()) return at;
    const bool has_attributes =
        is_attribute_line(in.lines[next]) || (is_title_line(in.lines[next]) && !is_apart);
    if (has_attributes && !is_apart) next = metadata(inner, next, block);
    if (next >= in.lines.size()) return at;
    const ListMark mark = read_list_mark(in.lines[next]);
    const bool is_within = mark.kind != MarkKind::kNone && !is_of_outer_list(mark.sign) &&
                           mark.kind != MarkKind::kCallout;
    if (is_within) {
      at = list(inner, next, block);
    } else if (is_apart && in.lines[next].starts_with(' ') && mark.kind == MarkKind::kNone) {
      at = literal(inner, next);
    } else {
      return at;
    }
  }
  return at;
}

}  // namespace sluice::markup::asciidoc

// SPDX-License-Identifier: Apache-2.0
//
// What single lines of reStructuredText begin, and how far it goes.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "markup/source.hpp"

namespace sluice::markup {

// The character that a line consists of, if it may be the line of a title or a transition; 0
// otherwise.
inline char line_character(std::string_view line) {
  constexpr std::string_view kCharacters = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  if (line.size() < 2 || kCharacters.find(line[0]) == std::string_view::npos) return 0;
  return line.find_first_not_of(line[0]) == std::string_view::npos ? line[0] : '\0';
}

// The title of a section.
struct RstTitle {
  char character = 0;     // of its lines
  bool has_over = false;  // whether there is one above it, too
  std::string_view text;
  std::size_t next = 0;  // the line behind it
};

// Whether the block at `at` is a title.
inline bool read_title(const Lines& lines, std::size_t at, RstTitle& found) {
  if (const char over = line_character(lines[at]); over != 0) {
    const bool is_title = at + 2 < lines.size() && lines[at + 2] == lines[at] &&
                          !trimmed(lines[at + 1]).empty() &&
                          trimmed(lines[at + 1]).size() <= lines[at].size();
    if (is_title) found = {over, true, trimmed(lines[at + 1]), at + 3};
    return is_title;
  }
  if (at + 1 >= lines.size()) return false;
  const char under = line_character(lines[at + 1]);
  // A line may be shorter than its title by what counts as one column in it: characters of
  // several bytes.
  const bool is_long =
      lines[at + 1].size() >= lines[at].size() ||
      (lines[at + 1].size() >= 4 && lines[at + 1].size() * 3 + 2 >= lines[at].size());
  if (under == 0 || !is_long) return false;
  found = {under, false, lines[at], at + 2};
  return true;
}

struct Item {
  std::size_t content = 0;  // where its text begins
  bool is_ordered = false;
  std::int64_t number = 1;
  char kind = 0;      // the mark, or what stands behind the number
  std::string label;  // that Markdown has no number for: "a."
};

inline std::int64_t roman_value(std::string_view text) {
  std::int64_t value = 0;
  std::int64_t last = 0;
  for (std::size_t i = text.size(); i-- > 0;) {
    constexpr std::string_view kDigits = "ivxlcdm";
    constexpr std::int64_t kValues[] = {1, 5, 10, 50, 100, 500, 1000};
    const std::size_t digit = kDigits.find(ascii_lower(text[i]));
    if (digit == std::string_view::npos) return 0;
    value += kValues[digit] < last ? -kValues[digit] : kValues[digit];
    last = std::max(last, kValues[digit]);
  }
  return value;
}

inline bool read_item(std::string_view line, Item& item) {
  item = {};
  if (line.empty()) return false;
  for (const std::string_view bullet : {"*", "-", "+", "\u2022", "\u2023", "\u2043"}) {
    if (!line.starts_with(bullet)) continue;
    if (line.size() > bullet.size() && line[bullet.size()] != ' ') return false;
    item.kind = bullet[bullet.size() - 1];
    const std::size_t text = line.find_first_not_of(' ', bullet.size());
    item.content = text == std::string_view::npos ? bullet.size() + 1 : text;
    return true;
  }
  const std::size_t open = line[0] == '(' ? 1 : 0;
  std::size_t end = open;
  while (end < line.size() && end - open < 9 &&
         (is_ascii_alphanumeric(static_cast<unsigned char>(line[end])) || line[end] == '#'))
    ++end;
  const std::string_view number = line.substr(open, end - open);
  if (number.empty() || end >= line.size()) return false;
  if (line[end] != ')' && (line[end] != '.' || open == 1)) return false;
  if (end + 1 < line.size() && line[end + 1] != ' ') return false;
  item.kind = line[end];
  item.is_ordered = true;
  if (is_ascii_number(number)) {
    item.number = std::stoll(std::string(number));
  } else if (number == "#") {
    item.number = 0;
  } else if (number.size() == 1 || roman_value(number) > 0) {
    item.label = std::string(number) + line[end];
  } else {
    return false;
  }
  const std::size_t text = line.find_first_not_of(' ', end + 1);
  item.content = text == std::string_view::npos ? end + 2 : text;
  return true;
}

struct Directive {
  std::string name;
  std::string argument;
  std::map<std::string, std::string, std::less<>> options;
  Lines content;

  std::string option(std::string_view key) const {
    const auto found = options.find(key);
    return found == options.end() ? std::string() : found->second;
  }
};

// Where the field name of ":name: value" ends, behind its second colon; 0 if the line is no field.
inline std::size_t field_size(std::string_view line) {
  if (line.size() < 3 || line[0] != ':' || line[1] == ' ' || line[1] == ':') return 0;
  for (std::size_t at = 2; at < line.size() && at < 200; ++at) {
    if (line[at] == '\\') {
      ++at;
    } else if (line[at] == '`') {
      return 0;
    } else if (line[at] == ':' && (at + 1 == line.size() || line[at + 1] == ' ')) {
      return at + 1;
    }
  }
  return 0;
}

// The end of what belongs to the block at `at`: lines that are blank or indented by at least
// `columns`.
inline std::size_t body_end(const Lines& lines, std::size_t at, std::size_t columns) {
  std::size_t end = at + 1;
  std::size_t last = end;
  for (; end < lines.size(); ++end) {
    if (lines[end].empty()) continue;
    if (indent_of(lines[end]) < columns) break;
    last = end + 1;
  }
  return last;
}

// The "::" at the end of a paragraph says that a literal block follows; one colon of it stays
// behind a word. Returns whether there was one.
inline bool cut_literal_mark(std::string& text) {
  if (!text.ends_with("::")) return false;
  const char before = text.size() > 2 ? text[text.size() - 3] : ' ';
  text.resize(text.size() - (before != ' ' && before != '\n' ? 1 : 2));
  return true;
}

// A paragraph may begin like an item; the next line tells.
inline bool is_list(const Lines& lines, std::size_t at, const Item& item) {
  if (at + 1 >= lines.size() || lines[at + 1].empty()) return true;
  if (indent_of(lines[at + 1]) >= item.content) return true;
  Item next;
  return indent_of(lines[at + 1]) == 0 && read_item(lines[at + 1], next) && next.kind == item.kind;
}

inline Directive read_directive(const Lines& lines, std::size_t at, std::size_t end,
                                std::string_view rest, std::size_t colons) {
  Directive found;
  found.name = ascii_lower(rest.substr(0, colons));
  found.argument = trimmed(rest.substr(colons + 2));
  const std::size_t indent = least_indent(lines, at + 1, end);
  std::size_t i = at + 1;
  // The argument may go on in the next lines, until an option or a blank line.
  for (; i < end && !lines[i].empty(); ++i) {
    const std::string_view words = trimmed(lines[i]);
    const std::size_t size = field_size(words);
    if (size == 0) break;
    found.options.emplace(std::string(words.substr(1, size - 2)), trimmed(words.substr(size)));
  }
  found.content = without_indent(lines, i, end, indent);
  return found;
}

inline std::string admonition_title(const std::string& name) {
  if (name == "seealso") return "See also";
  if (name == "versionadded") return "New in version";
  if (name == "versionchanged") return "Changed in version";
  if (name == "deprecated") return "Deprecated since version";
  return ascii_upper(name[0]) + name.substr(1);
}

// Kinds of directives, by their names.
inline bool is_admonition(std::string_view name) {
  static constexpr auto kAdmonitions = std::to_array<std::string_view>(
      {"note", "warning", "tip", "hint", "important", "caution", "danger", "error", "attention",
       "seealso", "todo", "versionadded", "versionchanged", "deprecated"});
  return std::find(kAdmonitions.begin(), kAdmonitions.end(), name) != kAdmonitions.end();
}
inline bool is_container(std::string_view name) {
  static constexpr auto kContainers = std::to_array<std::string_view>(
      {"container", "class", "only", "compound", "centered", "hlist", "epigraph", "highlights",
       "pull-quote", "glossary", "table", "rst-class", "tabs", "tab"});
  return std::find(kContainers.begin(), kContainers.end(), name) != kContainers.end();
}
// Those that tell a program something, and a reader nothing.
inline bool is_invisible(std::string_view name) {
  return name == "contents" || name == "index" || name == "default-role" || name == "sectnum" ||
         name == "meta" || name == "module" || name == "currentmodule" || name == "role" ||
         name == "target-notes" || name == "tabularcolumns" || name == "title" ||
         name == "header" || name == "footer";
}
// Those that describe a function, a class, an option.
inline bool documents_object(std::string_view name) {
  return name.find(':') != std::string_view::npos || name == "function" || name == "method" ||
         name == "option" || name == "data" || name == "attribute" || name == "exception" ||
         name == "describe" || name == "envvar";
}

// Those whose content is no text of the document.
inline bool is_raw(std::string_view name) {
  return name == "raw" || name == "include" || name.starts_with("auto") ||
         name == "literalinclude" || name == "graphviz";
}

// The cells of a line of comma-separated values.
inline std::vector<std::string> csv_cells(std::string_view line) {
  std::vector<std::string> cells;
  std::size_t at = 0;
  while (at <= line.size()) {
    while (at < line.size() && line[at] == ' ') ++at;
    std::string cell;
    if (at < line.size() && line[at] == '"') {
      for (++at; at < line.size(); ++at) {
        const bool doubled = line[at] == '"' && at + 1 < line.size() && line[at + 1] == '"';
        if (line[at] == '"' && !doubled) break;
        if (doubled) ++at;
        cell += line[at];
      }
      at = std::min(line.find(',', at), line.size());
    } else {
      const std::size_t end = std::min(line.find(',', at), line.size());
      cell = trimmed(line.substr(at, end - at));
      at = end;
    }
    cells.push_back(std::move(cell));
    if (at >= line.size()) break;
    ++at;
  }
  return cells;
}

}  // namespace sluice::markup
